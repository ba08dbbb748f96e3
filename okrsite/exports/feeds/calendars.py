"""An owner's days as iCalendar (RFC 5545): cycles, due dates, and the cadence of check-ins."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event, vText

from okrsite.exports.feeds.items import stable_id
from okrsite.language.inline import plain
from okrsite.pages.site import Site
from okrsite.project.model import KeyResult, Objective
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Milestones

_DAY = timedelta(days=1)
_MONDAY = 0
_CADENCES: tuple[tuple[int, dict[str, Any]], ...] = (
    (7, {"FREQ": "WEEKLY"}),
    (14, {"FREQ": "WEEKLY", "INTERVAL": 2}),
    (31, {"FREQ": "MONTHLY", "BYDAY": "1MO"}),
    (92, {"FREQ": "MONTHLY", "INTERVAL": 3, "BYDAY": "1MO"}),
)
"""How a check-in recurs, by the most days between two: always on a Monday."""


def calendars_of(site: Site, base: str | None) -> Iterator[tuple[str, str]]:
    """Return the calendar of every owner, after the owner's id.

    It has the cycles that they have objectives in, or, for the organisation, all; their due dates;
    and, in open and coming cycles, the check-in that is due most often. Days are whole days without
    a time zone.
    """
    days = _Days(site, base)
    return ((owner, days.calendar(owner)) for owner in site.project.owners)


class _Days:
    """The days of a site, each written once: a cycle starts on the same day in every calendar."""

    def __init__(self, site: Site, base: str | None) -> None:
        self._site, self._base = site, base
        self._written: dict[tuple[str, ...], str] = {}
        self._cycles = sorted(site.project.cycles.values(), key=lambda c: (c.start, c.end, c.id))

    def calendar(self, owner: str) -> str:
        title = plain(self._site.project.owners[owner].title)
        calendar = Calendar()
        calendar.add("prodid", "-//okrsite//okrsite//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", vText(self._site.words.say("OKRs: %(owner)s", owner=title)))
        # An event is the same in every calendar, so it is put in as text.
        begin, end, rest = calendar.to_ical().decode().partition("END:VCALENDAR")
        return "".join([begin, *self._events(owner), end, rest])

    def _events(self, owner: str) -> Iterator[str]:
        site, say = self._site, self._site.words.say
        own = [o for o in site.by_owner.get(owner, ()) if o.active]
        every_cycle = owner == site.project.company
        gone = site.project.owners[owner].former(site.as_of)
        mine = {objective.cycle for objective in own}
        for cycle in self._cycles:
            if not every_cycle and cycle.id not in mine:
                continue
            name, address = plain(cycle.title), site.address_of_cycle(cycle.id)
            starts, ends = say("%(cycle)s starts", cycle=name), say("%(cycle)s ends", cycle=name)
            yield self._event(("start", cycle.id), cycle.start, starts, address)
            yield self._event(("end", cycle.id), _last_day(cycle), ends, address)
            if cycle.closing_day > cycle.end:
                closes = say("%(cycle)s closes: last day for grades", cycle=name)
                yield self._event(("close", cycle.id), cycle.closing_day, closes, address)
            if not gone:
                yield from self._check_in(owner, cycle, [o for o in own if o.cycle == cycle.id])
        for objective in [] if gone else sorted(own, key=lambda o: o.id):
            if site.project.cycles[objective.cycle].state(site.as_of) is not State.CLOSED:
                yield from self._dues(objective)

    def _check_in(self, owner: str, cycle: Cycle, objectives: Iterable[Objective]) -> Iterator[str]:
        """Return the recurring check-in of a cycle, with the shortest cadence of the objectives.

        It ends with the cycle: from then to the closing day only grades are given.
        """
        site = self._site
        if cycle.state(site.as_of) is State.CLOSED:
            return
        days = min((site.scorecard.objectives[o.id].due_days for o in objectives), default=None)
        if days is None:
            return
        rule = next(rule for most, rule in _CADENCES if days <= most)
        first = cycle.start + timedelta(days=(_MONDAY - cycle.start.weekday()) % 7)
        if "BYDAY" in rule and first.day > 7:
            first = _first_monday_after(first)
        if first > _last_day(cycle):
            return
        title = site.words.say("Check in: %(cycle)s", cycle=plain(cycle.title))
        key, address = ("check-in", owner, cycle.id), site.address_of_owner(owner)
        yield self._event(key, first, title, address, **rule, UNTIL=_last_day(cycle))

    def _dues(self, objective: Objective) -> Iterator[str]:
        for result in objective.counting:
            for name, title, day in _open_dues(result, self._site.as_of):
                address = self._site.address_of_objective(objective.id, result.id)
                due = self._site.words.say("Due: %(title)s", title=plain(title))
                yield self._event(("due", result.reference, name), day, due, address)

    def _event(self, key: tuple[str, ...], day: date, title: str, address: str, **rule: Any) -> str:
        if key not in self._written:
            event = Event()
            event.add("uid", stable_id("day", *key).removeprefix("urn:uuid:") + "@okrsite")
            event.add("dtstamp", datetime.combine(self._site.as_of, time(), UTC))
            event.add("dtstart", day)
            event.add("dtend", day + _DAY)
            event.add("summary", title)
            event.add("transp", "TRANSPARENT")
            if self._base is not None:
                event.add("url", self._base + address.removeprefix("./"))
            if rule:
                event.add("rrule", rule)
            self._written[key] = event.to_ical().decode()
        return self._written[key]


def _last_day(cycle: Cycle) -> date:
    """Return the day a cycle ends on, or was closed on before it."""
    return min(cycle.end, cycle.closing_day)


def _first_monday_after(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following + timedelta(days=(_MONDAY - following.weekday()) % 7)


def _open_dues(result: KeyResult, as_of: date) -> Iterator[tuple[str, str, date]]:
    """Return the due dates of a key result and its milestones that are not done."""
    measure = result.measure
    milestones = measure.milestones if isinstance(measure, Milestones) else ()
    single = isinstance(measure, Milestones) and measure.single
    if result.due is not None and not (single and measure.done_by(as_of)):
        yield "", result.title, result.due
    for number, milestone in enumerate(milestones):
        if milestone.due is not None and not milestone.done_by(as_of):
            yield f"{number} {milestone.title}", milestone.title, milestone.due
