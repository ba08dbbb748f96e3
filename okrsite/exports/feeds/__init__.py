"""Check-ins as feeds, of the organisation, each owner and each pillar; days as calendars."""

from collections.abc import Iterator

from okrsite.exports.feeds.calendars import calendars_of
from okrsite.exports.feeds.formats import to_atom, to_json_feed
from okrsite.exports.feeds.items import feeds_of
from okrsite.pages.addresses import feed_path
from okrsite.pages.site import Site


def feed_files(site: Site, base: str | None) -> Iterator[tuple[str, str]]:
    """Return every feed and calendar of a published site: its path below the site, and its text.

    `base` is the web address of the site's root; without one, addresses are relative.
    """
    for feed in feeds_of(site, base):
        yield f"{feed.path}.atom", to_atom(feed)
        yield f"{feed.path}.json", to_json_feed(feed)
    for owner, calendar in calendars_of(site, base):
        yield f"{feed_path(owner)}.ics", calendar
