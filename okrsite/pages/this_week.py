"""This week, and every week before it: did it get better or worse, and what changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.pages.check_ins import Week, weeks_with_pages
from okrsite.pages.history import GoalpostChange, goalposts_moved
from okrsite.pages.overdue import Overdue, overdue_check_ins, overdue_readings
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.parts.before_after import both_values
from okrsite.pages.past import CalendarWeek, WeekReport
from okrsite.pages.site import Site
from okrsite.pages.subscriptions import owner_feeds, subscriptions
from okrsite.project.model import CheckInDocument, KeyResult
from okrsite.project.model.measures import Keep, Metric, Milestones
from okrsite.scores.explanation import range_in_words
from okrsite.scores.period import KpiChange, ObjectiveChange, ResultChange
from okrsite.scores.status import rounded

_SHOWN_WEEKS = 7
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A key result in a week, in words; `before` is None where the value is the same."""

    result: KeyResult
    before: str | None
    after: str
    target: str | None
    change: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class WeekView:
    """The page of a week; `weeks` are those to switch to, the oldest first, `earlier` the others.

    `current` is whether it's the last seven days, `all_check_ins` leads to what isn't shown here.
    """

    context: PageContext
    body: Markup
    report: WeekReport
    current: bool
    weeks: tuple[WeekReport, ...]
    earlier: tuple[WeekReport, ...]
    overdue: tuple[Overdue, ...]
    goalposts: tuple[GoalpostChange, ...]
    all_check_ins: Link | None
    subscriptions: tuple[Link, ...]

    @property
    def pace(self) -> str | None:
        """How far the company's score is from plan, in words."""
        now, cycle = self.report.now, self.report.cycle
        if now is None or cycle is None or now.score is None or now.expected is None:
            return None
        return self.context.pace_in_words(now.score - now.expected, cycle)

    def reasons(self, change: ObjectiveChange) -> list[str]:
        """Return why a status changed, in words."""
        return list(_reasons(self.context, change))[:_MOST_REASONS]

    def values(self, change: ObjectiveChange) -> list[ValueRow]:
        """Return the key results of which something was said, or that moved."""
        return list(_values(self.context, self.report, change))

    def kpi_values(self, change: KpiChange) -> tuple[str | None, str]:
        """Return the readings of a KPI on both days, in words."""
        before, now = change.before.last, change.now.last
        old, new = before.value if before else None, now.value if now else None
        return both_values(self.context.words, old, new, change.kpi.unit, change.kpi.limits)

    def document_of(self, team: str) -> CheckInDocument | None:
        """Return the last check-in document of a team in the week."""
        site, report = self.context.site, self.report
        of_team = site.check_in_documents_by_owner.get(team, ())
        found = [one for one in of_team if report.since < one.date <= report.until]
        return max(found, key=lambda document: document.date, default=None)

    def page_of(self, report: WeekReport) -> str:
        """Return the way to the page of a week."""
        is_over = report in self.context.site.past.weeks
        uri = report.week.uri if is_over else "this-week/index.md"
        return self.context.href(self.context.site.addresses.page(uri))


def this_week_view(site: Site, address: str, body: Markup) -> WeekView:
    """Return the page of the last seven days."""
    return _view(site, address, body, site.past.latest, current=True)


def week_view(site: Site, address: str, body: Markup, week: CalendarWeek) -> WeekView:
    """Return the page of a week that is over."""
    report = next(one for one in site.past.weeks if one.week == week)
    return _view(site, address, body, report, current=False)


def _view(site: Site, address: str, body: Markup, report: WeekReport, current: bool) -> WeekView:
    context, past = PageContext(site, address), site.past
    weeks = past.weeks if past.latest in past.weeks else (past.latest, *past.weeks)
    at = weeks.index(report)
    first = max(0, min(at - _SHOWN_WEEKS // 2, len(weeks) - _SHOWN_WEEKS))
    shown = weeks[first : first + _SHOWN_WEEKS]
    overdue: tuple[Overdue, ...] = ()
    if current:  # what is overdue is known of today alone
        overdue = (
            *overdue_check_ins(context, (site.project.objectives[id] for id in report.stale)),
            *overdue_readings(context, (site.project.kpis[id] for id in report.overdue_kpis)),
        )
    return WeekView(
        context=context,
        body=body,
        report=report,
        current=current,
        weeks=shown[::-1],
        earlier=tuple(week for week in weeks if week not in shown),
        overdue=overdue,
        goalposts=goalposts_moved(context, report.since, report.until),
        all_check_ins=_all_check_ins(context, report),
        subscriptions=subscriptions(context, owner_feeds(site, site.company.id)),
    )


def _all_check_ins(context: PageContext, report: WeekReport) -> Link | None:
    """Return the link to all check-ins of a week: to its page, or its part of the month's."""
    left_out = report.numbers.updates - sum(len(team.updates) for team in report.teams)
    if left_out <= 0:
        return None
    week = Week.of(report.until)
    text = context.say("All check-ins of the week")
    if week in weeks_with_pages(context.site):
        return context.page(text, week.uri)
    anchor = f"week-{week.year}-{week.number:02}"
    return context.page(text, f"check-ins/{report.until:%Y-%m}.md", anchor)


def _reasons(context: PageContext, change: ObjectiveChange) -> Iterator[str]:
    words, was, now = context.words, change.before, change.now
    worse = change.steps > 0
    then = was.confidence.value if was.confidence else None
    stated = now.confidence.value if now.confidence else None
    if stated is not None and then != stated and (then is None or (stated < then) == worse):
        before, after = words.confidence(then) if then is not None else None, stated
        if before is None:
            yield words.say("confidence %(value)s", value=words.confidence(after))
        else:
            yield words.say(
                "confidence %(before)s → %(now)s", before=before, now=words.confidence(after)
            )
    if not worse and (best := _best(change.results)):
        yield f"{best.result.title}: {words.change(best.difference)}"
    cycle = context.site.project.cycles[change.objective.cycle]
    if pace := context.pace_in_words(now.pace, cycle):
        yield pace
    if worse and not change.check_ins:
        yield (
            words.say("no update since %(day)s", day=words.short_day(now.last_sign))
            if now.updated
            else words.say("no update yet")
        )
    if worse and change.blockers:
        yield words.count("%(number)s blocker", "%(number)s blockers", len(change.blockers))


def _best(results: tuple[ResultChange, ...]) -> ResultChange | None:
    """Return the key result whose score rose most."""
    rose = [one for one in results if rounded(one.difference) > 0 and not one.result.masked]
    return max(rose, key=lambda one: one.difference, default=None)


def _values(
    context: PageContext, report: WeekReport, change: ObjectiveChange
) -> Iterator[ValueRow]:
    stated = {value.key_result: value for one in change.check_ins for value in one.values}
    for one in change.results:
        said = stated.get(one.result.id)
        note = said.note if said else None
        difference = context.words.difference(one.now.score or 0.0, one.before.score or 0.0)
        if one.result.masked or not (one.value_changed or difference or said):
            continue
        before, after, target = _both(context, report, one)
        if said or before:
            moved = context.words.change(difference) if difference else None
            yield ValueRow(one.result, before, after, target, moved, note)


def _both(
    context: PageContext, report: WeekReport, one: ResultChange
) -> tuple[str | None, str, str | None]:
    """Return the value before, the one now, and what it's compared with."""
    words, result, measure = context.words, one.result, one.result.measure
    before, now = one.before.evaluation, one.now.evaluation
    if isinstance(measure, Metric | Keep):
        was = before.value if before.value is not None else now.start
        texts = both_values(words, was, now.value, result.unit, measure.goals)
        if isinstance(measure, Keep):
            return *texts, range_in_words(words, measure.range, result.unit)
        part = words.unit_is_part(result.unit)
        target = words.limit_of(measure.goal, result.unit if part else None)
        return *texts, words.say("of %(target)s", target=target)
    if isinstance(measure, Milestones) and not measure.single:
        then, done = (
            sum(milestone.done_by(day) for milestone in measure.milestones)
            for day in (report.since, report.until)
        )
        target = words.count(
            "of %(number)s milestone", "of %(number)s milestones", len(measure.milestones)
        )
        return (words.number(then) if then != done else None), words.number(done), target
    was_score, score = words.score(one.before.score), words.score(one.now.score)
    if one.before.score is None or was_score == score:
        return None, score, None
    return was_score, score, None
