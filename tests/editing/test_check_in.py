from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from okrsite.editing.check_in import add_check_in
from okrsite.editing.new_check_in import Statement
from okrsite.editing.source_file import EditError, source_file_of
from tests.sites import ROOT

DAY = date(2026, 11, 16)
SAID = Statement(DAY, "0.8", {"mrr": "$6.1M"}, "Went well: all of it", (), ("Ship",))
PIECE = (
    "{date: 2026-11-16, confidence: 0.8, values: {mrr: $6.1M}, "
    'note: "Went well: all of it", next: Ship}'
)
LINES = f"  - {PIECE}\n"


def front(*lines: str, body: str = "Why.\n") -> str:
    return "\n".join(["---", "type: objective", *lines, "---", body])


def added(text: str, said: Statement = SAID) -> str:
    return add_check_in(text.encode(), said).content.decode()


def test_the_first_check_in_comes_after_the_last_field_and_its_comments() -> None:
    before = ["key_results:", "  - id: mrr", "    to: 3 # why", "    # not yet: 4"]
    after = ["# Ask Ada before you change the targets."]
    assert added(front(*before, *after)) == front(*before, "check_ins:", LINES.rstrip("\n"), *after)


@pytest.mark.parametrize("body", ["", "Why.", "Why.\n\n---\n"])
def test_the_body_stays_also_without_a_line_end(body: str) -> None:
    text = front("title: A", body=body)
    assert added(text) == text.replace("title: A\n", f"title: A\ncheck_ins:\n{LINES}", 1)


def test_an_empty_list_is_filled() -> None:
    text = front("check_ins: # none yet", "title: A")
    assert added(text) == text.replace("yet\n", f"yet\n{LINES}")
    assert added(front("check_ins: []")) == front(f"check_ins: [{PIECE}]")


@pytest.mark.parametrize(
    ("days", "position"),
    [
        (["2026-11-02"], 1),
        (["2026-11-23"], 0),
        (["2026-11-02", "2026-11-09"], 2),
        (["2026-11-09", "2026-11-02"], 0),
        (["2026-11-02", "2026-11-23"], 1),
        (["2026-11-23", "2026-11-02"], 1),
        (["2026-11-30", "2026-11-02", "2026-11-09"], 3),
    ],
)
def test_the_list_keeps_its_order(days: list[str], position: int) -> None:
    items = [f"  - date: {day}\n" for day in days]
    text = front("check_ins:", "".join(items).rstrip("\n"))
    expected = [*items[:position], LINES, *items[position:]]
    assert added(text) == front("check_ins:", "".join(expected).rstrip("\n"))
    pieces = [f"{{date: {day}}}" for day in days]
    assert added(front(f"check_ins: [{', '.join(pieces)}]")) == front(
        f"check_ins: [{', '.join([*pieces[:position], PIECE, *pieces[position:]])}]"
    )


@pytest.mark.parametrize("indent", ["", "  ", "    "])
@pytest.mark.parametrize("gap", [" ", "   "])
def test_a_new_item_is_indented_like_the_others(indent: str, gap: str) -> None:
    text = front("check_ins:", f"{indent}-{gap}date: 2026-11-02", "title: A")
    found = added(text, Statement(DAY, note="Fine"))
    line = f"{indent}-{gap}{{date: 2026-11-16, note: Fine}}\n"
    assert found == text.replace("title: A", f"{line}title: A")


@pytest.mark.parametrize("item", ["{date: 2026-11-02}", "date: 2026-11-02\n    note: One"])
def test_a_new_item_is_one_line_whatever_the_others_are(item: str) -> None:
    text = front("check_ins:", f"  - {item}  # early")
    assert added(text) == text.replace("# early\n", f"# early\n  - {PIECE}\n")
    said = Statement(DAY, note="Two\nlines", blockers=("a, b", "c"))
    line = '  - {date: 2026-11-16, note: "Two\\nlines", blockers: ["a, b", c]}\n'
    assert added(text, said) == text.replace("# early\n", f"# early\n{line}")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("{date: 2026-11-09}", f"{{date: 2026-11-09}},\n    {PIECE}"),
        ("{date: 2026-11-09},", f"{{date: 2026-11-09}},\n    {PIECE},"),
        ("{date: 2026-11-09} # late", f"{{date: 2026-11-09}}, # late\n    {PIECE}"),
        ("{date: 2026-11-09}, # late", f"{{date: 2026-11-09}}, # late\n    {PIECE},"),
    ],
)
def test_brackets_over_several_lines_stay_so(last: str, expected: str) -> None:
    lines = "check_ins: [\n    {date: 2026-11-02},\n    %s\n  ]"
    assert added(front(lines % last)) == front(lines % expected)


def test_a_blank_line_between_check_ins_is_kept_up() -> None:
    text = front("check_ins:", "  - date: 2026-11-02", "", "  # late", "  - date: 2026-11-09")
    assert added(text) == text.replace("---\nWhy", f"\n{LINES}---\nWhy")
    text = front("check_ins:", "  - date: 2026-11-09", "", "  - date: 2026-11-02")
    assert added(text) == text.replace("check_ins:\n", f"check_ins:\n{LINES}\n")


@pytest.mark.parametrize("mark", ["|", "|-", "|+", ">", ">2-"])
def test_a_text_of_several_lines_at_the_end_stays_what_it_is(mark: str) -> None:
    text = front("check_ins:", "  - date: 2026-11-02", f"    note: {mark}", "      One", "", "")
    found = yaml.load(added(text).split("---")[1], yaml.BaseLoader)["check_ins"]
    assert found[0] == yaml.load(text.split("---")[1], yaml.BaseLoader)["check_ins"][0]
    assert found[1]["next"] == "Ship"


def test_what_is_said_later_that_day_joins_the_check_in() -> None:
    text = front("check_ins:", "  - date: 2026-11-16", "    values: {nps: 40}", "  # end")
    said = Statement(DAY, values={"mrr": "1,000"}, next=("a", "b"))
    assert added(text, said) == front(
        "check_ins:",
        "  - date: 2026-11-16",
        '    values: {nps: 40, mrr: "1,000"}',
        "    next:",
        "      - a",
        "      - b",
        "  # end",
    )
    text = front("check_ins:", "  - date: 2026-11-16", "    values:", "      nps: 40 # good")
    assert added(text, said).startswith(text.split("# good")[0] + "# good\n      mrr: 1,000\n    n")
    text = front("check_ins: [{date: 2026-11-16, values: {}}]")
    assert added(text, said) == front(
        'check_ins: [{date: 2026-11-16, values: {mrr: "1,000"}, next: [a, b]}]'
    )


@pytest.mark.parametrize(
    ("lines", "line", "word"),
    [
        (["check_ins:", "  - {date: 2026-11-16, values: {MRR: 4}}"], 4, "`MRR`"),
        (["check_ins:", "  - date: 2026-11-16", "    note: Fine"], 5, "`note`"),
        (["x-old: &old []", "check_ins: *old"], 4, "alias"),
        (["check_ins: ~"], 3, "not a list"),
        (["check_ins: soon"], 3, "not a list"),
        (["check_ins: {date: 2026-11-02}"], 3, "not a list"),
        (["x-old: &old {check_ins: [{date: 2026-11-02}]}", "<<: *old"], 1, "something else"),
        (["check_ins: &all [{date: 2026-11-02}]", "tags: *all"], 3, "something else"),
        (["check_ins:", "  - {date: 2026-11-16, values: &v {nps: 4}}", "tags: [*v]"], 4, "some"),
    ],
)
def test_what_cannot_be_inserted_is_refused_with_its_line(
    lines: list[str], line: int, word: str
) -> None:
    with pytest.raises(EditError, match=word) as refused:
        added(front(*lines))
    assert refused.value.line == line
    assert refused.value.hint


@pytest.mark.parametrize(
    "content", [b"", b"Text", b"---\ntype: objective\n", b"---\n- a\n---\n", b"---\n\xff\n---\n"]
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(EditError):
        add_check_in(content, SAID)


def test_it_says_where_the_new_begins() -> None:
    assert add_check_in(front("check_ins:", "  - date: 2026-11-02").encode(), SAID).line == 5
    edited = add_check_in(front("check_ins: [", "  {date: 2026-11-02}", "  ]").encode(), SAID)
    assert edited.line == 5
    assert edited.added == f"  {PIECE}"
    edited = add_check_in(front("check_ins: [{date: 2026-11-02}]").encode(), SAID)
    assert (edited.line, edited.added) == (3, f"check_ins: [{{date: 2026-11-02}}, {PIECE}]")


OBJECTIVES = [
    file
    for file in sorted((ROOT / "content" / "okrs").rglob("*.md"))
    if b"type: objective" in file.read_bytes()
]


@pytest.mark.parametrize("file", OBJECTIVES, ids=lambda file: str(file.stem))
def test_every_objective_of_the_demo_takes_a_check_in(file: Path) -> None:
    content = file.read_bytes()
    edited = add_check_in(content, SAID).content
    before, after = data(content), data(edited)
    added = [entry for entry in after.pop("check_ins") if entry["date"] == DAY.isoformat()]
    before.pop("check_ins", None)
    assert (before, len(added)) == (after, 1)
    lines = iter(edited.splitlines(keepends=True))
    assert all(line in lines for line in content.splitlines(keepends=True))


COMMENTS = st.sampled_from(["", "", "# The list", "#", "\n", "\n# After a blank line\n"])
NOTES = st.sampled_from(
    [
        "note: Fine",
        "note: 'It''s so' # quoted",
        'note: "a\\nb"',
        "note: Two\n{i}  lines of it",
        "note: |\n{i}  One\n\n{i}  Two\n",
        "note: |+\n{i}  One\n\n",
        "note: >-\n{i}  One\n{i}  # no comment\n",
        "next: [a,\n{i} b]",
        "next:\n{i}- a\n{i}- b # c",
        "values: {nps: 40, nrr: '1,000'}",
        "values:\n{i}  nps: 40\n{i}    # deeper\n",
        "blockers:",
        "x-more: &anchor é 🚲",
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Draw an objective: any style of list, comments, blank lines, line ends, byte order mark."""
    indent = " " * draw(st.sampled_from([0, 2, 4]))
    gap = " " * draw(st.sampled_from([1, 3]))
    offsets = draw(st.lists(st.integers(-40, 40).filter(bool), max_size=4, unique=True))
    order = draw(st.sampled_from([sorted, lambda x: sorted(x)[::-1], list]))
    days = [DAY + timedelta(days=offset) for offset in order(offsets)]
    style = draw(st.sampled_from(["lines", "items in brackets", "brackets", "bracket lines"]))
    if style == "brackets" or (style == "bracket lines" and not days):
        listed = "check_ins: [" + ", ".join(f"{{date: {day}, note: a}}" for day in days) + "]"
    elif style == "bracket lines":
        comma, comment = draw(st.sampled_from([",", ""])), draw(st.sampled_from(["", " # c"]))
        items = f",{comment}\n  ".join(f"{{date: {day}}}" for day in days)
        listed = f"check_ins: [\n  {items}{comma}{comment}\n]"
    elif style == "items in brackets":
        listed = "\n".join(["check_ins:", *(f"{indent}-{gap}{{date: {day}}}" for day in days)])
    else:
        listed = "check_ins:" + draw(st.sampled_from(["", " ", " # all of them"]))
        inner = indent + " " * (1 + len(gap))
        for day in days:
            listed += "\n" + draw(COMMENTS.map(lambda c: c.replace("# ", f"{indent}# "))).rstrip()
            listed += f"\n{indent}-{gap}date: {day}"
            chosen = draw(st.lists(NOTES, max_size=2, unique_by=lambda n: n.split(":")[0]))
            for note in chosen:
                listed += f"\n{inner}{note.replace('{i}', inner)}"
    fields = [
        "type: objective",
        draw(st.sampled_from(["title: A # b", 'title: "A: b"', "title: >\n  A\n\n  b\n"])),
        draw(st.sampled_from(["key_results:\n- id: mrr\n  to: 3", "key_results:\n  - {to: 3}"])),
    ]
    if draw(st.booleans()):
        fields.insert(draw(st.integers(0, 3)), listed)
    lines = ["---", *(part for field in fields for part in (field, draw(COMMENTS))), "---"]
    text = "\n".join(line for line in lines if line) + draw(
        st.sampled_from(["", "\n", "\nWhy\n\n"])
    )
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return (mark + text.replace("\n", newline)).encode()


STATEMENTS = st.builds(
    Statement,
    date=st.just(DAY),
    confidence=st.sampled_from([None, "0.8"]),
    values=st.dictionaries(st.sampled_from(["mrr", "new: one"]), st.sampled_from(["1", "1,000"])),
    note=st.none() | st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1),
    blockers=st.sampled_from([(), ("a",), ("a, b", "c: d")]),
    next=st.sampled_from([(), ("[x]",)]),
).filter(lambda said: said.fields() and (said.note is None or said.note.strip()))


def data(content: bytes) -> Any:
    text = source_file_of(content).text
    return yaml.load(text.split("\n---", 1)[0][3:], yaml.BaseLoader)


@given(documents(), STATEMENTS)
def test_whatever_is_added_the_old_bytes_are_all_there_in_their_order(
    content: bytes, said: Statement
) -> None:
    edited = add_check_in(content, said).content
    rest = iter(edited)
    assert all(byte in rest for byte in content)
    old, new = data(content), data(edited)
    entries, found = old.pop("check_ins", None) or [], new.pop("check_ins")
    entry = {"date": DAY.isoformat(), **said.fields()}
    assert new == old
    found.remove(entry)
    assert found == entries


@given(documents(), STATEMENTS)
def test_the_difference_is_the_added_lines_alone(content: bytes, said: Statement) -> None:
    if b"check_ins: [" in content:
        return  # in brackets the new stands in a line that was there
    before = content.splitlines(keepends=True)
    lines = add_check_in(content, said).content.splitlines(keepends=True)
    start = next((i for i, (a, b) in enumerate(zip(before, lines, strict=False)) if a != b), 0)
    count = len(lines) - len(before)
    assert before == lines[:start] + lines[start + count :]


@given(documents(), STATEMENTS)
def test_more_can_be_said_of_the_same_day(content: bytes, said: Statement) -> None:
    once = add_check_in(content, Statement(DAY, values={"first": "3"})).content
    twice = add_check_in(once, said).content
    rest = iter(twice)
    assert all(byte in rest for byte in once)
    found = next(e for e in data(twice)["check_ins"] if e["date"] == DAY.isoformat())
    assert found["values"] == {"first": "3", **(said.values or {})}
