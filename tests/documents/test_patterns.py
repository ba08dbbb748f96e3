"""Patterns of `exclude_docs` take what pathspec takes, in a time that grows with the path."""

import time
import warnings
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from okrsite.documents.folder import excluding
from okrsite.documents.patterns import ManyStars, without_backtracking

PIECES = [
    "a",
    "b",
    ".",
    "*",
    "**",
    "?",
    "/",
    "/**/",
    "**/",
    "[!b]",
    "[ab]",
    "[]a]",
    "\\*",
    "é",
    "+",
]
LINES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)
PATHS = st.text("aab./é*+", min_size=1, max_size=14).map(lambda path: path.strip("/") or "a")


def spec(lines: list[str]) -> GitIgnoreSpec:
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines(["a"])


@settings(max_examples=1000, deadline=None)
@given(LINES, st.lists(PATHS, min_size=1, max_size=20))
def test_a_pattern_matches_what_it_matched(line: str, paths: list[str]) -> None:
    once = without_backtracking(spec([line]))
    assert [once.match_file(p) for p in paths] == [spec([line]).match_file(p) for p in paths]


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, min_size=2, max_size=4), PATHS)
def test_later_patterns_take_back_what_earlier_ones_excluded(lines: list[str], path: str) -> None:
    written = [lines[0], *(f"!{line}" for line in lines[1:-1]), lines[-1]]
    once = without_backtracking(spec(written))
    assert once.match_file(path) == spec(written).match_file(path)


@pytest.mark.parametrize(
    "pattern",
    [
        "*a" * 12 + "*b",
        "[!b]*" * 12 + "b",
        "*[!b]" * 8 + "b",
        "*?" * 12 + "b",
        "[]a]*" * 10 + "b",
        "*a?a" * 8 + "*b",
        "*" * 40 + "b",
        "**/a/" * 8 + "**/b",
        "**/*a*/" * 8 + "b",
        "/**" + "/*/**" * 8 + "/b",
        "a/**/[!b]*/**/*?a*/**/*a/**/b/",
    ],
)
def test_many_stars_take_a_time_that_grows_with_the_path(pattern: str) -> None:
    excluded = excluding(pattern)

    def seconds(length: int) -> float:
        paths = ["a" * length, "/".join("a" * length), "a/" * length + "a" * length]

        def once() -> float:
            began = time.process_time()
            for path in paths:
                assert not excluded(path)
            return time.process_time() - began

        return min(once() for _ in range(5))

    assert seconds(400) < 8 * seconds(100)


@pytest.mark.parametrize("pattern", ["*.md", "/drafts/", "**/old/*", "a/*/b.md", "drafts/**/x.md"])
def test_usual_patterns_stay_regular_expressions(pattern: str) -> None:
    kept: Callable[..., object] = without_backtracking(spec([pattern])).patterns[0].regex
    assert not isinstance(kept, ManyStars)


def test_python_does_not_warn_of_a_pattern() -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        excluded = excluding("[[:foo:]]*\n*[[a]*b*[[c]*d*")
    assert said == []
    assert not excluded("okrs/grow.md")
