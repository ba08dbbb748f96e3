"""The tables of series on the pages, and what is vendored to draw them."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import okrsite.theme
import pytest
from lxml import html
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.kpi import kpi_view
from okrsite.pages.objective import objective_view
from okrsite.pages.owner import owner_view
from okrsite.pages.render import Renderer
from okrsite.settings import read_settings
from tests.samples import AS_OF, Shelf, document, objective
from tests.sites import demo_site

THEME = Path(next(iter(okrsite.theme.__path__)))
VENDORED = THEME / "okr" / "vendor" / "echarts"
METRIC = "id: a, title: Reach, from: 0, to: 10"


def page(
    files: Mapping[str, str], kind: str, id: str, as_of: date = AS_OF, language: str = "en"
) -> html.HtmlElement:
    words = Words.of(language)
    site = build(Shelf(files), read_settings({}), "Acme", as_of, words, Addresses()).site
    match kind:
        case "objective":
            view: object = objective_view(site, f"{id}/", Markup(), None, id)
        case "kpi":
            view = kpi_view(site, f"{id}/", Markup(), id)
        case _:
            view = owner_view(site, f"{id}/", Markup(), id)
    return html.document_fromstring(Renderer([str(THEME)], words).render(kind, view))


def says(day: str, value: object, more: str = "") -> str:
    return f"{{date: 2026-{day}, values: {{a: {value}}}{more}}}"


def written(key_result: str, *check_ins: str) -> dict[str, str]:
    return {"grow.md": objective(key_result, check_ins=f"[{', '.join(check_ins)}]")}


def rows(figure: html.HtmlElement) -> list[list[str]]:
    return [[cell.text_content().strip() for cell in row] for row in figure.xpath(".//tr")]


def figures_of(found: html.HtmlElement) -> list[html.HtmlElement]:
    return list(found.xpath("//figure[@data-okr-chart]"))


def test_a_key_result_has_a_table_of_what_was_read_and_expected() -> None:
    files = written(
        METRIC, says("10-05", 1), says("10-12", 2.5), says("10-19", 3, ", confidence: 0.8")
    )
    series, course = figures_of(page(files, "objective", "grow"))
    assert rows(series) == [
        ["Date", "Reading", "Expected"],
        ["1 Oct", "", "0.0761"],
        ["5 Oct", "1", "0.38"],
        ["12 Oct", "2.5", "0.91"],
        ["19 Oct", "3", "1.45"],
        ["31 Dec", "", "7"],
    ]
    assert series.get("data-roles") == "value expected"
    assert series.xpath(".//th/@data-at")[:2] == ["10-01", "10-05"]
    assert series.get("data-year") == "2026"
    assert series.xpath(".//caption")[0].text_content().strip()
    assert rows(course)[0] == ["Date", "Score", "Expected", "Confidence"]
    assert rows(course)[4] == ["19 Oct", "0.30", "0.14", "0.8"]
    assert rows(course)[-1] == ["31 Dec", "", "0.70"]


def test_figures_are_written_exactly_where_the_words_are_not_numbers() -> None:
    files = written(
        "id: a, title: R, from: $1M, to: $2M", says("10-05", "$1.25M"), says("10-12", "$1.5M")
    )
    series = figures_of(page(files, "objective", "grow"))[0]
    assert series.get("data-unit") == "USD"
    assert [(d.get("data-v"), d.text.strip()) for d in series.xpath(".//td[@data-v]")][1] == (
        "1250000", "$1.25M",
    )  # fmt: skip
    (target,) = page(files, "objective", "grow").xpath("//dl[@class='okr-facts']//data")
    assert (target.get("value"), target.text) == ("2000000", "$2M")


def test_another_language_writes_its_own_figures_and_the_same_numbers() -> None:
    files = written(METRIC, says("10-05", 1.5), says("10-12", 2))
    series, course = figures_of(page(files, "objective", "grow", language="de"))
    assert [(d.get("data-v"), d.text.strip()) for d in series.xpath(".//td[@data-v]")][1] == (
        "1.5",
        "1,5",
    )
    assert [(d.get("data-v"), d.text.strip()) for d in course.xpath(".//td[@data-v]")][1] == (
        "0.15",
        "0,15",
    )


def test_a_unit_that_is_a_word_is_said_once() -> None:
    files = written(
        "id: a, title: R, from: 0, to: 9 days", says("10-05", "1 day"), says("10-12", "2 days")
    )
    series = figures_of(page(files, "objective", "grow"))[0]
    assert rows(series)[0] == ["Date", "Reading (days)", "Expected"]
    assert rows(series)[2] == ["5 Oct", "1", "0.34"]


def test_where_it_leads_is_said_with_how_one_knows() -> None:
    files = written(METRIC, says("10-05", 1), says("10-12", 2), says("11-09", 6))
    series = figures_of(page(files, "objective", "grow"))[0]
    said = series.xpath("./figcaption")[0].text_content()
    assert said == "At this pace: about 13.4 by 31 Dec, target 10."
    method = series.xpath("./details//p")[0].text_content()
    assert method.startswith("The outlook is a robust trend (Theil–Sen) of 3 readings.")
    assert method.endswith("That reaches the target.")
    two = written(METRIC, says("10-05", 1), says("10-12", 2))
    assert not figures_of(page(two, "objective", "grow"))[0].xpath("./figcaption")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (20_000, "That misses"),
        (9_990, "That reaches"),
        # What is said is true of what is shown: the line leads to 9,996.
        (9_997, "That reaches"),
    ],
)
def test_where_it_leads_says_whether_what_is_shown_reaches_the_target(
    target: int, said: str
) -> None:
    readings = [says("10-02", 6), says("10-12", 1116), says("11-09", 4224)]
    files = written(f"id: a, title: R, from: 0, to: {target}", *readings)
    series = figures_of(page(files, "objective", "grow"))[0]
    words = f"At this pace: about 10,000 by 31 Dec, target {target:,}."
    assert series.xpath("./figcaption")[0].text_content() == words
    assert said in series.xpath("./details//p")[0].text_content()


def test_values_beyond_all_measure_make_no_figure_that_is_none() -> None:
    files = written(
        "id: a, title: R, from: 0, to: 1",
        says("10-05", "-1e300"), says("10-06", "1e300"), says("10-07", "-1e300"),
    )  # fmt: skip
    text = html.tostring(page(files, "objective", "grow")).decode().lower()
    assert not re.search(r"\b(nan|inf)\b", text)


def test_a_key_result_without_a_series_has_no_figure() -> None:
    files = {"grow.md": objective(METRIC + ", current: 4")}
    assert figures_of(page(files, "objective", "grow")) == []


def test_nothing_of_a_private_kpi_is_drawn() -> None:
    kpi = document(
        "kpi", "owner: company", "visibility: private",
        "readings: [{date: 2026-10-05, value: 7.123}, {date: 2026-10-12, value: 8.123}]",
    )  # fmt: skip
    files = {"grow.md": objective("id: a, title: R, kpi: k, to: 10", METRIC.replace("a,", "b,"))}
    assert figures_of(page({**files, "k.md": kpi}, "objective", "grow")) == []


def kpi_of(*lines: str) -> dict[str, str]:
    return {"k.md": document("kpi", "owner: company", "title: Sales", *lines)}


def test_ten_thousand_readings_of_a_kpi_are_listed_thinned_out() -> None:
    first = date(1999, 1, 1)
    days = [first + timedelta(days=n) for n in range(10_000)]
    data = "".join(f"{day},{9999 if n == 5000 else n % 97}\n" for n, day in enumerate(days))
    files = {**kpi_of("data: k.csv"), "k.csv": f"date,value\n{data}"}
    found = page(files, "kpi", "k")
    listed = found.xpath("//table[contains(@class, 'okr-readings')]//td/data/@value")
    assert 200 < len(listed) <= 240
    assert "9999" in listed
    assert "of 9,988 older readings: an even sample" in found.text_content()
    assert len(html.tostring(found)) < 150_000


def test_a_kpi_may_have_gaps_of_a_year() -> None:
    readings = ", ".join(f"{{date: {year}-06-01, value: 5}}" for year in (2019, 2022, 2023, 2026))
    (figure,) = figures_of(page(kpi_of(f"readings: [{readings}]"), "kpi", "k"))
    assert figure.get("data-okr-chart") == "kpi"
    years = figure.xpath(".//*[local-name()='text'][not(contains(@class, 'value'))]/text()")
    assert [year for year in years if year.startswith("20")] == [str(y) for y in range(2020, 2027)]


def test_a_kpi_says_its_range_target_and_the_cycles_in_which_it_was_in_focus() -> None:
    kpi = kpi_of(
        "keep: {min: 5}", "alert: {min: 2}", "target: {value: 9, by: 2026-12-31}",
        "readings: [{date: 2026-01-31, value: 4}, {date: 2026-06-30, value: 5},"
        " {date: 2026-11-01, value: 6}]",
    )  # fmt: skip
    result = "id: a, title: R, kpi: k, to: 9"
    earlier = objective(result, cycle="2026-q2")
    dropped = objective(result + ", status: cancelled", cycle="2026-q3")
    files = {**kpi, "a.md": objective(result), "b.md": earlier, "c.md": dropped}
    (figure,) = figures_of(page(files, "kpi", "k"))
    bounds = [(k.get("data-low"), k.get("data-high")) for k in figure.xpath(".//*[@data-low]")]
    assert bounds == [("5", ""), ("2", "")]
    assert figure.xpath(".//@data-target") == ["9"]
    focus = figure.xpath(".//*[@data-start]")
    assert [(f.text, f.get("data-start"), f.get("data-end")) for f in focus] == [
        ("2026 Q2", "2026-04-01", "2026-06-30"), ("2026 Q4", "2026-10-01", "2026-12-31"),
    ]  # fmt: skip
    bars = figure.xpath(".//*[@class='okr-chart__focus']")
    spans = [(bar.get("x"), bar.get("width")) for bar in bars]
    assert spans == [("181.7", "171.7"), ("530.9", "59.1")]


def test_an_owner_has_the_scores_of_the_cycles() -> None:
    files = {
        f"{cycle}.md": objective(METRIC + ", current: 5", cycle=cycle)
        for cycle in ("2026-q3", "2026-q4")
    }
    (figure,) = figures_of(page(files, "owner", "company"))
    assert figure.get("data-okr-chart") == "cycles"
    assert figure.xpath(".//td[@data-role='score']//data/@value") == ["0.5", "0.5"]
    assert figure.xpath(".//td[@data-role='expected']//data/@value") == ["0.35", "0.7"]


# ---- what is vendored


def test_what_is_vendored_is_what_its_readme_says() -> None:
    said = (VENDORED / "README").read_text(encoding="utf-8")
    match = re.search(
        r"npm package echarts (\d+\.\d+\.\d+), unmodified, sha256 ([0-9a-f]{64})", said
    )
    assert match
    content = (VENDORED / "echarts.common.min.js").read_bytes()
    assert hashlib.sha256(content).hexdigest() == match[2]
    assert match[1].encode() in content
    assert "http" not in said
    assert "Apache License" in (VENDORED / "LICENSE").read_text(encoding="utf-8")
    assert "Apache Software Foundation" in (VENDORED / "NOTICE").read_text(encoding="utf-8")


def test_no_page_names_the_library_and_only_those_with_a_series_have_a_figure() -> None:
    drawn = set()
    for file in demo_site().rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "vendor/echarts" not in text, file
        if "data-okr-chart" in text:
            drawn.add(file.relative_to(demo_site()).parts[0])
    assert {"okrs", "kpis", "teams"} <= drawn
    assert drawn <= {"okrs", "kpis", "teams", "people", "company", "guide", "strategy"}


def test_every_figure_of_the_demo_has_a_table_with_heads_and_days() -> None:
    seen = 0
    for file in (demo_site() / "okrs").rglob("index.html"):
        for figure in figures_of(html.document_fromstring(file.read_bytes())):
            seen += 1
            heads = figure.xpath(".//thead//th")
            assert len(heads) == 1 + len(figure.get("data-roles").split()), file
            assert figure.xpath(".//caption")
            days = figure.xpath(".//tbody//@data-at | .//tbody//time/@datetime")
            assert days == sorted(set(days))
            for value in figure.xpath(".//@data-v | .//data/@value"):
                float(value)
    assert seen > 80


def test_the_library_is_published_with_its_licence() -> None:
    folder = demo_site() / "okr" / "vendor" / "echarts"
    assert (folder / "LICENSE").exists()
    assert (folder / "NOTICE").exists()
    assert not (folder / "README").exists()


@pytest.mark.parametrize("name", ["README", "LICENSE", "NOTICE", "licenses/LICENSE-d3"])
def test_the_licence_belongs_to_the_package_data(name: str) -> None:
    assert (VENDORED / name).is_file()
    patterns = (THEME.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert "okr/vendor/**/*" in patterns
