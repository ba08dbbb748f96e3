"""Series in headless Chromium: drawn where there is JavaScript, told as tables in any case."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import PHONE, WIDE, Seen, context_of
from tests.browser.waiting import wait_until
from tests.samples import document
from tests.sites import build_well, demo_site, served, write_site

OBJECTIVE = "okrs/2026-q4/sales/early-bird/"
CHARTS = {
    "objective": OBJECTIVE,
    "range": "okrs/2026-q4/web/peak-ready/",
    "milestones": "okrs/2026-q4/company/new-markets/",
    "scale": "okrs/2026-q4/support/service-quality/",
    "closed objective": "okrs/2026-q3/company/best-summer/",
    "KPI": "kpis/support/customer-satisfaction/",
    "owner": "teams/sales/",
}
LIBRARY = "vendor/echarts/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = context_of(browser, WIDE, "light")
    page = context.new_page()
    yield page
    context.close()


def open_page(page: Page, address: str) -> None:
    """Open a page, high enough that all of it is near."""
    page.goto(f"{served(demo_site())}/{address}", wait_until="load")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height + 2000})  # type: ignore[index]


def wait_until_drawn(page: Page) -> int:
    page.wait_for_function(
        "(figures => figures.length && figures.every(f => f.querySelector('canvas')))"
        "([...document.querySelectorAll('[data-okr-chart]')])"
    )
    return page.locator("[data-okr-chart] canvas").count()


# How many pixels of the first drawing are opaque, and how light the lightest of them is.
_PIXELS = """() => {
  const canvas = document.querySelector("[data-okr-chart] canvas")
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
  let drawn = 0, lightest = 0
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 200) continue
    drawn += 1
    lightest = Math.max(lightest, data[at] + data[at + 1] + data[at + 2])
  }
  return { drawn, lightest }
}"""


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_series_is_drawn_quietly(
    browser: Browser, size: tuple[int, int], scheme: str
) -> None:
    context, seen = context_of(browser, size, scheme), Seen()
    page = context.new_page()
    seen.watch(page)
    for kind, address in CHARTS.items():
        open_page(page, address)
        assert wait_until_drawn(page) >= 1, kind
        assert page.evaluate(_PIXELS)["drawn"] > 200, kind
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], kind
    context.close()
    # What is not there on a demo without a repository is not what is asked about here.
    assert [error for error in seen.errors if "404" not in error] == []


def test_the_library_is_fetched_only_where_there_is_a_series(page: Page) -> None:
    seen = Seen()
    seen.watch(page)
    for address in ("", "cycles/2026-q4/", "checks/", "guide/"):
        page.goto(f"{served(demo_site())}/{address}", wait_until="networkidle")
    assert [url for url in seen.requests if LIBRARY in url] == []
    open_page(page, OBJECTIVE)
    wait_until_drawn(page)
    assert len([url for url in seen.requests if LIBRARY in url]) == 1


def test_a_drawing_is_described(page: Page) -> None:
    open_page(page, OBJECTIVE)
    wait_until_drawn(page)
    drawing = page.locator(".okr-series__drawing").first
    assert drawing.get_attribute("role") == "img"
    assert "what was expected" in (drawing.get_attribute("aria-label") or "")


def test_a_drawing_follows_light_and_dark(page: Page) -> None:
    open_page(page, OBJECTIVE)
    wait_until_drawn(page)
    light = page.evaluate(_PIXELS)["lightest"]
    picture = page.locator(".okr-series__drawing").first.screenshot()
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    wait_until(page, lambda: page.evaluate(_PIXELS)["lightest"] != light)
    wait_until(page, lambda: page.locator(".okr-series__drawing").first.screenshot() != picture)
    assert page.locator("[data-okr-chart] canvas").count() == wait_until_drawn(page)


def test_pointing_at_a_day_says_what_the_table_says(page: Page) -> None:
    open_page(page, OBJECTIVE)
    wait_until_drawn(page)
    box = page.locator(".okr-series__drawing").first
    before = box.screenshot()
    size = box.bounding_box()
    assert size
    page.mouse.move(size["x"] + size["width"] * 0.3, size["y"] + 80)
    wait_until(page, lambda: box.screenshot() != before)
    # The words are drawn: no markup with styles of its own is made.
    assert page.locator(".okr-series__drawing div:not(:has(canvas))").count() == 0


def test_without_javascript_the_tables_stand_there(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served(demo_site())}/{OBJECTIVE}")
    assert page.locator("canvas").count() == 0
    figure = page.locator("[data-okr-chart]").first
    assert figure.locator(".okr-course").is_visible()
    figure.locator("summary").click()
    assert figure.locator("table").is_visible()
    assert "12 Oct" in figure.locator("table").inner_text()
    page.goto(f"{served(demo_site())}/{CHARTS['KPI']}")
    assert page.locator(".okr-chart__box").is_visible()
    context.close()


def test_paper_shows_the_drawings_of_the_build(page: Page) -> None:
    open_page(page, OBJECTIVE)
    wait_until_drawn(page)
    page.emulate_media(media="print")
    assert not page.locator("[data-okr-chart] canvas").first.is_visible()
    drawings = page.locator("[data-okr-chart] > .okr-course").all()
    assert len(drawings) == page.locator("[data-okr-chart]").count()
    for drawing in drawings:
        assert drawing.is_visible()
        assert drawing.bounding_box()["height"] > 100  # type: ignore[index]
    page.goto(f"{served(demo_site())}/{CHARTS['KPI']}")
    assert page.locator(".okr-chart__box").is_visible()


def test_where_the_library_does_not_come_the_tables_stand_there(page: Page) -> None:
    page.route("**/vendor/echarts/**", lambda route: route.abort())
    open_page(page, OBJECTIVE)
    page.wait_for_selector(".okr-series--bare", state="attached")
    page.locator("[data-okr-chart] summary").first.click()
    assert page.locator("[data-okr-chart] table").first.is_visible()


def test_a_target_looks_the_same_in_the_drawing_and_beside_it(page: Page) -> None:
    open_page(page, "kpis/finance/gross-margin/")
    wait_until_drawn(page)
    look = "key => getComputedStyle(key, '::before').borderBlockStartStyle"
    assert page.locator(".okr-chart__key--target").evaluate(look) == "dashed"
    dash, gap = page.evaluate("""() => {
      const chart = echarts.getInstanceByDom(document.querySelector(".okr-series__drawing"))
      const { series } = chart.getOption()
      return series.find(line => line.endLabel?.formatter?.startsWith("target")).lineStyle.type
    }""")
    assert dash > gap


# Where the words of each column end, and whether the line under each row is that of the row.
_COLUMNS = """table => {
  const endOf = cell => {
    const range = document.createRange()
    range.selectNodeContents(cell)
    return Math.round(range.getBoundingClientRect().right)
  }
  const rows = [...table.rows].map(row => [...row.cells].slice(1).map(
    cell => cell.textContent.trim() ? endOf(cell) : null))
  const lined = [...table.rows].every(row => {
    const under = element => getComputedStyle(element).borderBottomWidth !== "0px"
    return under(row) && ![...row.cells].some(under)
  })
  return { columns: rows[0].map((_, index) => [...new Set(
    rows.map(row => row[index] ?? null).filter(end => end !== null))]), lined }
}"""


@pytest.mark.parametrize(("size", "media"), [(WIDE, "screen"), (PHONE, "screen"), (WIDE, "print")])
def test_figures_stand_under_each_other_though_rows_end_early(
    browser: Browser, size: tuple[int, int], media: Literal["screen", "print"]
) -> None:
    context = context_of(browser, size, "light")
    page = context.new_page()
    page.emulate_media(media=media)
    page.goto(f"{served(demo_site())}/okrs/2026-q4/company/financial-targets/")
    page.evaluate("document.querySelectorAll('.okr-series details').forEach(d => d.open = true)")
    tables = page.locator(".okr-series details table")
    assert tables.count() > 2
    for table in tables.all():
        read = table.evaluate(_COLUMNS)
        assert all(len(ends) == 1 for ends in read["columns"]), read
        assert read["lined"]  # a line under each row, of the row: a cell's would end with the last
    context.close()


_ROOM = """() => {
  const box = document.querySelector(".okr-series__drawing")
  const chart = window.echarts.getInstanceByDom(box)
  const { grid, yAxis } = chart.getOption()
  const labels = chart.getModel().getComponent("yAxis").axis.getViewLabels()
  const ruler = document.createElement("canvas").getContext("2d")
  ruler.font = `${yAxis[0].axisLabel.fontSize}px ${getComputedStyle(box).fontFamily}`
  const { min, max, interval } = yAxis[0]
  const ticks = []
  let at = Math.ceil(min / interval) || 0
  while (at * interval <= max) ticks.push(at++ * interval)
  const texts = ticks.map(yAxis[0].axisLabel.formatter)
  return {
    left: grid[0].left, texts, drawn: labels.map(label => label.formattedLabel),
    widths: texts.map(text => ruler.measureText(text).width),
  }
}"""


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("100,000,000 CHF", "100,300,000 CHF"),
        ("99.91%", "99.93%"),
        ("0.00001", "0.00002"),
        ("0", "0"),
        ("-250000 CHF", "1,250,000 CHF"),
    ],
)
def test_labels_of_an_axis_differ_and_have_room(
    page: Page, tmp_path: Path, start: str, end: str
) -> None:
    values = {"2026-08-01": start, "2026-09-01": start, "2026-10-01": end}
    readings = [f"{{date: {day}, value: '{value}'}}" for day, value in values.items()]
    text = document("kpi", "title: Sales", "owner: company", f"readings: [{', '.join(readings)}]")
    configuration = write_site(
        tmp_path, {"kpis/sales.md": text}, {"as_of": "2026-11-15"}, theme="material"
    )
    build_well(configuration, tmp_path / "site")
    page.goto(f"{served(tmp_path / 'site')}/kpis/sales/")
    wait_until_drawn(page)
    axis = page.evaluate(_ROOM)
    assert len(set(axis["texts"])) == len(axis["texts"]) >= 2
    assert max(axis["widths"]) + 8 <= axis["left"]
    assert axis["drawn"] == axis["texts"]  # at round values


# How many pixels there are between the lowest line of a KPI and the foot of its drawing.
_CLEAR = """() => {
  const chart = window.echarts.getInstanceByDom(
    document.querySelector("[data-okr-chart=kpi] .okr-series__drawing"))
  const { series, yAxis } = chart.getOption()
  const heights = series.flatMap(one => one.data.map(point => (point.value ?? point)[1]))
  const lowest = Math.min(...heights)
  const at = value => chart.convertToPixel({ yAxisIndex: 0 }, value)
  return at(yAxis[0].min) - at(lowest)
}"""


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_no_line_crosses_the_names_of_the_cycles_in_focus(
    browser: Browser, size: tuple[int, int]
) -> None:
    context = context_of(browser, size, "light")
    page = context.new_page()
    open_page(page, CHARTS["KPI"])
    wait_until_drawn(page)
    assert page.evaluate(_CLEAR) > 22  # a bar of 6, a letter of 12 and what is between them
    context.close()
