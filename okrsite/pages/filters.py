"""Filters over a list: what can be chosen, and the attributes of its rows that the script reads.

The whole list stands in the HTML; the form is hidden until the script takes it over. What a row
does not say of itself is said by what is around it: the owner of a group holds for its rows.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from okrsite.documents.types import Type
from okrsite.documents.values import Commitment
from okrsite.i18n import message
from okrsite.language.inline import inline_without_links
from okrsite.pages.parts import Desk, ObjectiveRow
from okrsite.pages.parts.statuses import HEALTH_WORDS, STATUS_WORDS
from okrsite.pages.site import Site
from okrsite.project.model import Kpi, Level, Objective, Owner
from okrsite.project.model.cycles import Cycle
from okrsite.project.sorting import natural
from okrsite.scores.status import Status

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
_LEVEL_OF = {Type.COMPANY: Level.COMPANY, Type.TEAM: Level.TEAM, Type.PERSON: Level.INDIVIDUAL}
_UNCOUNTED = (Status.DRAFT, Status.CANCELLED)
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
        """Return the row's attributes, without those that are the same `around` it."""
        said = {
            "status": self.status,
            "level": str(self.level or ""),
            "commitment": str(self.commitment or ""),
            "stale": "stale" if self.stale else "",
            "tag": " ".join(map(quote, self.tags)),
        }
        return attributes(**{name: text for name, text in said.items() if text != around.get(name)})


class Group:
    """The rows of one owner's objectives: what holds for most of them is said once around them."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        self._desk = desk
        self._around = {
            "level": str(_LEVEL_OF[owner.type]),
            "commitment": str(desk.site.settings.commitment),
        }
        self.facts = attributes(owner=quote(desk.site.owner_keys[owner.id]), **self._around)

    def row(self, objective: Objective) -> ObjectiveRow:
        """Show an objective in one line that can be filtered."""
        facts = objective_entry(self._desk.site, objective).facts(**self._around)
        return replace(self._desk.objective_row(objective), facts=facts)


def row_in_tree(desk: Desk, objective: Objective) -> ObjectiveRow:
    """Show an objective in one line that says all of itself: rows of a tree lie in each other."""
    facts = objective_entry(desk.site, objective).facts()
    facts += attributes(
        owner=" ".join(quote(desk.site.owner_keys[owner]) for owner in objective.owners),
        weight="" if objective.weight.value == 1 else f"{objective.weight.value:g}",
    )
    return replace(desk.objective_row(objective), facts=facts)


@lru_cache(2**12)
def attributes(**values: str) -> Markup:
    """Write attributes that the script reads, without the empty ones; many rows have the same."""
    return Markup("").join(
        Markup(' data-okr-%s="%s"') % (name, value) for name, value in values.items() if value
    )


def around(site: Site, owner: Owner) -> Markup:
    """Return the attributes of a group whose rows are all of one owner."""
    return attributes(owner=quote(site.owner_keys[owner.id]))


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


def member_entry(site: Site, owner: Owner, cycle: Cycle | None) -> Entry:
    """Say what an owner's row is found by: a person by the team, which stands for the owner."""
    figures = site.scorecard.owners.get(owner.id, {}).get(cycle.id) if cycle else None
    in_team = owner.type is Type.PERSON and owner.parent in site.project.owners
    return Entry(
        status=str((figures.status if figures else None) or _NONE),
        owners=(owner.parent,) if in_team and owner.parent is not None else (),
        tags=owner.page.tags if owner.page is not None else (),
    )


def filters_of(
    desk: Desk, entries: Iterable[Entry], found: str, owner: str | None = None
) -> Filters | None:
    """Make the filters of a list, of what its entries differ in; none for a short list.

    `found` says how many rows are shown of how many, with `{found}` and `{all}`. `owner` is what
    the owners are called.
    """
    known = list(entries)
    if len(known) < FEWEST:
        return None
    status = Facet("status", desk.say("Status"), "", tuple(_statuses(desk, known)))
    stale = Facet("stale", desk.say("Silent for too long"), "", tuple(_stale(desk, known)))
    everything = desk.say("All")
    choices = (
        Facet("owner", owner or desk.say("Owner"), everything, tuple(_owners(desk.site, known))),
        Facet("level", desk.say("Level"), everything, tuple(_levels(desk, known))),
        Facet("commitment", desk.say("Commitment"), everything, tuple(_commitments(desk, known))),
        Facet("tag", desk.say("Tag"), everything, tuple(_tags(known))),
    )
    return Filters(
        found=found,
        marks=tuple(
            facet for facet, least in ((status, 2), (stale, 1)) if len(facet.options) >= least
        ),
        choices=tuple(facet for facet in choices if _chooses(facet, known)),
    )


def _chooses(facet: Facet, entries: list[Entry]) -> bool:
    """Whether a choice leaves something out."""
    return len(facet.options) > 1 or (
        facet.name == "tag" and bool(facet.options) and not all(entry.tags for entry in entries)
    )


def objective_filters(desk: Desk, objectives: Iterable[Objective]) -> Filters | None:
    """Make the filters of a list of objectives."""
    found = desk.say("%(found)s of %(all)s objectives", found="{found}", all="{all}")
    return filters_of(desk, (objective_entry(desk.site, o) for o in objectives), found)


def kpi_filters(desk: Desk) -> Filters | None:
    """Make the filters of the KPIs."""
    found = desk.say("%(found)s of %(all)s KPIs", found="{found}", all="{all}")
    kpis = desk.site.project.kpis.values()
    return filters_of(desk, (kpi_entry(desk.site, kpi) for kpi in kpis), found)


def member_filters(desk: Desk, owners: Collection[Owner], cycle: Cycle | None) -> Filters | None:
    """Make the filters of a list of teams or people, with their statuses in a cycle."""
    found = desk.say("%(found)s of %(all)s teams", found="{found}", all="{all}")
    if all(owner.type is Type.PERSON for owner in owners):
        found = desk.say("%(found)s of %(all)s people", found="{found}", all="{all}")
    entries = (member_entry(desk.site, owner, cycle) for owner in owners)
    return filters_of(desk, entries, found, desk.say("Team"))


def _statuses(desk: Desk, entries: list[Entry]) -> Iterator[Option]:
    used = {entry.status for entry in entries}
    # What does not count stands last.
    for status in sorted(STATUS_WORDS, key=lambda status: status in _UNCOUNTED):
        if str(status) in used:
            yield Option(str(status), escape(desk.say(STATUS_WORDS[status])), str(status))
    for health, word in HEALTH_WORDS.items():
        if str(health) in used:
            yield Option(str(health), escape(desk.say(word)), f"kpi_{health}")
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
    return (Option(tag, escape(tag)) for tag in sorted(tags, key=lambda tag: (natural(tag), tag)))
