"""How things were: the course of every cycle, and what changed in each week.

All of it is computed in one pass over the days, of which no figures are kept but these.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from okrsite.documents.types import Type
from okrsite.language.inline import plain
from okrsite.project.model import Owner, Project
from okrsite.project.model.cycles import Cycle, State, current_cycle
from okrsite.scores import OwnerFigures, Scorecard
from okrsite.scores.past import CourseDay, course_days, cycle_on, score_days, sunday_of
from okrsite.scores.period import KpiChange, ObjectiveChange, Period
from okrsite.scores.status import Status
from okrsite.settings import Settings

_WEEK = timedelta(days=7)
MOST_UPDATES = 60
"""So many objectives of a week are shown with their values and words."""

_MOST_LISTED = 72


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """A week of the calendar, by its last day."""

    sunday: date

    @property
    def year(self) -> int:
        """The year that it's counted in."""
        return self.sunday.isocalendar().year

    @property
    def number(self) -> int:
        """Its number in the year."""
        return self.sunday.isocalendar().week

    @property
    def uri(self) -> str:
        """The file that its page would be made of: `this-week/2026-w46.md`."""
        return f"this-week/{self.year}-w{self.number:02}.md"


@dataclass(frozen=True, slots=True)
class Said:
    """A win or a blocker in the words of those who wrote it, and the objectives that name it."""

    text: str
    changes: tuple[ObjectiveChange, ...]


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """What a team, the people in it included, did in a week: `number` is how many objectives had an
    update, of which some are in `updates`."""

    team: str
    number: int
    updates: tuple[ObjectiveChange, ...]


@dataclass(frozen=True, slots=True)
class WeekNumbers:
    """How many there are of what a report lists in part."""

    worse: int
    better: int
    updates: int
    check_ins: int
    wins: int
    blockers: int
    kpis: int


@dataclass(frozen=True, slots=True)
class WeekReport:
    """What changed in seven days.

    `cycle` is the one that was current, `before` and `now` are the company's figures in it, and
    `counts` are its objectives by status at the end.
    """

    since: date
    until: date
    cycle: Cycle | None
    before: OwnerFigures | None
    now: OwnerFigures | None
    counts: Mapping[Status, int]
    worse: tuple[ObjectiveChange, ...]
    better: tuple[ObjectiveChange, ...]
    teams: tuple[TeamWeek, ...]
    wins: tuple[Said, ...]
    blockers: tuple[Said, ...]
    kpis: tuple[KpiChange, ...]
    stale: tuple[str, ...]
    overdue_kpis: tuple[str, ...]
    numbers: WeekNumbers

    @property
    def first(self) -> date:
        """The first day."""
        return self.since + timedelta(days=1)

    @property
    def week(self) -> CalendarWeek:
        """The week of the last day."""
        return CalendarWeek(self.until)


@dataclass(frozen=True)
class Past:
    """The past of a site; `organisation` are its owners in their order."""

    project: Project
    settings: Settings
    scorecard: Scorecard
    organisation: tuple[Owner, ...]

    @property
    def courses(self) -> Mapping[str, tuple[CourseDay, ...]]:
        """The course of each cycle that has begun, by its id."""
        return self._found[0]

    @property
    def weeks(self) -> tuple[WeekReport, ...]:
        """The weeks that have a page, the newest first."""
        return self._found[1]

    @property
    def latest(self) -> WeekReport:
        """The last seven days."""
        return self._found[2]

    @cached_property
    def _found(
        self,
    ) -> tuple[Mapping[str, tuple[CourseDay, ...]], tuple[WeekReport, ...], WeekReport]:
        as_of, cycles = self.scorecard.as_of, self.project.cycles.values()
        ids: defaultdict[str, list[str]] = defaultdict(list)
        for objective in self.project.objectives.values():
            ids[objective.cycle].append(objective.id)
        of_day: defaultdict[date, set[str]] = defaultdict(set)
        days_of = {cycle.id: course_days(cycle, as_of) for cycle in cycles if cycle.id in ids}
        for id, days in days_of.items():
            for day in days:
                of_day[day].add(id)
        ends = {week.sunday for week in self.weeks_with_pages}
        for day in {as_of, as_of - _WEEK, *ends, *(end - _WEEK for end in ends)}:
            of_day[day] |= {
                cycle.id
                for cycle in cycles
                if cycle.start <= day + _WEEK and day - _WEEK <= cycle.closing_day
            }
        courses: defaultdict[str, list[CourseDay]] = defaultdict(list)
        reports: list[WeekReport] = []
        recent: list[Scorecard] = []
        for scorecard in score_days(self.project, self.settings, self.scorecard, of_day):
            day = scorecard.as_of
            for id in of_day[day]:
                # A cycle that is over ends as it is known now, with its grades.
                if day in days_of.get(id, ()) and self._is_open_on(id, day):
                    courses[id].append(cycle_on(scorecard, self.project.cycles[id], ids[id]))
            before = next((one for one in recent if one.as_of == day - _WEEK), None)
            if before is not None and (day in ends or day == as_of):
                reports.append(self._report(before, scorecard, ids))
            recent = [one for one in recent if one.as_of > day - _WEEK] + [scorecard]
        for id, days in days_of.items():
            if days and not self._is_open_on(id, as_of):
                courses[id].append(cycle_on(self.scorecard, self.project.cycles[id], ids[id]))
        weeks = tuple(report for report in reversed(reports) if report.until in ends)
        return {id: tuple(days) for id, days in courses.items()}, weeks, reports[-1]

    def _is_open_on(self, id: str, day: date) -> bool:
        """Whether a cycle counts as it was on a day: until its closing day, unless that is past."""
        cycle = self.project.cycles[id]
        over = cycle.state(self.scorecard.as_of) is State.CLOSED
        return day < cycle.closing_day if over else day <= cycle.closing_day

    @cached_property
    def weeks_with_pages(self) -> tuple[CalendarWeek, ...]:
        """The weeks that are over, the newest first, as many as the settings say."""
        as_of = self.scorecard.as_of
        used = {objective.cycle for objective in self.project.objectives.values()}
        first = min((self.project.cycles[id].start for id in used), default=as_of)
        last = sunday_of(as_of)
        last = last if last == as_of else last - _WEEK
        ends = (last - number * _WEEK for number in range(self.settings.weeks))
        return tuple(CalendarWeek(end) for end in ends if end >= first)

    def _report(
        self, before: Scorecard, now: Scorecard, ids: Mapping[str, list[str]]
    ) -> WeekReport:
        project, company = self.project, self.project.company
        period = Period(project, before, now, project.owners.keys())
        cycle = self._current(now.as_of)
        counts = Counter(
            status
            for id in (ids.get(cycle.id, ()) if cycle else ())
            if id in now.objectives and (status := now.objectives[id].status)
        )
        moves = period.moves
        worse = [change for change in moves if change.steps > 0]
        better = [change for change in moves if change.steps < 0]
        updates = [change for change in period.objectives if _has_update(change)]
        wins = _said(
            (change, win) for change in updates for c in change.check_ins for win in c.wins
        )
        blockers = _said((change, text) for change in updates for text in change.blockers)
        return WeekReport(
            since=before.as_of,
            until=now.as_of,
            cycle=cycle,
            before=_figures(before, company, cycle),
            now=_figures(now, company, cycle),
            counts={s: counts[s] for s in _SHOWN if counts[s]},
            worse=tuple(worse[:_MOST_LISTED]),
            better=tuple(better[:_MOST_LISTED]),
            teams=self._teams(updates),
            wins=wins[:_MOST_LISTED],
            blockers=blockers[:_MOST_LISTED],
            kpis=period.kpis[:_MOST_LISTED],
            stale=tuple(objective.id for objective in period.stale),
            overdue_kpis=tuple(kpi.id for kpi in period.overdue_kpis),
            numbers=WeekNumbers(
                worse=len(worse),
                better=len(better),
                updates=len(updates),
                check_ins=sum(len(change.check_ins) for change in updates),
                wins=len(wins),
                blockers=len(blockers),
                kpis=len(period.kpis),
            ),
        )

    def _current(self, day: date) -> Cycle | None:
        """Return the cycle that was current on a day: the settings' one where it was open then."""
        cycles = self.project.cycles.values()
        found = current_cycle(cycles, self.settings.cycle, day)
        if found is not None and day != self.scorecard.as_of and found.state(day) is not State.OPEN:
            found = current_cycle(cycles, None, day)
        return found

    def _teams(self, updates: Iterable[ObjectiveChange]) -> tuple[TeamWeek, ...]:
        """Group updates by team, in the order of the organisation, until there are too many."""
        of_team: defaultdict[str, list[ObjectiveChange]] = defaultdict(list)
        for change in updates:
            of_team[self._team_of.get(change.objective.owners[0], "")].append(change)
        left, teams = MOST_UPDATES, []
        for owner in self.organisation:
            if found := of_team.get(owner.id):
                # What the team has set itself comes before what its people have.
                found.sort(key=lambda change: change.objective.owners[0] != owner.id)
                teams.append(TeamWeek(owner.id, len(found), tuple(found[:left])))
                left = max(0, left - len(found))
        return tuple(teams)

    @cached_property
    def _team_of(self) -> dict[str, str]:
        """The team of each owner: of a person the one that they are in, else the company."""
        owners = self.project.owners
        return {
            id: (owner.parent if owner.parent in owners else self.project.company) or ""
            if owner.type is Type.PERSON
            else id
            for id, owner in owners.items()
        }


_SHOWN = [
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.PROGRESSED,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.MISSED,
    Status.NOT_STARTED,
]


def _figures(scorecard: Scorecard, owner: str, cycle: Cycle | None) -> OwnerFigures | None:
    if cycle is None or scorecard.as_of < cycle.start:
        return None
    return scorecard.owners.get(owner, {}).get(cycle.id)


def _has_update(change: ObjectiveChange) -> bool:
    """Whether somebody said something, or a value moved."""
    return bool(change.check_ins) or any(one.value_changed for one in change.results)


def _said(found: Iterable[tuple[ObjectiveChange, str]]) -> tuple[Said, ...]:
    """Join what has the same wording for several objectives."""
    known: dict[str, tuple[str, dict[str, ObjectiveChange]]] = {}
    for change, text in found:
        _, changes = known.setdefault(plain(text).casefold(), (text, {}))
        changes[change.objective.id] = change
    return tuple(Said(text, tuple(changes.values())) for text, changes in known.values())
