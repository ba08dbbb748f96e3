"""The style sheets: no rule for what nothing writes, and sizes of letters from one scale."""

import re
from pathlib import Path

from tests.sites import ROOT

STYLES = sorted((ROOT / "theme" / "okr").glob("*.css"))

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.(okr-[\w-]+)")
_SIZE = re.compile(r"font-size: ([^;]+);")


def _rules(style: Path) -> str:
    return _COMMENT.sub("", style.read_text("utf-8"))


def _writers() -> str:
    """Return all that may write a class: templates, scripts, and the program itself."""
    found = [
        *(ROOT / "theme").rglob("*.html"),
        *(ROOT / "theme" / "okr").glob("*.js"),
        *(ROOT / "okrsite").rglob("*.py"),
    ]
    return "\n".join(file.read_text("utf-8") for file in found)


def test_every_class_of_the_style_sheets_is_written_by_something() -> None:
    writers = _writers()
    words = set(re.findall(r"okr-[\w-]+", writers))
    # `okr-tone--{{ … }}` and `okr-map__${…}` write the beginning of a class.
    beginnings = tuple(set(re.findall(r"(okr-[\w-]*(?:--|__))(?:\{\{|\$\{|[\"'])", writers)))
    assert len(words) > 300
    dead = {
        f"{style.name}: {name}"
        for style in STYLES
        for name in _CLASS.findall(_rules(style))
        if name not in words and not name.startswith(beginnings)
    }
    assert dead == set()


def test_sizes_of_letters_below_that_of_text_have_a_name() -> None:
    """Labels, what explains, and text are variables; none is smaller than the first of them."""
    small = {
        f"{style.name}: {size}"
        for style in STYLES
        for size in _SIZE.findall(_rules(style))
        if re.fullmatch(r"0?\.[0-7]\d*rem|[0-9]px|1[01]px", size)
    }
    assert small == set()
