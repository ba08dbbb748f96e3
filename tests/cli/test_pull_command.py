"""`okrsite pull`: what is written, what is refused, and what is left alone."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import codes, document, findings_of, objective

Write = Callable[..., Path]

SURVEY = "day,score\n2026-09-30,81\n2026-10-31,84\n2026-11-10,86\n"
FILES = {
    "teams/support.md": document("team", "title: Support"),
    "kpis/csat.md": document(
        "kpi", "owner: support", 'unit: "%"', "data: csat.csv", "target: {value: 95}",
        "source: {file: exports/survey.csv, column: score, date: day}",
    ),
    "kpis/csat.csv": "date,value,note\n2026-09-30,82,by hand\n",
    "kpis/orders.md": document(
        "kpi", "owner: support",
        'source: {sql: "select count(*) from orders where day <= :date", connection: WAREHOUSE}',
        body="# Orders\n",
    ),
    "kpis/plain.md": document(
        "kpi", "owner: support", "readings:", "  - {date: 2026-10-31, value: 5}  # kept",
        "source: {file: exports/plain.txt}",
    ),
    "kpis/watched.md": document("kpi", "owner: support"),
    "kpis/secret.md": document(
        "kpi", "owner: support", "visibility: private", "data: secret.csv",
        "source: {file: exports/plain.txt}",
    ),
    "kpis/secret.csv": "date,value\n",
    "okrs/a.md": objective("id: a, title: A, kpi: csat, from: 80, to: 95"),
}  # fmt: skip
PULL = {"pull": {"hosts": ["metrics.example.com"], "connections": ["WAREHOUSE"]}}


@pytest.fixture
def site(write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_site(FILES, {"as_of": "2026-11-15", **PULL}).parent
    (folder / "exports").mkdir()
    (folder / "exports/survey.csv").write_text(SURVEY, "utf-8")
    (folder / "exports/plain.txt").write_text("7\n", "utf-8")
    with closing(sqlite3.connect(folder / "orders.db")) as database:
        database.executescript(
            "create table orders (day); insert into orders values ('2026-09-01'), ('2026-11-01');"
        )
    monkeypatch.setenv("WAREHOUSE", f"sqlite:///{(folder / 'orders.db').as_posix()}")
    monkeypatch.chdir(folder)
    return folder


def pull(*words: str) -> Result:
    return CliRunner().invoke(main, ["pull", *words], catch_exceptions=False)


def text(uri: str) -> str:
    return (Path("content") / uri).read_bytes().decode()


@pytest.mark.usefixtures("site")
def test_values_land_where_a_kpi_keeps_its_readings() -> None:
    said = pull()
    assert said.exit_code == 0, said.output
    assert text("kpis/csat.csv") == (
        "date,value,note\n2026-09-30,82,by hand\n"
        "2026-10-31,84,from exports/survey.csv\n2026-11-10,86,from exports/survey.csv\n"
    )
    assert "kpis/csat: 82% → 84% (2026-10-31, exports/survey.csv)" in said.output
    assert "kpis/csat: 84% → 86% (2026-11-10, exports/survey.csv)" in said.output
    assert text("kpis/plain.md") == FILES["kpis/plain.md"].replace(
        "# kept\n",
        "# kept\n  - {date: 2026-11-15, value: 7, note: from exports/plain.txt}\n",
    )
    assert text("kpis/secret.csv") == "date,value\n2026-11-15,7\n"


@pytest.mark.usefixtures("site")
def test_a_kpi_without_readings_gets_a_file_for_them() -> None:
    assert pull("orders").exit_code == 0
    assert text("kpis/orders.csv") == "date,value,note\n2026-11-15,2,from WAREHOUSE\n"
    assert "\ndata: orders.csv\n" in text("kpis/orders.md")
    assert text("kpis/orders.md").endswith("---\n# Orders\n")
    assert CliRunner().invoke(main, ["lint", "--strict", "content/kpis/orders.md"]).exit_code == 0


@pytest.mark.usefixtures("site")
def test_pulling_again_changes_nothing() -> None:
    pull()
    before = {file: file.read_bytes() for file in Path("content").rglob("*") if file.is_file()}
    said = pull()
    assert said.exit_code == 0
    assert "kpis/csat: nothing new from exports/survey.csv" in said.output
    assert before == {f: f.read_bytes() for f in Path("content").rglob("*") if f.is_file()}


@pytest.mark.usefixtures("site")
def test_an_undated_value_that_has_not_changed_is_written_once_a_period() -> None:
    pull("plain")
    assert "nothing new" in pull("plain", "--as-of", "2026-11-20").output
    assert "7 → 7 (2026-12-01" in pull("plain", "--as-of", "2026-12-01").output


@pytest.mark.usefixtures("site")
def test_past_periods_are_fetched_on_request() -> None:
    assert pull("orders", "--since", "2026-09-01").exit_code == 0
    rows = [line.split(",")[:2] for line in text("kpis/orders.csv").splitlines()[1:]]
    assert rows == [["2026-09-30", "1"], ["2026-10-31", "1"], ["2026-11-15", "2"]]


@pytest.mark.usefixtures("site")
def test_a_dry_run_writes_nothing() -> None:
    before = {file: file.read_bytes() for file in Path("content").rglob("*") if file.is_file()}
    said = pull("--dry-run")
    assert said.exit_code == 0
    assert "kpis/csat: 82% → 84% (2026-10-31" in said.output
    assert "kpis/orders: 2 (2026-11-15, WAREHOUSE)" in said.output
    assert before == {f: f.read_bytes() for f in Path("content").rglob("*") if f.is_file()}


@pytest.mark.usefixtures("site")
def test_a_reading_that_somebody_wrote_is_kept_unless_asked() -> None:
    said = pull("csat", "--since", "2026-09-01")
    assert said.exit_code == 1
    assert (
        "content/kpis/csat.md:7: the KPI has 82% for 2026-09-30, the source says 81" in said.output
    )
    assert text("kpis/csat.csv") == FILES["kpis/csat.csv"]
    assert pull("csat", "--since", "2026-09-01", "--replace").exit_code == 0
    assert "2026-09-30,81,from exports/survey.csv\n" in text("kpis/csat.csv")


@pytest.mark.usefixtures("site")
def test_a_correction_of_the_source_replaces_what_came_from_it() -> None:
    pull("csat")
    Path("exports/survey.csv").write_text(SURVEY.replace("10,86", "10,87"), "utf-8")
    assert pull("csat").exit_code == 0
    assert "2026-11-10,87,from exports/survey.csv\n" in text("kpis/csat.csv")
    assert "86" not in text("kpis/csat.csv")


@pytest.mark.usefixtures("site")
def test_a_doubtful_value_needs_a_yes() -> None:
    Path("exports/survey.csv").write_text("day,score\n2026-11-10,0.86\n", "utf-8")
    said = pull("csat")
    assert said.exit_code == 1
    assert "content/kpis/csat.md:7: 0.86 of 2026-11-10: " in said.output
    assert "add --anyway" in said.output
    assert text("kpis/csat.csv") == FILES["kpis/csat.csv"]
    assert pull("csat", "--anyway").exit_code == 0
    assert "0.86" in text("kpis/csat.csv")


@pytest.mark.usefixtures("site")
def test_a_source_that_fails_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("exports/survey.csv").unlink()
    monkeypatch.delenv("WAREHOUSE")
    said = pull()
    assert said.exit_code == 1
    assert "content/kpis/csat.md:7: there is no file exports/survey.csv" in said.output
    assert (
        "content/kpis/orders.md:4: the environment variable `WAREHOUSE` is not set" in said.output
    )
    assert "2 of 4 KPIs were left unchanged." in said.output
    assert "value: 7" in text("kpis/plain.md")


def test_only_what_the_settings_allow_is_asked(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "kpis/a.md": document("kpi", "owner: company", "source: {sql: select 1, connection: PATH}"),
        "kpis/b.md": document("kpi", "owner: company", "source: {url: 'https://other.example'}"),
        "kpis/c.md": document(
            "kpi", "owner: company", "source: {url: 'https://metrics.example.com/', token: HOME}"
        ),
    }  # fmt: skip
    monkeypatch.chdir(write_site(files, PULL).parent)
    monkeypatch.setenv("HOME", "s3cret")
    said = pull()
    assert said.exit_code == 1
    assert "`PATH` isn't allowed: add it to `connections` below `pull`" in said.output
    assert "other.example isn't allowed: add it to `hosts` below `pull`" in said.output
    assert "`HOME` isn't allowed" in said.output
    assert "s3cret" not in said.output


@pytest.mark.usefixtures("site")
def test_a_file_outside_the_project_is_not_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "plain.txt"
    outside.write_text("99", "utf-8")
    Path("exports/plain.txt").unlink()
    Path("exports/plain.txt").symlink_to(outside)
    said = pull("plain")
    assert said.exit_code == 1
    assert "exports/plain.txt can't be read: it is a link that leaves the project" in said.output


@pytest.mark.usefixtures("site")
def test_a_file_that_is_in_the_way_is_kept() -> None:
    Path("content/kpis/orders.csv").write_text("mine", "utf-8")
    said = pull("orders")
    assert said.exit_code == 1
    assert "content/kpis/orders.csv already exists" in said.output
    assert text("kpis/orders.csv") == "mine"
    assert text("kpis/orders.md") == FILES["kpis/orders.md"]


@pytest.mark.usefixtures("site")
def test_a_kpi_without_a_source_is_said() -> None:
    said = pull("watched")
    assert said.exit_code == 2
    assert "`kpis/watched` names no `source`" in said.output


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("{column: a}", "OKR104 `source` needs one of `sql`, `url` and `file`"),
        ("{file: a.csv, url: 'https://a.example'}", "OKR104 `source` needs one of"),
        ("{sql: select 1}", "OKR103 `connection` is missing in a `source` with `sql`"),
        ("{file: a.csv}", None),
        ("{file: a.csv, select: a}", "OKR104 `select` has no meaning with `file`"),
        ("{url: 'ftp://a.example'}", "OKR104 the address of a `source` must begin with http"),
        ("{file: ../a.csv}", "OKR104 the file of a `source` is outside the project"),
        ("{file: 'C:\\a.csv'}", "OKR104 the file of a `source` is outside the project"),
        ("{file: /etc/passwd}", "OKR104 the file of a `source` is outside the project"),
        ("{sql: select 1, connection: 'postgresql://u:s3cret@h/d'}",
         "OKR104 `connection`: this is not the name of an environment variable"),
        ("{url: 'https://a.example', token: ghp_s3cret}",
         "OKR104 `token`: this is not the name of an environment variable"),
        ("{url: 'https://u:s3cret@a.example'}",
         "OKR104 the address of a `source` contains a user name or a password"),
        ("{kind: sql}", "OKR106 "),
    ],
)  # fmt: skip
def test_a_source_is_checked_without_asking_it(source: str, sentence: str | None) -> None:
    files = {"kpis/a.md": document("kpi", "title: A", "owner: company", f"source: {source}")}
    found = [f for f in findings_of(files) if not f.code.startswith("OKR4")]
    said = [f"{f.code} {f.message}" for f in found]
    assert not any("s3cret" in f"{f.message} {f.hint}" for f in found)
    if sentence is None:
        assert codes(found) == []
    else:
        assert any(one.startswith(sentence) for one in said), said
