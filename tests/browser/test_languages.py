"""Pages that run from right to left, and titles that run the other way than their page."""

from functools import partial
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.browser.layout import sticks_out
from tests.end_to_end.test_site import KINDS
from tests.samples import document, objective
from tests.sites import ROOT, build_well, made_once, served

WIDE, PHONE = (1280, 900), (390, 844)
ARABIC = "رفع الإيرادات بنسبة 20% قبل Black Friday"


def build_in(language: str, folder: Path, docs: Path = ROOT / "content") -> None:
    """Build the demo, or another folder, in a language."""
    configuration = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    configuration["docs_dir"] = str(docs)
    configuration["theme"]["language"] = language
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    build_well(folder / "mkdocs.yml", folder / "site")


@pytest.fixture(scope="module")
def mirrored() -> str:
    """Return the address of the demo in Arabic."""
    return served(made_once("arabic", partial(build_in, "ar")) / "site")


@pytest.fixture(scope="module", params=["en", "he"])
def titled(request: pytest.FixtureRequest) -> str:
    """Return the address of a site with an Arabic and an English objective, in both directions."""
    folder = made_once(f"titles-{request.param}", partial(build_titles, request.param))
    return served(folder / "site")


def build_titles(language: str, folder: Path) -> None:
    files = {
        "teams/sales.md": document("team", "title: مبيعات"),
        "okrs/2026-q4/sales/arabic.md": objective(
            f'id: a, title: "{ARABIC}", from: 0, to: 10, current: 4', title=ARABIC, owner="sales"
        ),
        "okrs/2026-q4/sales/english.md": objective(
            "id: a, title: Who pays?, from: 0, to: 10, current: 4", title="Ready?", owner="sales"
        ),
    }
    for uri, text in files.items():
        file = folder / "content" / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    build_in(language, folder, folder / "content")


def opened(browser: Browser, address: str, size: tuple[int, int] = WIDE) -> Page:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(address)
    return page


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_nothing_sticks_out_of_a_mirrored_page(
    browser: Browser, mirrored: str, size: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    for kind, address in KINDS.items():
        page.goto(f"{mirrored}/{address}")
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl", kind
        assert sticks_out(page) == [], kind
    page.close()


def test_bars_fill_from_the_right_and_columns_begin_there(browser: Browser, mirrored: str) -> None:
    page = opened(browser, f"{mirrored}/")
    bar = page.locator(".okr-table .okr-bar").first.bounding_box()
    fill = page.locator(".okr-table .okr-bar > rect").first.bounding_box()
    assert bar
    assert fill
    assert fill["width"] < bar["width"]
    assert abs(fill["x"] + fill["width"] - bar["x"] - bar["width"]) < 1
    name, score = (page.locator("tbody tr:has(.okr-bar)").first.locator(s) for s in ("th", "td"))
    first, last = name.bounding_box(), score.last.bounding_box()
    assert first
    assert last
    assert first["x"] > last["x"]
    title = page.locator("#okr-title").evaluate("node => getComputedStyle(node).textAlign")
    assert title == "right"
    page.close()


def test_time_runs_to_the_left_in_a_mirrored_chart(browser: Browser, mirrored: str) -> None:
    page = opened(browser, f"{mirrored}/kpis/support/customer-satisfaction/")
    page.wait_for_selector(".okr-series__drawing canvas")
    drawn = page.evaluate(
        """() => {
          const box = document.querySelector(".okr-series__drawing")
          const {xAxis, yAxis} = echarts.getInstanceByDom(box).getOption()
          return [xAxis[0].inverse, yAxis[0].position]
        }"""
    )
    assert drawn == [True, "right"]
    spark = page.locator(".okr-spark").first.bounding_box()
    last = page.locator(".okr-spark > path + path").first.bounding_box()
    assert spark
    assert last
    assert last["x"] < spark["x"] + spark["width"] / 4
    page.goto(f"{mirrored}/cycles/")
    axis = page.locator(".okr-timeline__axis")
    assert axis.evaluate("node => new DOMMatrix(getComputedStyle(node).transform).a") == -1
    letters = "text => text.getScreenCTM().a > 0"
    assert all(text.evaluate(letters) for text in axis.locator("text").all())
    years = [box["x"] for text in axis.locator("text").all() if (box := text.bounding_box())]
    assert years[0] > years[1]
    page.close()


def test_arrows_point_the_way_one_reads(browser: Browser, mirrored: str) -> None:
    page = opened(browser, f"{mirrored}/okrs/2026-q4/company/financial-targets/")
    arrow = page.locator(".okr-to > [aria-hidden]").first
    assert arrow.evaluate("node => new DOMMatrix(getComputedStyle(node).transform).a") == -1
    at = arrow.bounding_box()
    target = page.locator(".okr-to a").first.bounding_box()
    assert at
    assert target
    assert target["x"] < at["x"]
    page.close()


def test_what_was_stands_before_what_is(browser: Browser, mirrored: str) -> None:
    """Read from the right: the value before, an arrow to the left, the value after."""
    page = opened(browser, f"{mirrored}/this-week/")
    x = "node => node.getBoundingClientRect().x"
    for was in page.locator(".okr-was").all()[:6]:
        after = was.locator("xpath=following-sibling::*[1]")
        assert after.evaluate(x) < was.evaluate(x)
    arrow = page.locator("td.okr-change__arrow").first
    assert arrow.evaluate("node => new DOMMatrix(getComputedStyle(node).transform).a") == -1
    page.goto(f"{mirrored}/okrs/2026-q4/company/financial-targets/")
    said = page.locator(".okr-check-in__values > li").first
    assert said.locator("strong").evaluate(x) < said.locator(".okr-was").evaluate(x)
    page.close()


# Where the characters of a text stand that are between two of its letters, from left to right.
_PLACES = """(node, letters) => {
  const text = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
  for (let piece; (piece = text.nextNode());) {
    if ([...letters].every(letter => piece.data.includes(letter))) {
      return [...letters].map(letter => {
        const range = document.createRange()
        const start = piece.data.indexOf(letter)
        range.setStart(piece, start)
        range.setEnd(piece, start + 1)
        return range.getBoundingClientRect().left
      })
    }
  }
}"""


def test_a_title_is_set_in_its_own_direction(browser: Browser, titled: str) -> None:
    page = opened(browser, f"{titled}/okrs/2026-q4/sales/arabic/")
    for selector in ("#okr-title", ".okr-result h3"):
        first, last = page.locator(selector).first.evaluate(_PLACES, ["ر", "y"])
        assert first > last, f"{selector}: Arabic begins on the right"
    page.goto(f"{titled}/okrs/2026-q4/sales/english/")
    for selector, letters in (("#okr-title", ["R", "?"]), (".okr-result h3", ["W", "?"])):
        first, last = page.locator(selector).first.evaluate(_PLACES, letters)
        assert first < last, f"{selector}: the question mark of an English title is on its right"
    page.goto(f"{titled}/cycles/2026-q4/")
    rows = page.locator(".okr-objective-row > span > a")
    assert rows.count() == 2
    for row in rows.all():
        row.scroll_into_view_if_needed()
        letters = ["R", "?"] if "Ready" in (row.text_content() or "") else ["y", "ر"]
        first, last = row.evaluate(_PLACES, letters)
        assert first < last
    page.close()


def test_a_title_of_the_other_direction_is_aligned_like_its_page(
    browser: Browser, titled: str
) -> None:
    page = opened(browser, f"{titled}/okrs/2026-q4/sales/arabic/")
    wanted = page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    align = page.locator("#okr-title").evaluate("node => getComputedStyle(node).textAlign")
    assert align == ("right" if wanted else "left")
    page.close()
