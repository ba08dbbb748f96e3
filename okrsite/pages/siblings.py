"""The way from one page to its siblings: other cycles, teams and people, the same kind of page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.documents.types import Type
from okrsite.i18n import message
from okrsite.language.inline import inline_without_links
from okrsite.pages.parts import Link, PageContext
from okrsite.project.model import Owner
from okrsite.project.model.cycles import Cycle

_MOST = 40
"""So many siblings are listed; the page of all has the others."""


@dataclass(frozen=True, slots=True)
class Siblings:
    """The page before and after this one, and a choice of others.

    `label` says what they are; the page itself is among the `others` without a link.
    """

    label: str
    previous: Link | None
    next: Link | None
    others: tuple[Link, ...]
    all: Link | None = None


def cycle_siblings(
    context: PageContext, cycle: Cycle, uri_of: Callable[[Cycle], str | None]
) -> Siblings | None:
    """Return the pages of one kind about other cycles; `uri_of` returns that of a cycle.

    Before and after are cycles of about the same length.
    """
    cycles = [one for one in context.site.cycles if uri_of(one) is not None]
    if len(cycles) < 2:
        return None

    def link(one: Cycle | None) -> Link | None:
        if one is None or (uri := uri_of(one)) is None:
            return None
        text = inline_without_links(one.title)
        if one.id == cycle.id:
            return Link(text, None)
        return Link(text, context.href(context.site.addresses.page(uri)))

    before, following = context.site.before(cycle), context.site.after(cycle)
    others = tuple(filter(None, map(link, cycles[:_MOST])))
    overview = context.page(context.say("All cycles"), "cycles/index.md")
    label = message("Other cycles")
    return Siblings(label, link(before), link(following), others, overview)


def owner_siblings(context: PageContext, owner: Owner) -> Siblings | None:
    """Return the pages of the teams, or of the people, that belong where an owner does."""
    site = context.site
    if owner.type is Type.COMPANY:
        return None
    around = [
        one
        for one, _ in site.organisation
        if one.type is owner.type and one.parent == owner.parent and one.page is not None
    ]
    if owner not in around or len(around) < 2:
        return None
    at = around.index(owner)
    if owner.type is Type.PERSON:
        label, overview = message("Other people"), (message("All people"), "people/index.md")
    else:
        label, overview = message("Other teams"), (message("All teams"), "teams/index.md")
    all_of = context.page(context.say(overview[0]), overview[1])
    shown = _window(around, at)
    return Siblings(
        label,
        context.owner(around[at - 1].id) if at else None,
        context.owner(around[at + 1].id) if at + 1 < len(around) else None,
        tuple(_named(context, one, owner) for one in shown),
        all_of,
    )


def _window(around: Sequence[Owner], at: int) -> Sequence[Owner]:
    """Return so many siblings, those around the one at a position."""
    start = max(0, min(at - _MOST // 2, len(around) - _MOST))
    return around[start : start + _MOST]


def _named(context: PageContext, one: Owner, itself: Owner) -> Link:
    link = context.owner(one.id)
    return Link(Markup(escape(link.text)), None) if one is itself else link
