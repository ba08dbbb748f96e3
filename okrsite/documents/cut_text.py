"""Text that YAML cuts off: `title: Become #1` is “Become” to it, as is `{title: Become, …}`."""

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

import yaml

from okrsite.i18n import phrase

_REMARK = re.compile(r"^(?P<before>.*?\S[^\S\n]*)[^\S\n](?P<rest>#\S.*)$", re.MULTILINE)
_BEGUN = re.compile(r"(?:^|\s)#(?:\s|#)|^#")
_ENDS = ('"', "'", "]", "}")
_MARK = re.compile(r"(?:^|[-:,\[{])[^\S\n]+[&!](?!!)", re.MULTILINE)


def cut_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the message and the hint for each text of which YAML loses something.

    A remark begins with `# `, or follows a quote or a bracket; in quotes nothing is cut off.
    """
    remarks = " #" in text or "\t#" in text
    found = [m for m in _REMARK.finditer(text) if not _is_remark(m)] if remarks else []
    if not found and _MARK.search(text) is None:
        return
    tokens = list(yaml.scan(text, yaml.CSafeLoader))
    spans = [
        (
            (token.start_mark.line, token.start_mark.column),
            (token.end_mark.line, token.end_mark.column),
        )
        for token in tokens
        if isinstance(token, yaml.ScalarToken) and token.style
    ]
    line = position = 0
    for match in found:
        line += text.count("\n", position, match.start())
        position, column = match.start(), match.start("rest") - match.start()
        at = bisect_right(spans, ((line, column), (len(text), 0))) - 1
        if at < 0 or (line, column) >= spans[at][1]:
            before, rest = match["before"].strip(), match["rest"].strip()
            message = phrase(
                "`%(rest)s` is cut off: `#` after a space begins a comment", rest=rest[:60]
            )
            yield line + 1, message, _in_quotes(f"{before} {rest}")
    lines = text.split("\n")
    used = {token.value for token in tokens if isinstance(token, yaml.AliasToken)}
    for token, following in pairwise(tokens):
        mark = isinstance(token, yaml.AnchorToken) and token.value not in used
        mark = mark or (isinstance(token, yaml.TagToken) and token.value == (None, "!"))
        if mark and isinstance(following, _NO_COLLECTION):
            at, column = token.start_mark.line, token.start_mark.column
            lost = lines[at][column : token.end_mark.column]
            message = phrase(
                "`%(lost)s` is left out: `%(mark)s` in front of a text has a meaning in YAML",
                lost=lost[:60],
                mark=lost[0],
            )
            yield at + 1, message, _in_quotes(lines[at])


_NO_COLLECTION = (
    yaml.ScalarToken,
    yaml.KeyToken,
    yaml.BlockEndToken,
    yaml.BlockEntryToken,
    yaml.FlowEntryToken,
    yaml.FlowSequenceEndToken,
    yaml.FlowMappingEndToken,
    yaml.StreamEndToken,
)


def _is_remark(match: re.Match[str]) -> bool:
    before = match["before"].strip()
    return before.endswith(_ENDS) or _BEGUN.search(before) is not None


def _in_quotes(line: str) -> str:
    field = re.match(r"(\s*(?:- +)?[\w-]+: +)?(.*)", line.strip())
    start, text = (field[1] or "", field[2]) if field else ("", line)
    if text[:1] in ("[", "{") or text.startswith("- "):
        return phrase("put the text in quotes")
    return phrase(
        "put the text in quotes: %(text)s",
        text=f"{start}{json.dumps(text, ensure_ascii=False)}",
    )


def cut_off_in_braces(
    fields: Mapping[str, Any], key: str, known: Collection[str]
) -> tuple[str, str]:
    """Return the message and the hint about a key in braces that has no value and isn't a field.

    A colon is missing, or a comma has cut off the text before it.
    """
    name, colon, rest = key.partition(":")
    if colon and rest:
        message = phrase("`%(key)s` has no value: a space is missing after the colon", key=key[:60])
        return message, phrase("write `%(name)s: %(rest)s`", name=name, rest=rest[:60])
    name, _, rest = key.partition(" ")
    if name in known and re.match(r"\W{0,2}\d", rest):
        message = phrase("`%(key)s` has no value: a colon is missing", key=key[:60])
        return message, phrase("write `%(name)s: %(rest)s`", name=name, rest=rest[:60])
    names = list(fields)
    first = end = names.index(key)
    while first and fields[names[first - 1]] is None:
        first -= 1
    while end < len(names) and fields[names[end]] is None:
        end += 1
    lost = ", ".join(names[first:end])
    before = names[first - 1] if first else None
    text = fields[before] if before else None
    if isinstance(text, str):
        message = phrase(
            "`%(lost)s` is cut off: in braces, a comma begins the next field", lost=lost[:60]
        )
        whole = json.dumps(f"{text}, {lost}"[:200], ensure_ascii=False)
        return message, phrase("put the text in quotes: %(text)s", text=f"{before}: {whole}")
    field = "title" if "title" in known else next(iter(known), "x-note")
    message = phrase(
        "`%(lost)s` has no value: in braces, each field is `name: value`", lost=lost[:60]
    )
    return message, phrase("write `%(field)s: %(lost)s`, or remove it", field=field, lost=lost[:60])
