"""Links to feeds and calendars, for readers and for the programs that read them."""

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from okrsite.language.inline import plain
from okrsite.pages.addresses import feed_path, pillar_feed_path, to_root
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site

# Where it reads `alternate` alone, Material asks for a sitemap beside the address, as of a site in
# another language.
_ALTERNATE = Markup('<link rel="alternate feed" type="%s" title="%s" href="%s">')
_FEEDS = {"atom": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of an owner or a pillar: their path below the site's root, without an ending.

    `name` is whose they are, as plain text; only owners have a calendar.
    """

    path: str
    name: str
    calendar: bool


def owner_feeds(site: Site, owner: str) -> Feeds:
    """Return where the feeds and the calendar of an owner are."""
    return Feeds(quote(feed_path(owner)), plain(site.project.owners[owner].title), calendar=True)


def pillar_feeds(site: Site, pillar: str) -> Feeds:
    """Return where the feeds of a pillar are."""
    name = plain(site.project.pillars[pillar].page.title)
    return Feeds(quote(pillar_feed_path(pillar)), name, calendar=False)


def subscriptions(context: PageContext, feeds: Feeds) -> tuple[Link, ...]:
    """Return links to a feed, and to the calendar where there is one."""
    feed = Link(Markup.escape(context.say("Feed")), context.href(f"{feeds.path}.atom"))
    if not feeds.calendar:
        return (feed,)
    calendar = Link(Markup.escape(context.say("Calendar")), context.href(f"{feeds.path}.ics"))
    return feed, calendar


def alternates(site: Site, feeds: Feeds, address: str) -> Markup:
    """Return links for the head of the page at `address`, which feed readers and calendars find."""
    path, say = to_root(address) + feeds.path, site.words.say
    title = say("Check-ins: %(owner)s", owner=feeds.name)
    links = [_ALTERNATE % (type, title, f"{path}.{ending}") for ending, type in _FEEDS.items()]
    if feeds.calendar:
        title = say("OKRs: %(owner)s", owner=feeds.name)
        links.append(_ALTERNATE % ("text/calendar", title, f"{path}.ics"))
    return Markup("").join(links)
