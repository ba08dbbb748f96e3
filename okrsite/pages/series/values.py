"""What a series is made of: a table whose cells say a figure twice, for people and exactly."""

from dataclasses import dataclass

from markupsafe import Markup

Cell = tuple[str | None, str]
"""A figure as a number is written in HTML, and in words; None where both would be the same."""

EMPTY: Cell = (None, "")


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One day, and what is known of it, in the order of the columns; the last may be missing."""

    iso: str
    day: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A table of figures by day, the oldest first.

    `roles` name what each column after the day is, separated by spaces: `value` is drawn against
    `expected`, `confidence` is drawn small, `reading` is only said.
    `kind` is `value` or `score`, or `steps` for scores that jump. `unit` is % or a currency, where
    one is part of the figures. `span` are the days at the sides where the rows do not say them.
    `outlook` is where it leads if it goes on like this, in words that
    hold the day and the figure.
    """

    kind: str
    roles: str
    unit: str
    tone: str
    caption: str
    summary: str
    names: tuple[str, ...]
    rows: tuple[SeriesRow, ...]
    span: tuple[str, str] | None = None
    outlook: Markup | None = None


def cell(value: float, text: str) -> Cell:
    """Say a figure exactly and in words."""
    number = f"{value:.12g}"
    return (None if number == text else number), text
