from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from okrsite.documents.folder import Folder
from okrsite.documents.types import Type
from okrsite.history.diff.text import as_text
from okrsite.history.git import Repository
from okrsite.history.log.cache import HistoryCache
from okrsite.history.log.model import History, LoggedChange
from okrsite.history.log.read import read_history
from okrsite.history.log.resolve_old_references import CurrentMeaning, CurrentNames
from okrsite.history.log.version_reader import HistorySource
from okrsite.history.log.versions import VersionFacts
from okrsite.language.wording import Words
from okrsite.project.load import read_documents, resolve
from okrsite.project.model.measures import Kind, Metric
from okrsite.project.published import publish
from okrsite.settings import read_settings
from tests.histories import ADA, BRUNO, GROW, START, Past, grow, small_organisation
from tests.samples import document, objective, project_of


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return small_organisation(tmp_path_factory.mktemp("history") / "site")


def history_of(folder: Path, memory: Path | None = None, **options: object) -> History:
    """Read the history of a repository as a build does."""
    settings = read_settings(options)
    tree = Folder(folder, folder / "content")
    project, around = resolve(tree, *read_documents(tree), settings, "Acme", keep=False)
    published = publish(project, settings.include_private)
    with Repository.of(folder) as repository:
        cache = HistoryCache(memory or folder / ".cache" / "history.json", "test")
        docs = repository.within((folder / "content").resolve())
        source = HistorySource(repository, repository.commit("HEAD"), docs, cache)
        current = CurrentNames(around.registry.names, project, published)
        found = read_history(source, current, settings, Words.of("en"))
        cache.write()
        return found


def told(history: History, uri: str) -> list[tuple[str, str, list[str]]]:
    """Write what is told of a document, the oldest first: who, when, what."""
    return [
        (one.author, str(one.day), [_marked(change) for change in one.changes])
        for one in reversed(history.documents.get(uri, ()))
    ]


def _marked(change: LoggedChange) -> str:
    return ("! " if change.goalpost else "") + as_text(change.sentence)


def sentences(history: History, uri: str) -> list[str]:
    return [sentence for _, _, remarks in told(history, uri) for sentence in remarks]


# What is told


def test_each_commit_says_what_it_changed(small: Past) -> None:
    found = told(history_of(small.folder), GROW)
    for line in found:
        print(line)
    assert found[0][:2] == (ADA, "2026-09-01")
    assert found[0][2][0].startswith("New objective: “Double the revenue” from $5M to $10M")
    assert found[1] == (
        BRUNO, "2026-10-05",
        ["! Target of “Double the revenue” raised from $10M to $12M"],
    )  # fmt: skip


def test_a_rename_is_followed_though_the_text_changed_with_it(small: Past) -> None:
    found = told(history_of(small.folder), GROW)
    assert found[3] == (
        ADA, "2026-10-13", ["File moved", "Renamed from “Grow the base”"],
    )  # fmt: skip


def test_goalposts_are_marked_once_the_cycle_has_begun(small: Past) -> None:
    moved = [s for s in sentences(history_of(small.folder), GROW) if s.startswith("!")]
    assert moved == [
        "! Target of “Double the revenue” raised from $10M to $12M",
        "! Target of “Double the revenue” lowered from $12M to $8M",
        "! Target of “Double the revenue” raised from $8M to $9M",
    ]


def test_a_gap_of_broken_versions_is_compared_across(small: Past) -> None:
    found = told(history_of(small.folder), GROW)
    broken = [(who, day, what) for who, day, what in found if "2026-10-21" <= day <= "2026-10-23"]
    assert broken == [
        (BRUNO, "2026-10-21", ["Has errors and is not counted"]),
        (ADA, "2026-10-23", [
            "Errors fixed; counted again",
            "Check-in for 19 Oct 2026 added: confidence 0.8, “Double the revenue” $6.5M",
        ]),
    ]  # fmt: skip


def test_a_branch_is_told_once_by_who_worked_on_it(small: Past) -> None:
    history = history_of(small.folder)
    assert told(history, "teams/sales.md")[-1] == (
        BRUNO, "2026-10-29", ["Renamed from “Sales”"]
    )  # fmt: skip
    assert told(history, "kpis/nps.md")[-1] == (
        ADA, "2026-10-30", ["Healthy range made harder: ≥ 30 → ≥ 40"]
    )  # fmt: skip


def test_what_was_private_is_not_told(small: Past) -> None:
    history = history_of(small.folder)
    everything = " ".join(s for uri in history.documents for s in sentences(history, uri))
    assert "777" not in everything
    assert "778" not in everything
    assert not [day for _, day, _ in told(history, GROW) if day in ("2026-10-26", "2026-10-27")]


def test_with_what_is_private_everything_is_told(small: Past) -> None:
    found = sentences(history_of(small.folder, include_private=True), GROW)
    assert "! Target of “Double the revenue” raised from $8M to $777M" in found


def test_the_original_is_what_stood_when_the_cycle_began(small: Past) -> None:
    [moved] = history_of(small.folder).goalposts.values()
    targets = [m.target for r in moved.original if isinstance(m := r.goalposts.measure, Metric)]
    assert [target.value for target in targets if target] == [10_000_000]
    assert len(moved.entries) == 3


# Privacy of others


def test_nobody_private_is_named(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    secret = document("team", "title: The Takeover", "visibility: private")
    opened = {**START, "teams/takeover.md": document("team", "title: The Takeover")}
    past.by(ADA, "2026-10-01", {**opened, "okrs/grow.md": grow("contributors: [takeover]")})
    past.by(ADA, "2026-10-02", {"okrs/grow.md": grow(to="$11M")})
    past.by(ADA, "2026-10-03", {"teams/takeover.md": secret})
    found = sentences(history_of(past.folder), "okrs/grow.md")
    assert found[-1] == "! Target of “Double the revenue” raised from $10M to $11M"
    assert not [s for s in found if "takeover" in s.lower() or "contributors" in s.lower()]
    assert "teams/takeover.md" not in history_of(past.folder).documents


def test_an_objective_of_an_owner_who_was_private_is_not_told_of_then(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    secret = document("team", "title: Sales", "visibility: private")
    past.by(ADA, "2026-10-01", {**START, "teams/sales.md": secret})
    past.by(ADA, "2026-10-02", {"okrs/grow.md": grow(to="$666M")})
    past.by(ADA, "2026-10-03", {"okrs/grow.md": grow(owner="company", to="$9M")})
    past.by(ADA, "2026-10-04", {"teams/sales.md": START["teams/sales.md"]})
    found = told(history_of(past.folder), "okrs/grow.md")
    assert [day for _, day, _ in found] == ["2026-10-03"]
    assert "666" not in str(found)


def test_figures_on_a_kpi_that_was_private_once_are_kept_quiet(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    kpi = ["title: Cash", "owner: sales", "unit: USD"]

    def on_kpi(to: str) -> str:
        return document(
            "objective", "title: Save", "cycle: 2026-q4", "owner: sales", "key_results:",
            f"  - {{id: cash, title: Save cash, kpi: cash, from: $1M, to: {to}}}",
        )  # fmt: skip

    hidden = document("kpi", *kpi, "visibility: private")
    past.by(ADA, "2026-10-01", {**START, "kpis/cash.md": hidden, "okrs/save.md": on_kpi("$31M")})
    past.by(ADA, "2026-10-02", {"okrs/save.md": on_kpi("$32M")})
    past.by(ADA, "2026-10-03", {"kpis/cash.md": document("kpi", *kpi)})
    past.by(ADA, "2026-10-04", {"okrs/save.md": on_kpi("$33M")})
    found = sentences(history_of(past.folder), "okrs/save.md")
    assert found == ["New objective: “Save cash”"]


def test_a_path_is_not_said(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-10-01", {**START, "okrs/takeover/grow.md": grow(), "okrs/grow.md": grow()})
    past.move("okrs/takeover/grow.md", "okrs/other.md")
    past.by(ADA, "2026-10-02")
    assert "File moved" in sentences(history_of(past.folder), "okrs/other.md")
    assert "takeover" not in str(told(history_of(past.folder), "okrs/other.md"))


# Bad input


def test_a_team_that_is_gone_stays_nameless_and_disturbs_nothing(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-10-01", {**START, "teams/old.md": document("team", "title: Old crew"),
                                "okrs/grow.md": grow(owner="old")})  # fmt: skip
    past.by(ADA, "2026-10-02", {"teams/old.md": "", "okrs/grow.md": grow()})
    found = history_of(past.folder).documents["okrs/grow.md"]
    parts = [p.document for p in found[0].changes[0].sentence if p.document]
    assert parts == [("owner", "?old"), ("owner", "teams/sales")]


def test_clocks_that_go_wrong_change_no_order(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-11-10", START)
    past.by(BRUNO, "1999-01-01", {"okrs/grow.md": grow(to="$11M")})
    past.by(ADA, "2026-10-02", {"okrs/grow.md": grow(to="$12M")})
    found = told(history_of(past.folder), "okrs/grow.md")
    assert [day for _, day, _ in found] == ["2026-11-10", "1999-01-01", "2026-10-02"]
    assert found[1][2] == ["Target of “Double the revenue” raised from $10M to $11M"]


def test_a_file_that_came_back_goes_on_where_it_was(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-10-01", START)
    past.by(ADA, "2026-10-02", {"okrs/grow.md": ""})
    past.by(ADA, "2026-10-03", {"okrs/grow.md": grow(to="$11M")})
    assert sentences(history_of(past.folder), "okrs/grow.md")[-1] == (
        "! Target of “Double the revenue” raised from $10M to $11M"
    )


def test_a_conflict_that_a_merge_settled_is_told_by_the_merge(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-09-01", START)
    past.git("checkout", "-q", "-b", "side")
    past.by(BRUNO, "2026-10-02", {"okrs/grow.md": grow(to="$11M")})
    past.git("checkout", "-q", "main")
    past.by(ADA, "2026-10-03", {"okrs/grow.md": grow(to="$12M")})
    with pytest.raises(subprocess.CalledProcessError):
        past.git("merge", "-q", "side")
    past.by(ADA, "2026-10-04", {"okrs/grow.md": grow(to="$13M")})
    found = told(history_of(past.folder), "okrs/grow.md")
    assert sorted((who, day, what[0].split(" ", 1)[1]) for who, day, what in found[1:]) == [
        (ADA, "2026-10-03", "Target of “Double the revenue” raised from $10M to $12M"),
        (ADA, "2026-10-04", "Target of “Double the revenue” raised from $12M to $13M"),
        (BRUNO, "2026-10-02", "Target of “Double the revenue” raised from $10M to $11M"),
    ]


def test_a_renaming_on_another_branch_loses_nothing(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-10-01", START)
    past.git("checkout", "-q", "-b", "side")
    past.by(BRUNO, "2026-10-02", {"okrs/grow.md": grow(to="$11M")})
    past.git("checkout", "-q", "main")
    past.move("okrs/grow.md", GROW)
    past.by(ADA, "2026-10-03")
    past.git("merge", "-q", "--no-edit", "side")
    found = sorted(day for _, day, _ in told(history_of(past.folder), GROW))
    assert found == ["2026-10-01", "2026-10-02", "2026-10-03"]


def test_a_shallow_clone_does_not_say_that_all_is_new(small: Past, tmp_path: Path) -> None:
    address = f"file://{small.folder}"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "2", address, str(tmp_path / "clone")], check=True
    )
    history = history_of(tmp_path / "clone")
    assert sentences(history, GROW) == [
        "Check-in for 2 Nov 2026 added: confidence 0.8, “Double the revenue” $7M"
    ]


# What is remembered


def test_what_is_remembered_says_the_same(small: Past, tmp_path: Path) -> None:
    memory = tmp_path / "memory.json"
    first = history_of(small.folder, memory)
    written = memory.read_bytes()
    assert history_of(small.folder, memory) == first
    assert memory.read_bytes() == written


def test_no_content_is_read_again(
    small: Past, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "memory.json"
    first = history_of(small.folder, memory)
    monkeypatch.setattr("okrsite.history.log.versions.VersionParser.parse", None)
    monkeypatch.setattr("okrsite.history.log.version_reader.read_log", None)
    assert history_of(small.folder, memory) == first


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"made_by": 3}', b"[" * 100_000],
)
def test_a_damaged_memory_is_none(small: Past, tmp_path: Path, damage: bytes) -> None:
    memory = tmp_path / "memory.json"
    first = history_of(small.folder, memory)
    memory.write_bytes(damage)
    assert history_of(small.folder, memory) == first


def test_a_memory_with_other_things_in_it_is_none(small: Past, tmp_path: Path) -> None:
    memory = tmp_path / "memory.json"
    first = history_of(small.folder, memory)
    whole = json.loads(memory.read_bytes())
    for name in ("log", "renames", "facts", "changes", "originals", "pairings"):
        for instead in (None, [], {"head": 1}, "x"):
            memory.write_text(json.dumps({**whole, name: instead}))
            assert history_of(small.folder, memory) == first
    whole["changes"] = {name: [[1, 2]] for name in whole["changes"]}
    whole["facts"] = {name: ["x"] for name in whole["facts"]}
    memory.write_text(json.dumps(whole))
    assert history_of(small.folder, memory) == first


@pytest.mark.parametrize("state", ["known", "hidden", "gone"])
def test_facts_are_remembered_as_what_they_were(
    tmp_path: Path, state: Literal["known", "hidden", "gone"]
) -> None:
    meaning = CurrentMeaning("a", state)
    memory = tmp_path / "memory.json"
    facts = VersionFacts(Type.OBJECTIVE, notes=((("owner", "a", "", ""), meaning),))
    cache = HistoryCache(memory, "test")
    cache.facts.put("1", facts)
    cache.write()
    assert HistoryCache(memory, "test").facts.get("1") == facts


def test_key_results_of_every_kind_are_remembered_as_what_they_were(tmp_path: Path) -> None:
    memory = tmp_path / "memory.json"
    project = project_of(
        {
            "grow.md": objective(
                "id: a, title: A, from: 2, to: 10, plan: [[2026-11-01, 5]]",
                "id: b, title: B, keep: {min: 9}",
                "id: c, title: C, milestones: [{title: x, done: 2026-11-02}, {title: y}]",
                "id: d, title: D, done: true",
                "id: e, title: E, roll_up: true",
                "id: f, title: F",
            )
        }
    )
    results = project.objectives["grow"].key_results
    assert {result.kind for result in results} == set(Kind)
    cache = HistoryCache(memory, "test")
    cache.originals.put("1", results)
    cache.write()
    assert HistoryCache(memory, "test").originals.get("1") == results


def test_a_name_that_is_no_utf_8_is_remembered_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past, memory = Past(tmp_path / "site"), tmp_path / "memory.json"
    past.by(ADA, "2026-10-01", START)
    odd = os.fsencode(past.folder) + b"/content/b\xff.md"
    Path(os.fsdecode(odd)).write_text("A page.")
    past.by(ADA, "2026-10-02", {"okrs/grow.md": grow(to="$11M")})
    os.remove(odd)
    past.by(ADA, "2026-10-03")
    first = history_of(past.folder, memory)
    monkeypatch.setattr("okrsite.history.log.version_reader.read_log", None)
    assert history_of(past.folder, memory) == first


def test_what_is_remembered_is_not_said_once_it_is_private(tmp_path: Path) -> None:
    past, memory = Past(tmp_path / "site"), tmp_path / "memory.json"
    crew = document("team", "title: The Takeover")
    past.by(ADA, "2026-10-01", {**START, "teams/takeover.md": crew})
    past.by(ADA, "2026-10-02", {"okrs/grow.md": grow("contributors: [takeover]")})
    assert "Contributors: nobody → “takeover”" in sentences(
        history_of(past.folder, memory), "okrs/grow.md"
    )
    (past.folder / "content/teams/takeover.md").write_text(
        document("team", "title: The Takeover", "visibility: private")
    )
    found = sentences(history_of(past.folder, memory), "okrs/grow.md")
    assert not [s for s in found if "Contributors" in s]


def test_an_objective_of_two_owners_has_a_change_log(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    crew = document("team", "title: Crew")
    past.by(ADA, "2026-10-01", {**START, "teams/crew.md": crew})
    shared = {"okrs/shared.md": grow().replace("owner: sales", "owners: [sales, crew]")}
    past.by(ADA, "2026-10-02", shared)
    [found] = sentences(history_of(past.folder), "okrs/shared.md")
    assert found.startswith("New objective: “Double the revenue”")


def test_a_change_costs_the_reading_of_what_changed(small: Past, tmp_path: Path) -> None:
    folder, memory = tmp_path / "copy", tmp_path / "memory.json"
    shutil.copytree(small.folder, folder)
    history_of(folder, memory)
    (folder / "content" / GROW).write_text(grow(to="$99M", title="Grow"))
    subprocess.run(
        ["git", "-c", "user.name=Ada", "-c", "user.email=a@b", "commit", "-qam", "x"],
        cwd=folder, check=True,
    )  # fmt: skip
    with_memory, without = history_of(folder, memory), history_of(folder, tmp_path / "new.json")
    assert with_memory == without
    assert with_memory.documents[GROW][0].day != date(2026, 11, 2)


@pytest.mark.parametrize("moved", [True, False])
def test_a_renamed_team_is_one_team(tmp_path: Path, moved: bool) -> None:
    old = "okrs/2026-q4/sales/win.md" if moved else "okrs/2026-q4/win.md"
    new = old.replace("sales", "growth")
    result = "id: a, title: A, to: 10"
    past = Past(tmp_path / "site")

    def win(owner: str, *lines: str) -> str:
        named = {} if moved else {"owner": owner}
        written = ["title: Win", *(f"{k}: {v}" for k, v in named.items()), *lines]
        return document("objective", *written, "key_results:", f"  - {{{result}}}")

    past.by(ADA, "2026-09-01", {"company.md": document("company", "title: Acme"),
                                "teams/sales.md": document("team", "title: Sales"),
                                old: win("sales")})  # fmt: skip
    files = {"teams/sales.md": "", "teams/growth.md": document("team", "title: Growth")}
    if moved:
        files[old] = ""
    past.by(BRUNO, "2026-09-02", {**files, new: win("growth")})
    history = history_of(past.folder)
    assert [one[2] for one in told(history, "teams/growth.md")] == [
        ["New team"], ["Renamed from “Sales”", "File moved"],
    ]  # fmt: skip
    changes = [line for one in told(history, new)[1:] for line in one[2]]
    assert changes == (["File moved"] if moved else [])
    assert history_of(past.folder) == history
