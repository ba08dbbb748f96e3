"""`okrsite new pillar`."""

from pathlib import Path

import pytest

from tests.cli.test_new_command import made, new
from tests.samples import document, objective
from tests.sites import write_site

FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "kpis/mood.md": document(
        "kpi", "title: Mood", "owner: sales", "keep: {min: 5}",
        "readings: [{date: 2026-09-30, value: 6}, {date: 2026-10-31, value: 7}]",
    ),
    "okrs/2026-q4/company/grow.md": objective(
        "id: reach, title: Reach more, from: 0, to: 100", "id: care, title: Care more, to: 5",
        check_ins="[{date: 2026-11-09, values: {reach: 40, care: 2}}]", guardrails="[mood]",
    ),
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path, FILES)


def test_a_pillar_has_its_kpis_and_what_it_is_about(site: Path) -> None:
    path, text = made(
        site, "pillar", "--title", "Guests for life", "--owner", "sales", "--kpi", "mood",
        "--description", "They return.", "--text", "Because.",
    )  # fmt: skip
    assert path == "content/strategy/guests-for-life.md"
    lines = ["type: pillar", "title: Guests for life", "owner: sales"]
    lines += ["description: They return.", "kpis: [mood]"]
    assert text == "\n".join(["---", *lines, "---", "Because.", ""])
    again = new(site, "pillar", "--title", "guests for life")
    assert again.exit_code == 2
    assert "a pillar with this title exists" in again.output
    lost = new(site, "pillar", "--title", "Money", "--kpi", "nothing")
    assert lost.exit_code == 2
    assert "nothing" in lost.output


def test_another_pillar_goes_where_the_first_is(tmp_path: Path) -> None:
    site = write_site(tmp_path, {**FILES, "themes/money.md": document("pillar", "title: Money")})
    path, text = made(site, "pillar", "--title", "Guests", "--private")
    assert path == "content/themes/guests.md"
    assert "visibility: private" in text


def test_the_terminal_asks_for_what_is_left_out(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okrsite.cli.asking.on_terminal", lambda: True)
    path, text = made(site, "pillar", input="Guests\nThey return.\nmood\n\n")
    assert path.endswith("content/strategy/guests.md")
    assert "description: They return." in text
    assert "kpis: [mood]" in text
