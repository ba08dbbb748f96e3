"""The page of one KPI: its health, the key results on it, what it drives, and every reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from okrsite.checks.coach.kpi import KpiCriterion, coach_kpi
from okrsite.documents.values import Indicator, ReadingEvery
from okrsite.i18n import message
from okrsite.pages.chart import MOST_READINGS, Chart, kpi_chart
from okrsite.pages.history import HistoryPanel, document_history
from okrsite.pages.kpi_moves import MoveRow, move_rows
from okrsite.pages.kpi_targets import TargetRow, target_rows
from okrsite.pages.kpi_tree import LeadingOverlay, overlays
from okrsite.pages.kpi_uses import KpiUses, kpi_uses
from okrsite.pages.parts import KpiCard, PageContext, ResultRow
from okrsite.pages.site import Site
from okrsite.pages.take_part import TakePart, of_kpi
from okrsite.project.model import Kpi, Reading
from okrsite.scores.arithmetic import downsample
from okrsite.scores.status import Health, health
from okrsite.scores.targets import short_of

_MOST_READINGS = 12
_EVERY = {
    ReadingEvery.WEEK: message("every week"),
    ReadingEvery.MONTH: message("every month"),
    ReadingEvery.QUARTER: message("every quarter"),
    ReadingEvery.YEAR: message("every year"),
}
_INDICATORS = {
    Indicator.LEADING: message("leading: moves early"),
    Indicator.LAGGING: message("lagging: confirms afterwards"),
}


ReadingRow = tuple[Reading, Health]
"""A reading, and the health of the KPI by it."""


@dataclass(frozen=True, slots=True)
class KpiView:
    """The page of a KPI.

    `focus` are the key results that target it now, `others` those of earlier and later cycles,
    drafts and cancelled ones. `readings` are the latest, `older` the rest, both newest first; of
    the rest, whose number is `number_older`, there may be too many to list. The `chart` is drawn
    from three readings on: two are said in words. Until `next_due` there is to be another one.
    """

    context: PageContext
    card: KpiCard
    body: Markup
    target: str | None
    targets: tuple[TargetRow, ...]
    uses: KpiUses
    overlays: tuple[LeadingOverlay, ...]
    moves: tuple[MoveRow, ...]
    smart: tuple[KpiCriterion, ...]
    chart: Chart | None
    next_due: date | None
    focus: tuple[ResultRow, ...]
    others: tuple[ResultRow, ...]
    readings: tuple[ReadingRow, ...]
    older: tuple[ReadingRow, ...]
    number_older: int
    history: HistoryPanel | None
    take_part: TakePart

    @property
    def every(self) -> str:
        """How often a reading is due."""
        return _EVERY[self.card.kpi.every]

    @property
    def driven_by(self) -> tuple[tuple[str, str | None], ...]:
        """The KPIs that drive it, each with how long it takes to follow, where that is written."""
        kpis, kpi = self.context.site.project.kpis, self.card.kpi
        return tuple((id, kpis[id].lags.get(kpi.id)) for id in kpi.driven_by)

    @property
    def drives(self) -> tuple[tuple[str, str | None], ...]:
        """The KPIs that it drives, each with how long it takes to follow, where that is written."""
        return tuple((id, self.card.kpi.lags.get(id)) for id in self.card.kpi.drives)

    @property
    def indicator(self) -> str | None:
        """What it tells, where its document says so."""
        return _INDICATORS[self.card.kpi.indicator] if self.card.kpi.indicator else None


def kpi_view(site: Site, address: str, body: Markup, id: str) -> KpiView:
    """Return the page of a KPI."""
    context, kpi = PageContext(site, address), site.project.kpis[id]
    card = context.kpi_card(kpi)
    figures = card.figures
    latest, before = figures.readings[-_MOST_READINGS:], figures.readings[:-_MOST_READINGS]
    shown = downsample(before, MOST_READINGS - _MOST_READINGS, lambda reading: reading.value)
    return KpiView(
        context=context,
        card=card,
        body=body,
        target=_target(context, card),
        targets=target_rows(context, card),
        uses=kpi_uses(context, kpi),
        overlays=overlays(context, kpi),
        moves=move_rows(context, card),
        smart=coach_kpi(site.words, site.project, site.scorecard, site.settings, kpi),
        chart=kpi_chart(context, kpi, figures.readings, figures.health),
        next_due=figures.last.date + timedelta(days=figures.due_days)
        if figures.last and kpi.active
        else None,
        focus=_results(context, figures.focus),
        others=_results(context, (r for r in kpi.key_results if r not in figures.focus)),
        readings=_readings(kpi, latest),
        older=_readings(kpi, shown),
        number_older=len(before),
        history=document_history(context, kpi.page.uri),
        take_part=of_kpi(context, kpi),
    )


def _target(context: PageContext, card: KpiCard) -> str | None:
    """Return the target, its day and the distance in words: `95% by 31 Dec 2026, 13% to go`."""
    kpi, last, words = card.kpi, card.figures.last, context.words
    written = kpi.target(context.as_of)
    if written is None:
        return None
    target = written.value.value
    text = words.limit_of(target, kpi.unit)
    if written.by is not None:
        text = context.say("%(value)s by %(day)s", value=text, day=words.day(written.by))
    if last is None:
        return text
    missing = short_of(kpi, target, last.value)
    if missing <= 0:
        return context.say("%(target)s, reached", target=text)
    distance = context.difference(missing, kpi.unit)
    if written.by is not None and written.by < context.as_of:
        return context.say("%(target)s, %(distance)s short", target=text, distance=distance)
    return context.say("%(target)s, %(distance)s to go", target=text, distance=distance)


def _results(context: PageContext, references: Iterable[str]) -> tuple[ResultRow, ...]:
    """Return key results on a KPI, the newest cycle first."""
    site = context.site
    order = {cycle.id: position for position, cycle in enumerate(site.cycles)}
    pairs = (reference.split("#", 1) for reference in references)
    found = [(site.project.objectives[id], context.results(id)[result]) for id, result in pairs]
    found.sort(key=lambda pair: order[pair[0].cycle])
    return tuple(context.result_row(*pair) for pair in found)


def _readings(kpi: Kpi, readings: Iterable[Reading]) -> tuple[ReadingRow, ...]:
    """Return readings, the newest first."""
    rows = [(reading, health(reading.value, kpi.keep, kpi.alert)) for reading in readings]
    return tuple(reversed(rows))
