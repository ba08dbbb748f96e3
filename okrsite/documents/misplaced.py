"""Fields below the front matter, where nothing reads them: nearly always a slip.

The front matter is closed too early, or a second document follows in the same file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.documents.lookalikes import lookalike
from okrsite.documents.types import Type
from okrsite.documents.visibility import private_line
from okrsite.i18n import phrase

_TYPES = "|".join(re.escape(type.value) for type in Type)
_LISTS = "key_results|check_ins|readings|updates|initiatives"
_SECOND = re.compile(
    rf"^---[ \t]*\n(?:[ \t]*\n)*((?:[a-z_]+:[^\n]*\n)*?type:[ \t]*(?:{_TYPES})\b)", re.M
)
_LIST = re.compile(rf"^({_LISTS}):[ \t]*(?:#[^\n]*)?\n(?:[ \t]*\n)*(?=[ \t]*-[ \t])", re.M)
_CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n(?:.*?\n)??(?:\1[`~]*[ \t]*$|\Z)", re.M | re.DOTALL)
_FIRST = re.compile(r"\s*(?:[-+;*_=<{\"'`~–—]|[^\W\d][\w -]{0,39}[\"']?[ \t]*[:=：])")


@dataclass(frozen=True, slots=True)
class Misplaced:
    """What is below the front matter: its line in the body, counted from 0, what is wrong, what
    to do, and whether it says that the document is private."""

    line: int
    message: str
    hint: str
    private: bool = False


def misplaced_fields(body: str) -> Iterator[Misplaced]:
    """Yield the fields and documents in a body, without those in blocks of code."""
    first = _FIRST.match(body) is not None
    if not first and "\n---" not in body and _LIST.search(body) is None:
        return
    found = lookalike(body) if first else None
    if found is not None:
        message = phrase(
            "this is below the front matter (`%(words)s`), where nothing reads it",
            words=found.words,
        )
        yield Misplaced(found.line - 1, message, _ABOVE, found.private)
        return
    body = _CODE.sub(lambda code: "\n" * code[0].count("\n"), body)
    second = _SECOND.search(body)
    if second is not None:
        message = phrase("a second document begins here and isn't counted")
        hint = phrase("put it into a file of its own")
        head = body[second.start(1) :].split("\n---", 1)[0]
        private = private_line(head.split("\n")) is not None
        yield Misplaced(body.count("\n", 0, second.end()), message, hint, private)
    for written in _LIST.finditer(body, 0, second.start() if second else len(body)):
        message = phrase(
            "`%(name)s` is below the front matter, where nothing reads it", name=written[1]
        )
        yield Misplaced(body.count("\n", 0, written.start()), message, _ABOVE)


_ABOVE = phrase("move it above the line `---` that closes the front matter")
