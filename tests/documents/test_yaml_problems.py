"""Broken YAML is said in words that somebody understands who has never heard of YAML."""

import pytest

from okrsite.documents.front_matter import parse
from okrsite.documents.yaml_nodes import FrontMatterError


def failure(*lines: str) -> FrontMatterError:
    with pytest.raises(FrontMatterError) as caught:
        parse("\n".join(["---", *lines, "---", "Body"]), frozenset())
    return caught.value


@pytest.mark.parametrize(
    ("lines", "line", "message", "hint"),
    [
        (
            ["title: Growth: the base"],
            2,
            "an unquoted text contains a colon",
            "put the text in quotes",
        ),
        (["a: 1", "list:", "  - title: Don't: stop"], 4, "a colon", "in quotes"),
        (["a: 1", "  b: 2"], 3, "indented further than the field above", "start it below"),
        (["key results", "a: 2"], 3, "a field in a place where none is allowed", "has a colon"),
        (["a: 1", "\tb: 2"], 3, "a tab", "indent with spaces"),
        (["list:", "\t- a"], 3, "a tab", "indent with spaces"),
        (["list:", "  \t- a"], 3, "a tab", "indent with spaces"),
        (["a: 1", 'title: "Grow', "b: 2"], 3, "a quote is never closed", "same quote"),
        (["title: {a: 'b}", "c: d"], 2, "a quote is never closed", "same quote"),
        (['title: "Grow" the base'], 2, "after a closing quote", "the whole text in quotes"),
        (["title: [Draft] Grow"], 2, "after a closing quote or bracket", "in quotes"),
        (["owner: @sales"], 2, "`@` can't begin a text", "put the text in quotes"),
        (["title: `code`"], 2, "can't begin", "in quotes"),
        (["title: *bold*"], 2, "`*` can't begin", "in quotes"),
        ([r'path: "C:\quarter"'], 2, "a backslash", "single quotes"),
        (["tags: [a, b", "title: T"], 3, "not closed", "close the `[` of line 2"),
        (["a: 1", "grade: {score: 1", "b: c"], 4, "not closed", "close the `{` of line 3"),
        (["k: [{title: Be #1, to: 5}]", "b: c"], 2, "`#1, to: 5}]` is cut off", "in quotes"),
        (['k: [{title: "Be #1", to: 5]', "b: c"], 2, "not closed", "close the `{`"),
        (["k:", "- a: 1", "  - b"], 4, "isn't indented", "first letter (or dash)"),
        (["k:", "  - a", " - b"], 4, "isn't indented", "first letter (or dash)"),
        (["- a", "b: c"], 3, "isn't indented", "below the first letter"),
        (["title: - x"], 2, "a list can't begin right after", 'in quotes: title: "- x"'),
        (["wins: - x", "  - y"], 2, "a list can't begin right after", "on the next line"),
        (["title: > a"], 2, "`>` can't begin a text", 'title: "> a"'),
        (["title: |a"], 2, "`|` can't begin a text", 'title: "|a"'),
        (["title: ? a"], 2, "`?` can't begin a text", 'title: "? a"'),
        (["title: , a"], 2, "`,` can't begin a text", 'title: ", a"'),
        (["title: !<a"], 2, "`!` can't begin a text", 'title: "!<a"'),
        (["a: 1", "% more"], 3, "`%` can't begin a text", '"% more"'),
        (["tags: [- x]"], 2, "`-` can't begin a text", "in quotes"),
        (["a: 1", "title Grow", "b: 2"], 3, "has no colon", "write `title: Grow`"),
        (["a: 1", "title = Grow", "b: 2"], 3, "has no colon", "write `title: Grow`"),
        (["a: 1", "title：Grow", "b: 2"], 3, "has no colon", "write `title: Grow`"),
        (["a: 1", "key_results", "  - title: A"], 3, "has no colon", "write `key_results:`"),
        (["note: Fine", "and more", "b: 2"], 3, "has no colon", "indent it to continue"),
        (["k: [{title: a: b, to: 5}]"], 2, "an unquoted text contains a colon", "in quotes"),
        (["k: [{title: 'a' b, to: 5}]"], 2, "after a closing quote", "the whole text"),
        (["tags: [a:]"], 2, "an unquoted text contains a colon", "in quotes"),
        (["title: Be", "  #1 in", "  Europe", "a: 1"], 3, "`#1 in` is cut off", "in quotes"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(
    lines: list[str], line: int, message: str, hint: str
) -> None:
    error = failure(*lines)
    assert "YAML" not in error.message
    assert message in error.message
    assert hint in str(error.hint)
    assert error.line == line


def test_a_character_that_cannot_be_seen_is_said_at_its_line() -> None:
    error = failure("a: 1", "title: Grow\x07 the base")
    assert error.line == 3
    assert error.hint == "remove the invisible character"
