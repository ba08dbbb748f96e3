"""Front matter that is read piece by piece says what it says as a whole."""

from pathlib import Path

import pytest

from okrsite.documents.front_matter import FrontMatter, parse
from okrsite.documents.theme_fields import THEME_FIELDS
from okrsite.documents.yaml_nodes import FrontMatterError
from okrsite.history.log.front_matter_cache import FrontMatterCache
from tests.sites import ROOT

TEXTS = [
    "---\ntype: objective\ntitle: A\n---\nbody\n",
    "---\n---\n",
    "---\ntitle: never closed\n",
    "---\ntitle: [\n---\n",
    "---\ntitle: A\ntitle: B\n---\n",
    "---\ncheck_ins:\n  - {date: 2026-10-01, values: {a: 1}}\n  - date: 2026-10-08\n    note: |\n"
    "      two\n\n      lines\n  -\n  - null\n---\n",
    "---\ncheck_ins:\n- date: 1\n- date: 2\nkey_results: [{title: A}, {title: B}]\n---\n",
    "---\ncheck_ins:\n  - date: 1\n   - date: 2\n---\n",
    "---\nkey_results:\n  - &one {title: A}\n  - *one\n---\n",
    "---\na: &x {title: A}\nb:\n  <<: *x\n---\n",
    '---\ntitle: "one\ntwo: three"\nowner: sales\n---\n',
    '---\ncheck_ins:\n  - note: "one\n  - two"\n  - note: three\n---\n',
    "---\ntitle: one\n  two\n# a comment\nowner: sales # another\n\ncycle: 2026-q4\n---\n",
    "---\n  title: A\n  owner: B\n---\n",
    "---\n- a\n- b\n---\n",
    "---\njust text\n---\n",
    "---\nx-own: 1\nempty:\ntags: [a, b]\nhide: [toc]\nsearch: {exclude: true}\n---\n",
    "---\nkey_results:\n  # first\n  - title: A\n    from: 12,500\n"
    "  - {title: B, to: 12,500}\n---\n",
    "---\nreadings:\n  - {date: 2026-01-01, value: 1}\n\n"
    "  - {date: 2026-02-01, value: 2}\n...\nx\n",
    "---\ntitle: R&D * 2! % a\nnote: '*bold* and &c'\n---\n",
    "---\n12,500: a\n500:\n---\n",
    "---\r\ntitle: A\r\n---\r\n",
    "--- # comment\ntitle: A\n---\n",
    "---\ntitle: !!int 3\n---\n",
    "---\ncheck_ins:\n  - a: 1\n\tb: 2\n---\n",
    "---\ndescription: |\n  text\n\n\ncheck_ins: # later\n  - date: 1\n---\n",
]


def said(parser: object, text: str) -> object:
    try:
        found = parser(text, THEME_FIELDS)  # type: ignore[operator]
    except FrontMatterError as error:
        return error.message, error.line, error.hint
    assert isinstance(found, FrontMatter)
    return found.fields, found.theme_fields, found.body, names(found.line_numbers)


def names(marks: object) -> object:
    """Return the fields that have a line, without the lines."""
    if not isinstance(marks, tuple):
        return None
    inside = marks[1]
    if isinstance(inside, dict):
        return {name: names(below) for name, below in inside.items()}
    return [names(below) for below in inside]


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_say_what_the_whole_says(text: str) -> None:
    pieces = FrontMatterCache()
    for _ in range(2):
        assert said(pieces.parse, text) == said(parse, text)


def test_the_demo_is_the_same_in_pieces() -> None:
    pieces = FrontMatterCache()
    for file in sorted(Path(ROOT / "content").rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        if text.startswith("---\n"):
            assert said(pieces.parse, text) == said(parse, text), file
