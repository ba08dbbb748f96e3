"""The parts that recur on every page: links, status, score bar, rows, sparkline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from okrsite.addresses import to_root
from okrsite.cycles import Cycle, State
from okrsite.explanation import Explanation, Term, band_in_words, bounds_in_words
from okrsite.inline import inline, inline_without_links
from okrsite.model import Band, KeyResult, Kind, Kpi, Objective, Reading
from okrsite.scorecard import ObjectiveFigures
from okrsite.status import Health, Status
from okrsite.timeline import series
from okrsite.views.site import Site
from okrsite.wording import NONE, Words


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; `href` is relative to the page it stands on."""

    text: Markup
    href: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A status or health: `key` gives shape and colour, `word` says it."""

    key: str
    word: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A score drawn: filled to `filled`, a tick at `expected`, both in percent of the width."""

    filled: float
    expected: float | None
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Spark:
    """A small drawing of a series in a box of 100 by 24: the line, its last point, a band.

    `band` is (top, height); `label` says the same in words.
    """

    path: str
    last: tuple[float, float]
    tone: str
    label: str
    band: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A key result in one line."""

    link: Link
    start: str | None
    value: str
    target: str | None
    measure: str | None
    spark: Spark | None
    bar: Bar
    score: str
    status: Mark


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective in one line, and its key results for where there is room."""

    link: Link
    owners: tuple[Link, ...]
    cycle: Link
    status: Mark | None
    stale: str | None
    score: str
    expected: str | None
    bar: Bar
    confidence: str | None
    support: str | None
    commitment: str | None
    results: tuple[ResultRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """An owner in one line, with the figures of one cycle."""

    link: Link
    depth: int
    status: Mark | None
    score: str
    expected: str | None
    bar: Bar | None
    objectives: int


@dataclass(frozen=True, slots=True)
class KpiCard:
    """A KPI at a glance."""

    link: Link
    owner: Link | None
    value: str
    day: str | None
    short_day: str | None
    change: str | None
    band: str | None
    health: Mark
    role: str
    overdue: str | None
    spark: Spark | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number stands in git: `content/x.md:12`, with a link where the web shows it."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """One number of an explanation, ready to be shown."""

    name: str
    value: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation, ready to be shown; `reason` is that of a grade."""

    question: str
    formula: str
    numbers: str
    result: str
    terms: tuple[ExplainedTerm, ...]
    given: ExplainedTerm | None
    reason: Markup | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """Which day a page speaks of: every view says it."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a cycle is: in words, and in percent for a bar."""

    cycle: Link
    text: str
    percent: float
    state: str


class Desk:
    """Makes the parts of one page: it knows where the page is, so that links lead from it."""

    def __init__(self, site: Site, address: str) -> None:
        self.site = site
        self.root = to_root(address)
        self._here = f"{address}#"

    @property
    def words(self) -> Words:
        """The words of the site's language."""
        return self.site.words

    def say(self, text: str, **values: object) -> str:
        """Give a text of the interface."""
        return self.site.words.say(text, **values)

    def href(self, address: str) -> str:
        """Give the way from this page to an address of the site, or to a place on itself."""
        if address.startswith(self._here):
            return address[len(self._here) - 1 :]
        return f"{self.root}{address}"

    def page(self, text: str, uri: str) -> Link:
        """Link to the page of a file, by a text of the interface."""
        return Link(escape(text), self.href(self.site.addresses.page(uri)))

    def objective(self, id: str, key_result: str | None = None) -> Link:
        """Link to an objective by its title, or to one of its key results by that one's."""
        objective = self.site.project.objectives[id]
        title = objective.page.title
        if key_result is not None:
            title = next((r.title for r in objective.key_results if r.id == key_result), title)
        address = self.site.address_of_objective(id, key_result)
        return Link(inline_without_links(title), self.href(address))

    def owner(self, id: str) -> Link:
        """Link to an owner by name."""
        owner = self.site.project.owners[id]
        return Link(inline_without_links(owner.title), self.href(self.site.address_of_owner(id)))

    def owners(self, ids: Iterable[str]) -> tuple[Link, ...]:
        """Link to several owners."""
        return tuple(self.owner(id) for id in ids)

    def cycle(self, cycle: Cycle) -> Link:
        """Link to a cycle."""
        address = self.site.address_of_cycle(cycle.id)
        return Link(inline_without_links(cycle.title), self.href(address))

    def kpi(self, id: str) -> Link:
        """Link to a KPI by its title."""
        title = self.site.project.kpis[id].page.title
        return Link(inline_without_links(title), self.href(self.site.address_of_kpi(id)))

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

    def result_row(self, objective: Objective, result: KeyResult) -> ResultRow:
        """Show a key result in one line."""
        figures = self.site.scorecard.objectives[objective.id].key_results[result.id]
        state, expected = figures.status, figures.expected if objective.active else None
        if not objective.active:
            state = Status(objective.status)
        status = self.status(state) or Mark("none", "")
        start, value, target, measure = self.way(objective, result)
        return ResultRow(
            link=self.objective(objective.id, result.id),
            start=start,
            value=value,
            target=target,
            measure=measure,
            spark=self.result_spark(result, self._drawn(objective, result), state),
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
        match result.kind:
            case Kind.METRIC:
                start = None
                if evaluation.start is not None:
                    start = words.quantity(evaluation.start, result.unit)
                goal = result.target.value if result.target else result.scale[-1][0]
                if evaluation.value is not None and not words.unit_is_part(result.unit):
                    # A unit that is a word is said once, with the value.
                    start = words.quantity(evaluation.start) if start else None
                    return start, value, words.quantity(goal), None
                return start, value, words.quantity(goal, result.unit), None
            case Kind.KEEP:
                return None, value, None, band_in_words(words, result)
            case Kind.MILESTONE if not result.single:
                day = min(self.site.as_of, self.site.project.cycles[objective.cycle].closing_day)
                done = sum(m.done_by(day) for m in result.milestones)
                total = len(result.milestones)
                said = self.say("%(done)s of %(total)s milestones", done=done, total=total)
                return None, "", None, said
            case Kind.MILESTONE:
                return None, "", None, self.say("Milestone")
            case Kind.ROLL_UP:
                return None, "", None, self.say("Rolled up")
        return None, "", None, self.say("none yet")

    def _drawn(self, objective: Objective, result: KeyResult) -> Sequence[Reading]:
        """Give the readings to draw; on a KPI from the one that gave the start."""
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
        rising = [*values]
        if result.kind is Kind.METRIC and result.target is not None:
            start = values[0] if result.start is None else result.start.value
            rising += [start]
        return self._spark(readings, result.unit, str(status), rising, result.band)

    def kpi_spark(self, kpi: Kpi, readings: Sequence[Reading], health: Health) -> Spark | None:
        """Draw the readings of a KPI with its healthy band."""
        if len(readings) < 2:
            return None
        values = [reading.value for reading in readings]
        return self._spark(readings, kpi.unit, f"kpi_{health}", values, kpi.keep)

    def _spark(
        self, readings: Sequence[Reading], unit: str | None, tone: str, values: list[float],
        band: Band | None,
    ) -> Spark:  # fmt: skip
        words = self.words
        bounds = [b for b in (band.minimum, band.maximum) if b is not None] if band else []
        low, high = min(values + bounds), max(values + bounds)
        first, last = readings[0], readings[-1]
        days = (last.date - first.date).days or 1

        def x(day: date) -> float:
            return round(2 + 94 * (day - first.date).days / days, 1)

        def y(value: float) -> float:
            return round(12.0 if high == low else 21 - 18 * (value - low) / (high - low), 1)

        path = "M" + " L".join(f"{x(r.date):g} {y(r.value):g}" for r in _thinned(readings))
        shaded = None
        if band is not None:
            top = 0.0 if band.maximum is None else y(band.maximum)
            bottom = 24.0 if band.minimum is None else y(band.minimum)
            shaded = (top, max(0.0, round(bottom - top, 1)))
        label = self.say(
            "from %(first)s on %(first_day)s to %(last)s on %(last_day)s",
            first=words.quantity(first.value, unit), first_day=words.short_day(first.date),
            last=words.quantity(last.value, unit), last_day=words.short_day(last.date),
        )  # fmt: skip
        return Spark(path, (x(last.date), y(last.value)), tone, label, shaded)

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
            bounds = bounds_in_words(words, kpi.keep.minimum, kpi.keep.maximum, kpi.unit)
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
            said = "%(number)s point" if value == 1 else "%(number)s points"
            return self.say(said, number=self.words.number(value))
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

    def source(self, path: str, line: int) -> Source:
        """Say where something stands in git."""
        return Source(f"{path}:{line}", self.site.addresses.line(path, line))

    def count_objectives(self, number: int) -> str:
        """Count objectives in words."""
        return self.words.count("%(number)s objective", "%(number)s objectives", number)


_MOST_POINTS = 40


def _thinned(readings: Sequence[Reading]) -> Sequence[Reading]:
    """Keep a drawing small: at most so many points, the last always among them."""
    step = -(-len(readings) // _MOST_POINTS)
    return readings[::-1][::step][::-1]


STATUS_WORDS = {
    Status.DRAFT: "Draft",
    Status.CANCELLED: "Cancelled",
    Status.NOT_STARTED: "Not started",
    Status.ON_TRACK: "On track",
    Status.AT_RISK: "At risk",
    Status.OFF_TRACK: "Off track",
    Status.ACHIEVED: "Achieved",
    Status.PROGRESSED: "Progressed",
    Status.MISSED: "Missed",
}
"""What each status is called on the site."""

HEALTH_WORDS = {
    Health.HEALTHY: "Healthy",
    Health.WARNING: "Warning",
    Health.CRITICAL: "Critical",
    Health.UNKNOWN: "Unknown",
}
"""What each health of a KPI is called on the site."""
