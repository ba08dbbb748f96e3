"""Patterns of `exclude_docs`, matched in a time that grows with a path and not with its stars."""

import re
import warnings
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pathspec

_TOKEN = re.compile(
    r"""
    (?P<start> \^)
    | (?P<above> \(\?:\.\+/\)\?)
    | (?P<between> \(\?:/\.\+\)\?)
    | (?P<stars> \[\^/\]\*)
    | (?P<segment> \[\^/\]\+)
    | (?P<end> (?: \(\?:\(\?P<ps_d>/\) (?: \|\$\) | \.\*\)\?\$ )
                 | (?:\(\?P<ps_d>/\)|/) (?:\.\*\$)? ) $)
    | (?P<one> \\. | \[\^?\]?(?:\\.|[^]\\])*\] | [^][(){}*+?|\\^$.])
    """,
    re.VERBOSE | re.DOTALL,
)
_REPEATED = ("above", "between", "stars", "segment")


def read_patterns(lines: Iterable[str]) -> "pathspec.GitIgnoreSpec":
    """Return the patterns in some lines; raise ValueError or re.error where one is none.

    Python warns of a class like `[[:foo:]]`, which means nothing to anybody who builds a site.
    """
    import pathspec  # slow to import, and most sites exclude nothing

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return pathspec.GitIgnoreSpec.from_lines(lines)


def without_backtracking(spec: "pathspec.GitIgnoreSpec") -> "pathspec.GitIgnoreSpec":
    """Return patterns that match the same; one with several stars no longer tries every split."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return _replaced(spec)


def _replaced(spec: "pathspec.GitIgnoreSpec") -> "pathspec.GitIgnoreSpec":
    for pattern in spec.patterns:
        written = getattr(getattr(pattern, "regex", None), "pattern", "")
        tokens = list(_tokens(written))
        if sum(kind in _REPEATED for kind, _ in tokens) > 2 and tokens[-1][0] == "end":
            pattern.regex = ManyStars(written, tokens)  # type: ignore[assignment]
    return type(spec)(spec.patterns)


def _tokens(regex: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a regular expression of pathspec, until one is unknown."""
    at = 0
    while (found := _TOKEN.match(regex, at)) and (kind := found.lastgroup):
        at = found.end()
        yield kind, found[0]


class ManyStars:
    """A pattern in place of its regular expression, which is followed at all places at once.

    A set of places in a path is a number whose bit n stands for the place before character n.
    """

    def __init__(self, pattern: str, tokens: list[tuple[str, str]]) -> None:
        self.pattern = pattern
        self._end = tokens[-1][1]
        self._steps: list[tuple[str, re.Pattern[str] | None, int]] = []
        piece: list[str] = []
        for kind, written in tokens:
            if kind == "one":
                piece.append(written)
                continue
            if piece:
                regex = re.compile(f"(?={''.join(piece)})", re.DOTALL)
                self._steps.append(("piece", regex, len(piece)))
                piece = []
            self._steps.append((kind, None, 0))

    def match(self, path: str) -> "_Match | None":
        """Return whether the pattern takes a path, and whether for a folder above it."""
        slashes = _places(_SLASH, path)
        other = ~slashes & ((1 << len(path)) - 1)
        at = 1
        for kind, piece, width in self._steps:
            if piece is not None:
                at = (at & _places(piece, path)) << width
            elif kind == "above":
                at |= (slashes & -((at & -at) << 1)) << 1
            elif kind == "between":
                first = at & slashes
                at |= -((first & -first) << 2) & ((2 << len(path)) - 1)
            elif kind in ("stars", "segment"):
                at = at if kind == "stars" else (at & other) << 1
                at |= ((at & other) + other) ^ other
            if not at:
                return None
        if "$)" in self._end or ")?$" in self._end:
            if at >> len(path):
                return _Match(None)
        if not at & slashes:
            return None
        return _Match("/" if "ps_d" in self._end else None)

    search = match


class _Match:
    """What pathspec asks a match for."""

    def __init__(self, mark: str | None) -> None:
        self._groups = {"ps_d": mark}

    def groupdict(self) -> dict[str, str | None]:
        """Return the slash after a folder that was matched."""
        return self._groups


_SLASH = re.compile("/")


def _places(regex: re.Pattern[str], path: str) -> int:
    return sum(1 << found.start() for found in regex.finditer(path))
