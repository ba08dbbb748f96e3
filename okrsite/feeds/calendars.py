"""An owner's days as iCalendar (RFC 5545): cycles, what is due, and the rhythm of check-ins."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event

from okrsite.cycles import Cycle, State
from okrsite.feeds.entries import stable_id
from okrsite.inline import plain
from okrsite.model import KeyResult, Objective
from okrsite.views.site import Site

_DAY = timedelta(days=1)
_MONDAY = 0
_RHYTHMS: tuple[tuple[int, dict[str, Any]], ...] = (
    (7, {"FREQ": "WEEKLY"}),
    (14, {"FREQ": "WEEKLY", "INTERVAL": 2}),
    (31, {"FREQ": "MONTHLY", "BYDAY": "1MO"}),
    (92, {"FREQ": "MONTHLY", "INTERVAL": 3, "BYDAY": "1MO"}),
)
"""How a check-in recurs, by the most days that lie between two: always on a Monday."""


def calendar_of(site: Site, owner: str, base: str | None) -> str:
    """Write an owner's calendar: the cycles they have objectives in, or, for the organisation,
    all; days on which something of theirs is due; and, in open and coming cycles, the check-in
    that is due most often. Days are whole days without a time zone."""
    title = plain(site.project.owners[owner].title)
    calendar = Calendar()
    calendar.add("prodid", "-//okrsite//okrsite//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", site.words.say("OKRs: %(owner)s", owner=title))
    for event in _events(site, owner, base):
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _events(site: Site, owner: str, base: str | None) -> Iterator[Event]:
    say = site.words.say
    own = [o for o in site.by_owner.get(owner, ()) if o.active]
    every_cycle = owner == site.project.company
    mine = {objective.cycle for objective in own}
    for cycle in sorted(site.project.cycles.values(), key=lambda c: (c.start, c.end, c.id)):
        if not every_cycle and cycle.id not in mine:
            continue
        name, address = plain(cycle.title), site.address_of_cycle(cycle.id)
        starts, ends = (say("%(cycle)s starts", cycle=name), say("%(cycle)s ends", cycle=name))
        yield _event(site, ("start", owner, cycle.id), cycle.start, starts, address, base)
        yield _event(site, ("end", owner, cycle.id), cycle.closing_day, ends, address, base)
        rhythm = _rhythm(site, owner, cycle, [o for o in own if o.cycle == cycle.id], base)
        if rhythm is not None:
            yield rhythm
    for objective in sorted(own, key=lambda o: o.id):
        if site.project.cycles[objective.cycle].state(site.as_of) is not State.CLOSED:
            yield from _dues(site, owner, objective, base)


def _rhythm(
    site: Site, owner: str, cycle: Cycle, objectives: Iterable[Objective], base: str | None
) -> Event | None:
    """Make the recurring check-in of a cycle, as often as the most frequent objective asks."""
    if cycle.state(site.as_of) is State.CLOSED:
        return None
    days = min((site.scorecard.objectives[o.id].due_days for o in objectives), default=None)
    if days is None:
        return None
    rule = next(rule for most, rule in _RHYTHMS if days <= most)
    first = cycle.start + timedelta(days=(_MONDAY - cycle.start.weekday()) % 7)
    if "BYDAY" in rule and first.day > 7:
        first = _first_monday_after(first)
    if first > cycle.closing_day:
        return None
    title = site.words.say("Check in: %(cycle)s", cycle=plain(cycle.title))
    address = site.address_of_owner(owner)
    event = _event(site, ("check-in", owner, cycle.id), first, title, address, base)
    event.add("rrule", {**rule, "UNTIL": cycle.closing_day})
    return event


def _first_monday_after(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following + timedelta(days=(_MONDAY - following.weekday()) % 7)


def _dues(site: Site, owner: str, objective: Objective, base: str | None) -> Iterator[Event]:
    for result in objective.counting:
        for name, title, day in _open_dues(result, site.as_of):
            address = site.address_of_objective(objective.id, result.id)
            due = site.words.say("Due: %(title)s", title=plain(title))
            key = ("due", owner, result.reference, name)
            yield _event(site, key, day, due, address, base)


def _open_dues(result: KeyResult, as_of: date) -> Iterator[tuple[str, str, date]]:
    """List what of a key result has a day of its own and is not done."""
    if result.due is not None and not (result.single and _done(result, as_of)):
        yield "", result.title, result.due
    if not result.single:
        for number, milestone in enumerate(result.milestones):
            if milestone.due is not None and not milestone.done_by(as_of):
                yield f"{number} {milestone.title}", milestone.title, milestone.due


def _done(result: KeyResult, as_of: date) -> bool:
    return all(milestone.done_by(as_of) for milestone in result.milestones)


def _event(
    site: Site, key: tuple[str, ...], day: date, title: str, address: str, base: str | None
) -> Event:
    event = Event()
    event.add("uid", stable_id("day", *key).removeprefix("urn:uuid:") + "@okrsite")
    event.add("dtstamp", datetime.combine(site.as_of, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    if base is not None:
        event.add("url", base + address.removeprefix("./"))
    return event
