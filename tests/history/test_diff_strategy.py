"""What a change does to the strategy: pillars, mission, guardrails, moves, origin, targets."""

from typing import Any

from okrsite.history.diff.json import to_json
from okrsite.history.diff.markdown import to_markdown
from okrsite.history.diff.text import to_text
from tests.history.test_diff import SIDES, WORDS, changes, sentences
from tests.samples import Files, document, objective

RESULT = "id: a, title: Reach, from: 0, to: 10, current: 4"

FILES: Files = {
    "company.md": document("company", "title: Acme", "mission: Help all"),
    "teams/sales.md": document("team", "title: Sales"),
    "strategy/guests.md": document("pillar", "title: Guests", "kpis: [mood]"),
    "strategy/money.md": document("pillar", "title: Money"),
    "kpis/mood.md": document("kpi", "title: Mood", "owner: sales"),
    "kpis/calls.md": document(
        "kpi", "title: Calls", "owner: sales",
        "targets: [{value: 5%, by: 2026-09-30}, {value: 9%, by: 2026-12-31}]",
    ),
    "okrs/a.md": objective(RESULT, title="A", pillars="[guests]", guardrails="[mood]"),
    "okrs/b.md": objective(RESULT, title="B", aligns_to="a"),
}  # fmt: skip


def changed(uri: str, *pairs: tuple[str, str], **more: Any) -> list[str]:
    text = str(FILES[uri])
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    return sentences(changes(FILES, {**FILES, uri: text}, **more))


def test_a_pillar_comes_goes_and_changes() -> None:
    without = {uri: text for uri, text in FILES.items() if uri != "strategy/money.md"}
    found = changes(without, FILES)
    assert sentences(found) == ["New pillar"]
    assert to_markdown(WORDS, found, SIDES).count("### Strategy") == 1
    assert "1 pillar" in to_text(WORDS, found, SIDES)
    assert '"type": "pillar"' in to_json(found, SIDES)
    assert sentences(changes(FILES, without)) == ["Pillar removed"]
    assert changed("strategy/guests.md", ("[mood]", "[mood, calls]"), ("Guests", "People")) == [
        "Renamed from “Guests”",
        "KPIs: “Mood” → “Mood”, “Calls”",
    ]
    assert changed("strategy/money.md", ("Money", "Money\nowner: sales")) == [
        "Owner: nobody → “Sales”"
    ]
    moved = {uri.replace("strategy/guests", "pillars/guests"): text for uri, text in FILES.items()}
    assert sentences(changes(FILES, moved)) == ["File moved from content/strategy/guests.md"]


def test_what_an_objective_serves_guards_and_comes_from() -> None:
    assert changed("okrs/a.md", ("[guests]", "[money, guests]")) == [
        "Pillars: “Guests” → “Money”, “Guests”"
    ]
    # What aligns to it serves other pillars too, and nobody wrote that there.
    assert changed("okrs/a.md", ("pillars: [guests]\n", "")) == ["Pillars: “Guests” → none"]
    assert changed("okrs/a.md", ("guardrails: [mood]", "origin: bottom-up")) == [
        "Guardrails: “Mood” → none",
        "Proposed: not set → bottom-up",
    ]
    assert changed("okrs/a.md", ("current: 4", "current: 4, moves: [calls]")) == [
        "KPIs that “Reach” should move: none → “Calls”"
    ]


def test_mission_vision_and_targets() -> None:
    assert changed("company.md", ("Help all", "Help *some*\nvision: Everywhere")) == [
        "Mission: “Help all” → “Help some”",
        "Vision: none → “Everywhere”",
    ]
    assert changed("kpis/calls.md", ("value: 5%", "value: 6%")) == [
        "Interim targets: 5% by 30 Sept 2026 → 6% by 30 Sept 2026"
    ]
    assert changed("kpis/calls.md", ("{value: 5%, by: 2026-09-30}, ", "")) == [
        "Interim targets: 5% by 30 Sept 2026 → none"
    ]


def test_a_pillar_that_is_private_on_one_side_is_in_neither() -> None:
    private = document("pillar", "title: Hush", "private: true")
    public = document("pillar", "title: Hush")
    serving = objective(RESULT, title="A", pillars="[hush]", guardrails="[mood]")
    before = {**FILES, "strategy/hush.md": private}
    for after in (
        {**FILES, "strategy/hush.md": public},
        {**before, "okrs/a.md": serving.replace("[hush]", "[guests, hush]")},
        {**FILES, "strategy/hush.md": public, "okrs/a.md": serving},
    ):
        for sides in ((before, after), (after, before)):
            found = changes(*sides)
            for text in (to_json(found, SIDES), to_markdown(WORDS, found, SIDES)):
                assert "hush" not in text.lower()


def test_who_helps_with_a_kpi_whether_it_is_in_use_and_its_lags() -> None:
    driving = "drives: [{kpi: mood, lag: 1 month}]"
    files = {**FILES, "kpis/calls.md": str(FILES["kpis/calls.md"]).replace("owner: sales", driving)}

    def found(before: str, after: str) -> list[str]:
        text = files["kpis/calls.md"]
        sides = [text.replace(driving, f"{side}\nowner: sales") for side in (before, after)]
        old, new = ({**files, "kpis/calls.md": side} for side in sides)
        return sentences(changes(old, new))

    assert found(driving, driving.replace("1 month", "2 months")) == [
        "Lag until “Mood” follows: “1 month” → “2 months”"
    ]
    assert found("drives: [mood]", driving) == ["Lag until “Mood” follows: none → “1 month”"]
    assert found("drives: []", driving) == ["Now drives “Mood”"]
    assert found("status: planned", "status: retired") == ["Status: planned → retired"]
    assert found("", "contributors: [company]") == ["Contributors: nobody → “Acme”"]


def test_when_an_initiative_is_due_how_far_it_is_and_whose() -> None:
    written = "[{title: Call, due: 2026-11-09, progress: 60%, owner: sales}]"
    files = {**FILES, "okrs/a.md": objective(RESULT, title="A", initiatives=written)}
    later = "[{title: Call, due: 2026-11-30, progress: 80%, owner: company}]"
    after = {**FILES, "okrs/a.md": objective(RESULT, title="A", initiatives=later)}
    assert sentences(changes(files, after)) == [
        "Initiative “Call”: 60% → 80%",
        "Due date of initiative “Call”: 9 Nov 2026 → 30 Nov 2026",
        "Owner of initiative “Call”: “Sales” → “Acme”",
    ]


def test_other_wins_of_a_check_in() -> None:
    def site(win: str) -> Files:
        check_in = f"[{{date: 2026-11-09, wins: [{win}]}}]"
        return {**FILES, "okrs/a.md": objective(RESULT, title="A", check_ins=check_in)}

    assert sentences(changes(site("One"), site("Two"))) == [
        "Check-in for 9 Nov 2026 changed: other wins"
    ]
