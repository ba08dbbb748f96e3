"""How to read the figures: what scores, statuses and marks mean, with the limits of this site."""

from dataclasses import dataclass

from markupsafe import Markup

from okrsite.pages.parts import PageContext
from okrsite.pages.site import Site
from okrsite.settings import Thresholds

ADDRESS = "figures/index.md"
"""The file that the page would be made of."""


@dataclass(frozen=True, slots=True)
class FiguresView:
    """All that the page shows: the limits by which this site judges."""

    context: PageContext
    body: Markup
    limits: Thresholds


def figures_view(site: Site, address: str, body: Markup) -> FiguresView:
    """Return the page that says how to read the figures."""
    return FiguresView(PageContext(site, address), body, site.settings.thresholds)
