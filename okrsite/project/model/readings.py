"""Readings by date: which of them count, and their aggregate."""

from collections.abc import Iterable, Sequence
from datetime import date

from okrsite.documents.values import Aggregate
from okrsite.project.model import Confidence, Reading


def series(
    readings: Iterable[Reading], first: date | None = None, last: date | None = None
) -> list[Reading]:
    """Return one reading per date from `first` to `last`, in the order of the dates.

    Of several on one date the last in the order of the readings counts.
    """
    by_date = {
        reading.date: reading
        for reading in readings
        if (first is None or first <= reading.date) and (last is None or reading.date <= last)
    }
    return [by_date[day] for day in sorted(by_date)]


def aggregate(values: Sequence[float], kind: Aggregate) -> float:
    """Return the aggregate of the values of a series; there is at least one."""
    match kind:
        case Aggregate.LAST:
            return values[-1]
        case Aggregate.SUM:
            return sum(values)
        case Aggregate.MEAN:
            return sum(values) / len(values)
        case Aggregate.MAX:
            return max(values)
        case Aggregate.MIN:
            return min(values)


def last_confidence(
    confidences: Iterable[Confidence], first: date, last: date
) -> Confidence | None:
    """Return the confidence that was stated last between two days; of one date the lowest."""
    stated = (c for c in confidences if first <= c.date <= last)
    return max(stated, key=lambda c: (c.date, -c.value), default=None)
