"""Find a Chromium for the browser tests, or install one, and print its path.

Needs nothing but the standard library, except where the browser is the one that Playwright
downloads. What it does is said on standard error; standard output has the path alone.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What the browser is called on PATH, by Debian and others."""

PACKAGES = ("chromium", "fonts-liberation", "fonts-dejavu-core")
"""Debian's packages: the browser, and fonts without which pages have no letters."""

_ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find_browser() -> str | None:
    """Return the path of a browser that starts, or None."""
    return next((path for path in _candidates() if _starts(path)), None)


def install_browser() -> None:
    """Install a browser: Debian's as root, else the one that Playwright downloads."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium …", file=sys.stderr)
        _run("apt-get", "-qq", "update")
        _run("apt-get", "-qq", "install", "-y", "--no-install-recommends", *PACKAGES)
    if find_browser() is None:
        print("Downloading Chromium …", file=sys.stderr)
        _run(sys.executable, "-m", "playwright", "install", "chromium")


def main() -> int:
    """Print the path of a browser; say what to install where there is none."""
    path = find_browser()
    if path is None:
        install_browser()
        path = find_browser()
    if path is None:
        print(
            f"The browser tests need Chromium: install the packages {', '.join(PACKAGES)}, "
            "or name a browser in OKRSITE_CHROMIUM.",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


def _candidates() -> Iterator[str]:
    if named := os.environ.get("OKRSITE_CHROMIUM"):
        yield named
    yield from (path for name in NAMES if (path := shutil.which(name)))
    asked = subprocess.run(
        [sys.executable, "-c", _ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    if asked.returncode == 0:
        yield asked.stdout.strip()


def _starts(path: str) -> bool:
    # Ubuntu's chromium-browser is a script that only asks for a snap: being there is not enough.
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    except OSError as error:
        print(f"{command[0]} cannot be run: {error.strerror}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
