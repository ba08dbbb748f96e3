"""Owners: all teams as a tree, and all people by team."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from okrsite.documents.types import Type
from okrsite.language.inline import inline
from okrsite.language.wording import NONE
from okrsite.pages.filters import Filters, around, attributes, member_entry, member_filters
from okrsite.pages.parts import Dated, Desk, Link, OwnerRow, Progress
from okrsite.pages.site import Site
from okrsite.project.model import Owner
from okrsite.project.model.cycles import Cycle


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An owner in one line, with what they are in a few words.

    `people` is how many belong to a team directly; None for a person.
    """

    row: OwnerRow
    description: Markup | None
    people: int | None


@dataclass(frozen=True, slots=True)
class OwnersView:
    """All that the page of the teams shows; `progress` is of the cycle that the figures are of."""

    title: Markup
    dated: Dated
    body: Markup
    progress: Progress | None
    filters: Filters | None
    rows: tuple[MemberRow, ...]
    counted: str


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """The people of one team; `team` is None for those who are in none."""

    team: Link | None
    title: Markup
    anchor: str
    facts: Markup
    people: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """All that the page of the people shows; `progress` is of the cycle that the figures are of."""

    title: Markup
    dated: Dated
    body: Markup
    progress: Progress | None
    filters: Filters | None
    groups: tuple[PeopleGroup, ...]
    counted: str


def teams_view(site: Site, address: str, body: Markup) -> OwnersView:
    """Make the page of all teams, in the order of the organisation, below the company.

    Without a team there are no rows.
    """
    desk, cycle = Desk(site, address), site.home_cycle
    teams = [(o, depth) for o, depth in site.organisation if o.type is not Type.PERSON]
    number = sum(owner.type is Type.TEAM for owner, _ in teams)
    return OwnersView(
        title=escape(desk.say("Teams")),
        dated=desk.dated(),
        body=body,
        progress=desk.progress(cycle) if cycle else None,
        filters=member_filters(desk, [owner for owner, _ in teams], cycle),
        rows=tuple(_listed(desk, o, cycle, depth) for o, depth in teams) if number else (),
        counted=desk.words.count("%(number)s team", "%(number)s teams", number),
    )


def people_view(site: Site, address: str, body: Markup) -> PeopleView:
    """Make the page of all people, by team in the order of the organisation."""
    desk, cycle = Desk(site, address), site.home_cycle
    people = list(site.owners_of(Type.PERSON))
    return PeopleView(
        title=escape(desk.say("People")),
        dated=desk.dated(),
        body=body,
        progress=desk.progress(cycle) if cycle else None,
        filters=member_filters(desk, people, cycle),
        groups=tuple(_groups(desk, cycle)),
        counted=count_people(desk, len(people)),
    )


def member_row(desk: Desk, owner: Owner, cycle: Cycle | None, depth: int = 0) -> MemberRow:
    """Show an owner in one line, with their figures where there is a cycle."""
    if cycle is None:
        row = OwnerRow(desk.owner(owner.id), depth, None, NONE, None, None, 0)
    else:
        row = desk.owner_row(owner.id, depth, cycle)
    description = owner.page.description if owner.page else None
    words = [former(desk, owner), inline(description) if description else None]
    return MemberRow(
        row=row,
        description=Markup(" · ").join(filter(None, words)) or None,
        people=None if owner.type is Type.PERSON else len(people_of(desk.site, owner)),
    )


def former(desk: Desk, owner: Owner) -> Markup | None:
    """Say until when a team or person was here who is gone."""
    if owner.until is None or not owner.former(desk.site.as_of):
        return None
    return escape(desk.say("Former, until %(day)s", day=desk.words.day(owner.until)))


def people_of(site: Site, owner: Owner) -> list[Owner]:
    """List who belongs to a team directly, by name; to the company those without a team too."""
    people = [o for o in site.below.get(owner.id, ()) if o.type is Type.PERSON]
    if owner.type is Type.COMPANY:
        people += [o for o in site.below.get(None, ()) if o.type is Type.PERSON]
    return people


def owner_anchor(id: str) -> str:
    """Return the id that an owner's heading has on a page of many."""
    return "okr-" + id.replace("/", "-").replace(" ", "-")


def count_people(desk: Desk, number: int) -> str:
    """Count people in words."""
    return desk.words.count("%(number)s person", "%(number)s people", number)


def _groups(desk: Desk, cycle: Cycle | None) -> Iterator[PeopleGroup]:
    site = desk.site
    for owner in site.owners_of(Type.COMPANY, Type.TEAM):
        people = [o for o in site.below.get(owner.id, ()) if o.type is Type.PERSON]
        if people:
            link = desk.owner(owner.id)
            facts, rows = around(site, owner), _rows(desk, people, cycle)
            yield PeopleGroup(link, link.text, owner_anchor(owner.id), facts, rows)
    alone = [o for o in site.below.get(None, ()) if o.type is Type.PERSON]
    if alone:
        title = escape(desk.say("Without a team"))
        rows = _rows(desk, alone, cycle)
        yield PeopleGroup(None, title, "okr-without-a-team", Markup(), rows)


def _rows(desk: Desk, people: Iterable[Owner], cycle: Cycle | None) -> tuple[MemberRow, ...]:
    return tuple(_listed(desk, person, cycle) for person in people)


def _listed(desk: Desk, owner: Owner, cycle: Cycle | None, depth: int | None = None) -> MemberRow:
    """Show an owner in a list that is filtered; `depth` tells which rows stand under which."""
    member = member_row(desk, owner, cycle, depth or 0)
    facts = member_entry(desk.site, owner, cycle).facts()
    if depth is not None:
        facts += attributes(depth=str(depth))
    return replace(member, row=replace(member.row, facts=facts))
