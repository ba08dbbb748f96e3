"""Which document and which key result is which, when ids changed."""

import pytest

from okrsite.history.diff.matching import match_key_results, match_objectives
from tests.history.test_diff import REVENUE, changes, sentences
from tests.samples import Files, document, objective, project_of

GUESTS = "id: guests, title: Welcome guests, to: 100"
ANSWERS = "id: answers, title: Answer faster, from: 3 days, to: 1 day"


def pairs(before: Files, after: Files) -> dict[str, str]:
    return match_objectives(project_of(before).objectives, project_of(after).objectives)


def test_the_same_id_is_the_same_objective_wherever_it_stands() -> None:
    text = objective(GUESTS, id="okrs/grow", title="Grow")
    before, after = {"a.md": text}, {"b/c.md": text.replace("title: Grow", "title: Other")}
    assert pairs(before, after) == {"okrs/grow": "okrs/grow"}
    assert sentences(changes(before, after)) == [
        "File moved from “content/a.md”",
        "Renamed from “Grow”",
    ]


def test_a_renamed_file_is_the_same_objective() -> None:
    text = objective(GUESTS)
    assert pairs({"old.md": text}, {"new.md": text}) == {"old": "new"}
    assert sentences(changes({"old.md": text}, {"new.md": text})) == [
        "File moved from “content/old.md”"
    ]


def test_a_file_in_another_cycles_folder_is_moved_to_that_cycle() -> None:
    text = "\n".join(line for line in objective(GUESTS).split("\n") if "cycle:" not in line)
    before = {"okrs/2026-q4/grow.md": text}
    after = {"okrs/2027-q1/grow.md": text}
    assert sentences(changes(before, after)) == [
        "! Moved from cycle “2026 Q4” to “2027 Q1”",
    ]


def test_a_copy_beside_the_old_one_is_new() -> None:
    text = objective(GUESTS)
    after = {"old.md": text, "new.md": text}
    assert pairs({"old.md": text}, after) == {"old": "old"}
    assert sentences(changes({"old.md": text}, after)) == ["New objective: “Welcome guests” to 100"]


def test_key_results_tell_an_objective_that_is_called_otherwise() -> None:
    before = {"a.md": objective(GUESTS, ANSWERS, REVENUE, title="One")}
    after = {"b.md": objective(GUESTS, ANSWERS, title="Two")}
    assert pairs(before, after) == {"a": "b"}
    other = {"b.md": objective(GUESTS, "title: New, to: 1", "title: Newer, to: 1", title="Two")}
    assert pairs(before, other) == {}


def test_of_equals_the_end_of_the_id_decides_and_then_the_order() -> None:
    text = objective(GUESTS)
    before = {"x/a.md": text, "x/b.md": text, "x/c.md": text}
    after = {"y/b.md": text, "y/d.md": text, "y/e.md": text}
    assert pairs(before, after) == {"x/b": "y/b", "x/a": "y/d", "x/c": "y/e"}
    assert pairs(dict(reversed(before.items())), after) == pairs(before, after)


def test_a_key_result_that_many_have_tells_nobody_apart() -> None:
    def named(title: str, number: int) -> Files:
        return {f"{title}/{n}.md": objective(GUESTS, title=f"{title}{n}") for n in range(number)}

    assert len(pairs(named("a", 20), named("b", 20))) == 20
    assert pairs(named("a", 21), named("b", 21)) == {}


def test_links_to_what_was_moved_are_the_same_links() -> None:
    top = objective(REVENUE, title="Top", cycle="2026")
    before = {"top.md": top, "x.md": objective(GUESTS, aligns_to="top")}
    after = {"up/above.md": top, "x.md": objective(GUESTS, aligns_to="above")}
    assert sentences(changes(before, after)) == ["File moved from “content/top.md”"]


def test_a_team_that_was_moved_is_the_same_team() -> None:
    team = document("team", "title: Sales")
    before = {"teams/sales.md": team, "x.md": objective(GUESTS, owner="sales")}
    after = {"teams/selling.md": team, "x.md": objective(GUESTS, owner="selling")}
    found = changes(before, after)
    assert sentences(found) == ["File moved from content/teams/sales.md"]
    assert found.scores == ()


def test_a_team_with_another_name_and_file_is_known_by_what_it_has() -> None:
    person = document("person", "title: Ada", "team: sales")
    before = {"teams/sales.md": document("team", "title: Sales"), "people/ada.md": person,
              "okrs/2026-q4/sales/x.md": objective(GUESTS, owner="sales")}  # fmt: skip
    after = {"teams/growth.md": document("team", "title: Growth"),
             "people/ada.md": person.replace("sales", "growth"),
             "okrs/2026-q4/growth/x.md": objective(GUESTS, owner="growth")}  # fmt: skip
    found = changes(before, after)
    assert sentences(found) == [
        "File moved from “content/okrs/2026-q4/sales/x.md”",
        "Renamed from “Sales”",
        "File moved from content/teams/sales.md",
    ]
    assert found.scores == ()
    # A new team that has nothing of the old one is another team.
    after["okrs/2026-q4/growth/x.md"] = objective(ANSWERS, owner="growth", title="Other")
    after["people/ada.md"] = document("person", "title: Bo", "team: growth")
    assert "Team removed" in sentences(changes(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([GUESTS, ANSWERS], [ANSWERS, GUESTS], []),
        ([GUESTS], [GUESTS.replace("id: guests", "id: visitors")], []),
        (["title: A, to: 1", "title: B, to: 2"], ["title: B, to: 2"], ["! Key result “A” removed"]),
        (["title: A, to: 1", "title: B, to: 2"], ["title: N, to: 9", "title: A, to: 1",
          "title: B, to: 2"], ["New key result: “N” to 9"]),
        ([GUESTS], [GUESTS.replace("Welcome guests", "Welcome them")],
         ["Key result “Welcome guests” renamed “Welcome them”"]),
        (["title: A, to: 1"], ["title: B, to: 1"], ["Key result “A” renamed “B”"]),
        (["title: Revenue to 9, to: 9"], ["title: Revenue to 8, to: 8"],
         ["Key result “Revenue to 9” renamed “Revenue to 8”",
          "! Target of “Revenue to 8” lowered from 9 to 8"]),
        # One was dropped, and another written in its place.
        (["id: a, title: A, to: 1"], ["id: b, title: B, to: 1"],
         ["New key result: “B” to 1", "! Key result “A” removed"]),
        (["title: A, to: 1"], ["title: B, from: 3, to: 9"],
         ["New key result: “B” from 3 to 9", "! Key result “A” removed"]),
        (["id: a, title: A, to: 1"], ["id: b, title: B, keep: {min: 1}"],
         ["New key result: “B” ≥ 1", "! Key result “A” removed"]),
        (["title: Sign the lease, done: true"], ["title: Paint walls, done: false"],
         ["New key result: “Paint walls”", "! Key result “Sign the lease” removed"]),
        (["title: Sign the lease, done: false"], ["title: Sign the new lease, done: false"],
         ["Key result “Sign the lease” renamed “Sign the new lease”"]),
    ],
)  # fmt: skip
def test_key_results_are_known_by_id_then_title_then_position(
    before: list[str], after: list[str], expected: list[str]
) -> None:
    sides = [{"a.md": objective(*results)} for results in (before, after)]
    assert sentences(changes(*sides)) == expected


def test_every_key_result_is_in_one_pair() -> None:
    sides = [
        project_of({"a.md": objective(*results)}).objectives["a"].key_results
        for results in ([GUESTS, "title: A, to: 1"], ["title: A, to: 2", REVENUE, ANSWERS])
    ]
    found = match_key_results(*sides)
    assert [(a.id if a else None, b.id if b else None) for a, b in found] == [
        ("kr2", "kr1"), (None, "revenue"), (None, "answers"), ("guests", None),
    ]  # fmt: skip
