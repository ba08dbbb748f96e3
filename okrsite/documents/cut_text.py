"""Text that YAML cuts off: `title: Become #1` is “Become” to it, as is `{title: Become, …}`."""

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

import yaml

from okrsite.documents.known_fields import every_field
from okrsite.documents.plain_entries import ENTRY_FIELDS, with_fields
from okrsite.i18n import phrase

_REMARK = re.compile(r"^(?P<before>.*?\S[^\S\n]*)[^\S\n](?P<rest>#\S.*)$", re.MULTILINE)
_LINE_OF_ITS_OWN = re.compile(r"^[ \t]+(?P<rest>#[^\s#].*)$", re.MULTILINE)
_BLOCK = re.compile(r"^[|>][-+0-9]*\s+(?=#)")
_OLD_FIELD = re.compile(r"#(?:[\w -]+:(?:\s|$)|-\s)")
_BEGUN = re.compile(r"(?:^|\s)#(?:\s|#)|^#")
_ENDS = ('"', "'", "]", "}")
_MARK = re.compile(r"(?:^|[-:,\[{])[^\S\n]+[&!](?!!)", re.MULTILINE)
_FIELD = re.compile(r"(?P<start>\s*(?:- +)*)(?:(?P<key>[\w-]+):(?:\s+|$))?(?P<text>.*)")


def cut_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the message and the hint for each text of which YAML loses something.

    A remark begins with `# `, or follows a quote or a bracket; in quotes nothing is cut off.
    """
    remarks = " #" in text or "\t#" in text
    found = [m for m in _REMARK.finditer(text) if not _is_remark(m)] if remarks else []
    alone = list(_LINE_OF_ITS_OWN.finditer(text)) if remarks else []
    if not found and not alone and _MARK.search(text) is None:
        return
    tokens = list(yaml.scan(text, yaml.CSafeLoader))
    scalars = [token for token in tokens if isinstance(token, yaml.ScalarToken)]
    spans = [
        (
            (token.start_mark.line + 1, 0)
            if token.style in ("|", ">")
            else _place(token.start_mark),
            _place(token.end_mark),
        )
        for token in scalars
        if token.style
    ]
    lines = text.split("\n")
    for match in found:
        line, column = _line_of(text, match)
        if not _within(spans, line, column, len(text)):
            yield line + 1, _cut_off(match["rest"]), _how_to_write(lines, line, match)
    last = {token.end_mark.line: token for token in scalars if not token.style}
    for match in alone:
        line, column = _line_of(text, match)
        above = _continued(lines, last, line, column)
        if above is not None and not _within(spans, line, column, len(text)):
            whole = f"{above.strip()} {match['rest'].strip()}"
            yield line + 1, _cut_off(match["rest"]), _in_quotes(whole)
    used = {token.value for token in tokens if isinstance(token, yaml.AliasToken)}
    for token, following in pairwise(tokens):
        mark = isinstance(token, yaml.AnchorToken) and token.value not in used
        mark = mark or (isinstance(token, yaml.TagToken) and token.value == (None, "!"))
        if mark and isinstance(following, _NO_COLLECTION):
            at, column = token.start_mark.line, token.start_mark.column
            lost = lines[at][column : token.end_mark.column]
            message = phrase(
                "`%(lost)s` is left out: in YAML, `%(mark)s` before a text has a special meaning",
                lost=lost[:60],
                mark=lost[0],
            )
            yield at + 1, message, _in_quotes(lines[at])


def lines_as_written(text: str, fields: Mapping[str, Any], cut: Collection[int]) -> dict[int, str]:
    """Return the texts of which YAML reads less than is written, by line.

    Those are the entries of `cut` lines, and the first line of a text in place of a list.
    """
    texts = [name for name in ENTRY_FIELDS if isinstance(fields.get(name), str)]
    if not cut and not texts:
        return {}
    lines, written = text.split("\n"), {}
    for line in cut:
        field = _FIELD.match(lines[line - 1])
        if field and field["key"] is None:
            written[line] = field["text"].strip()
    for name in texts:
        at = next((n for n, line in enumerate(lines, 1) if line.startswith(f"{name}:")), None)
        if at is not None:
            first = lines[at - 1].partition(":")[2].strip().lstrip("|>-+")
            written[at] = first or next((line for line in lines[at:] if line.strip()), "")
    return written


def _place(mark: yaml.Mark) -> tuple[int, int]:
    return mark.line, mark.column


def _line_of(text: str, match: re.Match[str]) -> tuple[int, int]:
    return text.count("\n", 0, match.start()), match.start("rest") - match.start()


def _within(
    spans: list[tuple[tuple[int, int], tuple[int, int]]], line: int, column: int, end: int
) -> bool:
    """Whether a place is in a text that is marked as one, where nothing is cut off."""
    at = bisect_right(spans, ((line, column), (end, 0))) - 1
    return at >= 0 and (line, column) < spans[at][1]


def _continued(
    lines: list[str], last: Mapping[int, yaml.ScalarToken], line: int, column: int
) -> str | None:
    """Return the text that a line of a remark seems to go on with; None where it is a remark."""
    if _OLD_FIELD.match(lines[line], column):
        return None
    above = next((n for n in reversed(range(line)) if lines[n].strip()), None)
    if above is None:
        return None
    field = _FIELD.fullmatch(lines[above])
    if field and field["key"] in TEXT_FIELDS and not field["text"]:
        below = next((text.strip() for text in lines[line + 1 :] if text.strip()), "")
        inside = column > len(field["start"]) and not below.startswith("- ")
        return lines[above] if inside else None
    token = last.get(above)
    if token is None or token.end_mark.column < len(lines[above].rstrip()):
        return None
    began = _FIELD.match(lines[token.start_mark.line])
    if began is None or (began["key"] is None and "-" not in began["start"]):
        return None
    edge = len(began["start"]) if began["key"] else began["start"].rindex("-")
    return lines[above] if column > edge else None


def _cut_off(rest: str) -> str:
    return phrase(
        "`%(rest)s` is cut off: `#` after a space begins a comment", rest=rest.strip()[:60]
    )


def _how_to_write(lines: list[str], line: int, match: re.Match[str]) -> str:
    """Return how to write a line of which something is cut off."""
    before, rest = match["before"].strip(), match["rest"].strip()
    field = _FIELD.fullmatch(before)
    if field is None or before[:1] in ("[", "{") or field["text"][:1] in ("[", "{"):
        return _in_quotes(f"{before} {rest}")
    start, text = field["start"].lstrip(), field["text"]
    key = field["key"] or _parent(lines, line)
    if field["key"] is None and key in ENTRY_FIELDS:
        example = with_fields(key, f"{text} {rest}")
        return phrase("write `%(example)s`", example=example) if example else _in_quotes(before)
    label = f"{start}{key}: " if field["key"] else start
    if key in _OBJECTIVE_REFERENCES and text:
        return phrase("write `%(example)s`", example=f"{label}{text}{rest}")
    if key in TEXT_FIELDS or (key not in every_field() and not _is_value(text)):
        return _in_quotes(f"{before} {rest}")
    if not text and key not in ENTRY_FIELDS and key not in _MAPPINGS:
        return phrase("write `%(example)s`", example=f"{label}{rest.lstrip('#')}")
    return phrase(
        "for a comment, put a space after `#`: %(text)s; otherwise remove it",
        text=f"{label}{text} # {rest.lstrip('#')}".replace("  ", " "),
    )


def _parent(lines: list[str], line: int) -> str | None:
    """Return the field whose list an entry belongs to."""
    indent = len(lines[line]) - len(lines[line].lstrip())
    for above in reversed(lines[:line]):
        field = _FIELD.match(above)
        if field and field["key"] and not field["text"] and len(field["start"]) <= indent:
            return field["key"]
    return None


def _is_value(text: str) -> bool:
    """Whether a text is a number, a day or a switch."""
    return re.match(r"[-+−]?[$€£¥]?\d|(?:true|false|yes|no)$", text) is not None


TEXT_FIELDS = frozenset(
    ["title", "description", "note", "wins", "blockers", "next", "reason", "measured_by", "mission"]
) | {"vision", "tags"}
"""The fields that are sentences or words, of which every character belongs to the text."""

_OBJECTIVE_REFERENCES = frozenset({"aligns_to", "depends_on"})
_MAPPINGS = frozenset({"alert", "grade", "keep", "plan", "scale", "target", "values"})
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
    field = _FIELD.match(line.strip())
    start, text = (field["start"], field["text"]) if field else ("", line)
    text = _BLOCK.sub("", text)
    if text[:1] in ("[", "{"):
        return phrase("put the text in quotes")
    key = f"{field['key']}: " if field and field["key"] else ""
    return phrase(
        "put the text in quotes: %(text)s",
        text=f"{start}{key}{json.dumps(text, ensure_ascii=False)}",
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
