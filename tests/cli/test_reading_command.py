"""`okrsite reading` writes where the KPI keeps its readings, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective

Write = Callable[..., Path]
DAY = "2026-11-16"
CSAT, NPS = "kpis/company/csat.md", "kpis/company/nps.md"
ROWS = "kpis/company/nps.csv"
FILES = {
    "okrs/2026-q4/company/grow.md": objective("id: nps, title: Please, kpi: nps, to: 50"),
    "okrs/2026-q3/company/was.md": objective(
        "id: nps, title: Please, kpi: nps, to: 50", title="Was", cycle="2026-q3"
    ),
    CSAT: document(
        "kpi",
        "title: Customer satisfaction",
        'unit: "%"',
        "keep: {min: 85}",
        "target: {value: 95}",
        "readings:",
        "  - {date: 2026-10-31, value: 82} # October",
        body="How.\n",
    ),
    NPS: document("kpi", "title: NPS", "data: nps.csv"),
    ROWS: "date,value,note\r\n2026-10-01,40,\r\n",
}


def run(site: Path, *words: str) -> Result:
    command = ["reading", *words, "-f", str(site), "--as-of", DAY]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def texts(site: Path) -> dict[str, str]:
    content = site.parent / "content"
    return {uri: (content / uri).read_bytes().decode() for uri in FILES}


def test_it_goes_into_the_document(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "Customer Satisfaction", "86%", "--note", "Better: rota")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "content/kpis/company/csat.md:9\n"
        '+   - {date: 2026-11-16, value: 86, note: "Better: rota"}\n'
        "kpis/company/csat: 82% → 86%; Critical → Healthy\n"
    )
    line = '  - {date: 2026-11-16, value: 86, note: "Better: rota"}\n'
    after = FILES[CSAT].replace("# October\n", f"# October\n{line}")
    assert texts(site) == {**FILES, CSAT: after}


def test_it_goes_into_the_data_file_and_moves_the_score(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "nps", "45")
    assert result.stdout == (
        "content/kpis/company/nps.csv:3\n"
        "+ 2026-11-16,45,\n"
        "kpis/company/nps: 40 → 45; Unknown\n"
        "grow: score 0.00 → 0.50\n"
    )
    assert texts(site) == {**FILES, ROWS: FILES[ROWS] + "2026-11-16,45,\r\n"}


def test_the_first_reading_begins_the_list(write_site: Write) -> None:
    site = write_site({**FILES, CSAT: document("kpi", "title: A")})
    assert "the first reading" in run(site, "csat", "4").stdout
    assert "readings:\n  - {date: 2026-11-16, value: 4}\n" in texts(site)[CSAT]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["csta", "82%"], "did you mean `csat`?"),
        (["csat"], "Missing argument 'VALUE'"),
        (["csat", "5m"], "write M for millions"),
        (["csat", ".3M"], "in single quotes"),
        (["csat", "82 days"], "has the unit `days`, the KPI `%`"),
        (["csat", "82 \x1b[2J"], "contains an invisible character"),
        (["csat", "82%", "--note", " "], "--note is empty"),
        (["csat", "82%", "--note", "a\x1b[2J"], "--note contains an invisible character"),
        (["csat", "82%", "--date", "soon"], "is not a date"),
        (["csat", "90%", "--date", "2026-10-31"], "csat.md:8: the KPI already has a reading for"),
        (["nps", "41", "--date", "2026-10-01"], "nps.csv:2: the KPI already has a reading for"),
        (["csat", "0.86"], "write 86% if that's what you mean, or add --anyway"),
        (["nps", "41", "--date", "2026-09-01"], "so its figures are final and `okrs/2026-q3"),
    ],
)
def test_what_is_wrong_or_doubtful_writes_nothing(
    write_site: Write, words: list[str], said: str
) -> None:
    site = write_site(FILES)
    result = run(site, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert texts(site) == FILES


@pytest.mark.parametrize(
    ("words", "uri", "old", "new"),
    [
        (["csat", "83%", "--date", "2026-10-31"], CSAT, "value: 82}", "value: 83%}"),
        (["nps", "41", "--date", "2026-10-01", "--note", "x"], ROWS, "40,", "41,x"),
    ],
)
def test_a_reading_is_replaced_where_it_is(
    write_site: Write, words: list[str], uri: str, old: str, new: str
) -> None:
    site = write_site(FILES)
    assert run(site, *words, "--replace").exit_code == 0
    assert texts(site) == {**FILES, uri: FILES[uri].replace(old, new)}


def test_a_doubtful_value_is_written_anyway(write_site: Write) -> None:
    site = write_site(FILES)
    assert run(site, "csat", "0.86", "--anyway").exit_code == 0
    assert "value: 0.86}" in texts(site)[CSAT]


def test_of_a_kpi_with_both_the_file_gets_it(write_site: Write) -> None:
    both = document(
        "kpi", "title: NPS", "data: nps.csv", "readings: [{date: 2026-10-02, value: 41}]"
    )
    site = write_site({**FILES, NPS: both})
    assert "nps.csv" in run(site, "nps", "45").stdout
    assert "nps.md" in run(site, "nps", "42", "--date", "2026-10-02", "--replace").stdout


def test_a_negative_value_is_no_option(write_site: Write) -> None:
    site = write_site(FILES)
    assert run(site, "nps", "-3").exit_code == 0
    assert texts(site)[ROWS].endswith("2026-11-16,-3,\r\n")


@pytest.mark.parametrize(
    ("data", "said"),
    [("../../../out.csv", "outside the site's folder"), ("gone.csv", "cannot be read")],
)
def test_a_data_file_elsewhere_is_not_written(write_site: Write, data: str, said: str) -> None:
    site = write_site({**FILES, NPS: document("kpi", "title: NPS", f"data: {data}")})
    outside = site.parent / "out.csv"
    outside.write_text("date,value\n", encoding="utf-8")
    result = run(site, "nps", "45")
    assert result.exit_code == 2
    assert said in result.stderr or "has errors" in result.stderr
    assert outside.read_text(encoding="utf-8") == "date,value\n"


def test_a_read_only_file_stays(write_site: Write, read_only: Callable[[Path], None]) -> None:
    site = write_site(FILES)
    read_only(site.parent / "content" / ROWS)
    result = run(site, "nps", "45")
    assert (result.exit_code, "is read-only" in result.stderr) == (2, True)
    assert texts(site) == FILES
