"""What the parts of one page show: rows and cards with their figures, drawings, ways."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from okrsite.pages.parts.drawing import Spark, draw
from okrsite.pages.parts.page_links import PageLinks
from okrsite.pages.parts.values import (
    CycleProgress,
    KpiCard,
    ObjectiveRow,
    OwnerRow,
    ResultRow,
)
from okrsite.project.model import KeyResult, Kpi, Objective, Reading
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Keep, Metric, Milestones, RollUp
from okrsite.project.model.readings import series
from okrsite.scores import ObjectiveFigures
from okrsite.scores.explanation import band_in_words
from okrsite.scores.status import Health, Status, limits_at, rounded

_MOST_READINGS = 24
"""So many readings of a KPI are drawn on its card."""


class PageContext(PageLinks):
    """Builds links, rows and drawings relative to one page."""

    @property
    def as_of(self) -> date:
        """The day that the page is built for."""
        return self.site.as_of

    def progress(self, cycle: Cycle) -> CycleProgress:
        """Return how far a cycle is."""
        day = self.site.as_of
        match cycle.state(day):
            case State.UPCOMING:
                text = self.say("starts on %(day)s", day=self.words.day(cycle.start))
            case State.CLOSED:
                text = self.say("closed on %(day)s", day=self.words.day(cycle.closing_day))
            case State.OPEN:
                number = min((day - cycle.start).days + 1, cycle.days)
                text = self.say("day %(day)s of %(days)s", day=number, days=cycle.days)
        percent = round(100 * cycle.elapsed(day), 1)
        return CycleProgress(self.cycle(cycle), text, percent, str(cycle.state(day)))

    def objective_row(self, objective: Objective) -> ObjectiveRow:
        """Return an objective with its figures."""
        return ObjectiveRow(objective, self.site.scorecard.objectives[objective.id])

    def distance(self, row: ObjectiveRow) -> tuple[str, bool]:
        """Return how far an objective is from what was expected, "" for not at all, and whether
        it is ahead."""
        cycle = self.site.project.cycles[row.objective.cycle]
        limits = limits_at(cycle.elapsed(self.site.as_of), self.site.settings.thresholds)
        pace = row.figures.pace or 0.0
        shown = self.words.distance(pace, (limits.on_track, limits.at_risk))
        return (shown if any(map("123456789".__contains__, shown)) else ""), pace > 0

    def doubted(self, figures: ObjectiveFigures) -> bool:
        """Whether an objective is off track by its confidence, and not far behind."""
        limits = self.site.settings.thresholds
        stated = rounded(figures.confidence.value) if figures.confidence else 1.0
        return stated < limits.doubtful and (figures.pace or 0.0) >= limits.at_risk

    def stale(self, figures: ObjectiveFigures) -> str | None:
        """Return for how many days there was no check-in, None where those are not too many."""
        if not figures.stale:
            return None
        days = (self.site.as_of - figures.last_sign).days
        return self.words.count(
            "no check-in for %(number)s day", "no check-in for %(number)s days", days
        )

    def result_rows(self, objective: Objective) -> tuple[ResultRow, ...]:
        """Return the key results of an objective with their figures."""
        return tuple(self.result_row(objective, result) for result in objective.key_results)

    def result_row(self, objective: Objective, result: KeyResult) -> ResultRow:
        """Return a key result with its figures."""
        figures = self.site.scorecard.objectives[objective.id].key_results[result.id]
        expected = figures.expected if objective.active and not result.cancelled else None
        status = figures.status if objective.active else Status(objective.status)
        return ResultRow(objective, result, figures, expected, status)

    def way(
        self, objective: Objective, result: KeyResult
    ) -> tuple[str | None, str, str | None, str | None]:
        """Put a key result's way into words: from, now, to; or how else it is measured."""
        figures = self.site.scorecard.objectives[objective.id].key_results[result.id]
        evaluation, words = figures.evaluation, self.words
        if result.masked:
            return None, "", None, self.say("measured by a private KPI")
        limits = result.measure.goals
        if evaluation.start is not None:
            limits = (*limits, evaluation.start)
        value = words.quantity(evaluation.value, result.unit, limits)
        match result.measure:
            case Metric(goal=goal):
                start = None
                if evaluation.start is not None:
                    start = words.limit_of(evaluation.start, result.unit)
                if evaluation.value is not None and not words.unit_is_part(result.unit):
                    # A unit that is a word stands once, with the value.
                    start = words.limit_of(evaluation.start) if start else None
                    return start, value, words.limit_of(goal), None
                return start, value, words.limit_of(goal, result.unit), None
            case Keep(band=band):
                return None, value, None, band_in_words(words, band, result.unit)
            case Milestones(milestones=milestones, single=False):
                day = min(self.site.as_of, self.site.project.cycles[objective.cycle].closing_day)
                done = sum(m.done_by(day) for m in milestones)
                total = len(milestones)
                measure = self.say("%(done)s of %(total)s milestones", done=done, total=total)
                return None, "", None, measure
            case Milestones():
                return None, "", None, self.say("Milestone")
            case RollUp():
                return None, "", None, self.say("Rolled up")
        # What people say of it is its score, which every row shows.
        scored = figures.score is not None or result.cancelled
        return None, "", None, None if scored else self.say("none yet")

    def _drawn(self, row: ResultRow) -> Sequence[Reading]:
        """Return the readings to draw; on a KPI from the one that gave the start."""
        readings = row.figures.evaluation.readings
        if row.result.kpi is None or not readings:
            return readings
        start = self.site.project.cycles[row.objective.cycle].start
        before = [r for r in series(row.result.readings, last=start) if r.date < readings[0].date]
        return [*before[-1:], *readings]

    def result_spark(self, row: ResultRow) -> Spark | None:
        """Draw the series of a key result; none for fewer than two readings, or private ones."""
        result = row.result
        readings = () if result.masked else self._drawn(row)
        if len(readings) < 2:
            return None
        values: list[float] = [reading.value for reading in readings]
        measure = result.measure
        if isinstance(measure, Metric) and measure.target is not None:
            values.append(values[0] if measure.start is None else measure.start.value)
        band = measure.band if isinstance(measure, Keep) else None
        return draw(readings, values, band)

    def kpi_card(self, kpi: Kpi) -> KpiCard:
        """Return a KPI with its figures."""
        return KpiCard(kpi, self.site.scorecard.kpis[kpi.id])

    def kpi_spark(self, card: KpiCard) -> Spark | None:
        """Draw the last readings of a KPI with its healthy band; None for fewer than two."""
        readings = card.figures.readings[-_MOST_READINGS:]
        if len(readings) < 2:
            return None
        return draw(readings, [reading.value for reading in readings], card.kpi.keep)

    def kpi_change(self, card: KpiCard) -> str | None:
        """Return how far the last reading is from the one before; None for fewer than two."""
        if len(card.figures.readings) < 2:
            return None
        before, last = card.figures.readings[-2:]
        change = self.say("unchanged")
        if last.value != before.value:
            moved = self.difference(abs(last.value - before.value), card.kpi.unit)
            change = f"{'+' if last.value > before.value else '−'}{moved}"
        day = self.words.short_day(before.date)
        return self.say("%(change)s since %(day)s", change=change, day=day)

    def kpi_healthy(self, kpi: Kpi) -> str | None:
        """Return where a KPI is healthy: `≥ 85%`; None without a band."""
        if kpi.keep is None:
            return None
        return band_in_words(self.words, kpi.keep, kpi.unit)

    def kpi_critical(self, kpi: Kpi) -> str | None:
        """Return where a KPI is critical: `below 75%`; None without a band."""
        band = kpi.alert or kpi.keep
        if band is None:
            return None
        low = self.words.limit_of(band.minimum, kpi.unit)
        high = self.words.limit_of(band.maximum, kpi.unit)
        if band.maximum is None:
            return self.say("below %(low)s", low=low)
        if band.minimum is None:
            return self.say("above %(high)s", high=high)
        return self.say("below %(low)s or above %(high)s", low=low, high=high)

    def kpi_band(self, kpi: Kpi) -> str | None:
        """Return where a KPI is healthy with that word: `healthy ≥ 85%`; None without a band."""
        band = self.kpi_healthy(kpi)
        return self.say("healthy %(band)s", band=band) if band is not None else None

    def difference(self, value: float, unit: str | None) -> str:
        """Return a difference in words; percentages differ by points."""
        value = float(f"{value:.12g}")
        if unit == "%":
            return self.words.count("%(number)s point", "%(number)s points", value)
        return self.words.quantity(value, unit)

    def owner_row(self, id: str, depth: int, cycle: Cycle | None) -> OwnerRow:
        """Return an owner with the figures of a cycle."""
        owned = self.site.by_owner.get(id, ()) if cycle else ()
        count = sum(o.cycle == (cycle and cycle.id) and o.active for o in owned)
        return OwnerRow(id, depth, self.site.figures_of(id, cycle), count)

    def status_counts(self, ids: Iterable[str]) -> dict[Status, int]:
        """Count objectives by status; drafts and cancelled ones come last."""
        counts = Counter(self.site.scorecard.objectives[id].status for id in ids)
        order = sorted(Status, key=(Status.DRAFT, Status.CANCELLED).__contains__)
        return {status: counts[status] for status in order if counts[status]}

    def health_counts(self) -> dict[Health, int]:
        """Count the KPIs in use by health."""
        kpis = (kpi for kpi in self.site.project.kpis.values() if kpi.active)
        counts = Counter(self.site.scorecard.kpis[kpi.id].health for kpi in kpis)
        return {health: counts[health] for health in Health if counts[health]}
