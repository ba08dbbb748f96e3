"""Single fields are set byte by byte, or not at all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.editing.fields import (
    FieldPath,
    Written,
    fields_of,
    with_field,
    with_item,
    without_field,
)
from okrsite.editing.source_file import EditError

GROW = """\
---
type: objective
title: Grow # for years
owners:
  - sales
  - support
due: # not yet
key_results:
  - id: mrr
    from: 1
    to: 5 # five
  - {id: nps, to: 5,
     keep: {min: 3}}
  - id: ship
    title: >
      Long
      text
    milestones:
      - title: A
      - {title: B}
# The end.
check_ins: []
---
Why: *because*.
"""


def changed(path: FieldPath, value: Written, text: str = GROW) -> tuple[list[str], list[str]]:
    """Return the lines that are gone and those that are new."""
    made = with_field(text.encode(), path, value).decode()
    old, new = text.splitlines(), made.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("path", "value", "gone", "new"),
    [
        (("title",), "A: b", ["title: Grow # for years"], ['title: "A: b" # for years']),
        (("status",), "cancelled", [], ["status: cancelled"]),
        (("due",), "2026-12-01", ["due: # not yet"], ["due: 2026-12-01 # not yet"]),
        (("owners",), ["hr"], ["owners:", "  - sales", "  - support"], ["owners: [hr]"]),
        (("key_results", 0, "to"), "$7M", ["    to: 5 # five"], ["    to: $7M # five"]),
        (("key_results", 0, "due"), "2026-12-01", [], ["    due: 2026-12-01"]),
        (("key_results", 1, "to"), "7", ["  - {id: nps, to: 5,"], ["  - {id: nps, to: 7,"]),
        (
            ("key_results", 1, "keep", "max"),
            "9",
            ["     keep: {min: 3}}"],
            ["     keep: {min: 3, max: 9}}"],
        ),
        (("key_results", 0, "keep", "max"), "9", [], ["    keep: {max: 9}"]),
        (
            ("key_results", 2, "title"),
            "Z",
            ["    title: >", "      Long", "      text"],
            ["    title: Z"],
        ),
        (
            ("key_results", 2, "milestones", 0, "done"),
            "2026-11-09",
            [],
            ["        done: 2026-11-09"],
        ),
        (
            ("key_results", 2, "milestones", 1, "done"),
            "2026-11-09",
            ["      - {title: B}"],
            ["      - {title: B, done: 2026-11-09}"],
        ),
    ],
)
def test_only_the_field_changes(
    path: FieldPath, value: Written, gone: list[str], new: list[str]
) -> None:
    assert changed(path, value) == (gone, new)


def test_a_new_field_comes_before_the_long_lists_and_behind_comments() -> None:
    text = "---\ntitle: A\n  # of A\n# Key results\nkey_results: []\n---\n"
    made = with_field(text.encode(), ("status",), "draft").decode()
    assert made == text.replace("# of A\n", "# of A\nstatus: draft\n")
    alone = "---\nkey_results: []\n---\n"
    made = with_field(alone.encode(), ("status",), "draft").decode()
    assert made == "---\nstatus: draft\nkey_results: []\n---\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_the_byte_order_mark_stay(newline: str) -> None:
    before = b"\xef\xbb\xbf" + GROW.replace("\n", newline).encode()
    made = with_field(before, ("key_results", 0, "to"), "$7M")
    assert made == before.replace(b"to: 5 #", b"to: $7M #")
    more = with_field(made, ("status",), "cancelled")
    status = f"status: cancelled{newline}".encode()
    assert more.replace(status, b"") == made


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("---\na: &x {b: 1}\nc: *x\n---\n", ("c",)),
        ("---\na: &x {b: 1}\nc: *x\n---\n", ("c", "b")),
        ("---\na: &x {b: 1}\nc: *x\n---\n", ("a",)),
        ("---\na: &x {b: 1}\nc: *x\n---\n", ("a", "b")),
        ("---\na:\n  - b # why\n  - c\n---\n", ("a",)),
        ("---\na: text\n---\n", ("a", "b")),
        ("a: text\n", ("a",)),
        ("---\na: [\n---\n", ("a",)),
    ],
)
def test_what_would_change_something_else_is_refused(text: str, path: FieldPath) -> None:
    with pytest.raises(EditError):
        with_field(text.encode(), path, "2")


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (("owners",), ["owners:", "  - sales", "  - support"]),
        (("key_results", 0, "from"), ["    from: 1"]),
        (("due",), []),
    ],
)
def test_a_field_is_removed_with_its_lines(path: FieldPath, gone: list[str]) -> None:
    if not gone:  # a comment would be lost
        with pytest.raises(EditError):
            without_field(GROW.encode(), path)
        return
    made = without_field(GROW.encode(), path).decode()
    assert made == GROW.replace("".join(f"{line}\n" for line in gone), "", 1)


def test_a_field_in_braces_is_removed() -> None:
    made = without_field(GROW.encode(), ("key_results", 1, "to")).decode()
    assert made == GROW.replace("to: 5,\n     keep", "keep")
    made = without_field(GROW.encode(), ("key_results", 1, "keep")).decode()
    assert made == GROW.replace(",\n     keep: {min: 3}}", "}")


@pytest.mark.parametrize("path", [("nothing",), ("title", "x"), ("key_results", 0, "id")])
def test_what_is_not_there_or_begins_an_item_is_not_removed(path: FieldPath) -> None:
    with pytest.raises(EditError):
        without_field(GROW.encode(), path)


def test_an_item_is_put_into_a_list_or_begins_one() -> None:
    made = with_item(b"---\ntitle: A\n---\n", "readings", {"value": "1"}, "")
    assert made == b"---\ntitle: A\nreadings:\n  - {value: 1}\n---\n"
    made = with_item(made, "readings", {"value": "0"}, "", 0)
    assert made == b"---\ntitle: A\nreadings:\n  - {value: 0}\n  - {value: 1}\n---\n"
    with pytest.raises(EditError, match="is not a list"):
        with_item(b"---\nreadings: many\n---\n", "readings", {"value": "1"}, "")


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


@given(TEXTS.filter(str.strip))
def test_any_text_is_read_back(text: str) -> None:
    made: dict[str, Any] = fields_of(with_field(GROW.encode(), ("key_results", 1, "title"), text))
    assert made["key_results"][1]["title"] == text
    again: dict[str, Any] = fields_of(with_field(GROW.encode(), ("description",), text))
    assert again["description"] == text
