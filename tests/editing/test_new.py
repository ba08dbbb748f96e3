"""What new sites and documents begin with: texts, names of files, and where they go."""

import json
import re
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from okrsite.documents.front_matter import parse
from okrsite.documents.theme_fields import THEME_FIELDS
from okrsite.documents.types import Type
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.key_result_lines import key_result, with_ids
from okrsite.editing.new.naming import (
    LONGEST,
    cycle_of_today,
    find_cycle,
    find_kpi,
    find_objective,
    find_owner,
    find_team,
    free,
    quarter_of,
    slug,
)
from okrsite.editing.new.sample import sample_documents
from okrsite.editing.new.starter import Wishes, remote, requirement, starter_files
from okrsite.project.load import read_documents
from okrsite.project.names import NameKind, Names
from okrsite.project.registry import Registry
from tests.samples import Files, Shelf, document, findings_of, objective, scorecard_of

DAY = date(2026, 11, 15)
SITE: dict[str, str | bytes] = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "teams/field-sales.md": document("team", "title: Field sales"),
    "people/amara.md": document("person", "title: Amara", "team: sales"),
    "okrs/2026-q4/company/grow.md": objective("id: a, title: A, to: 9", "title: B, to: 5"),
    "okrs/2026-q3/company/grow.md": objective("title: A, to: 9", cycle="2026-q3"),
    "kpis/sales/csat.md": document("kpi", "title: Satisfaction"),
}


def names(files: Files = SITE) -> Names:
    return Registry(read_documents(Shelf(files))[0]).names


def layout(files: Files = SITE) -> Layout:
    return Layout(names(files), files)


# The first documents


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_the_first_documents_have_no_findings_on_any_day(day: date) -> None:
    assert findings_of(sample_documents("Acme", day), day) == []


@given(
    st.text(min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(str.isprintable)
    .filter(bool)
)
def test_any_name_of_an_organisation_stays_what_it_is(name: str) -> None:
    text = sample_documents(name, DAY)["company.md"]
    assert parse(text, THEME_FIELDS).fields["title"] == name
    configuration = starter_files(Wishes(name, DAY, "0.1.0"))["mkdocs.yml"]
    assert yaml.safe_load(configuration)["site_name"] == name


def test_the_first_objectives_are_measured_aligned_and_under_way() -> None:
    figures = scorecard_of(sample_documents("Acme", DAY), DAY).objectives
    assert len(figures) == 2
    for shown in figures.values():
        assert shown.score is not None
        assert 0.1 < shown.score < 0.7
        assert all(result.score is not None for result in shown.key_results.values())
    assert any(shown.support is not None for shown in figures.values())


@pytest.mark.parametrize(
    ("version", "written"),
    [("0.1.0", "okrsite>=0.1.0,<0.2"), ("1.4.2", "okrsite>=1.4.2,<2")],
)
def test_a_site_asks_for_versions_that_mean_the_same(version: str, written: str) -> None:
    assert requirement(version) == written


def test_files_are_only_those_that_were_wished_for() -> None:
    def paths(**wishes: Any) -> set[str]:
        return set(starter_files(Wishes("Acme", DAY, "0.1.0", **wishes)))

    bare = paths()
    assert {"mkdocs.yml", ".gitignore", ".pre-commit-config.yaml", "requirements.txt"} < bare
    assert not [path for path in bare if path.startswith((".github", ".vscode", ".gitlab"))]
    assert paths(ci="gitlab") - bare == {".gitlab-ci.yml"}
    assert {path.split("/")[0] for path in paths(ci="github") - bare} == {".github"}
    assert {path.split("/")[0] for path in paths(editor="vscode") - bare} == {".vscode"}
    assert "front-matter.schema.json" in paths(editor="vscode-schema")


def test_nothing_is_left_of_the_templates() -> None:
    for ci in ("github", "gitlab"):
        made = starter_files(
            Wishes("Acme", DAY, "0.1.0", ci, "vscode-schema", "https://x/", "next")
        )
        for path, text in made.items():
            assert not set("«»") & set(text), path
            assert text.endswith("\n"), path
            assert "\n\n\n" not in text, path


def test_a_known_address_gives_edit_buttons() -> None:
    address = "https://github.com/acme/okrs/edit/main/content/"
    made = yaml.safe_load(
        starter_files(Wishes("Acme", DAY, "0.1.0", edit_uri=address))["mkdocs.yml"]
    )
    assert made["edit_uri"] == address
    assert "content.action.edit" in made["theme"]["features"]
    assert made["theme"]["font"] is False
    assert "repo_url" not in made


# The snippets


SNIPPETS = json.loads(
    starter_files(Wishes("Acme", DAY, "0.1.0", editor="vscode"))[".vscode/okrsite.code-snippets"]
)


def expanded(body: list[str]) -> str:
    """Take every default and every first choice, as the tab key does."""
    text = "\n".join(body)
    today = {"$CURRENT_YEAR": "2026", "$CURRENT_MONTH": "11", "$CURRENT_DATE": "15"}
    for variable, value in today.items():
        text = text.replace(variable, value)
    text = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)
    return text.replace("$0", "")


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_sound_as_it_is_inserted(name: str) -> None:
    text = expanded(SNIPPETS[name]["body"])
    assert "$" not in text
    assert SNIPPETS[name]["prefix"].startswith("okr-")
    front = {"title": "Grow", "cycle": "2026-q4", "owner": "company"}
    written = "\n".join(f"{key}: {value}" for key, value in front.items())
    if text.startswith("- {date"):
        results = "key_results:\n  - {id: key-result, title: A, to: 9}\n  - {title: B, to: 9}\n"
        text = f"---\ntype: objective\n{written}\n{results}check_ins:\n{_indented(text)}\n---\n"
    elif text.startswith("- "):
        other = "\n  - {title: Other, to: 9}"
        text = f"---\ntype: objective\n{written}\nkey_results:\n{_indented(text)}{other}\n---\n"
    files = {
        "okrs/2026-q4/sales/new.md": text,
        "okrs/2026-q4/company/company-objective.md": objective(
            "title: A, to: 9", "title: B, to: 9"
        ),
        "teams/sales.md": document("team"),
        "teams/team.md": document("team"),
        "kpis/sales/kpi.md": document(
            "kpi", 'unit: "%"', "readings: [{date: 2026-10-31, value: 1}]"
        ),
    }
    about = [f for f in findings_of(files, DAY) if "new.md" in f.path and f.code != "OKR406"]
    assert about == []


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


# Names of files


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Win back past guests", "win-back-past-guests"),
        ("  Größe zählt: 25 % mehr! ", "grosse-zahlt-25-mehr"),
        ("Amara O'Kafor", "amara-okafor"),
        ("Ελλάδα", "ellada"),
        ("李雷", "lilei"),
        ("../../etc/passwd", "etc-passwd"),
        ("**R&D**", "r-d"),
        ("…", "objective"),
        ("x" * 99, "x" * LONGEST),
    ],
)
def test_a_title_becomes_the_name_of_a_file(title: str, name: str) -> None:
    assert slug(title, "objective") == name


@given(st.text())
def test_a_name_is_short_and_ascii(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(title, "kpi"))
    assert len(slug(title, "kpi")) <= LONGEST


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free("a", {"b"}) == "a"
    assert free("a", {"a", "a-2"}) == "a-3"


# Where documents go


def test_documents_go_where_the_others_of_their_type_are() -> None:
    cycle = find_cycle(names(), "2027-q1")
    assert layout().uri(Type.TEAM, "web") == "teams/web.md"
    assert layout().uri(Type.CYCLE, "2027-q1") == "cycles/2027-q1.md"
    assert layout().uri(Type.KPI, "churn", "teams/sales") == "kpis/sales/churn.md"
    objectives = layout().uri(Type.OBJECTIVE, "win", "people/amara", cycle)
    assert objectives == "okrs/2027-q1/amara/win.md"


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("2026/q4/sales/grow.md", "2027/q1/company/win.md"),
        ("objectives/grow.md", "objectives/win.md"),
        ("sales/2026-q4/grow/index.md", "company/2027-q1/win/index.md"),
        ("grow.md", "win.md"),
        ("a{b}/grow.md", "a{b}/win.md"),
    ],
)
def test_other_layouts_are_kept(uri: str, expected: str) -> None:
    files = {"teams/sales.md": document("team"), uri: objective("title: A, to: 9")}
    made = layout(files).uri(Type.OBJECTIVE, "win", "company", find_cycle(names(files), "2027-q1"))
    assert made == expected


def test_no_file_is_taken_twice_whatever_its_letters() -> None:
    files = {**SITE, "teams/Web.md": "An ordinary page"}
    assert layout(files).uri(Type.TEAM, "web") == "teams/web-2.md"


def test_check_ins_of_many_owners_in_one_folder_are_told_apart() -> None:
    assert layout().dated("teams/sales", find_cycle(names(), "2026-q4"), DAY) == (
        "okrs/2026-q4/sales/check-ins/2026-11-15.md"
    )
    files = {**SITE, "log/2026-11-01.md": document("check-in", "owner: sales", "updates: []")}
    made = layout(files).dated("teams/sales", find_cycle(names(), "2026-q4"), DAY)
    assert made == "log/2026-11-15-sales.md"


# What exists


def test_names_are_found_as_in_documents() -> None:
    site = names()
    assert find_owner(site, "Sales") == "teams/sales"
    assert find_owner(site, "company") == "company"
    assert find_kpi(site, "csat") == "kpis/sales/csat"
    cycle = find_cycle(site, "2026-q4")
    assert find_objective(site, "grow#A", cycle) == "okrs/2026-q4/company/grow#a"
    reference = site.reference(NameKind.OBJECTIVE, "okrs/2026-q4/company/grow#a")
    assert reference == "2026-q4/company/grow#a"
    assert cycle_of_today(site, None, DAY).id == "2026-q4"
    assert cycle_of_today(site, None, date(2031, 2, 1)).id == "2031-q1"


@pytest.mark.parametrize(
    ("find", "message"),
    [
        (lambda n: find_owner(n, "salse"), "did you mean `sales`?"),
        (lambda n: find_owner(n, "zebra"), "there is no owner `zebra`"),
        (lambda n: find_team(n, "amara"), "is a person, not a team"),
        (lambda n: find_kpi(n, "csta"), "did you mean `csat`?"),
        (lambda n: find_objective(n, "grow", None), "ambiguous"),
        (lambda n: find_objective(n, "2026-q4/company/grow#z", None), "it has `a`, `kr2`"),
        (lambda n: find_cycle(n, "soon"), "write a period like 2026"),
    ],
)
def test_a_wrong_name_is_answered_with_what_was_meant(find: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        find(names())


def test_the_quarter_of_a_day() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-q1", "2026-q1", "2026-q2", "2026-q4",
    ]  # fmt: skip


# Key results in one line


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Raise satisfaction from 78% to 90%", {"from": "78%", "to": "90%"}),
        ("Raise satisfaction, from 78% to 90%", {"from": "78%", "to": "90%"}),
        ("Raise satisfaction, at least 99.9%", {"keep": {"min": "99.9%"}}),
        ("Raise satisfaction: at most 3 days", {"keep": {"max": "3 days"}}),
        ("Raise satisfaction, KPI csat to 90%", {"kpi": "csat", "to": "90%"}),
        ("Raise satisfaction as measured by mails", {"measured_by": "mails", "done": False}),
    ],
)
def test_a_key_result_is_read_from_a_line(text: str, fields: dict[str, Any]) -> None:
    assert key_result(text) == {"title": "Raise satisfaction", **fields}


def test_the_last_from_is_the_measure() -> None:
    read = key_result("Move from paper to screens from 0 to 10 forms")
    assert read == {"title": "Move from paper to screens", "from": "0", "to": "10 forms"}


@pytest.mark.parametrize(
    "text", ["", "Grow", "Grow from A to B", "Grow, at least 5m", "Move from 1"]
)
def test_a_line_without_a_measure_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"write"):
        key_result(text)


def test_key_results_get_short_ids_of_their_own() -> None:
    named = with_ids([{"title": "Raise satisfaction of guests in spring"}] * 2 + [{"title": "…"}])
    assert [result["id"] for result in named] == [
        "raise-satisfaction-of", "raise-satisfaction-of-2", "kr3",
    ]  # fmt: skip


# Where a repository is


@pytest.mark.parametrize(
    ("address", "kind", "edit"),
    [
        ("git@github.com:acme/okrs.git", "github", "https://github.com/acme/okrs/edit/main/content/"),
        ("https://token@github.com/acme/okrs", "github", "https://github.com/acme/okrs/edit/main/content/"),
        ("ssh://git@gitlab.acme.com:2222/a/b/okrs.git", "gitlab", "https://gitlab.acme.com/a/b/okrs/-/edit/main/content/"),
        ("https://git.acme.com/okrs.git", "none", None),
    ],
)  # fmt: skip
def test_a_remote_says_the_host_and_never_a_secret(
    address: str, kind: str, edit: str | None
) -> None:
    found = remote(address)
    assert found is not None
    assert found.kind == kind
    assert found.edit_uri("main", "content") == edit


@pytest.mark.parametrize("address", ["", "/srv/git/okrs.git", "file:///srv/okrs.git", "C:\\git"])
def test_an_address_that_is_not_on_the_web_is_none(address: str) -> None:
    assert remote(address) is None
