"""KPIs month by month: a table of what was planned and what came, as controllers know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from okrsite.pages.parts import KpiCard, PageContext
from okrsite.scores.months import Month, last_months, months_of

_MOST = 60
"""So many KPIs are in the table."""


@dataclass(frozen=True, slots=True)
class MonthsRow:
    """A KPI with its months, the oldest first."""

    card: KpiCard
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class MonthsTable:
    """The KPIs with a reading in the last months; `more` is the number of those left out."""

    months: tuple[date, ...]
    rows: tuple[MonthsRow, ...]
    more: int


def months_table(context: PageContext, cards: Iterable[KpiCard]) -> MonthsTable | None:
    """Return the table of some KPIs; None where no reading is recent."""
    shown = last_months(context.as_of)
    recent = [card for card in cards if card.figures.last and card.figures.last.date >= shown[0]]
    if not recent:
        return None
    return MonthsTable(
        months=tuple(shown),
        rows=tuple(
            MonthsRow(card, tuple(months_of(card.kpi, card.figures.readings, context.as_of)))
            for card in recent[:_MOST]
        ),
        more=max(0, len(recent) - _MOST),
    )
