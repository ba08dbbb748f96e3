"""Text that YAML takes for a remark: `title: Become #1` is “Become” to it."""

import re
from bisect import bisect_right
from collections.abc import Iterator

import yaml

_REMARK = re.compile(r"^(?P<before>.*?\S[^\S\n]*)[^\S\n](?P<rest>#\S.*)$", re.MULTILINE)
_BEGUN = re.compile(r"(?:^|\s)#(?:\s|#)|^#")
_ENDS = ('"', "'", "]", "}")


def cut_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each line whose text is cut off, counted from 1, with what is left and what is lost.

    A remark begins with `# `, or follows a quote or a bracket; in quotes nothing is cut off.
    """
    if " #" not in text and "\t#" not in text:
        return
    found = [match for match in _REMARK.finditer(text) if not _is_remark(match)]
    if not found:
        return
    spans = _quoted(text)
    line = position = 0
    for match in found:
        line += text.count("\n", position, match.start())
        position, column = match.start(), match.start("rest") - match.start()
        at = bisect_right(spans, ((line, column), (len(text), 0))) - 1
        if at < 0 or (line, column) >= spans[at][1]:
            yield line + 1, match["before"].strip(), match["rest"].strip()


def _is_remark(match: re.Match[str]) -> bool:
    before = match["before"].strip()
    return before.endswith(_ENDS) or _BEGUN.search(before) is not None


def _quoted(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where texts in quotes and blocks begin and end, in their order."""
    return [
        (
            (token.start_mark.line, token.start_mark.column),
            (token.end_mark.line, token.end_mark.column),
        )
        for token in yaml.scan(text, yaml.CSafeLoader)
        if isinstance(token, yaml.ScalarToken) and token.style
    ]
