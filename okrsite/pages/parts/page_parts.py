"""What the parts of one page show: rows and cards with their figures, drawings, ways."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

from okrsite.i18n import message
from okrsite.pages.parts.drawing import Spark, draw
from okrsite.pages.parts.page_links import PageLinks
from okrsite.pages.parts.values import (
    CycleProgress,
    KpiCard,
    ObjectiveRow,
    OwnerRow,
    ResultRow,
    Shares,
)
from okrsite.project.model import Issue, KeyResult, Kpi, Objective, Reading
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Keep, Metric, Milestones, RollUp
from okrsite.project.model.readings import series
from okrsite.scores import ObjectiveFigures
from okrsite.scores.explanation import range_in_words
from okrsite.scores.status import IN_ORDER, Health, Status, by_pace, limits_at, rounded

_UNCOUNTED = (Status.DRAFT, Status.CANCELLED, None)
_COUNTED = frozenset(IN_ORDER) - {Status.DRAFT, Status.CANCELLED}

_ISSUES = {
    "open": message("issue open"),
    "closed": message("issue closed"),
    "merged": message("issue merged"),
}

_ON_PLAN = 0.02
"""A pace that is smaller than this, ahead or behind, is on plan."""

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

    def is_ahead(self, pace: float, cycle: Cycle) -> bool | None:
        """Whether a pace is ahead of the plan; None where it is as good as on plan."""
        limits = limits_at(cycle.elapsed(self.site.as_of), self.site.settings.thresholds)
        if abs(rounded(pace)) < _ON_PLAN and by_pace(pace, limits) is Status.ON_TRACK:
            return None
        return pace > 0

    def pace_in_words(self, pace: float | None, cycle: Cycle) -> str | None:
        """Return how far a score is from the plan: `0.07 ahead of plan`; None without a pace."""
        if pace is None:
            return None
        limits = limits_at(cycle.elapsed(self.site.as_of), self.site.settings.thresholds)
        distance = self.words.distance(pace, (limits.on_track, limits.at_risk))
        match self.is_ahead(pace, cycle):
            case None:
                return self.say("on plan")
            case True:
                return self.say("%(distance)s ahead of plan", distance=distance)
            case False:
                return self.say("%(distance)s behind plan", distance=distance)

    def pace_of(self, row: ObjectiveRow) -> str | None:
        """Return how far an objective is from the plan, in words."""
        cycle = self.site.project.cycles[row.objective.cycle]
        return self.pace_in_words(row.figures.pace, cycle)

    def pace_of_result(self, row: ResultRow) -> str | None:
        """Return how far a key result is from the plan, in words; None where nothing is planned."""
        if row.expected is None:
            return None
        cycle = self.site.project.cycles[row.objective.cycle]
        return self.pace_in_words((row.score or 0.0) - row.expected, cycle)

    def ahead(self, row: ObjectiveRow) -> bool | None:
        """Whether an objective is ahead of the plan; None where it is on plan."""
        cycle = self.site.project.cycles[row.objective.cycle]
        return self.is_ahead(row.figures.pace or 0.0, cycle)

    def status_by_pace(self, row: ObjectiveRow) -> Status:
        """Return the status that an objective of an open cycle would have by pace alone."""
        elapsed = self.site.project.cycles[row.objective.cycle].elapsed(self.site.as_of)
        return by_pace(row.figures.pace or 0.0, limits_at(elapsed, self.site.settings.thresholds))

    def by_confidence(self, row: ObjectiveRow) -> bool:
        """Whether an objective is at risk or off track by confidence, and not by pace."""
        figures = row.figures
        if figures.status not in (Status.AT_RISK, Status.OFF_TRACK) or figures.confidence is None:
            return False
        return figures.pace is not None and self.status_by_pace(row) is not figures.status

    def reason(self, row: ObjectiveRow) -> str | None:
        """Return why an objective is at risk or off track: by its confidence, or how far it is
        behind the plan; None for any other status."""
        figures = row.figures
        if figures.status not in (Status.AT_RISK, Status.OFF_TRACK):
            return None
        if figures.confidence and self.by_confidence(row):
            value = self.words.confidence(figures.confidence.value)
            return self.say("confidence %(value)s", value=value)
        return self.pace_of(row)

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
        begun = self.site.project.cycles[objective.cycle].start <= self.site.as_of
        counts = begun and objective.active and not result.cancelled
        expected = figures.expected if counts else None
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
            case Keep(range=range_):
                return None, value, None, range_in_words(words, range_, result.unit)
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
        range_ = measure.range if isinstance(measure, Keep) else None
        return draw(readings, values, range_)

    def kpi_card(self, kpi: Kpi) -> KpiCard:
        """Return a KPI with its figures."""
        return KpiCard(kpi, self.site.scorecard.kpis[kpi.id])

    def kpi_spark(self, card: KpiCard) -> Spark | None:
        """Draw the last readings of a KPI with its healthy range; None for fewer than two."""
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

    def kpi_value(self, kpi: Kpi, value: float | None) -> tuple[str, str]:
        """Return a value of a KPI, and apart from it the unit if that is a word, else nothing."""
        text = self.words.quantity(value, kpi.unit, kpi.limits)
        if self.words.unit_is_part(kpi.unit):
            return text, ""
        number, _, unit = text.partition("\u00a0")
        return number, unit

    def kpi_healthy(self, kpi: Kpi) -> str | None:
        """Return where a KPI is healthy: `≥ 85%`; None without a range."""
        if kpi.keep is None:
            return None
        return range_in_words(self.words, kpi.keep, kpi.unit)

    def kpi_critical(self, kpi: Kpi) -> str | None:
        """Return where a KPI is critical: `below 75%`; None without a range."""
        range_ = kpi.alert or kpi.keep
        if range_ is None:
            return None
        low = self.words.limit_of(range_.minimum, kpi.unit)
        high = self.words.limit_of(range_.maximum, kpi.unit)
        if range_.maximum is None:
            return self.say("below %(low)s", low=low)
        if range_.minimum is None:
            return self.say("above %(high)s", high=high)
        return self.say("below %(low)s or above %(high)s", low=low, high=high)

    def kpi_range(self, kpi: Kpi) -> str | None:
        """Return where a KPI is healthy with that word: `healthy ≥ 85%`; None without a range."""
        range_ = self.kpi_healthy(kpi)
        return self.say("healthy %(range)s", range=range_) if range_ is not None else None

    def issue(self, issue: Issue) -> str:
        """Return what a tracker says about an issue: `issue open, due 12 Dec`."""
        known = _ISSUES.get(issue.state)
        said = self.say(known) if known else self.say("issue: %(state)s", state=issue.state)
        if issue.due is None:
            return said
        return self.say("%(issue)s, due %(day)s", issue=said, day=self.words.short_day(issue.due))

    def difference(self, value: float, unit: str | None) -> str:
        """Return a difference in words; percentages differ by points."""
        value = float(f"{value:.12g}")
        if unit == "%":
            return self.words.count("%(number)s point", "%(number)s points", value)
        return self.words.quantity(value, unit)

    def owner_row(self, id: str, depth: int, cycle: Cycle | None) -> OwnerRow:
        """Return an owner with the figures of a cycle."""
        shares = self.shares(cycle, id) if cycle else None
        return OwnerRow(id, depth, self.site.figures_of(id, cycle), shares)

    def shares(self, cycle: Cycle, owner: str | None = None) -> Shares:
        """Return the objectives of a cycle, or of an owner in it, by status."""
        site = self.site
        inside = site.by_cycle.get(cycle.id, [])
        if owner is not None:
            inside = [o for o in site.by_owner.get(owner, ()) if o.cycle == cycle.id]
        return self.shares_of(inside, self.list_of(cycle, owner))

    def shares_of(
        self, objectives: Iterable[Objective], list: str, anchor: str = "okr-objectives"
    ) -> Shares:
        """Return objectives by status, with the list at an address, to which filters are added."""
        figures = self.site.scorecard.objectives
        found = Counter(figures[objective.id].status for objective in objectives)
        return Shares(
            {status: found[status] for status in IN_ORDER if found[status] and status in _COUNTED},
            {status: found[status] for status in _UNCOUNTED if found[status]},
            list,
            anchor,
        )

    def list_of(self, cycle: Cycle, owner: str | None = None) -> str:
        """Return the address of the list of a cycle's objectives, to which filters are added."""
        address = f"{self.cycle(cycle).href}?"
        return f"{address}owner={quote(self.site.owner_keys[owner])}&" if owner else address

    def status_counts(self, ids: Iterable[str]) -> dict[Status, int]:
        """Count objectives by status: the best first, drafts and cancelled ones last."""
        counts = Counter(self.site.scorecard.objectives[id].status for id in ids)
        return {status: counts[status] for status in IN_ORDER if counts[status]}

    def health_counts(self) -> dict[Health, int]:
        """Count the KPIs in use by health."""
        kpis = (kpi for kpi in self.site.project.kpis.values() if kpi.active)
        counts = Counter(self.site.scorecard.kpis[kpi.id].health for kpi in kpis)
        return {health: counts[health] for health in Health if counts[health]}
