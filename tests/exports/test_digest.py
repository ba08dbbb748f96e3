"""The digest: what moved, what is at risk and why, what is owed."""

from datetime import date

import pytest
from lxml import html

from okrsite.exports.digest import Digest, DigestSection, digest_of, to_html, to_markdown
from okrsite.language.wording import Words
from okrsite.project.published import publish
from okrsite.scores import score_project
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, document, objective, project_of

LAST_WEEK = date(2026, 11, 8)


def grow(*check_ins: str, **fields: str) -> str:
    text = objective(
        "id: seats, title: Sell seats, from: 0 seats, to: 100 seats",
        "id: van, title: Buy *a* van, measured_by: it stands here, done: 2026-11-10",
        **{"owner": "sales", **fields},
    )
    head, _, body = text.rpartition("---")
    return "\n".join([head.rstrip(), "check_ins:", *check_ins, f"---{body}"])


FILES = {
    "teams/north.md": document("team", "title: North"),
    "teams/sales.md": document("team", "title: Sales <b>", "parent: north"),
    "teams/web.md": document("team", "title: Web"),
    "okrs/grow.md": grow(
        "  - {date: 2026-10-05, values: {seats: 20}, confidence: 0.8}",
        "  - {date: 2026-11-09, values: {seats: 40}, confidence: 0.3, blockers: ['No [bus](x)'],"
        " note: Slow}",
    ),
    "okrs/shine.md": objective("title: Load fast, to: 10, current: 5", title="Shine", owner="web"),
    "kpis/stock.md": document("kpi", "title: Stock", "owner: web"),
}


def digest(files: Files, owner: str, since: date = LAST_WEEK, as_of: date = AS_OF) -> Digest:
    settings = read_settings({})
    project = publish(project_of(files), False)
    before, now = (score_project(project, settings, day) for day in (since, as_of))
    return digest_of(Words.of("en"), project, before, now, owner, lambda uri: None)


def said(section: DigestSection) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.title, item.summary, item.details) for item in section.items]


def test_what_moved_is_told_with_its_key_results() -> None:
    moved, _, _ = digest(FILES, "company").sections
    assert said(moved) == [
        (
            "Grow", "Sales <b> · 0.10 → 0.70 (+0.60) · On track → Off track",
            ("Sell seats: 20 → 40\u00a0seats", "Buy a van: 0.00 → 1.00"),
        ),
    ]  # fmt: skip


def test_what_is_at_risk_says_why() -> None:
    _, risky, _ = digest(FILES, "company").sections
    assert said(risky) == [
        (
            "Grow", "Sales <b> · Off track: 0.70, expected 0.18",
            (
                "Confidence 0.3 on 9 Nov 2026", "Blocker: No bus", "9 Nov: Slow",
            ),
        ),
    ]  # fmt: skip


def test_what_is_owed_says_since_when() -> None:
    _, _, owed = digest(FILES, "company").sections
    assert said(owed) == [
        ("Shine", "Web · a check-in: no update yet", ()),
        ("Stock", "Web · a reading: none yet", ()),
    ]


@pytest.mark.parametrize(("owner", "titles"), [
    ("company", ["Grow"]), ("teams/north", ["Grow"]), ("teams/sales", ["Grow"]), ("teams/web", []),
])  # fmt: skip
def test_a_digest_speaks_of_everybody_below(owner: str, titles: list[str]) -> None:
    moved, _, _ = digest(FILES, owner).sections
    assert [item.title for item in moved.items] == titles


def test_a_quiet_week_says_so() -> None:
    text = to_markdown(digest({"okrs/grow.md": grow(owner="company")}, "company", AS_OF, AS_OF))
    assert "No score has changed." in text
    assert "0 check-ins" in text


def test_nothing_private_is_told() -> None:
    files = {**FILES, "okrs/secret.md": FILES["okrs/grow.md"].replace(
        "title: Grow", "title: Merge\nvisibility: private")}  # fmt: skip
    assert "Merge" not in to_markdown(digest(files, "company"))


def test_no_title_or_note_is_a_mark_in_markdown_or_html() -> None:
    told = digest(FILES, "company")
    assert "Sales \\<b\\>" in to_markdown(told)
    page = html.document_fromstring(to_html(told))
    assert not page.xpath("//b")
    assert page.xpath("//h2/text()") == ["What moved", "At risk, and why", "Overdue"]


def section(told: Digest, title: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return next(said(section) for section in told.sections if section.title == title)


def test_status_moves_come_first_and_the_worse_ones_before_the_better() -> None:
    check_in = "  - {date: 2026-10-05, values: {seats: 20}, confidence: %s}"
    now = "  - {date: 2026-11-09, values: {seats: %s}, confidence: %s}"
    files = {
        "okrs/most.md": grow(check_in % 0.8, now % (100, 0.8), title="Most", owner="company"),
        "okrs/better.md": grow(check_in % 0.5, now % (40, 0.8), title="Better", owner="company"),
        "okrs/worse.md": grow(check_in % 0.8, now % (30, 0.5), title="Worse", owner="company"),
    }
    files["okrs/most.md"] = files["okrs/most.md"].replace("done: 2026-11-10", "due: 2026-12-01")
    told = digest(files, "company")
    assert [item[0] for item in section(told, "What moved")] == ["Worse", "Better", "Most"]


def test_wins_blockers_and_kpis_have_sections_of_their_own_where_there_are_any() -> None:
    assert len(digest(FILES, "company").sections) == 3
    files = {
        "okrs/grow.md": grow(
            "  - {date: 2026-11-09, values: {seats: 70}, confidence: 0.9, wins: [Sold out, Again],"
            " blockers: [No bus]}", owner="company",
        ),
        "kpis/nps.md": document(
            "kpi", "title: NPS", "owner: company", "keep: {min: 50}",
            "readings: [{date: 2026-11-01, value: 60}, {date: 2026-11-12, value: 40}]",
        ),
    }  # fmt: skip
    told = digest(files, "company")
    assert section(told, "Wins") == [("Grow", "Acme · Sold out", ("Again",))]
    assert section(told, "Other blockers") == [("Grow", "Acme · No bus", ())]
    [(title, summary, _)] = section(told, "KPIs that left or returned to their range")
    assert (title, summary) == ("NPS", "Acme · 60 → 40 · Healthy → Critical")
