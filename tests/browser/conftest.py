"""The browser that the tests of this folder share, one in each worker."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.install import find_browser
from tests.browser.waiting import PATIENCE

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = os.environ.get("OKRSITE_CHROMIUM") or find_browser()
    assert path, "the browser tests need Chromium: run `make test`, which installs it"
    browser = playwright.chromium.launch(
        executable_path=path,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
    yield browser
    browser.close()
