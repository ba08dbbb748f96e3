"""Where readers subscribe to news and talk: feeds, calendars, links of owners, an address of the
settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from okrsite.i18n import message
from okrsite.language.inline import inline_without_links, plain
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.subscriptions import Feeds, owner_feeds, subscriptions
from okrsite.project.model import Kpi, Objective, Owner


@dataclass(frozen=True, slots=True)
class TakePart:
    """Links to feeds, to calendars, and to the places where people talk."""

    feeds: tuple[Link, ...]
    calendars: tuple[Link, ...]
    places: tuple[Link, ...]


def of_owner(context: PageContext, owner: Owner) -> TakePart:
    """Return where one subscribes to an owner's news; the owner's links are in the page's head."""
    return _take_part(context, [owner_feeds(context.site, owner.id)], ())


def of_objective(context: PageContext, objective: Objective) -> TakePart:
    """Return where one subscribes to the news of an objective's owners, and talks about it."""
    owners = [context.site.project.owners[id] for id in objective.owners]
    feeds = [owner_feeds(context.site, owner.id) for owner in owners]
    places = [*_discuss(context, objective.id, objective.page.title), *_links(owners)]
    return _take_part(context, feeds, places)


def of_kpi(context: PageContext, kpi: Kpi) -> TakePart:
    """Return where one subscribes to the news of a KPI's owner, and talks about it."""
    owners = [context.site.project.owners[kpi.owner]] if kpi.owner is not None else []
    feeds = [owner_feeds(context.site, owner.id) for owner in owners]
    return _take_part(context, feeds, [*_discuss(context, kpi.id, kpi.page.title), *_links(owners)])


def _take_part(context: PageContext, feeds: Iterable[Feeds], places: Iterable[Link]) -> TakePart:
    found = [(one, subscriptions(context, one)) for one in feeds]
    feed, calendar = message("Feed of %(name)s"), message("Calendar of %(name)s")
    return TakePart(
        tuple(_named(context, feed, one, links[0]) for one, links in found),
        tuple(_named(context, calendar, one, links[-1]) for one, links in found),
        tuple(places),
    )


def _named(context: PageContext, text: str, feeds: Feeds, link: Link) -> Link:
    return Link(escape(context.say(text, name=feeds.name)), link.href)


def _links(owners: Iterable[Owner]) -> Iterable[Link]:
    return [Link(inline_without_links(title), url) for one in owners for title, url in one.links]


def _discuss(context: PageContext, id: str, title: str) -> Iterable[Link]:
    """Yield the link that the setting `discuss_url` makes for a document."""
    address = context.site.settings.discuss_url
    if address is None:
        return ()
    values = {"{id}": id, "{title}": plain(title)}
    for name, value in values.items():
        address = address.replace(name, quote(value, safe=""))
    return [Link(Markup(escape(context.say("Discuss"))), address)]
