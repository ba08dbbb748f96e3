"""`okrsite status`: a cycle in the terminal."""

import click

from okrsite.cli.common import LoadedSite, SiteOptions, open_site, site_options, warn_of_private
from okrsite.cli.completion import CYCLES, OWNERS, Existing
from okrsite.cli.overview import Overview, groups_of
from okrsite.cli.terminal import print_rich, title
from okrsite.cli.typed_names import TypedNames
from okrsite.pages.addresses import Addresses
from okrsite.pages.parts import PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Owner
from okrsite.project.model.cycles import Cycle, newest_first
from okrsite.project.names import NameKind
from okrsite.scores.shown import as_shown

_EXAMPLE = """\b
Examples:
  okrsite status
  okrsite status sales --cycle 2026-q3"""
_CYCLE = "The cycle to show; default: the home page's."


@click.command(epilog=_EXAMPLE)
@site_options
@click.argument("owner", type=Existing(OWNERS), required=False)
@click.option("--cycle", type=Existing(CYCLES), metavar="CYCLE", help=_CYCLE)
def status(given: SiteOptions, owner: str | None, cycle: str | None) -> None:
    """Show a cycle in the terminal, including private documents.

    It shows every objective with its score, expected score and status, and what's overdue. With
    OWNER, it only shows theirs.

    Exit status: 0 success, 2 usage error.
    """
    site = open_site(given)
    names = TypedNames(site.project)
    asked = names.cycle(cycle) if cycle else site.current_cycle
    one = names.owner(owner) if owner else None
    if asked is None:
        click.echo("No objectives yet.")
        return
    warn_of_private(site)
    shown = shown_site(site)
    groups = groups_of(shown, asked, one)
    if groups:
        context, figures = PageContext(shown, ""), as_shown(site.published_project, site.published)
        print_rich(lambda console: Overview(console, context, names, asked, figures).draw(groups))
    else:
        click.echo(nothing_in(shown, names, asked, one))
    broken = len(site.project.broken)
    if broken:
        one_document = "document has errors and is not counted"
        documents = one_document if broken == 1 else "documents have errors and are not counted"
        click.echo(f"{broken} {documents}: okrsite lint", err=True)


def shown_site(site: LoadedSite) -> Site:
    """Return the site as the pages of the website see it."""
    settings = site.configuration.settings
    return Site(site.project, settings, site.words, Addresses(), site.scorecard)


def nothing_in(site: Site, names: TypedNames, cycle: Cycle, owner: Owner | None) -> str:
    """Return that a cycle is empty, and which others are not."""
    others = [other for other in newest_first(site.project.cycles.values()) if other != cycle]
    full = [other for other in others if groups_of(site, other, owner)]
    whose = f" of {title(owner.title)}" if owner else ""
    listed = ", ".join(names.shortest(NameKind.CYCLE, other.id) for other in full[:5])
    hint = f"; there are some in {listed}" if full else ""
    return f"There are no objectives{whose} in {title(cycle.title)}{hint}."
