"""The site anywhere: on its own host alone, under a strict policy, in a folder, from a disk."""

import http.server
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
import yaml
from lxml import html
from playwright.sync_api import Browser, Page

from tests.browser.kinds import every_kind, standalone
from tests.browser.waiting import type_and_find, wait_until_painted
from tests.sites import ROOT, build_well, demo_site, made_once


def search(page: Page, words: str) -> list[str]:
    """Ask Material's search, and give the titles of what it finds."""
    page.locator("input.md-search__input").click()
    type_and_find(page, words)
    results = page.locator("a.md-search-result__link h1, a.md-search-result__link h2")
    return results.all_inner_texts()


# ---- our own HTML


def test_pages_without_material_have_nothing_inline() -> None:
    files = [*demo_site().rglob("review/index.html"), *demo_site().glob("embed/**/*.html")]
    ours = [f for f in files if b'<body class="md-typeset okr-' in f.read_bytes()]
    assert len(ours) > 60
    for file in ours:
        text = file.read_text(encoding="utf-8")
        page = html.document_fromstring(text)
        assert not page.xpath("//@style | //script[not(@src)] | //style"), file
        assert not re.search(r'\son\w+="|="(?:data|javascript):', text), file
        fetched = page.xpath("//@src | //link/@href")
        assert [url for url in fetched if re.match(r"[a-z]+:|/", url)] == [], file


# ---- a Content-Security-Policy, in a folder of a host


@cache
def policy() -> str:
    """Make the policy as the guide says, with the script that stands there."""
    guide = (ROOT / "content/guide/publishing.md").read_text(encoding="utf-8")
    section = guide.partition("## A Content-Security-Policy")[2]
    script = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert script, "the guide has no script that makes the policy"
    program = script[1].replace('Path("site")', f"Path({str(demo_site())!r})")
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_the_policy_allows_no_script_or_style_that_it_does_not_know() -> None:
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy().split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == "'self'"
    assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/=]+'){3,12}", rules["script-src"])
    assert "unsafe" not in policy()
    assert "http" not in policy()


@cache
def strictly_served(folder: Path) -> str:
    """Serve a folder with the policy in every answer."""

    class Strict(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy())
            super().end_headers()

        def log_message(self, format: str, *values: object) -> None:
            pass

    handler = partial(Strict, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


FOLDER = "some/path"


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Serve the demo in a folder and nothing above it, with the policy in every answer."""
    root = tmp_path_factory.mktemp("host")
    (root / FOLDER).parent.mkdir()
    (root / FOLDER).symlink_to(demo_site(), target_is_directory=True)
    return f"{strictly_served(root)}{FOLDER}/"


_LISTEN = """
window.violations = []
addEventListener("securitypolicyviolation", event => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`)
})
"""


def test_every_kind_of_page_works_under_the_policy_and_stays_in_its_folder(
    browser: Browser, below: str
) -> None:
    page, found, requests, lost = browser.new_page(), {}, [], []
    page.add_init_script(_LISTEN)
    page.on("request", lambda request: requests.append(request.url))
    page.on("response", lambda answer: answer.status >= 400 and lost.append(answer.url))
    for kind, address in every_kind().items():
        if kind == "not found":  # a host gives it for any address, so its own are from the root
            continue
        page.goto(f"{below}{address}")
        if kind not in standalone():
            page.locator("form.md-header__option label:visible").first.click()
        if kind == "home":
            assert search(page, "financial")
        if kind.startswith("review"):
            page.keyboard.press("ArrowRight")
        wait_until_painted(page)
        if violations := page.evaluate("violations"):
            found[kind] = violations
    page.close()
    assert found == {}
    assert [url for url in requests if not url.startswith((below, "data:", "blob:"))] == []
    assert lost == []


def test_the_page_for_what_is_not_there_works_under_the_policy(browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(_LISTEN)
    page.goto(f"{strictly_served(demo_site())}404.html")
    wait_until_painted(page)
    assert page.evaluate("violations") == []
    page.close()


def test_the_policy_is_able_to_stop_something(browser: Browser, below: str) -> None:
    page = browser.new_page()
    page.add_init_script(_LISTEN)
    page.goto(below)
    page.evaluate(
        """() => {
          const script = document.createElement("script")
          script.textContent = "window.ran = true"
          document.body.append(script)
        }"""
    )
    page.wait_for_function("violations.length > 0")
    assert page.evaluate("window.ran") is None
    page.close()


def test_every_link_of_a_site_in_a_folder_leads_somewhere(below: str) -> None:
    seen, waiting, lost = {below}, [below], []
    while waiting:
        address = waiting.pop()
        try:
            with urlopen(address) as answer:
                kind, content = answer.headers["Content-Type"], answer.read()
        except HTTPError:
            lost.append(address)
            continue
        if not kind.startswith("text/html"):
            continue
        for link in _links(address, content):
            if not link.startswith(below):
                lost.append(f"{address}: {link}")
            elif link not in seen:
                seen.add(link)
                waiting.append(link)
    assert lost == []
    assert len(seen) > 200


def _links(address: str, content: bytes) -> Iterator[str]:
    page = html.document_fromstring(content)
    for link in page.xpath("//@href | //@src"):
        if not re.match(r"(?:[a-z]+:|//)", link):
            yield urldefrag(urljoin(address, link))[0]


# ---- from a disk


@pytest.fixture(scope="module")
def on_disk() -> str:
    """Build the demo with Material's offline plugin, and give the address of its folder."""
    return f"{(made_once('offline', build_offline) / 'site').as_uri()}/"


def build_offline(folder: Path) -> None:
    plugins = yaml.load((ROOT / "mkdocs.yml").read_text(), yaml.BaseLoader)["plugins"]
    entries = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(ROOT / "content"),
        "plugins": [*plugins, "offline"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    build_well(folder / "mkdocs.yml", folder / "site")


def test_a_site_on_a_disk_names_no_other_host_for_its_search(on_disk: str) -> None:
    folder = Path(on_disk.removeprefix("file://"))
    scripts = {
        script
        for file in folder.rglob("*.html")
        for script in html.document_fromstring(file.read_bytes()).xpath("//script/@src")
    }
    assert {s for s in scripts if s.endswith("okr/iframe-worker.js")}
    assert [s for s in scripts if "//" in s.replace("../", "")] == []


def test_a_site_on_a_disk_can_be_searched_filtered_reviewed_and_embedded(
    browser: Browser, on_disk: str
) -> None:
    page, requests, errors = browser.new_page(), [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto(f"{on_disk}index.html")
    assert any("financial targets" in title for title in search(page, "financial targets"))
    page.locator("a.md-search-result__link").first.click()
    page.wait_for_url("**/financial-targets.html*")

    page.goto(f"{on_disk}cycles/2026-q4.html")
    rows = page.locator(".okr-objective-row:visible")
    before = rows.count()
    page.locator("form[data-okr-filters] input[name=text]").fill("financial")
    page.wait_for_function(
        "n => [...document.querySelectorAll('.okr-objective-row')]"
        ".filter(row => row.checkVisibility()).length < n",
        arg=before,
    )
    assert rows.count() > 0

    page.locator("header .okr-meta a", has_text="Review").click()
    page.wait_for_url("**/cycles/2026-q4/review.html*")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.hash === '#photo-library'")  # furthest behind, so first
    page.keyboard.press("Escape")
    page.wait_for_url("**/cycles/2026-q4.html")

    page.goto(f"{on_disk}embed/okrs/2026-q4/company/financial-targets.html")
    assert page.locator("h1 a").inner_text() == "Achieve financial targets"
    page.locator("h1 a").click()
    page.wait_for_url("**/okrs/2026-q4/company/financial-targets.html")
    page.close()
    assert errors == []
    assert {url.partition(":")[0] for url in requests} <= {"file", "data", "blob"}
