"""What the targets of a KPI come to: when each holds, and what was reached by its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from okrsite.project.model import Kpi, Reading, Target

_MONTHS = 12
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TargetPeriod:
    """A target with its period, and the last reading of that period.

    `start` is the day after the target before; the first target has none. `short` is by how much
    the reading misses the target, 0 or less once it is reached, None without a reading. It is
    `over` once its day has passed.
    """

    target: Target
    start: date | None
    reading: Reading | None
    short: float | None
    over: bool

    @property
    def reached(self) -> bool:
        """Whether the last reading is at the target or beyond it."""
        return self.short is not None and self.short <= 0


def is_rising(kpi: Kpi, target: float) -> bool:
    """Whether more is better: by the range, else by where the readings began."""
    keep = kpi.keep
    if keep is not None and (keep.minimum is None) != (keep.maximum is None):
        return keep.maximum is None
    first = min(kpi.readings, key=lambda reading: reading.date, default=None)
    return first is None or target >= first.value


def short_of(kpi: Kpi, target: float, value: float) -> float:
    """Return by how much a value misses a target of a KPI, 0 or less once it is reached."""
    short = target - value if is_rising(kpi, target) else value - target
    return float(f"{short:.12g}")


def target_periods(kpi: Kpi, readings: Sequence[Reading], as_of: date) -> list[TargetPeriod]:
    """Return what became of each target, given the readings up to a day in their order."""
    periods, start = [], None
    for target in kpi.targets:
        inside = [
            reading
            for reading in readings
            if (start is None or start <= reading.date)
            and (target.by is None or reading.date <= target.by)
        ]
        last = inside[-1] if inside else None
        short = short_of(kpi, target.value.value, last.value) if last else None
        over = target.by is not None and target.by < as_of
        periods.append(TargetPeriod(target, start, last, short, over))
        start = target.by + _DAY if target.by else None
    return periods


def planned_in(kpi: Kpi, month: date) -> Target | None:
    """Return the target that holds in a month, which its first day names.

    A target holds from the month after that of the one before. The first one holds for as many
    months as the second; one alone only in the month of its day, without a day always.
    """
    number = _number(month)
    ends = {_number(target.by): target for target in kpi.targets if target.by}
    if ends:
        first, *others = ends
        if number <= first - (others[0] - first if others else 1):
            return None
    dated = next((target for last, target in ends.items() if number <= last), None)
    undated = kpi.targets[-1] if kpi.targets and kpi.targets[-1].by is None else None
    return dated or undated


def _number(day: date) -> int:
    """Return the number of a month, counted from the year 0."""
    return _MONTHS * day.year + day.month - 1
