"""Filters over a list: what can be chosen, and the attributes of its rows that the script reads.

The whole list stands in the HTML; the form is hidden until the script takes it over. What a row
does not say of itself is said by what is around it: the owner of a group holds for its rows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from okrsite.fields import Commitment
from okrsite.inline import inline_without_links
from okrsite.messages import message
from okrsite.model import Kpi, Level, Objective, Owner
from okrsite.source import Type
from okrsite.status import Health, Status
from okrsite.views.parts import Desk, Mark
from okrsite.views.site import Site

FEWEST = 4
"""A list is filtered from this many rows on; a shorter one is read at a glance."""

_LEVELS = {
    Level.COMPANY: message("Company"),
    Level.TEAM: message("Team"),
    Level.INDIVIDUAL: message("Individual"),
}
_COMMITMENTS = {
    Commitment.COMMITTED: message("Committed"),
    Commitment.ASPIRATIONAL: message("Aspirational"),
}
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Option:
    """One value that can be chosen: as it stands in the address, and in words."""

    value: str
    text: Markup
    tone: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """What a list can be filtered by; `name` stands in the address: `?status=at_risk`."""

    name: str
    label: str
    everything: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one list: `marks` are shown side by side, `choices` fold their options."""

    found: str
    marks: tuple[Facet, ...]
    choices: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row of a list is found by, besides its words."""

    status: str
    owners: tuple[str, ...] = ()
    level: Level | None = None
    commitment: Commitment | None = None
    stale: bool = False
    tags: tuple[str, ...] = ()

    def facts(self, **around: str) -> Markup:
        """Give the row's attributes, without those that are the same `around` it."""
        said = {
            "status": self.status,
            "level": str(self.level or ""),
            "commitment": str(self.commitment or ""),
            "stale": "stale" if self.stale else "",
            "tag": " ".join(map(quote, self.tags)),
        }
        return attributes(**{name: text for name, text in said.items() if text != around.get(name)})


@lru_cache(2**12)
def attributes(**values: str) -> Markup:
    """Write attributes that the script reads; the same ones stand on many rows.

    What has no value is left out, but for a status, which tells that an element is a row.
    """
    return Markup("").join(
        Markup(' data-okr-%s="%s"') % (name, value)
        for name, value in values.items()
        if value or name == "status"
    )


def owner_keys(owners: Iterable[str]) -> dict[str, str]:
    """Give each owner the shortest tail of their id that no other owner's id ends in."""
    tails: dict[str, int] = {}
    ids = list(owners)
    for id in ids:
        for tail in _tails(id):
            tails[tail] = tails.get(tail, 0) + 1
    return {id: next((tail for tail in _tails(id) if tails[tail] == 1), id) for id in ids}


def _tails(id: str) -> Iterator[str]:
    """Give the tails of an id, cut at its slashes, the shortest first."""
    parts = id.split("/")
    return ("/".join(parts[-length:]) for length in range(1, len(parts) + 1))


def objective_entry(site: Site, objective: Objective) -> Entry:
    """Say what an objective's row is found by."""
    figures = site.scorecard.objectives[objective.id]
    return Entry(
        status=str(figures.status or _NONE),
        owners=objective.owners,
        level=objective.level,
        commitment=objective.commitment,
        stale=figures.stale,
        tags=objective.page.tags,
    )


def kpi_entry(site: Site, kpi: Kpi) -> Entry:
    """Say what a KPI's card is found by; it is stale when a reading is overdue."""
    figures = site.scorecard.kpis[kpi.id]
    return Entry(
        status=str(figures.health),
        owners=(kpi.owner,) if kpi.owner is not None else (),
        stale=figures.overdue,
        tags=kpi.page.tags,
    )


def member_entry(owner: Owner, status: Mark | None) -> Entry:
    """Say what an owner's row is found by: a person by the team, which stands for the owner."""
    team = (owner.parent,) if owner.type is Type.PERSON and owner.parent is not None else ()
    tags = owner.page.tags if owner.page is not None else ()
    return Entry(status=status.key if status else _NONE, owners=team, tags=tags)


def filters_of(
    desk: Desk, entries: Iterable[Entry], found: str, marks: Mapping[str, str],
    owner: str | None = None,
) -> Filters | None:  # fmt: skip
    """Make the filters of a list, of what its entries differ in; none for a short list.

    `found` says how many rows are shown of how many, with `{found}` and `{all}`. `marks` are the
    words of the statuses by their key, in their order. `owner` is what the owners are called.
    """
    known = list(entries)
    if len(known) < FEWEST:
        return None
    status = Facet("status", desk.say("Status"), "", tuple(_statuses(desk, known, marks)))
    stale = Facet("stale", desk.say("Silent for too long"), "", tuple(_stale(desk, known)))
    choices = (
        Facet(
            "owner", owner or desk.say("Owner"), desk.say("All"), tuple(_owners(desk.site, known))
        ),
        Facet("level", desk.say("Level"), desk.say("All"), tuple(_levels(desk, known))),
        Facet(
            "commitment", desk.say("Commitment"), desk.say("All"), tuple(_commitments(desk, known))
        ),
        Facet("tag", desk.say("Tag"), desk.say("All"), tuple(_tags(known))),
    )
    return Filters(
        found=found,
        marks=tuple(
            facet for facet, least in ((status, 2), (stale, 1)) if len(facet.options) >= least
        ),
        choices=tuple(facet for facet in choices if _chooses(facet, known)),
    )


def _chooses(facet: Facet, entries: list[Entry]) -> bool:
    """Tell whether a choice leaves something out."""
    return len(facet.options) > 1 or (
        facet.name == "tag" and bool(facet.options) and not all(entry.tags for entry in entries)
    )


def objective_filters(desk: Desk, objectives: Iterable[Objective]) -> Filters | None:
    """Make the filters of a list of objectives."""
    from okrsite.views.parts.statuses import STATUS_WORDS

    words = {str(status): desk.say(STATUS_WORDS[status]) for status in Status}
    found = desk.say("%(found)s of %(all)s objectives", found="{found}", all="{all}")
    return filters_of(desk, (objective_entry(desk.site, o) for o in objectives), found, words)


def kpi_filters(desk: Desk) -> Filters | None:
    """Make the filters of the KPIs."""
    words = {str(health): desk.health(health).word for health in Health}
    found = desk.say("%(found)s of %(all)s KPIs", found="{found}", all="{all}")
    entries = [kpi_entry(desk.site, kpi) for kpi in desk.site.project.kpis.values()]
    return filters_of(desk, entries, found, words)


def _statuses(desk: Desk, entries: list[Entry], marks: Mapping[str, str]) -> Iterator[Option]:
    used = {entry.status for entry in entries}
    for key, word in marks.items():
        if key in used:
            tone = f"kpi_{key}" if key in set(Health) else key
            yield Option(key, escape(word), tone)
    if _NONE in used:
        yield Option(_NONE, escape(desk.say("No score")), _NONE)


def _stale(desk: Desk, entries: list[Entry]) -> Iterator[Option]:
    if any(entry.stale for entry in entries):
        yield Option("stale", escape(desk.say("Stale")), "stale")


def _owners(site: Site, entries: list[Entry]) -> Iterator[Option]:
    used = {owner for entry in entries for owner in entry.owners}
    for owner, _ in site.organisation:
        if owner.id in used:
            yield Option(site.owner_keys[owner.id], inline_without_links(owner.title))


def _levels(desk: Desk, entries: list[Entry]) -> Iterator[Option]:
    used = {entry.level for entry in entries}
    return (
        Option(str(level), escape(desk.say(word))) for level, word in _LEVELS.items()
        if level in used
    )  # fmt: skip


def _commitments(desk: Desk, entries: list[Entry]) -> Iterator[Option]:
    used = {entry.commitment for entry in entries}
    return (
        Option(str(commitment), escape(desk.say(word))) for commitment, word in _COMMITMENTS.items()
        if commitment in used
    )  # fmt: skip


def _tags(entries: list[Entry]) -> Iterator[Option]:
    tags = {tag for entry in entries for tag in entry.tags}
    return (Option(tag, escape(tag)) for tag in sorted(tags, key=lambda tag: (tag.casefold(), tag)))
