"""Collects the texts of the interface from the code and the templates, as they are said there."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2.ext import babel_extract

_NUMBER_OF_TEXTS = {"say": 1, "message": 1, "count": 2, "messages": 2}
"""The calls whose first arguments are texts of the interface, and how many of them."""
_SAID = ("_", "gettext", "ngettext", "count")
"""The same in a template."""
_ENGLISH_ONLY = ("cli", "dev")
"""Packages that speak to whoever keeps the documents, or that make the English guide."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the interface: its English, with a second form where it counts, and its place."""

    one: str
    many: str | None
    path: str
    line: int


def texts_of(package: Path, theme: Path) -> list[Text]:
    """Return every text of the code and the templates, in the order of files and lines.

    `package` is the folder of the code, `theme` that of the templates.
    """
    found: list[Text] = []
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package)
        if name.parts[0] not in _ENGLISH_ONLY:
            found += _of_code(path.read_text("utf-8"), f"okrsite/{name.as_posix()}")
    for path in sorted(theme.rglob("*.html")):
        found += _of_template(path, f"theme/{path.relative_to(theme).as_posix()}")
    return found


def _of_code(code: str, path: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        number = _NUMBER_OF_TEXTS.get(_name(node.func), 0)
        if not number or len(node.args) < number:
            continue
        texts = [list(_literals(argument)) for argument in node.args[:number]]
        if number == 2:
            for one, many in zip(*texts, strict=False):
                yield Text(one, many, path, node.lineno)
        else:
            for text in texts[0]:
                yield Text(text, None, path, node.lineno)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def _literals(argument: ast.expr) -> Iterator[str]:
    """Return a literal, or both of `"this" if so else "that"`."""
    match argument:
        case ast.Constant(str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _literals(body)
            yield from _literals(orelse)


def _of_template(path: Path, name: str) -> Iterator[Text]:
    with path.open("rb") as file:
        for line, function, texts, _ in babel_extract(file, _SAID, (), {"silent": "false"}):
            one, *more = texts if isinstance(texts, tuple) else (texts,)
            many = more[0] if function in ("ngettext", "count") and more else None
            if isinstance(one, str):
                yield Text(one, many, name, line)
