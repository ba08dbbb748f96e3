"""Whether a KPI moves the way another one moved before it: leading ones, shifted by their lag."""

import calendar
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from okrsite.project.model import Kpi, Reading
from okrsite.scores.targets import is_rising

FEWEST_PERIODS = 8
"""With fewer movements nothing is said: too few agree, or not, by chance."""

_LAG = re.compile(r"(\d+(?:[.,]\d+)?)\W*(day|week|month|quarter|year)s?\b", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Agreement:
    """In how many `periods` both KPIs moved, and in how many of these both for better or worse."""

    periods: int
    agreeing: int

    @property
    def share(self) -> float:
        """The share of movements that agree."""
        return self.agreeing / self.periods


def shifted(day: date, lag: str | None, sign: int = 1) -> date:
    """Return the day that is a lag later, or earlier with a sign of -1; without one the same day.

    The last day of a month stays one: readings of months are taken then. A lag in words that say
    no length is none.
    """
    match = _LAG.search(lag or "")
    if match is None:
        return day
    number, unit = float(match[1].replace(",", ".")), match[2].lower()
    if unit in _DAYS or number % 1:
        days = number * (_DAYS[unit] if unit in _DAYS else 365.25 / 12 * _MONTHS[unit])
        moved = day.toordinal() + sign * round(days)
        return date.fromordinal(min(max(moved, 1), date.max.toordinal()))
    month = 12 * day.year + day.month - 1 + sign * int(number) * _MONTHS[unit]
    year, month = min(max(month // 12, 1), date.max.year), month % 12 + 1
    last, ends = calendar.monthrange(year, month)[1], (day + timedelta(days=1)).day == 1
    return date(year, month, last if ends else min(day.day, last))


def agreement(
    leading: Sequence[Reading], lagging: Sequence[Reading], lag: str | None, *, opposed: bool
) -> Agreement | None:
    """Return how often a lagging KPI moved as the leading one had, a lag earlier.

    Each step from one reading of the lagging KPI to the next is compared with the step of the
    leading one between the same two days, shifted back: from the last reading on or before the
    first of them to that of the second. Both have to move. `opposed` tells that less is better in
    one of them and more in the other. None for fewer periods than are worth telling.
    """
    periods = agreeing = 0
    days = [reading.date for reading in leading]
    for before, after in pairwise(lagging):
        first, last = (bisect_right(days, shifted(r.date, lag, -1)) for r in (before, after))
        if not first or first == last:
            continue
        moved = leading[last - 1].value - leading[first - 1].value
        followed = after.value - before.value
        if moved and followed:
            periods += 1
            agreeing += ((moved > 0) == (followed > 0)) != opposed
    return Agreement(periods, agreeing) if periods >= FEWEST_PERIODS else None


def are_opposed(leading: Kpi, lagging: Kpi) -> bool:
    """Whether less is better in one of two KPIs, and more in the other."""
    return _is_better_with_more(leading) != _is_better_with_more(lagging)


def _is_better_with_more(kpi: Kpi) -> bool:
    """Whether more is better, by the target or the range; it is where neither says anything."""
    if kpi.targets:
        return is_rising(kpi, kpi.targets[-1].value.value)
    return kpi.keep is None or kpi.keep.maximum is None or kpi.keep.minimum is not None
