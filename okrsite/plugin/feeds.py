"""Writes the feeds and calendars, and says in the head of pages where they are."""

from collections.abc import Collection
from pathlib import Path

from okrsite.feeds import feed_files
from okrsite.views.site import Site
from okrsite.views.subscriptions import alternates
from okrsite.writing import Output

_HEAD_END = "</head>"


def publish_feeds(site: Site, folder: Path, taken: Collection[str]) -> None:
    """Write the feeds and calendars into the folder of the site, none over one that is `taken`."""
    output = Output(folder)
    for path, text in feed_files(site, site.addresses.site):
        if path not in taken:
            output.write(path, text)


def with_alternates(html: str, site: Site, owner: str, address: str) -> str:
    """Put links to an owner's feeds into the head of a page, whatever template made it."""
    return html.replace(_HEAD_END, f"{alternates(site, owner, address)}{_HEAD_END}", 1)
