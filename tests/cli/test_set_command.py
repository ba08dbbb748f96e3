"""`okrsite set` sets fields of documents: all that are given, or none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okrsite.cli import main
from tests.samples import document, objective

Write = Callable[..., Path]
DAY = "2026-11-16"
GROW, WIN = "okrs/2026-q4/company/grow.md", "okrs/2026-q4/company/win.md"
FILES = {
    GROW: objective(
        "id: mrr, title: Earn, from: $5M, to: $10M", "id: nps, title: P, kpi: nps, to: 9"
    ),
    WIN: objective("id: a, title: A, to: 10", title="Win # all", aligns_to="grow#mrr"),
    "okrs/2026-q3/company/old.md": objective(
        "id: a, title: A, to: 10", cycle="2026-q3", title="Old"
    ),
    "kpis/nps.md": document("kpi", "title: Net promoters", "owner: care", "keep: {min: 3}"),
    "teams/care.md": document("team", "title: Customer Care"),
    "people/ana.md": document("person", "title: Ana", "team: care"),
    "cycles/2026-q4.md": document("cycle", "start: 2026-10-01", "end: 2026-12-31"),
    "strategy/more.md": document("pillar", "title: More", "kpis: [nps]"),
}


def run(site: Path, *words: str) -> Result:
    command = ["set", *words, "-f", str(site), "--as-of", DAY]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def texts(site: Path) -> dict[str, str]:
    content = site.parent / "content"
    return {uri: (content / uri).read_text(encoding="utf-8") for uri in FILES}


def with_change(uri: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[uri]
    return {**FILES, uri: FILES[uri].replace(old, new, 1)}


@pytest.mark.parametrize(
    ("assignment", "uri", "old", "new"),
    [
        ("grow.status=cancelled", GROW, "key_results:", "status: cancelled\nkey_results:"),
        ("Grow.status = draft", GROW, "key_results:", "status: draft\nkey_results:"),
        ("grow#MRR.to=$12M", GROW, "to: $10M}", "to: $12M}"),
        ("grow#mrr.due=2026-12-01", GROW, "to: $10M}", "to: $10M, due: 2026-12-01}"),
        ("grow#mrr.grade.score=60%", GROW, "to: $10M}", "to: $10M, grade: {score: 60%}}"),
        ("grow.owner=Customer Care", GROW, "owner: company", "owner: care"),
        ("grow.contributors=Customer Care, ana", GROW, "key_results:",
         "contributors: [care, ana]\nkey_results:"),
        ("grow.contributors=[ana]", GROW, "key_results:", "contributors: [ana]\nkey_results:"),
        ("win.aligns_to=grow", WIN, "grow#mrr", "grow"),
        ("win.aligns_to=Grow#mrr", WIN, "grow#mrr", "Grow#mrr"),
        (f"{WIN}.title=Win: more", WIN, "title: Win # all", 'title: "Win: more" # all'),
        ("win.x-key=OKR-1", WIN, "key_results:", "x-key: OKR-1\nkey_results:"),
        ("win.aligns_to=", WIN, "aligns_to: grow#mrr\n", ""),
        ("win.description=[Draft] {x}", WIN, "key_results:",
         'description: "[Draft] {x}"\nkey_results:'),
        ("nps.keep.min=4", "kpis/nps.md", "{min: 3}", "{min: 4}"),
        ("Net promoters.every=quarter", "kpis/nps.md", "{min: 3}", "{min: 3}\nevery: quarter"),
        ("Ana.until=2026-11-30", "people/ana.md", "team: care", "team: care\nuntil: 2026-11-30"),
        ("2026-q4.closed=2027-01-08", "cycles/2026-q4.md", "12-31", "12-31\nclosed: 2027-01-08"),
        ("more.description=Why", "strategy/more.md", "[nps]", "[nps]\ndescription: Why"),
    ],
)  # fmt: skip
def test_one_field_changes(
    write_site: Write, assignment: str, uri: str, old: str, new: str
) -> None:
    site = write_site(FILES)
    result = run(site, assignment, "--anyway")
    assert result.exit_code == 0, result.output
    assert texts(site) == with_change(uri, old, new)
    assert result.stdout.startswith(f"content/{uri}:")


def test_a_goalpost_that_moves_is_said_with_its_reason(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "grow#mrr.to=$12M", "--reason", "The market: larger")
    assert result.exit_code == 0
    assert "Grow: ! Goalpost moved: Target of “Earn” raised from $10M to $12M" in result.stdout
    added = 'check_ins:\n  - {date: 2026-11-16, note: "The market: larger"}\n---'
    after = FILES[GROW].replace("$10M", "$12M").replace("\n---\n", f"\n{added}\n")
    assert texts(site) == {**FILES, GROW: after}
    assert result.stderr == ""
    again = run(site, "grow#mrr.to=$13M")
    assert again.stderr == "Say why with --reason, or in the next check-in.\n"


def test_a_reason_stands_next_to_what_the_day_has(write_site: Write) -> None:
    said = FILES[GROW].replace("\n---\n", f"\ncheck_ins: [{{date: {DAY}, note: Said}}]\n---\n")
    site = write_site({**FILES, GROW: said})
    result = run(site, "grow.status=draft", "--reason", "Later")
    assert result.exit_code == 2
    assert "already has `note`" in result.stderr
    assert texts(site) == {**FILES, GROW: said}


def test_several_are_set_at_once(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "grow#mrr.to=$12M", "grow.status=draft", "win#a.weight=2")
    assert result.exit_code == 0
    changed = texts(site)
    assert "to: $12M}" in changed[GROW]
    assert "status: draft\n" in changed[GROW]
    assert "weight: 2}" in changed[WIN]


def test_a_dry_run_writes_nothing(write_site: Write) -> None:
    site = write_site(FILES)
    result = run(site, "grow#mrr.to=$12M", "--dry-run")
    assert "+   - {id: mrr, title: Earn, from: $5M, to: $12M}\n" in result.stdout
    assert result.stderr == "Nothing was written (--dry-run).\n"
    assert texts(site) == FILES


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["grow"], 2, "write NAME.FIELD=VALUE"),
        (["grow=1"], 2, "write NAME.FIELD=VALUE"),
        (["grow.statsu=draft"], 2, "did you mean `status`?"),
        (["grwo.status=draft"], 2, "did you mean `grow`?"),
        (["grow#mrx.to=1"], 2, "did you mean `grow#mrr`?"),
        (["grow.keep.min=1"], 2, "has no field `keep`"),
        (["ana.start=2026-01-01"], 2, "a document of type `person` has no field `start`"),
        (["grow.id=x"], 2, "`okrsite rename` changes it everywhere"),
        (["grow.check_ins=[]"], 2, "`okrsite check-in` adds one"),
        (["grow#mrr.to=.3M"], 2, "in single quotes"),
        (["grow.type=kpi"], 2, "a document keeps its type"),
        (["nps.data=../../x.csv"], 1, "OKR"),
        (["grow.title=a\x1b[2J"], 2, "invisible character"),
        (["grow.owners=[a"], 2, "grow.owners=[a"),
        (["grow.owner=Customer Car"], 2, "there is no owner `Customer Car`"),
        (["company.title=Acme"], 2, "has no document"),
        (["grow.status=draft", "Grow.status=active"], 2, "is set twice"),
        (["grow.title=Grow"], 2, "already says so"),
        (["grow.weight="], 2, "there is no `weight` to remove"),
        (["old#a.to=9"], 2, "2026 Q3 closed on 2026-09-30"),
        (["nps.every=week", "--reason", "x"], 2, "kpis/nps.md takes none"),
        (["grow.status=draft", "--reason", " "], 2, "write at least a few words"),
        (["grow.status=over"], 1, "OKR104 error"),
        (["grow#mrr.to=5M"], 1, "OKR108 error"),
        (["grow#mrr.from=4 days"], 1, "OKR107 error"),
        (["grow.cycle=2031-q1"], 1, "OKR204 warning"),
        (["grow#mrr.to=$12M", "win.status=over"], 1, "OKR104 error"),
        (["grow#mrr.to=$12M", "win.statsu=draft"], 2, "did you mean"),
    ],
)
def test_what_is_wrong_sets_nothing(
    write_site: Write, words: list[str], status: int, said: str
) -> None:
    site = write_site(FILES)
    result = run(site, *words)
    assert said in result.stderr
    assert (result.exit_code, result.stdout) == (status, "")
    assert texts(site) == FILES


def test_of_two_files_none_is_changed_where_one_is_read_only(
    write_site: Write, read_only: Callable[[Path], None]
) -> None:
    site = write_site(FILES)
    read_only(site.parent / "content" / WIN)
    result = run(site, "grow#mrr.to=$12M", "win#a.weight=2")
    assert (result.exit_code, "is read-only" in result.stderr) == (2, True)
    assert texts(site) == FILES


def test_of_two_files_the_first_is_restored_where_the_second_fails(
    write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from okrsite.util import writing

    whole = writing.write_whole

    def fail(file: Path, text: str) -> None:
        if file.name == "win.md":
            raise OSError(28, "No space left on device", str(file))
        whole(file, text)

    monkeypatch.setattr("okrsite.util.writing.write_whole", fail)
    site = write_site(FILES)
    result = run(site, "grow#mrr.to=$12M", "win#a.weight=2")
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert texts(site) == FILES


def test_a_name_of_two_documents_is_refused(write_site: Write) -> None:
    site = write_site({**FILES, "kpis/grow.md": document("kpi", "title: G", "owner: care")})
    result = run(site, "grow.title=More")
    assert (
        "is ambiguous: it means content/okrs/2026-q4/company/grow.md and content/kpis/grow.md"
        in (result.stderr)
    )
    # Only one of them has a range.
    assert run(site, "grow.keep.min=3").exit_code == 0
