"""What a series is made of: a table whose cells say a figure twice, for people and exactly."""

from dataclasses import dataclass
from datetime import date

from okrsite.scores.forecast import Forecast
from okrsite.scores.status import Status

Cell = tuple[str | None, str]
"""A figure as a number is written in HTML, and in words; None where both would be the same."""

EMPTY: Cell = (None, "")

SeriesRow = tuple[str, str, tuple[Cell, ...]]
"""A day as HTML writes it and in words, and the cells in the order of the columns, of which the
last may be missing. There are so many of these that their words are remembered."""


@dataclass(frozen=True, slots=True)
class Series:
    """A table of figures by day, the oldest first.

    `roles` name what each column after the day is, separated by spaces: `value` is drawn against
    `expected`, `confidence` is drawn small, `reading` is not drawn.
    `kind` is `value` or `score`, or `steps` for scores that jump. `unit` is % or a currency, where
    one is part of the figures. `span` are the days at the sides where the rows do not say them.
    `outlook` is where the values lead at this pace, in `unit_of_outlook` and next to the `goals`.
    It is `compared` with what was expected. Of a long series so many readings are `shown`, evenly
    spread, of the `whole` number; they are `counted` where each is a reading.
    """

    kind: str
    roles: str
    unit: str
    status: Status | None
    names: tuple[str, ...]
    rows: tuple[SeriesRow, ...]
    outlook: Forecast | None = None
    unit_of_outlook: str | None = None
    goals: tuple[float, ...] = ()
    compared: bool = True
    counted: bool = False
    shown: int = 0
    whole: int = 0
    span: tuple[date, date] | None = None


def cell(value: float, text: str) -> Cell:
    """Return a figure exactly and in words."""
    number = f"{value:.12g}"
    return (None if number == text else number), text
