from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.project.circles import circle_through, strongly_connected
from okrsite.project.model.cycles import Cycle, calendar_cycle
from okrsite.project.references import References, tails
from tests.samples import (
    codes,
    document,
    export_of,
    findings_of,
    objective,
    project_of,
    scorecard_of,
)

HALF = calendar_cycle("2026-h2")
YEAR = calendar_cycle("2026")
assert HALF is not None
assert YEAR is not None
AROUND = [HALF, YEAR]


def resolve(documents: Mapping[str, str | None], reference: str, **more: object) -> object:
    return References(documents.items()).candidates(reference, **more)  # type: ignore[arg-type]


def test_the_tails_of_an_id_are_cut_at_its_slashes() -> None:
    assert tails("okrs/2026-q4/grow-base") == ["okrs/2026-q4/grow-base", "2026-q4/grow-base",
                                               "grow-base"]  # fmt: skip


@pytest.mark.parametrize("reference", ["a/b/c", "b/c", "c", "C", " b/C ", "/b/c/"])
def test_an_unambiguous_tail_is_enough(reference: str) -> None:
    assert resolve({"a/b/c": None, "x/y": None}, reference) == ("a/b/c",)


@pytest.mark.parametrize("reference", ["bc", "ase", "b", "a/b", "a/c"])
def test_a_part_that_is_no_tail_leads_nowhere(reference: str) -> None:
    assert resolve({"a/b/bcase": None}, reference) == ()


def test_the_same_id_wins_over_every_tail() -> None:
    assert resolve({"grow": None, "a/grow": "2026-q4", "b/grow": "2026-q4"}, "grow",
                   cycle="2026-q4") == ("grow",)  # fmt: skip


def test_a_tail_in_the_same_cycle_wins_over_others() -> None:
    documents = {"a/grow": "2026-q3", "b/grow": "2026-q4", "c/grow": "2026"}
    found = resolve(documents, "grow", cycle="2026-q4", containing=AROUND)
    assert found == ("b/grow",)


def test_then_one_in_the_shortest_cycle_that_contains_this_one() -> None:
    documents = {"a/grow": "2026-q3", "b/grow": "2026", "c/grow": "2026-h2"}
    found = resolve(documents, "grow", cycle="2026-q4", containing=AROUND)
    assert found == ("c/grow",)


def test_then_one_anywhere() -> None:
    documents = {"a/grow": "2026-q3", "a/shrink": "2026-q4"}
    found = resolve(documents, "grow", cycle="2026-q4", containing=AROUND)
    assert found == ("a/grow",)


def test_a_step_with_several_candidates_is_ambiguous_and_later_steps_are_not_asked() -> None:
    documents = {"b/grow": "2026-h2", "a/grow": "2026-h2", "c/grow": "2026"}
    found = resolve(documents, "grow", cycle="2026-q4", containing=AROUND)
    assert found == ("a/grow", "b/grow")


def test_candidates_are_listed_by_id_with_digits_as_numbers() -> None:
    documents = dict.fromkeys(["o10/grow", "o2/grow", "a/grow", "o02b/grow"])
    assert resolve(documents, "grow") == ("a/grow", "o2/grow", "o02b/grow", "o10/grow")


@pytest.mark.parametrize("type", ["tpye: team", "type: tema"])
@pytest.mark.parametrize("owner", ["owner: sales", ""])
def test_a_misspelt_owner_is_named_where_the_owner_is_missing(type: str, owner: str) -> None:
    files = {
        "teams/sales.md": f"---\n{type}\nowner: a\ncycle: b\n---\n",
        "okrs/sales/grow.md": document("objective", "cycle: 2026-q4", owner, "key_results: []"),
    }
    (found,) = [f for f in findings_of(files) if f.code in ("OKR201", "OKR103")]
    assert str(found.hint).startswith("you probably mean content/teams/sales.md: correct its")


def test_an_invisible_character_is_named_in_the_name_of_a_key_result() -> None:
    check_in = '[{date: 2026-11-02, values: {"a\\u200b": 1}}]'
    initiatives = '[{title: Work, key_result: "a\\u200b"}]'
    text = objective("id: a, title: A, to: 10", check_ins=check_in, initiatives=initiatives)
    hints = [f.hint for f in findings_of({"o.md": text}) if f.code in ("OKR302", "OKR201")]
    assert hints == ["it contains the invisible character U+200B: retype it"] * 2


def test_a_document_is_never_its_own_candidate() -> None:
    documents = {"a/grow": "2026-q4", "b/grow": "2026"}
    found = resolve(documents, "grow", itself="a/grow", cycle="2026-q4", containing=AROUND)
    assert found == ("b/grow",)
    assert resolve({"grow": None}, "grow", itself="grow") == ()


def test_the_nearest_spelling_is_named_and_never_the_document_itself() -> None:
    references = References([("a/grow-base", None)])
    assert references.nearest("grow-bse") == "a/grow-base"
    assert references.nearest("a/grow-bass") == "a/grow-base"
    assert references.nearest("grow-bse", itself="a/grow-base") is None
    assert references.nearest("something-else") is None


def test_the_shortest_reference_is_the_shortest_unambiguous_tail() -> None:
    references = References([("a/b/c", None), ("a/x/c", None), ("d", None)])
    assert [references.shortest(id) for id in ("a/b/c", "a/x/c", "d")] == ["b/c", "x/c", "d"]


def test_only_gives_the_one_document_of_a_name() -> None:
    references = References([("a/sales", None), ("a/north", None), ("b/north", None)])
    assert [references.only(name) for name in ("Sales", "north", "east")] == ["a/sales", None, None]


def test_links_without_a_circle_have_no_knot() -> None:
    assert strongly_connected({"a": ["b", "c"], "b": ["c"], "c": [], "d": ["a", "nowhere"]}) == []


def test_every_knot_is_found_once_and_what_only_leads_to_it_is_not_in_it() -> None:
    links = {"z": ["a"], "a": ["b"], "b": ["c"], "c": ["a", "d"], "d": ["e"], "e": ["d"], "f": []}
    assert sorted(strongly_connected(links)) == [["a", "b", "c"], ["d", "e"]]


def test_a_shortest_circle_begins_where_it_is_asked_to() -> None:
    links = {"a": ["b", "c"], "b": ["c"], "c": ["d", "a"], "d": ["a"]}
    assert circle_through("a", ["a", "b", "c", "d"], links) == ["a", "c"]
    assert circle_through("b", ["a", "b", "c", "d"], links) == ["b", "c", "a"]


def test_a_chain_of_five_thousand_has_no_knot() -> None:
    assert strongly_connected({str(n): [str(n + 1)] for n in range(5000)}) == []


def test_a_circle_of_five_thousand_is_one_knot_and_is_found_whole() -> None:
    names = [f"{n:04}" for n in range(5000)]
    links = {name: [names[(n + 1) % 5000]] for n, name in enumerate(names)}
    assert strongly_connected(links) == [names]
    assert circle_through(names[0], names, links) == names


@given(st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefg"))))
def test_a_knot_holds_what_reaches_itself_through_others(links: dict[str, list[str]]) -> None:
    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        frontier = [start]
        while frontier:
            for target in links.get(frontier.pop(), []):
                if target not in seen:
                    seen.add(target)
                    frontier.append(target)
        return seen

    reach = {node: reached(node) for node in links}
    together = {
        frozenset(o for o in links if o == node or (o in reach[node] and node in reach[o]))
        for node in links
    }
    expected = {component for component in together if len(component) > 1}
    assert {frozenset(component) for component in strongly_connected(links)} == expected


def quarter(name: str, aligns_to: str = "", **fields: str) -> str:
    more = {"aligns_to": aligns_to} if aligns_to else {}
    return objective("id: a, title: A, to: 10, current: 5", title=name, **more, **fields)


def test_a_circle_is_said_once_at_the_member_that_sorts_first() -> None:
    files = {
        "c.md": quarter("C", "a"), "a.md": quarter("A", "b"), "b.md": quarter("B", "c"),
        "d.md": quarter("D", "a"),
    }  # fmt: skip
    circles = [f for f in findings_of(files) if f.code == "OKR203"]
    assert [(f.path, f.line) for f in circles] == [("content/a.md", 6)]
    assert "`a` → `b` → `c` → `a`" in circles[0].message


def test_the_links_of_a_circle_count_in_no_figure_and_others_do() -> None:
    files = {"a.md": quarter("A", "b"), "b.md": quarter("B", "a"), "c.md": quarter("C", "a")}
    figures = scorecard_of(files).objectives
    assert figures["a"].supporters == ("c",)
    assert figures["b"].support is None


def test_a_long_chain_and_a_big_circle_of_objectives_are_loaded() -> None:
    chain = {f"o{n}.md": quarter(f"O{n}", f"o{n + 1}" if n < 499 else "") for n in range(500)}
    assert "OKR203" not in codes(findings_of(chain))
    circle = {f"o{n}.md": quarter(f"O{n}", f"o{(n + 1) % 500}") for n in range(500)}
    project = project_of(circle)
    assert [f.code for f in project.findings] == ["OKR203"]
    assert len(project.circles) == 500


def test_teams_in_a_circle_stand_below_the_company() -> None:
    files = {"a.md": document("team", "parent: b"), "b.md": document("team", "parent: a"),
             "c.md": document("team", "parent: a")}  # fmt: skip
    owners = export_of(files)["owners"]
    assert [owners[id]["parent"] for id in "abc"] == ["company", "company", "a"]
    assert [f.path for f in findings_of(files) if f.code == "OKR203"] == ["content/a.md"]


def test_kpis_in_a_circle_drive_nothing() -> None:
    files = {
        "a.md": document("kpi", "owner: company", "drives: b"),
        "b.md": document("kpi", "owner: company", "drives: [a, c]"),
        "c.md": document("kpi", "owner: company"),
    }
    kpis = export_of(files)["kpis"]
    assert [kpis[id]["drives"] for id in "abc"] == [[], ["c"], []]


def test_company_always_means_the_company_document() -> None:
    files = {
        "about/us.md": document("company", "id: acme", "title: Acme"),
        "teams/company.md": document("team", "title: Another"),
        "o.md": quarter("O"),
    }
    assert export_of(files)["objectives"]["o"]["owners"] == ["acme"]


def test_a_document_with_errors_can_still_be_pointed_to() -> None:
    files = {"top.md": quarter("Top", weight="none"), "below.md": quarter("Below", "top")}
    assert [f.path for f in findings_of(files) if f.severity == "error"] == ["content/top.md"]
    assert export_of(files)["objectives"]["below"]["aligns_to"] == []


def test_a_key_result_that_does_not_exist_is_said_with_the_nearest() -> None:
    files = {"top.md": objective("id: revenue, title: R, to: 5"),
             "below.md": quarter("Below", "top#revenu")}  # fmt: skip
    found = next(f for f in findings_of(files) if f.code == "OKR201")
    assert (found.path, found.line, found.hint) == (
        "content/below.md", 6, "did you mean `top#revenue`?"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "shares"),
    [("2026-12-31", "2027-01-31", True), ("2027-01-01", "2027-03-31", False)],
)
def test_a_link_to_a_cycle_without_a_common_day_is_a_warning(
    start: str, end: str, shares: bool
) -> None:
    files = {
        "season.md": document("cycle", f"start: {start}", f"end: {end}"),
        "top.md": quarter("Top", cycle="season"),
        "below.md": quarter("Below", "top"),
    }
    assert ("OKR204" not in codes(findings_of(files))) is shares


def test_cycles_that_contain_one_come_shortest_first() -> None:
    files = {
        "2026/company/grow.md": quarter("Year", cycle="2026"),
        "long/company/grow.md": quarter("Long", cycle="long"),
        "long.md": document("cycle", "start: 2025-01-01", "end: 2027-12-31"),
        "below.md": quarter("Below", "grow"),
    }
    assert export_of(files)["objectives"]["below"]["aligns_to"] == ["2026/company/grow"]


def test_a_cycle_contains_only_what_lies_in_it_whole() -> None:
    day = date(2026, 1, 1)
    outer = Cycle("outer", "", day, day + timedelta(days=9))
    inner = Cycle("inner", "", day, day + timedelta(days=8))
    over = Cycle("over", "", day + timedelta(days=9), day + timedelta(days=12))
    assert outer.contains(inner)
    assert not inner.contains(outer)
    assert not outer.contains(outer)
    assert outer.overlaps(over)
    assert not outer.contains(over)
    assert not inner.overlaps(over)
