from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from okrsite.documents.front_matter import parse
from okrsite.editing.yaml_text import (
    Flow,
    block_lines,
    document_text,
    flow_text,
    item_lines,
    scalar_text,
)

TEXTS = st.text(max_size=40) | st.sampled_from(
    ["no", "~", "<<", "a: b", "a #b", "- a", "12,500", "'q'", '"q"', "a\n---\nb", "{x}", "…", "*a"]
)
SEEN = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30)


@pytest.mark.parametrize(
    ("text", "block", "flow"),
    [
        ("Win more", "Win more", "Win more"),
        ("$6.1M", "$6.1M", "$6.1M"),
        ("-3", "-3", "-3"),
        ("2026-11-09", "2026-11-09", "2026-11-09"),
        ("12,500", "12,500", '"12,500"'),
        ("Sales: first", '"Sales: first"', '"Sales: first"'),
        ("no", '"no"', '"no"'),
        ("", '""', '""'),
        ('say "hi"', 'say "hi"', 'say "hi"'),
        ('"hi"', "'\"hi\"'", "'\"hi\"'"),
        ("one\ntwo", '"one\\ntwo"', '"one\\ntwo"'),
        ("- dash", '"- dash"', '"- dash"'),
        ("---", '"---"', '"---"'),
    ],
)
def test_a_text_is_quoted_only_where_it_has_to_be(text: str, block: str, flow: str) -> None:
    assert (scalar_text(text), scalar_text(text, flow=True)) == (block, flow)


def test_other_values_are_written_as_the_format_has_them() -> None:
    values: list[Any] = [True, 3, 0.5, date(2026, 11, 9)]
    assert [scalar_text(v) for v in values] == ["true", "3", "0.5", "2026-11-09"]


def test_nested_values_stand_in_lines_or_in_one() -> None:
    fields = {"values": {"a": "1,2"}, "next": ["x", {"title": "y: z", "n": 1}], "empty": []}
    assert block_lines(fields) == [
        "values:",
        "  a: 1,2",
        "next:",
        "  - x",
        '  - title: "y: z"',
        "    n: 1",
        "empty: []",
    ]
    assert flow_text(fields["values"]) == '{a: "1,2"}'
    assert block_lines({"a": Flow({"b": ["c", "d"]})}) == ["a: {b: [c, d]}"]
    assert item_lines({"a": 1, "b": 2}, "  ") == ["  - a: 1", "    b: 2"]


@given(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=4))
def test_whatever_is_written_is_read_back_by_any_yaml_parser(fields: dict[str, str]) -> None:
    pairs: dict[str, Any] = {**fields}
    for text in ("\n".join(block_lines(pairs)), flow_text(pairs), "\n".join(item_lines(pairs))):
        found = yaml.load(text, yaml.BaseLoader)
        assert (found[0] if isinstance(found, list) else found) == pairs


@given(SEEN.filter(str.strip), SEEN.filter(str.strip))
def test_the_project_reads_what_is_written(title: str, note: str) -> None:
    text = document_text({"title": title, "check_ins": [{"note": note, "v": Flow([note])}]}, "Why")
    front = parse(text, frozenset())
    assert front.fields == {"title": title, "check_ins": [{"note": note, "v": [note]}]}
    assert front.body.strip() == "Why"
