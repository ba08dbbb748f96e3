"""The footer of every page: the day that it shows, and other ways to its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from markupsafe import Markup

from okrsite.pages.addresses import feed_path
from okrsite.pages.figures import ADDRESS
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site


@dataclass(frozen=True, slots=True)
class Footer:
    """What the footer leads to, from one page; `edit` is where that page is edited, if anywhere."""

    as_of: date
    guide: str
    data: str
    feeds: str
    edit: str | None


def footer(renderer: Renderer, site: Site) -> Callable[[str, str | None], Markup]:
    """Return what renders the footer, given the path to the root and where a page is edited."""
    feeds, guide = feed_path(site.company.id), site.addresses.page(ADDRESS)

    @cache
    def rendered(base: str, edit: str | None) -> Markup:
        root = f"{base.rstrip('/')}/"
        shown = Footer(
            as_of=site.as_of,
            guide=f"{root}{guide}",
            data=f"{root}data/okrs",
            feeds=f"{root}{feeds}",
            edit=edit or None,
        )
        return Markup(renderer.render("footer", shown))

    return rendered
