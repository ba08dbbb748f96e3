"""Whole sites: nothing that is wrong in one document stops the others."""

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.documents import folder
from okrsite.documents.folder import Folder
from okrsite.exports.model import to_csv, to_json
from okrsite.project import kpis
from okrsite.project.load import load
from okrsite.settings import Settings, read_settings
from tests.samples import (
    codes,
    document,
    export_of,
    findings_of,
    objective,
    places,
    project_of,
)

RESULT = "id: a, title: A, to: 10"
GOOD = {"teams/sales.md": document("team"), "okrs/2026-q4/sales/good.md": objective(RESULT)}


def judged(files: dict[str, str | bytes]) -> None:
    """Take a site all the way; whatever stands in it, that must succeed."""
    model = export_of(files)
    assert to_json(model)
    assert to_csv(model)
    assert all(finding.line >= 1 for finding in findings_of(files))


@given(
    st.binary(max_size=200), st.sampled_from(["objective", "kpi", "check-in", "cycle", "person"])
)
def test_any_bytes_end_in_documents_or_findings(noise: bytes, type: str) -> None:
    for content in (noise, f"---\ntype: {type}\n".encode() + noise + b"\n---\n"):
        judged({**GOOD, "noise.md": content})


_LINES = st.sampled_from(
    [
        "cycle: 2026-q4", "cycle: noise", "owner: sales", "owners: [sales, company]",
        "owner: noise",
        "aligns_to: [good, noise, good#a, 'good#', '#a', '#']", "aligns_to: noise", "title: '='",
        "depends_on: good", "key_results: [{title: A, kpi: noise}, {title: B, roll_up: yes}, {}]",
        "key_results: [{title: A, scale: [[1, 0], [2, 1]], plan: [[2026-11-01, 2]], to: 3}]",
        "key_results: [{title: A, keep: {}, done: true, milestones: []}]",
        "key_results: [{title: A, id: '#'}, {title: A, id: A}, {title: A, id: a}]",
        "check_ins: [{date: 2026-11-01, values: {a: 1, kr1: 2, '': 3}}]", "grade: {score: 1}",
        "check_ins: [{date: 2026-11-01, values: {kr1: {value: 5 days, confidence: 60%}}}]",
        "status: draft", "status: cancelled", "every: quarter", "weight: 0.5",
        "visibility: private",
        "readings: [{date: 2026-11-01, value: 5}, {date: 2026-11-01, value: 6 %}]", "unit: $",
        "keep: {min: 5, max: 3}", "keep: {min: $5}", "alert: {max: 1}", "drives: [noise, noise]",
        "data: noise.md", "data: .", "target: {value: 5}", "date: 2026-11-01", "end: 2026-12-31",
        "updates: [{objective: good, values: {a: 3}}, {objective: noise}]", "start: 2026-10-01",
        "closed: 2026-11-01", "parent: noise", "team: sales", "id: sales", "id: noise",
        "id: company",
        "initiatives: [{title: Work, key_result: a, owner: noise}]", "ignore: [OKR, '']",
    ]
)  # fmt: skip


@given(
    st.sampled_from(["objective", "kpi", "check-in", "cycle", "team", "person", "company"]),
    st.lists(_LINES, max_size=6, unique_by=lambda line: line.split(":")[0]),
)
def test_fields_that_contradict_each_other_end_in_documents_or_findings(
    type: str, lines: list[str]
) -> None:
    judged({**GOOD, "2026-q4/company/noise.md": document(type, *lines)})


def test_a_site_without_documents_has_the_company_alone() -> None:
    project = project_of({"index.md": "# Welcome\n"})
    assert list(project.owners) == ["company"]
    assert (project.objectives, project.findings) == ({}, ())


def test_one_bad_document_hides_neither_the_findings_nor_the_figures_of_others() -> None:
    files: dict[str, str | bytes] = {
        **GOOD,
        "a.md": b"---\ntype: objective\ntitle: \xff\n---\n",
        "b.md": document("objectve"),
        "c.md": "---\ntype: kpi\n",
        "d.md": objective("id: a, title: A, to: x1"),
    }
    assert {f.path for f in findings_of(files) if f.severity == "error"} == {
        f"content/{name}.md" for name in "abcd"
    }
    assert list(export_of(files)["objectives"]) == ["okrs/2026-q4/sales/good"]


def test_broken_documents_keep_a_page() -> None:
    files = {"a.md": document("objective", "title: Lost", "weight: none"), "b.md": document("nope")}
    broken = project_of(files).broken
    assert [(d.page.title, d.page.uri) for d in broken] == [("Lost", "a.md"), ("B", "b.md")]


@pytest.mark.parametrize("type", ["team", "objective", "kpi", "cycle"])
def test_an_id_is_used_once_and_the_first_path_keeps_it(type: str) -> None:
    more = ["start: 2026-10-01", "end: 2026-12-31"] if type == "cycle" else []
    text = document(type, "id: Twice", *more)
    said = [p for p in places(findings_of({"b.md": text, "a.md": text})) if p.startswith("OKR105")]
    assert said == ["OKR105 b.md:3"]


def test_ids_of_different_kinds_do_not_meet() -> None:
    files = {
        "a.md": document("team", "id: same"),
        "b.md": document("kpi", "id: same", "owner: same"),
        "c.md": objective(RESULT, id="same", owner="same"),
    }
    assert "OKR105" not in codes(findings_of(files))


def test_a_key_results_id_is_used_once_and_may_come_from_its_position() -> None:
    files = {"grow.md": objective("title: A, to: 5", "id: KR1, title: B, to: 5")}
    assert "OKR105 grow.md:8" in places(findings_of(files))


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("okrs/sales/grow.md", "teams/sales"),
        ("okrs/Sales/deep/grow.md", "teams/sales"),
        ("okrs/company/grow.md", "company"),
        ("okrs/sales/company/grow.md", "company"),
        ("okrs/eve/grow.md", "people/eve"),
    ],
)
def test_the_nearest_folder_that_names_an_owner_gives_it(path: str, owner: str) -> None:
    files = {"teams/sales.md": document("team"), "people/eve.md": document("person"),
             path: objective(RESULT, owner="")}  # fmt: skip
    found = export_of(files)["objectives"].values()
    assert [objective["owners"] for objective in found] == [[owner]]


def test_a_folder_that_names_two_teams_names_none() -> None:
    files = {"a/north.md": document("team"), "b/north.md": document("team"),
             "okrs/north/grow.md": objective(RESULT, owner="")}  # fmt: skip
    assert "OKR103" in codes(findings_of(files))


@pytest.mark.parametrize(
    ("owner", "level"),
    [("company", "company"), ("sales", "team"), ("eve", "individual"), ("[eve, sales]", None)],
)
def test_the_level_follows_from_the_owner(owner: str, level: str | None) -> None:
    files = {"sales.md": document("team"), "eve.md": document("person"),
             "grow.md": objective(RESULT, owner=owner)}  # fmt: skip
    found = export_of(files)["objectives"]
    assert [objective["level"] for objective in found.values()] == ([level] if level else [])


CSV_SITE = document("kpi", "owner: company", "data: k.csv")


@pytest.mark.parametrize(
    ("rows", "said", "values"),
    [
        ("date,value\n2026-11-01,5\n", [], [5]),
        ("\ufeffdate,value\r\n2026-11-01,5\r\n", [], [5]),
        ("Value, note ,Date\n$5,hi,2026-11-01\n", [], [5]),
        ('date,value\n2026-11-01,"12,500"\n\n2026-11-02,6\n', [], [12500, 6]),
        ("date,value\n2026-11-01,x\n2026-11-02,6\n", ["OKR104 k.csv:2"], [6]),
        ("date,value\n1.11.2026,5\n2026-11-02\n", ["OKR104 k.csv:2", "OKR104 k.csv:3"], []),
        ("date,value\n2026-11-01,5 days\n2026-11-02,6 weeks\n", ["OKR104 k.csv:3"], [5]),
        ("day,value\n2026-11-01,5\n", ["OKR104 k.csv:1"], []),
        ("", ["OKR104 k.csv:1"], []),
        (b"date,value\n2026-11-01,5\n2026-11-02,\xff\n", ["OKR104 k.csv:3"], []),
        ('date,value,note\n2026-11-01,5,"two\nlines"\n2026-11-02,x,\n', ["OKR104 k.csv:4"], [5]),
    ],
)
def test_a_bad_row_is_said_at_its_line_and_left_out_alone(
    rows: str | bytes, said: list[str], values: list[float]
) -> None:
    files = {"k.md": CSV_SITE, "k.csv": rows}
    errors = [f for f in findings_of(files) if f.severity == "error"]
    assert places(errors) == said
    kpis = project_of(files).kpis
    assert [reading.value for kpi in kpis.values() for reading in kpi.readings] == values


@pytest.mark.parametrize(
    ("limit", "line", "message"),
    [
        ("LARGEST_DATA", 1, "the CSV file is larger than 3e-05 MB, so it isn't read"),
        ("MOST_ROWS", 4, "the CSV file has more than 2 rows, so it isn't read"),
    ],
)
def test_a_csv_file_that_is_too_large_is_not_read(
    limit: str, line: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kpis, limit, {"LARGEST_DATA": 30, "MOST_ROWS": 2}[limit])
    rows = "date,value\n2026-10-01,1\n2026-10-02,x\n2026-10-03,3\n"
    files = {"k.md": CSV_SITE, "k.csv": rows}
    found = [f for f in findings_of(files) if f.severity == "error"]
    assert [(f.path, f.line, f.message) for f in found] == [("content/k.csv", line, message)]
    assert project_of(files).kpis["k"].readings == ()


def test_a_csv_file_at_its_limits_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "date,value\n2026-10-01,1\n2026-10-02,2\n"
    monkeypatch.setattr(kpis, "LARGEST_DATA", len(rows))
    monkeypatch.setattr(kpis, "MOST_ROWS", 2)
    project = project_of({"k.md": CSV_SITE, "k.csv": rows})
    assert [reading.value for reading in project.kpis["k"].readings] == [1, 2]


def test_a_csv_file_on_disk_that_is_too_large_is_not_opened(
    write_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "date,value\n2026-10-01,1\n"
    configuration = write_site({"k.md": CSV_SITE, "k.csv": rows})
    monkeypatch.setattr(folder, "LARGEST_DATA", len(rows) - 1)
    tree = Folder(configuration.parent, configuration.parent / "content")
    project = load(tree, Settings(), "Acme")
    assert "OKR104 k.csv:1" in places(project.findings)
    monkeypatch.setattr(folder, "LARGEST_DATA", len(rows))
    assert "OKR104 k.csv:1" not in places(load(tree, Settings(), "Acme").findings)


@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
def test_a_csv_file_is_found_in_either_form_of_its_name(written: str, stored: str) -> None:
    name = "umsätze/café.csv"
    files = {
        f"kpis/{normalize('NFD', 'é')}/k.md": document(
            "kpi", "owner: company", f"data: {normalize(written, name)}"
        ),
        f"kpis/{normalize('NFD', 'é')}/{normalize(stored, name)}": "date,value\n2026-10-01,7\n",
    }
    (kpi,) = project_of(files).kpis.values()
    assert [reading.value for reading in kpi.readings] == [7]


def test_a_missing_csv_points_to_nothing() -> None:
    assert "OKR201 k.md:4" in places(findings_of({"k.md": CSV_SITE}))


def test_values_of_check_ins_that_have_nowhere_to_go_are_left_out_alone() -> None:
    results = (
        "id: a, title: A, to: 10",
        "id: m, title: M, milestones: [{title: N}]",
        "id: r, title: R, roll_up: true",
    )
    text = objective(
        *results, check_ins="[{date: 2026-11-01, values: {a: 4, b: 5, m: 0.5, r: 0.5}}]"
    )
    files = {"grow.md": text}
    errors = [f.code for f in findings_of(files) if f.severity == "error"]
    assert errors == ["OKR302", "OKR304", "OKR304"]
    result = export_of(files)["objectives"]["grow"]["key_results"]
    assert [result[id]["value"] for id in "amr"] == [4, None, None]


def test_an_entry_with_a_value_that_is_none_is_left_out_whole() -> None:
    text = objective(
        RESULT, "id: b, title: B, to: 10",
        check_ins="[{date: 2026-11-01, values: {a: 4, b: 5m}}, {date: 2026-11-02, values: {a: 6}}]",
    )  # fmt: skip
    files = {"grow.md": text}
    assert "OKR104 grow.md:6" in places(findings_of(files))
    check_ins = project_of(files).objectives["grow"].check_ins
    assert [str(check_in.date) for check_in in check_ins] == ["2026-11-02"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("to: 5 days, from: 1 week", "OKR107"),
        ("to: $5, unit: EUR", "OKR107"),
        ("to: 5, from: 5", "OKR108"),
        ("to: 0", "OKR108"),
        ("kpi: missing, to: 5", "OKR201"),
        ("kpi: k", "OKR103"),
        ("keep: {min: 5, max: 3}", "OKR104"),
        ("scale: [[1, 0]]", "OKR104"),
        ("scale: [[1, 0], [3, 0.5], [2, 1]]", "OKR104"),
        ("scale: [[1, 1], [2, 0]]", "OKR104"),
        ("scale: [[1, 0], [1, 1]]", "OKR104"),
        ("to: 5, due: 2027-01-01", "OKR104"),
        ("to: 5, plan: [[2026-09-30, 1]]", "OKR104"),
        ("to: 5, done: true", "OKR106"),
        ("roll_up: true, current: 5", "OKR106"),
        ("milestones: [{title: M}], current: 5", "OKR106"),
        ("to: 5, id: 'a#b'", "OKR104"),
    ],
)
def test_a_measure_that_contradicts_itself_is_said(fields: str, code: str) -> None:
    files = {"k.md": document("kpi", "owner: company"),
             "grow.md": objective(f"title: A, {fields}")}  # fmt: skip
    said = [f for f in findings_of(files) if f.path == "content/grow.md" and f.severity != "advice"]
    assert [f.code for f in said] == [code]
    assert said[0].line == 7


@pytest.mark.parametrize("field", ["cycle", "owner"])
def test_a_required_field_with_a_wrong_value_is_not_missing_too(field: str) -> None:
    text = objective(RESULT, **{field: "{a: b}"})
    errors = [f.code for f in findings_of({"grow.md": text}) if f.severity == "error"]
    assert errors == ["OKR104"]


@pytest.mark.parametrize(
    "text",
    [
        document("kpi", 'owner: "nobody\\nforged.md:1: OKR101 error"'),
        document("kpi", "owner: company", 'data: "a\\nb.csv"'),
        document("kpi", "owner: company", 'unit: "a\\nb"', "keep: {min: 5 days}"),
        objective('id: "a\\nb#", title: A, to: 5'),
        objective('"a\\nb": c, title: A, to: 5'),
        objective(RESULT, check_ins='[{date: 2026-11-01, values: {"a\\nb": 5}}]'),
        objective('title: A, to: "5\\n7 8"'),
        document("team", 'id: "a\\n//b"'),
        document('"a\\nb"'),
    ],
)
def test_a_finding_is_one_line_whatever_it_quotes(text: str) -> None:
    said = [f for f in findings_of({"a.md": text}) if f.severity != "advice"]
    assert said
    assert not any("\n" in f"{f.message}{f.hint}" for f in said)


def test_units_that_differ_by_a_final_s_are_one() -> None:
    files = {"grow.md": objective("id: a, title: A, from: 1 day, to: 4 days, current: 2 days")}
    assert "OKR107" not in codes(findings_of(files))
    assert export_of(files)["objectives"]["grow"]["key_results"]["a"]["unit"] == "days"


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-09-30", True), ("2026-10-01", False), ("2026-12-31", False), ("2027-01-01", True)],
)
def test_a_check_in_outside_its_cycle_is_a_warning_at_its_date(day: str, said: bool) -> None:
    text = objective(RESULT, check_ins=f"[{{date: {day}, values: {{a: 1}}}}]")
    assert ("OKR301 grow.md:6" in places(findings_of({"grow.md": text}))) is said


def test_a_document_that_mkdocs_leaves_out_is_said(tmp_path: Path) -> None:
    docs = tmp_path / "content"
    files = {
        "a.md": objective("title: A, to: 1", aligns_to="[b, sales/c]"),
        "drafts/b.md": objective("title: B, to: 1"),
        "old/sales/c.md": objective("title: C, to: 1"),
        "old/nobody-asks.md": objective("title: D, to: 1"),
        "x/README.md": objective("title: E, to: 1"),
        "x/index.md": "# X\n",
    }
    for uri, text in files.items():
        (docs / uri).parent.mkdir(parents=True, exist_ok=True)
        (docs / uri).write_text(text)
    tree = Folder(tmp_path, docs, "drafts/\nold/\n")
    found = load(tree, read_settings({}), "Acme").findings
    paths = ["content/drafts/b.md", "content/old/sales/c.md", "content/x/README.md"]
    assert [(f.code, f.path) for f in found] == [("OKR109", path) for path in paths]


@pytest.mark.parametrize(
    "result",
    [
        "id: a, to: 10",
        "id: a, title: A, to: 10, weight: x",
        "id: a, title: A, to: 10, due: soon",
        "id: a, title: A, to: 10, grade: {score: 7}",
        "id: a, title: A, to: 10, status: done",
        "id: a, title: A, to: 10, description: [b]",
    ],
)
def test_an_error_of_a_key_result_that_leaves_its_values_alone_hides_none_of_them(
    result: str,
) -> None:
    files = {"grow.md": objective(result, check_ins="[{date: 2026-10-05, values: {a: x}}]")}
    found = [f.message for f in findings_of(files) if f.severity == "error"]
    assert len(found) == 2
    assert "`x` is not a number" in found


def test_the_owners_of_a_key_result_are_looked_up_whatever_is_wrong_with_it() -> None:
    found = findings_of({"grow.md": objective("id: a, title: A, to: x1, owner: nobody, kpi: no")})
    assert {"OKR104", "OKR201"} <= set(codes(found))
    assert sum(f.code == "OKR201" for f in found) == 2


def test_errors_in_a_list_or_a_day_hide_no_other_finding() -> None:
    files = {
        "goal.md": objective("id: a, title: A, to: 2", "id: b, title: B, to: 2"),
        "kpi.md": document(
            "kpi", "owner: company", "targets: [{by: 2026-10-01}, none, {value: 3}]", "drives: gone"
        ),
        "team.md": document("team", "links: [{url: a}, none]", "parent: gone"),
        "cycle.md": document("cycle", "colour: red", "start: soon"),
        "update.md": document(
            "check-in", "date: soon", "owner: gone",
            "updates: [{objective: goal, values: {c: 1}}, {objective: gone}]",
        ),
    }  # fmt: skip
    assert sorted(places(project_of(files).findings)) == [
        "OKR103 cycle.md:1", "OKR103 kpi.md:4", "OKR103 team.md:3", "OKR104 cycle.md:4",
        "OKR104 kpi.md:4", "OKR104 team.md:3", "OKR104 update.md:3", "OKR106 cycle.md:3",
        "OKR201 kpi.md:5", "OKR201 team.md:4", "OKR201 update.md:4", "OKR201 update.md:5",
        "OKR302 update.md:5",
    ]  # fmt: skip
