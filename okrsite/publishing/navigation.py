"""What the navigation of a site is made from: our sections, and the order of the user's pages."""

import posixpath
from collections.abc import Collection
from typing import Any

from okrsite.documents.links import local_links
from okrsite.i18n import message
from okrsite.util.markdown_files import without_ending

SECTION_TITLES = {
    "this-week": message("This week"),
    "strategy": message("Strategy"),
    "cycles": message("Cycles"),
    "teams": message("Teams"),
    "people": message("People"),
    "kpis": message("KPIs"),
    "alignment": message("Alignment"),
    "check-ins": message("Check-ins"),
    "insights": message("Insights"),
}


def ranks_by_links(markdown: str, folder: str) -> dict[str, int]:
    """Return the rank of each file and subfolder of a folder by the first link to it.

    `markdown` is the text of the folder's index page.
    """
    ranks: dict[str, int] = {}
    for link in local_links(markdown):
        path = posixpath.normpath(posixpath.join(folder, link))
        inside = posixpath.relpath(path, folder or ".").split("/")[0]
        ranks.setdefault(without_ending(inside), len(ranks))
    return ranks


def without_files(nav: Any, files: Collection[str]) -> Any:
    """Return a navigation as written without some files and the titles that it gives them.

    Parts of it that have nothing else are left out, too.
    """
    if isinstance(nav, str):
        return None if posixpath.normpath(nav) in files else nav
    if isinstance(nav, dict):
        kept = {title: without_files(inside, files) for title, inside in nav.items()}
        return {title: inside for title, inside in kept.items() if inside is not None} or None
    if isinstance(nav, list):
        inside = [without_files(item, files) for item in nav]
        return [item for item in inside if item is not None] or (None if nav else nav)
    return nav
