"""Owners: all teams as a tree, and all people by team."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from okrsite.documents.types import Type
from okrsite.language.inline import inline
from okrsite.pages.filters import Filters, around, attributes, member_entry, member_filters
from okrsite.pages.parts import Link, OwnerRow, PageContext, Progress
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
    context: PageContext
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
    context: PageContext
    body: Markup
    progress: Progress | None
    filters: Filters | None
    groups: tuple[PeopleGroup, ...]
    counted: str


def teams_view(site: Site, address: str, body: Markup) -> OwnersView:
    """Make the page of all teams, in the order of the organisation, below the company.

    Without a team there are no rows.
    """
    context, cycle = PageContext(site, address), site.home_cycle
    teams = [(o, depth) for o, depth in site.organisation if o.type is not Type.PERSON]
    number = sum(owner.type is Type.TEAM for owner, _ in teams)
    return OwnersView(
        title=escape(context.say("Teams")),
        context=context,
        body=body,
        progress=context.progress(cycle) if cycle else None,
        filters=member_filters(context, [owner for owner, _ in teams], cycle),
        rows=tuple(_listed(context, o, cycle, depth) for o, depth in teams) if number else (),
        counted=context.words.count("%(number)s team", "%(number)s teams", number),
    )


def people_view(site: Site, address: str, body: Markup) -> PeopleView:
    """Make the page of all people, by team in the order of the organisation."""
    context, cycle = PageContext(site, address), site.home_cycle
    people = list(site.owners_of(Type.PERSON))
    return PeopleView(
        title=escape(context.say("People")),
        context=context,
        body=body,
        progress=context.progress(cycle) if cycle else None,
        filters=member_filters(context, people, cycle),
        groups=tuple(_groups(context, cycle)),
        counted=count_people(context, len(people)),
    )


def member_row(
    context: PageContext, owner: Owner, cycle: Cycle | None, depth: int = 0
) -> MemberRow:
    """Show an owner in one line, with their figures where there is a cycle."""
    description = owner.page.description if owner.page else None
    return MemberRow(
        row=context.owner_row(owner.id, depth, cycle),
        description=inline(description) if description else None,
        people=None if owner.type is Type.PERSON else len(people_of(context.site, owner)),
    )


def people_of(site: Site, owner: Owner) -> list[Owner]:
    """List who belongs to a team directly, by name; to the company those without a team too."""
    people = [o for o in site.below.get(owner.id, ()) if o.type is Type.PERSON]
    if owner.type is Type.COMPANY:
        people += [o for o in site.below.get(None, ()) if o.type is Type.PERSON]
    return people


def owner_anchor(id: str) -> str:
    """Return the id that an owner's heading has on a page of many."""
    return "okr-" + id.replace("/", "-").replace(" ", "-")


def count_people(context: PageContext, number: int) -> str:
    """Count people in words."""
    return context.words.count("%(number)s person", "%(number)s people", number)


def _groups(context: PageContext, cycle: Cycle | None) -> Iterator[PeopleGroup]:
    site = context.site
    for owner in site.owners_of(Type.COMPANY, Type.TEAM):
        people = [o for o in site.below.get(owner.id, ()) if o.type is Type.PERSON]
        if people:
            link = context.owner(owner.id)
            facts, rows = around(site, owner), _rows(context, people, cycle)
            yield PeopleGroup(link, link.text, owner_anchor(owner.id), facts, rows)
    alone = [o for o in site.below.get(None, ()) if o.type is Type.PERSON]
    if alone:
        title = escape(context.say("Without a team"))
        rows = _rows(context, alone, cycle)
        yield PeopleGroup(None, title, "okr-without-a-team", Markup(), rows)


def _rows(
    context: PageContext, people: Iterable[Owner], cycle: Cycle | None
) -> tuple[MemberRow, ...]:
    return tuple(_listed(context, person, cycle) for person in people)


def _listed(
    context: PageContext, owner: Owner, cycle: Cycle | None, depth: int | None = None
) -> MemberRow:
    """Show an owner in a list that is filtered; `depth` tells which rows stand under which."""
    member = member_row(context, owner, cycle, depth or 0)
    facts = member_entry(context.site, owner, cycle).facts()
    if depth is not None:
        facts += attributes(depth=str(depth))
    return replace(member, row=replace(member.row, facts=facts))
