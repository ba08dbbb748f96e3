"""What was written, and where: places, figures, readings and pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A line in a file; `path` is relative to the folder of mkdocs.yml."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was written, and where; its unit is that of what it belongs to."""

    value: float
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """A value at a date. `uri` names the document it comes from."""

    date: date
    value: float
    place: Place
    uri: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Confidence:
    """How confident somebody was on a date of reaching something: 0 to 1."""

    date: date
    value: float
    place: Place
    uri: str


@dataclass(frozen=True, slots=True)
class Page:
    """What every document has: its id, its title, and the text below its front matter.

    `files` are those it names, relative to docs_dir; they are private with it. `order` is its place
    in lists, before the titles decide.
    """

    id: str
    title: str
    uri: str
    path: str
    description: str | None = None
    tags: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    private: bool = False
    body: str = ""
    place: Place = field(default=Place("", 1))
    theme_fields: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    order: float | None = None

    def line(self, name: str) -> Place:
        """Return the place of a top-level field, or of the document where it is not written."""
        return Place(self.place.path, self.lines.get(name, self.place.line))


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A reference that was followed to an objective, or to one key result of it."""

    objective: str
    key_result: str | None
    place: Place

    @property
    def id(self) -> str:
        """The reference in full: `okrs/2026-q4/sales/grow-base#mrr`."""
        return f"{self.objective}#{self.key_result}" if self.key_result else self.objective
