"""Three people on the real demo: a reader with a phone, a programme lead, and an editor."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import PHONE, WIDE
from tests.browser.waiting import type_and_find, wait_until_painted
from tests.sites import ROOT, build_well, demo_site, made_once, served

REPOSITORY = "https://github.com/dolomite/okrs"
OBJECTIVE = "okrs/2026-q4/company/financial-targets/"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    yield page
    page.close()


def test_the_reader_finds_one_key_result_on_the_phone_and_why_its_score(phone: Page) -> None:
    phone.goto(f"{served(demo_site())}/")
    phone.locator("label.md-header__button[for=__search]").tap()
    phone.locator("input.md-search__input").tap()
    type_and_find(phone, "gross profit margin")
    found = phone.locator(f"a.md-search-result__link[href*='{OBJECTIVE}'][href$='#margin']")
    found.first.tap()
    phone.wait_for_url(re.compile(re.escape(OBJECTIVE) + r".*#margin$"))
    result = phone.locator(".okr-result", has=phone.locator("#margin"))
    expect(result.locator("#margin")).to_be_in_viewport()
    score = result.locator(".okr-result__score").inner_text()
    why = result.locator("details.okr-why")
    expect(why.locator(".okr-why__inside")).to_be_hidden()
    why.locator("summary").tap()
    expect(why.locator(".okr-why__inside")).to_be_visible()
    expect(why).to_contain_text(score)
    expect(why).to_contain_text("25%")
    expect(result).to_contain_text("financial-targets.md:")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_lead_filters_what_is_stale_and_opens_the_review(desk: Page) -> None:
    base = served(demo_site())
    desk.goto(f"{base}/")
    desk.get_by_role("link", name="2026 Q4").first.click()
    desk.wait_for_url(f"{base}/cycles/2026-q4/")
    desk.get_by_role("checkbox", name="No recent update").check()
    desk.locator("select[name=level]").select_option("team")
    desk.wait_for_url(re.compile(r"/cycles/2026-q4/\?(?=.*stale=stale)(?=.*level=team)"))
    rows = desk.locator("[data-okr-status]:not([hidden], .okr-dimmed)")
    stale = {row.locator("a").first.inner_text() for row in rows.all()}
    assert stale
    shared = desk.url
    desk.locator(".okr-head").get_by_role("link", name=re.compile("[Rr]eview")).click()
    desk.wait_for_url(f"{base}/cycles/2026-q4/review/**")
    marked = set()
    for number in range(1, desk.locator(".okr-slide").count()):
        desk.keyboard.press("ArrowRight")
        slide = desk.locator(".okr-slide").nth(number)
        expect(slide).to_be_in_viewport()
        desk.wait_for_url(f"**#{slide.get_attribute('id')}")
        wait_until_painted(desk)
        if slide.locator(".okr-slide__head .okr-stale").count():
            marked.add(slide.locator("h2").inner_text())
    assert marked == stale
    desk.goto(shared)
    expect(desk.get_by_role("checkbox", name="No recent update")).to_be_checked()


def editable() -> Path:
    """Build the demo as an organisation does that lets people edit in the browser."""
    return made_once("editable", build_editable) / "site"


def build_editable(folder: Path) -> None:
    written = yaml.safe_load((ROOT / "mkdocs.yml").read_text())
    features = [*written["theme"]["features"], "content.action.edit"]
    configuration = {
        **written,
        "theme": {**written["theme"], "features": features},
        "docs_dir": str(ROOT / "content"),
        "edit_uri": f"{REPOSITORY}/edit/main/content/",
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    build_well(folder / "mkdocs.yml", folder / "site")


def test_the_editor_follows_edit_this_page(desk: Page) -> None:
    desk.route(f"{REPOSITORY}/**", lambda route: route.fulfill(body="the editor of the host"))
    desk.goto(f"{served(editable())}/{OBJECTIVE}")
    desk.locator("a[rel=edit]").click()
    desk.wait_for_url(f"{REPOSITORY}/edit/main/content/**")
    path = urlsplit(desk.url).path.partition("/edit/main/")[2]
    assert (ROOT / path).is_file()
    assert "Achieve financial targets" in (ROOT / path).read_text()


def test_the_editor_checks_in_from_the_page(desk: Page) -> None:
    desk.route(f"{REPOSITORY}/**", lambda route: route.fulfill(body="the editor of the host"))
    desk.goto(f"{served(editable())}/{OBJECTIVE}")
    desk.get_by_role("link", name="Check in on GitHub").click()
    desk.wait_for_url(f"{REPOSITORY}/new/main?**")
    asked = parse_qs(urlsplit(desk.url).query)
    name, text = asked["filename"][0], asked["value"][0]
    assert name.startswith("content/okrs/2026-q4/")
    assert not (ROOT / name).exists()
    written = yaml.safe_load(text.split("---\n")[1])
    assert written["type"] == "check-in"
    for result in ("revenue", "margin", "base"):
        assert result in text
