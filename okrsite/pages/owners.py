"""The pages of owners: all teams as a tree, and all people by team."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from okrsite.documents.types import Type
from okrsite.language.inline import inline_without_links
from okrsite.pages.filters import Filters, around, attributes, member_facts, member_filters
from okrsite.pages.parts import OwnerRow, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Owner
from okrsite.project.model.cycles import Cycle

Row = TypeVar("Row")

_FEWEST_PLACES = 4
"""So many teams beside each other are worth jumping to."""


@dataclass(frozen=True, slots=True)
class OwnerGroup(Generic[Row]):
    """The rows of one owner on a page of many; `owner` is None for those that have none."""

    owner: Owner | None
    facts: Markup
    rows: tuple[Row, ...]

    @property
    def anchor(self) -> str | None:
        """The id of the owner's heading."""
        return owner_anchor(self.owner.id) if self.owner else None


@dataclass(frozen=True, slots=True)
class OwnersView:
    """The page of the teams, in the order of the organisation, below the company.

    The figures are of the `cycle`; without a team there are no rows.
    """

    context: PageContext
    body: Markup
    cycle: Cycle | None
    filters: Filters | None
    rows: tuple[OwnerRow, ...]
    number: int

    @property
    def anchors(self) -> dict[str, str]:
        """The ids of the rows to jump to in a long list: of the first level with several teams."""
        if self.filters is None or not self.filters.long:
            return {}
        for depth in sorted({row.depth for row in self.rows}):
            teams = [row.owner for row in self.rows if row.depth == depth]
            if len(teams) >= _FEWEST_PLACES:
                return {team: owner_anchor(team) for team in teams}
        return {}

    @property
    def places(self) -> list[tuple[str, Markup]]:
        """These anchors with the names of the teams."""
        owners = self.context.site.project.owners
        return [(at, inline_without_links(owners[id].title)) for id, at in self.anchors.items()]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The page of the people, by team in the order of the organisation."""

    context: PageContext
    body: Markup
    cycle: Cycle | None
    filters: Filters | None
    groups: tuple[OwnerGroup[OwnerRow], ...]
    number: int

    @property
    def places(self) -> list[tuple[str, Markup]]:
        """The anchors of the teams on the page, with their names."""
        return places_of(self.groups)


def teams_view(site: Site, address: str, body: Markup) -> OwnersView:
    """Return the page of all teams."""
    context, cycle = PageContext(site, address), site.home_cycle
    teams = [(owner, depth) for owner, depth in site.organisation if owner.type is not Type.PERSON]
    number = sum(owner.type is Type.TEAM for owner, _ in teams)
    filters = member_filters(context, [owner for owner, _ in teams], cycle)
    rows = tuple(_row(context, owner, cycle, depth) for owner, depth in teams) if number else ()
    return OwnersView(context, body, cycle, filters, rows, number)


def people_view(site: Site, address: str, body: Markup) -> PeopleView:
    """Return the page of all people."""
    context, cycle = PageContext(site, address), site.home_cycle
    people = list(site.owners_of(Type.PERSON))
    filters, groups = member_filters(context, people, cycle), tuple(_groups(context, cycle))
    return PeopleView(context, body, cycle, filters, groups, len(people))


def owner_anchor(id: str) -> str:
    """Return the id that an owner's heading has on a page of many."""
    return "okr-" + id.replace("/", "-").replace(" ", "-")


def places_of(groups: Iterable[OwnerGroup[Any]]) -> list[tuple[str, Markup]]:
    """Return the anchors of groups that have an owner, with the owners' names."""
    known = ((group.anchor, group.owner) for group in groups)
    return [(anchor, inline_without_links(one.title)) for anchor, one in known if anchor and one]


def _groups(context: PageContext, cycle: Cycle | None) -> Iterator[OwnerGroup[OwnerRow]]:
    site = context.site
    for owner in (*site.owners_of(Type.COMPANY, Type.TEAM), None):
        below = site.below.get(owner.id if owner else None, ())
        people = tuple(_row(context, one, cycle) for one in below if one.type is Type.PERSON)
        if people:
            yield OwnerGroup(owner, around(site, owner), people)


def _row(
    context: PageContext, owner: Owner, cycle: Cycle | None, depth: int | None = None
) -> OwnerRow:
    """Return an owner in a list with filters; by their `depth`, teams are kept below each other."""
    facts = member_facts(context.site, owner, cycle).attributes()
    if depth is not None:
        facts += attributes(depth=str(depth))
    return replace(context.owner_row(owner.id, depth or 0, cycle), facts=facts)
