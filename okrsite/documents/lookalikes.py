"""Pages that look like documents and are none: nearly always a slip.

Their front matter has no `type`, an empty or a misspelt one, or does not begin with `---` in the
first line. They are ordinary pages, so they count for nothing and their authors wonder where they
are; and one that is meant to be private would be published whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from okrsite.documents.types import Type
from okrsite.documents.visibility import VISIBILITY, normal_line, private_line

_FENCE = re.compile(
    r"(?:(?:\\|>[ \t]*)?[-–—―‐‑‒−─━]{2,}|[–—―]|[.+*_=]{3,}|;{3,}|<!--+|%YAML\b.*)"
    r"(?:[ \t]*(?:#.*|[|>!]*[a-z]{0,8}))?[ \t]*$"
)
_CLOSING = re.compile(
    r"(?:[-–—―‐‑‒−─━]{2,}|[–—―]|[+.*_=]{3,}|;{3,}|--+>|`{3,}|~{3,})[ \t]*(?:#.*)?$"
)
_CODE = re.compile(r"(?:`{3,}|~{3,})[ \t]*\{?[ \t]*\.?[a-z]{0,8}[ \t]*\}?[ \t]*$", re.IGNORECASE)
_RULE = re.compile(r"([-*_])(?:[ \t]+\1){2,}$")
_FIELD = re.compile(r"[\"'{]{0,2}([^\W\d][\w -]{0,39}?)[\"']?[ \t]*[:=](?:[ \t]|$|[\"'\[{])(.*)")
_HEADING = re.compile(r"#{1,6}[ \t]")
_FIELDS = "keyresults checkins readings updates alignsto initiatives commitment keep owner cycle"
_GIVING_AWAY = frozenset({*_FIELDS.split(), "owners"})
_TYPES = frozenset(type.value for type in Type)
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A page that looks like a document: the line and the words that give it away.

    `opened` says whether its first line is `---`. `end` is the number of lines of what looks like
    front matter. `type` is the one that its fields tell, or None.
    """

    line: int
    words: str
    private: bool
    opened: bool
    end: int
    type: Type | None


def fenced(text: str) -> bool:
    """Whether the first line of a text that is not empty looks like one that opens front matter."""
    lines = map(str.strip, map(normal_line, text.split("\n")))
    return _opens(next(filter(None, lines), ""))


def lookalike(text: str) -> Lookalike | None:
    """Return what makes a page without a sound `type` look like a document, or None."""
    lines = text.split("\n")
    found = _Head.of(lines)
    if found is None:
        return None
    head, first = lines[found.begin : found.end], found.begin + 1
    number = private_line(head)
    given_away = None if found.in_code else _given_away(head)
    if number is None and given_away is None:
        return None
    line = number if number is not None else given_away or 0
    words = normal_line(head[line]).strip()[:60]
    return Lookalike(
        first + line, words, number is not None, found.opened, found.end, _type_told(head)
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines that look like front matter, whether the first line opens it, and whether they are
    a block of code, which may as well be an example."""

    begin: int
    end: int
    opened: bool
    in_code: bool = False

    @classmethod
    def of(cls, lines: list[str]) -> "_Head | None":
        begin, skipped, comment = 0, False, False
        # Blank lines, headings and comments may stand above a front matter that slipped.
        for begin, line in enumerate(lines):
            line = normal_line(line).strip()
            if comment:
                comment = "-->" not in line
            elif line.startswith("<!--") and "-->" in line and line.rstrip("->") != "<!--":
                skipped = private_line([line]) is None
                if not skipped:
                    return cls(begin, begin + 1, False)
            elif line.startswith("<!--") and line != "<!--":
                comment = skipped = True
            elif _HEADING.match(line):
                skipped = True
            elif line:
                break
        else:
            return None
        # A code block at the very top may be a front matter that was pasted with its marks.
        in_code = fenced = not skipped and bool(_CODE.match(normal_line(lines[begin]).strip()))
        if in_code:
            begin = next(_written(lines, begin + 1), len(lines))
        elif not skipped and _slipped_below(lines, begin):
            skipped, begin = True, begin + 1
        while begin < len(lines) and (_opens(lines[begin]) or (fenced and _marks(lines[begin]))):
            fenced, begin = True, next(_written(lines, begin + 1), len(lines))
        if begin == len(lines) or (skipped and not fenced):
            return None
        first = normal_line(lines[begin]).strip()
        field = _FIELD.match(first)
        end = _end(lines, begin, fenced)
        # Prose has colons too, but seldom behind its first word.
        if first != "{" and (field is None or (not fenced and " " in field[1].strip())):
            first = normal_line(lines[begin])
            listed = fenced and first.startswith(("- ", "* ")) and _FIELD.match(first[2:].strip())
            if not fenced or (len(re.findall(r"\w+", first)) > 2 and not listed):
                return None
            if private_line([first.replace("* ", "- ", 1) if listed else first]) is None:
                return None
        return cls(begin, end, lines[0].rstrip() == "---", in_code)


def _opens(line: str) -> bool:
    """Whether a line looks like one that opens front matter."""
    line = normal_line(line).strip()
    return _FENCE.match(line) is not None or _RULE.match(line) is not None


def _marks(line: str) -> bool:
    """Whether a line is a mark of a merge conflict."""
    return line.startswith("<<<<<<< ")


def _slipped_below(lines: list[str], number: int) -> bool:
    """Whether there is a front matter below a line of text, closed like one."""
    below = [normal_line(line).rstrip() for line in lines[number + 1 : number + 3]]
    if len(below) < 2 or below[0] != "---" or not _FIELD.match(below[1]):
        return False
    return any(line.rstrip() == "---" for line in lines[number + 3 :])


def _written(lines: list[str], begin: int) -> Iterator[int]:
    """Yield the lines that are neither blank nor comments."""
    for number in range(begin, len(lines)):
        line = normal_line(lines[number]).strip()
        if line and not line.startswith("#"):
            yield number


def _end(lines: list[str], begin: int, fenced: bool) -> int:
    """Return where what looks like front matter ends.

    That is where it is closed; else, where all lines look like fields, below the last of them, and
    at the first blank line where nothing opened it.
    """
    blank, fields = None, begin
    for number in range(begin, len(lines)):
        line = normal_line(lines[number])
        if _CLOSING.match(line.strip()) or _RULE.match(line.strip()):
            if fenced or fields == number:
                return number
            break
        if not line.strip():
            blank = number if blank is None else blank
        looks_like_field = line[:1] in " \t-#{}[]\"'" or not line.strip() or _FIELD.match(line)
        if fields == number and looks_like_field:
            fields = number + 1
        if not fenced and fields <= number:
            break
    return fields if fenced or blank is None else blank


def _type_told(head: list[str]) -> Type | None:
    """Return the type that the fields of a page without one tell, its value or its fields."""
    names = set()
    for line in head:
        field = _FIELD.match(normal_line(line))
        if field is None:
            continue
        name, value = re.sub(r"[\W_]", "", field[1].lower()), field[2].strip("\"' \t,").lower()
        if value in _TYPES and SequenceMatcher(None, name, "type").ratio() >= _ALIKE:
            return Type(value)
        names.add(name)
    return next((type for type, telling in _TELLING.items() if names & telling), None)


_TELLING = {
    Type.CHECK_IN: {"updates"},
    Type.KPI: {"readings", "indicator", "drives"},
    Type.OBJECTIVE: {"keyresults", "checkins", "alignsto", "initiatives", "commitment"},
}


def _given_away(head: list[str]) -> int | None:
    """Return the line of the field that shows that a document was meant."""
    known: dict[str, int] = {}
    visibility = None
    margin = len(normal_line(head[0])) - len(normal_line(head[0]).lstrip()) if head else 0
    for number, line in enumerate(head):
        field = _FIELD.match(normal_line(line)[margin:])
        if field is None:
            continue
        name = re.sub(r"[\W_]", "", field[1].lower())
        value = field[2].partition("#")[0].strip("\"' \t,").lower()
        if value in _TYPES and SequenceMatcher(None, name, "type").ratio() >= _ALIKE:
            return number
        if name == VISIBILITY and visibility is None:
            visibility = number
        if name in _GIVING_AWAY:
            known.setdefault(name, number)
    if visibility is not None:
        return visibility
    return min(known.values()) if len(known) >= 2 else None
