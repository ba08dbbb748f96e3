"""The parts of one page, put into words: status, bar, rows, cards and explanations."""

from collections.abc import Sequence

from okrsite.language.inline import inline
from okrsite.language.wording import NONE
from okrsite.pages.parts.drawing import draw
from okrsite.pages.parts.page_links import Links
from okrsite.pages.parts.statuses import HEALTH_WORDS, STATUS_WORDS
from okrsite.pages.parts.values import (
    Bar,
    Dated,
    Explained,
    ExplainedTerm,
    KpiCard,
    Mark,
    ObjectiveRow,
    OwnerRow,
    Progress,
    ResultRow,
    Spark,
)
from okrsite.project.model import KeyResult, Kpi, Objective, Reading
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Keep, Metric, Milestones, RollUp
from okrsite.project.model.readings import series
from okrsite.scores import ObjectiveFigures
from okrsite.scores.explanation import Explanation, Term, band_in_words
from okrsite.scores.status import Health, Status


class Desk(Links):
    """Makes the parts of one page."""

    def dated(self) -> Dated:
        """Say which day the page is built for."""
        day = self.site.as_of
        return Dated(self.say("as of %(day)s", day=self.words.day(day)), day.isoformat())

    def progress(self, cycle: Cycle) -> Progress:
        """Say how far a cycle is."""
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
        return Progress(self.cycle(cycle), text, percent, str(cycle.state(day)))

    def status(self, status: Status | None) -> Mark | None:
        """Say a status in a word."""
        return Mark(str(status), self.say(STATUS_WORDS[status])) if status else None

    def health(self, health: Health) -> Mark:
        """Say a KPI's health in a word."""
        return Mark(f"kpi_{health}", self.say(HEALTH_WORDS[health]))

    def bar(self, score: float | None, expected: float | None, status: Status | None) -> Bar:
        """Draw a score against what was expected."""
        words = self.words
        if score is None:
            label = self.say("no score yet")
        elif expected is None:
            label = self.say("score %(score)s", score=words.score(score))
        else:
            label = self.say(
                "score %(score)s, expected %(expected)s",
                score=words.score(score), expected=words.score(expected),
            )  # fmt: skip
        tick = None if expected is None else round(100 * expected, 1)
        return Bar(round(100 * (score or 0.0), 1), tick, str(status or "none"), label)

    def objective_row(
        self, objective: Objective, figures: ObjectiveFigures | None = None, results: bool = False
    ) -> ObjectiveRow:
        """Show an objective in one line."""
        figures = figures or self.site.scorecard.objectives[objective.id]
        words = self.words
        support = None
        if figures.support is not None:
            support = words.count(
                "supported by %(number)s objective", "supported by %(number)s objectives",
                len(figures.supporters),
            )  # fmt: skip
            support = f"{support}, {words.score(figures.support)}"
        expected = None
        if figures.expected is not None:
            expected = self.say("expected %(score)s", score=words.score(figures.expected))
        confidence = None
        if figures.confidence is not None:
            value = words.confidence(figures.confidence.value)
            confidence = self.say("confidence %(value)s", value=value)
        committed = objective.commitment == "committed"
        return ObjectiveRow(
            link=self.objective(objective.id),
            owners=self.owners(objective.owners),
            cycle=self.cycle(self.site.project.cycles[objective.cycle]),
            status=self.status(figures.status),
            stale=self.stale(figures),
            score=words.score(figures.score),
            expected=expected,
            bar=self.bar(figures.score, figures.expected, figures.status),
            confidence=confidence,
            support=support,
            commitment=self.say("Committed") if committed else None,
            results=self.result_rows(objective) if results else (),
        )

    def stale(self, figures: ObjectiveFigures) -> str | None:
        """Say how long nothing was heard, where that is too long."""
        if not figures.stale:
            return None
        days = (self.site.as_of - figures.last_sign).days
        return self.words.count(
            "no check-in for %(number)s day", "no check-in for %(number)s days", days
        )

    def result_rows(self, objective: Objective) -> tuple[ResultRow, ...]:
        """Show the key results of an objective, one a line."""
        return tuple(self.result_row(objective, result) for result in objective.key_results)

    def result_row(self, objective: Objective, result: KeyResult, drawn: bool = True) -> ResultRow:
        """Show a key result in one line, with its series drawn or not."""
        figures = self.site.scorecard.objectives[objective.id].key_results[result.id]
        state, expected = figures.status, figures.expected if objective.active else None
        if not objective.active:
            state = Status(objective.status)
        status = self.status(state) or Mark("none", "")
        start, value, target, measure = self.way(objective, result)
        spark = self.result_spark(result, self._drawn(objective, result), state) if drawn else None
        return ResultRow(
            link=self.objective(objective.id, result.id),
            start=start,
            value=value,
            target=target,
            measure=measure,
            spark=spark,
            bar=self.bar(figures.score, None if result.cancelled else expected, state),
            score=self.words.score(figures.score),
            status=status,
        )

    def way(
        self, objective: Objective, result: KeyResult
    ) -> tuple[str | None, str, str | None, str | None]:
        """Say a key result's way in words: from, now, to; or how else it is measured."""
        figures = self.site.scorecard.objectives[objective.id].key_results[result.id]
        evaluation, words = figures.evaluation, self.words
        if result.masked:
            return None, "", None, self.say("measured by a private KPI")
        value = words.quantity(evaluation.value, result.unit)
        match result.measure:
            case Metric(goal=goal):
                start = None
                if evaluation.start is not None:
                    start = words.quantity(evaluation.start, result.unit)
                if evaluation.value is not None and not words.unit_is_part(result.unit):
                    # A unit that is a word is said once, with the value.
                    start = words.quantity(evaluation.start) if start else None
                    return start, value, words.quantity(goal), None
                return start, value, words.quantity(goal, result.unit), None
            case Keep(band=band):
                return None, value, None, band_in_words(words, band, result.unit)
            case Milestones(milestones=milestones, single=False):
                day = min(self.site.as_of, self.site.project.cycles[objective.cycle].closing_day)
                done = sum(m.done_by(day) for m in milestones)
                total = len(milestones)
                said = self.say("%(done)s of %(total)s milestones", done=done, total=total)
                return None, "", None, said
            case Milestones():
                return None, "", None, self.say("Milestone")
            case RollUp():
                return None, "", None, self.say("Rolled up")
        # What people say of it is its score, which every row shows.
        scored = figures.score is not None or result.cancelled
        return None, "", None, None if scored else self.say("none yet")

    def _drawn(self, objective: Objective, result: KeyResult) -> Sequence[Reading]:
        """Return the readings to draw; on a KPI from the one that gave the start."""
        figures = self.site.scorecard.objectives[objective.id].key_results[result.id]
        readings = figures.evaluation.readings
        if result.kpi is None or not readings:
            return readings
        start = self.site.project.cycles[objective.cycle].start
        before = [r for r in series(result.readings, last=start) if r.date < readings[0].date]
        return [*before[-1:], *readings]

    def result_spark(
        self, result: KeyResult, readings: Sequence[Reading], status: Status
    ) -> Spark | None:
        """Draw the series of a key result; none for fewer than two readings, or private ones."""
        if result.masked or len(readings) < 2:
            return None
        values: list[float] = [reading.value for reading in readings]
        measure, rising = result.measure, [*values]
        if isinstance(measure, Metric) and measure.target is not None:
            rising += [values[0] if measure.start is None else measure.start.value]
        band = measure.band if isinstance(measure, Keep) else None
        return draw(self.words, readings, result.unit, str(status), rising, band)

    def kpi_spark(self, kpi: Kpi, readings: Sequence[Reading], health: Health) -> Spark | None:
        """Draw the readings of a KPI with its healthy band."""
        if len(readings) < 2:
            return None
        values = [reading.value for reading in readings]
        return draw(self.words, readings, kpi.unit, f"kpi_{health}", values, kpi.keep)

    def kpi_card(self, kpi: Kpi) -> KpiCard:
        """Show a KPI at a glance."""
        figures, words = self.site.scorecard.kpis[kpi.id], self.words
        last = figures.last
        change = None
        if len(figures.readings) > 1 and last is not None:
            before = figures.readings[-2]
            moved = self.difference(abs(last.value - before.value), kpi.unit)
            sign = "+" if last.value > before.value else "−"
            if last.value == before.value:
                sign, moved = "", self.say("unchanged")
            day = words.short_day(before.date)
            change = self.say("%(change)s since %(day)s", change=f"{sign}{moved}", day=day)
        band = None
        if kpi.keep is not None:
            bounds = band_in_words(words, kpi.keep, kpi.unit)
            band = self.say("healthy %(band)s", band=bounds)
        return KpiCard(
            link=self.kpi(kpi.id),
            owner=self.owner(kpi.owner) if kpi.owner is not None else None,
            value=words.quantity(last.value if last else None, kpi.unit),
            day=words.day(last.date) if last else None,
            short_day=words.short_day(last.date) if last else None,
            change=change,
            band=band,
            health=self.health(figures.health),
            role=str(figures.role),
            overdue=self.say("reading overdue") if figures.overdue else None,
            spark=self.kpi_spark(kpi, figures.readings[-24:], figures.health),
        )

    def difference(self, value: float, unit: str | None) -> str:
        """Say how far a value moved; a percentage moves by points."""
        if unit == "%":
            return self.words.count("%(number)s point", "%(number)s points", value)
        return self.words.quantity(value, unit)

    def owner_row(self, id: str, depth: int, cycle: Cycle) -> OwnerRow:
        """Show an owner's figures in a cycle in one line."""
        figures = self.site.scorecard.owners.get(id, {}).get(cycle.id)
        count = sum(
            objective.cycle == cycle.id and objective.active
            for objective in self.site.by_owner.get(id, ())
        )
        if figures is None:
            return OwnerRow(self.owner(id), depth, None, NONE, None, None, count)
        return OwnerRow(
            link=self.owner(id),
            depth=depth,
            status=self.status(figures.status),
            score=self.words.score(figures.score),
            expected=self.words.score(figures.expected),
            bar=self.bar(figures.score, figures.expected, figures.status),
            objectives=count,
        )

    def explained(self, explanation: Explanation | None) -> Explained | None:
        """Show an explanation, with links to the lines in git."""
        if explanation is None:
            return None
        given = self._term(explanation.given) if explanation.given else None
        shown = given.value if given else explanation.result
        return Explained(
            question=(
                self.say("Why is there no score?")
                if shown == NONE
                else self.say("Why %(score)s?", score=shown)
            ),
            formula=explanation.formula,
            numbers=explanation.numbers,
            result=explanation.result,
            terms=tuple(self._term(term) for term in explanation.terms),
            given=given,
            reason=inline(explanation.given_reason) if explanation.given_reason else None,
            note=explanation.note,
        )

    def _term(self, term: Term) -> ExplainedTerm:
        source = self.source(term.place.path, term.place.line) if term.place else None
        return ExplainedTerm(term.name, term.value, source)
