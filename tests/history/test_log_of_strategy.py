"""The change logs of pillars and the company, and of what objectives serve, guard and move."""

from pathlib import Path

from okrsite.history.diff.model import SentencePart
from okrsite.history.log.model import History
from tests.histories import ADA, START, Past
from tests.history.test_log import history_of, sentences
from tests.samples import Files, document, objective
from tests.sites import build as build_site

RESULT = "id: a, title: Reach, from: 0, to: 10"
NPS, MOOD = START["kpis/nps.md"], document("kpi", "title: Mood", "owner: sales")
GUESTS = document("pillar", "title: Guests", "kpis: [nps]")

FILES: Files = {
    **START,
    "kpis/mood.md": MOOD,
    "strategy/guests.md": GUESTS,
    "strategy/money.md": document("pillar", "title: Money"),
    "okrs/grow.md": objective(RESULT, title="Grow", pillars="[guests]"),
}


def guarded(guardrails: str, **fields: str) -> str:
    return objective(RESULT, title="Grow", pillars="[guests]", guardrails=guardrails, **fields)


def named(history: History, uri: str) -> set[tuple[str, str]]:
    """Return the documents that a change log links to."""
    parts: list[SentencePart] = [
        part
        for entry in history.documents[uri]
        for change in entry.changes
        for part in change.sentence
    ]
    return {part.document for part in parts if part.document is not None}


def test_a_pillar_has_a_change_log_that_follows_its_file(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-09-01", FILES)
    wider = GUESTS.replace("[nps]", "[nps, mood]")
    past.by(ADA, "2026-09-02", {"strategy/guests.md": wider})
    past.move("strategy/guests.md", "strategy/people.md")
    past.by(ADA, "2026-09-03")
    past.by(ADA, "2026-09-04", {"strategy/people.md": wider.replace("Guests", "People")})
    history = history_of(past.folder)
    assert sentences(history, "strategy/people.md") == [
        "New pillar",
        "KPIs: “nps” → “nps”, “mood”",
        "File moved",
        "Renamed from “Guests”",
    ]
    assert named(history, "strategy/people.md") == {("kpi", "kpis/nps"), ("kpi", "kpis/mood")}


def test_an_objective_names_its_guardrails_pillars_and_where_it_was_proposed(
    tmp_path: Path,
) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-09-01", FILES)
    past.by(ADA, "2026-09-02", {"okrs/grow.md": guarded("[nps]")})
    past.by(ADA, "2026-09-03", {"okrs/grow.md": guarded("[mood]", origin="bottom-up")})
    moving = guarded("[mood]", origin="bottom-up").replace(RESULT, f"{RESULT}, moves: [nps]")
    moving = moving.replace("[guests]", "[money]")
    past.by(ADA, "2026-09-04", {"okrs/grow.md": moving})
    history = history_of(past.folder)
    assert sentences(history, "okrs/grow.md")[1:] == [
        "Guardrails: none → “nps”",
        "Guardrails: “nps” → “mood”",
        "Proposed: not set → bottom-up",
        "Pillars: “guests” → “money”",
        "KPIs that “Reach” should move: none → “nps”",
    ]
    assert {sort for sort, _ in named(history, "okrs/grow.md")} == {"kpi", "pillar"}


def test_a_pillar_that_was_renamed_is_the_same_pillar(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-09-01", FILES)
    past.move("strategy/guests.md", "strategy/people.md")
    past.by(ADA, "2026-09-02", {"okrs/grow.md": str(FILES["okrs/grow.md"]).replace(
        "[guests]", "[people]")})  # fmt: skip
    assert len(sentences(history_of(past.folder), "okrs/grow.md")) == 1


def test_nothing_private_and_nothing_gone_is_named(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    hush = document("pillar", "title: Hush")
    past.by(ADA, "2026-09-01", {**FILES, "strategy/hush.md": hush, "kpis/hush-kpi.md": MOOD})
    past.by(ADA, "2026-09-02", {"okrs/grow.md": guarded("[hush-kpi, mood]").replace(
        "[guests]", "[guests, hush]")})  # fmt: skip
    private = {
        "strategy/hush.md": hush.replace("title", "visibility: private\ntitle"),
        "kpis/hush-kpi.md": MOOD.replace("title", "visibility: private\ntitle"),
    }
    past.by(ADA, "2026-09-03", private)
    history = history_of(past.folder)
    assert "strategy/hush.md" not in history.documents
    assert sentences(history, "okrs/grow.md")[1:] == ["Guardrails: none → “mood”"]
    past.by(ADA, "2026-09-04", {"strategy/money.md": "", "kpis/mood.md": ""})
    assert named(history_of(past.folder), "okrs/grow.md") == {("kpi", "?mood")}


def test_the_company_log_says_when_its_mission_changed(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-09-01", FILES)
    purpose = document("company", "title: Acme", "mission: Help all", "vision: Everywhere")
    past.by(ADA, "2026-09-02", {"company.md": purpose})
    assert sentences(history_of(past.folder), "company.md")[1:] == [
        "Mission: none → “Help all”",
        "Vision: none → “Everywhere”",
    ]


def test_pages_link_what_a_log_names(tmp_path: Path) -> None:
    past = Past(tmp_path / "site")
    past.by(ADA, "2026-09-01", {**FILES, "index.md": "# Acme\n"})
    past.by(ADA, "2026-09-02", {
        "okrs/grow.md": guarded("[nps]").replace("[guests]", "[guests, money]"),
        "strategy/money.md": document("pillar", "title: Money", "kpis: [nps, mood]"),
    })  # fmt: skip
    past.by(ADA, "2026-09-03", {"kpis/mood.md": "", "strategy/money.md": document(
        "pillar", "title: Money", "kpis: [nps]")})  # fmt: skip
    result = build_site(past.configuration, tmp_path / "built")
    assert result.exit_code == 0, result.output
    grow = (tmp_path / "built/okrs/grow/index.html").read_text(encoding="utf-8")
    assert 'Guardrails: none → <a href="../../kpis/nps/">NPS</a>' in grow
    assert '<a href="../../strategy/money/">Money</a>' in grow
    money = (tmp_path / "built/strategy/money/index.html").read_text(encoding="utf-8")
    assert 'id="okr-history"' in money
    assert "a KPI that no longer exists" in money
