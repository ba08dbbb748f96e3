"""`okrsite digest`: what happened since a day, ready to be sent."""

from collections.abc import Callable
from datetime import date, timedelta

import click

from okrsite.cli.common import (
    Day,
    LoadedSite,
    SiteOptions,
    format_option,
    open_site,
    site_options,
)
from okrsite.cli.completion import OWNERS, Existing
from okrsite.cli.configuration import Configuration
from okrsite.cli.typed_names import TypedNames
from okrsite.exports.digest import digest_of, to_html, to_markdown
from okrsite.history.git import RepositoryError
from okrsite.history.git.repository import FETCH
from okrsite.history.log.model import History
from okrsite.history.log.read import read_history
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.source import history_source
from okrsite.language.wording import Words
from okrsite.pages.addresses import page_address
from okrsite.scores.past import score_past

_FORMATS = {"markdown": to_markdown, "html": to_html}
_WEEK = timedelta(days=7)
_SINCE = "Report changes since this date; default: a week ago."

_EXAMPLE = """\b
Examples:
  okrsite digest
  okrsite digest sales --since 2026-11-01 --format html > digest.html"""


@click.command(epilog=_EXAMPLE)
@site_options
@click.argument("owner", type=Existing(OWNERS), default="company")
@click.option("--since", type=Day(), metavar="DATE", help=_SINCE)
@format_option(_FORMATS, "markdown", "The format of the digest.", show_default=True)
def digest(given: SiteOptions, owner: str, since: date | None, format_: str) -> None:
    """Report what changed, what's at risk and why, which goalposts moved, and what's overdue.

    With OWNER, only for that owner and everyone below. It is meant to be sent, so it contains
    nothing private and is written in the site's language.

    Exit status: 0 success, 2 usage error.
    """
    site = open_site(given, publishing=True)
    configuration = site.configuration
    first = since or site.as_of - _WEEK
    if first >= site.as_of:
        raise click.UsageError(f"--since {first} is not before {site.as_of}, the report date")
    published = site.published_project
    one = TypedNames(published).owner(owner)
    before = score_past(published, configuration.settings, first)
    settings = configuration.settings
    words = Words.of(configuration.language, settings.thresholds, settings.figures)
    history, address = history_of(site, words), page_addresses(configuration)
    made = digest_of(words, published, before, site.published, one.id, address, history)
    click.echo(_FORMATS[format_](made), nl=False)


def page_addresses(configuration: Configuration) -> Callable[[str], str | None]:
    """Return the function that gives the web address of a file's page, where one is known."""

    def address(uri: str) -> str | None:
        page = page_address(uri, configuration.directory_urls).removeprefix("./")
        return configuration.site_url + page if configuration.site_url else None

    return address


def history_of(site: LoadedSite, words: Words) -> History:
    """Return the change log, which knows the goalposts that moved; an empty one where git has none.

    Where the history is asked for or only part of it is there, that is said.
    """
    settings, folder = site.configuration.settings, site.configuration.folder
    if settings.history is False:
        return History()
    try:
        with history_source(folder.docs, folder.project, settings, words) as source:
            if source.repository.shallow:
                click.echo(f"Goalposts that moved may be missing: {FETCH}", err=True)
                if settings.history is None:
                    return History()
            names = CurrentNames(site.around.registry.names, site.project, site.published_project)
            return read_history(source, names, settings, words)
    except RepositoryError as error:
        if settings.history:
            click.echo(f"Goalposts that moved are missing: {error}", err=True)
        return History()
