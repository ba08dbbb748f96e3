"""What the search finds besides pages: lists, filtered by a status, as “at risk” asks for them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.i18n import message
from okrsite.language.inline import plain
from okrsite.pages.parts.statuses import HEALTH_WORDS, STATUS_WORDS
from okrsite.pages.site import Site
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores.status import Health, Status

OVERDUE = message("Overdue")
"""What is called so that had no recent update, or no recent reading."""

_OBJECTIVES = "okr-objectives"
_ALWAYS = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
_UNHEALTHY = (Health.HEALTHY, Health.WARNING, Health.CRITICAL)


@dataclass(frozen=True, slots=True)
class FoundList:
    """A filtered list: its address with the query, its title, and the key of its status.

    `anchor` is where the list begins on its page. The search of the theme takes an address with
    an anchor for a part of a page, so it is added where the result is shown.
    """

    address: str
    title: str
    line: str
    tone: str
    anchor: str = ""


def found_lists(site: Site) -> list[FoundList]:
    """Return the lists that the search finds by the name of a status."""
    return [*_of_objectives(site), *_of_kpis(site)]


def listed_cycles(site: Site) -> list[Cycle]:
    """Return the cycles whose lists are found: the current one, others that are open, and the one
    before, whose verdicts people look for.
    """
    current = site.home_cycle
    before = site.before(current) if current else None
    opened = (cycle for cycle in site.cycles if cycle.state(site.as_of) is State.OPEN)
    found = {cycle.id: cycle for cycle in (current, *opened, before) if cycle}
    return [cycle for id, cycle in found.items() if site.by_cycle.get(id)]


def _of_objectives(site: Site) -> Iterator[FoundList]:
    for cycle in listed_cycles(site):
        figures = [site.scorecard.objectives[o.id] for o in site.by_cycle[cycle.id]]
        statuses = Counter(one.status for one in figures if one.status)
        current = site.home_cycle is not None and cycle.id == site.home_cycle.id
        shown = {status: statuses[status] for status in Status if statuses[status]}
        if current and cycle.state(site.as_of) is State.OPEN:
            shown = {**{status: statuses[status] for status in _ALWAYS}, **shown}
        address, line = site.address_of_cycle(cycle.id), plain(cycle.title)
        for status, number in shown.items():
            title = _counted(site, STATUS_WORDS[status], number)
            yield FoundList(f"{address}?status={status}", title, line, str(status), _OBJECTIVES)
        stale = sum(one.stale for one in figures)
        if stale or current:
            title = _counted(site, OVERDUE, stale)
            yield FoundList(f"{address}?stale=stale", title, line, "stale", _OBJECTIVES)


def _counted(site: Site, name: str, number: int) -> str:
    objectives = site.words.count("%(number)s objective", "%(number)s objectives", number)
    return f"{site.words.say(name)}: {objectives}"


def _of_kpis(site: Site) -> Iterator[FoundList]:
    figures = [site.scorecard.kpis[kpi.id] for kpi in site.project.kpis.values() if kpi.active]
    address, line = site.addresses.page("kpis/index.md"), site.words.say("KPIs")
    for health in _UNHEALTHY:
        if number := sum(one.health is health for one in figures):
            title = _counted_kpis(site, HEALTH_WORDS[health], number)
            yield FoundList(f"{address}?status={health}", title, line, f"kpi_{health}")
    if number := sum(one.overdue for one in figures):
        title = _counted_kpis(site, OVERDUE, number)
        yield FoundList(f"{address}?stale=stale", title, line, "stale")


def _counted_kpis(site: Site, name: str, number: int) -> str:
    kpis = site.words.count("%(number)s KPI", "%(number)s KPIs", number)
    return f"{site.words.say(name)}: {kpis}"
