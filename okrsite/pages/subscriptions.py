"""Links to an owner's feeds and calendar, for readers and for the programs that read them."""

from urllib.parse import quote

from markupsafe import Markup

from okrsite.language.inline import plain
from okrsite.pages.addresses import feed_path, to_root
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site

# Where it reads `alternate` alone, Material asks for a sitemap beside the address, as of a site in
# another language.
_ALTERNATE = Markup('<link rel="alternate feed" type="%s" title="%s" href="%s">')
_TYPES = {"atom": "application/atom+xml", "json": "application/feed+json", "ics": "text/calendar"}


def subscriptions(context: PageContext, owner: str) -> tuple[Link, ...]:
    """Return a link to an owner's feed and calendar."""
    path = quote(feed_path(owner))
    return (
        Link(Markup.escape(context.say("Feed")), context.href(f"{path}.atom")),
        Link(Markup.escape(context.say("Calendar")), context.href(f"{path}.ics")),
    )


def alternates(site: Site, owner: str, address: str) -> Markup:
    """Return links for the head of the page at `address`, which feed readers and calendars find."""
    path = to_root(address) + quote(feed_path(owner))
    name = plain(site.project.owners[owner].title)
    titles = {
        "atom": site.words.say("Check-ins: %(owner)s", owner=name),
        "json": site.words.say("Check-ins: %(owner)s", owner=name),
        "ics": site.words.say("OKRs: %(owner)s", owner=name),
    }
    return Markup("").join(
        _ALTERNATE % (type, titles[ending], f"{path}.{ending}") for ending, type in _TYPES.items()
    )
