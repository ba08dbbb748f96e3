"""`okrsite notify`: tell people where they are what is new."""

import os
from collections.abc import Iterator
from datetime import date, timedelta

import click

from okrsite.cli.commands.digest import history_of, page_addresses
from okrsite.cli.common import SiteOptions, configured, site_options
from okrsite.cli.configuration import Configuration
from okrsite.cli.sending import SendingError, check_sender, send
from okrsite.cli.since import News, read_news
from okrsite.exports.digest import Digest, digest_of, to_markdown
from okrsite.exports.digest.content import below
from okrsite.findings.report import visible
from okrsite.history.git import RepositoryError
from okrsite.language.inline import plain
from okrsite.language.wording import Words

_SINCE = "Report what is new since this date or revision; default: a week before the report date."
_DRY_RUN = "Print what would be sent and to which variable, and send nothing."
_NOBODY = (
    "there is nobody to write to: name an environment variable in the plugin's option `notify`,"
    " or in the field `notify` of a team"
)
_MISSING = "sending needs an extra: pip install 'okrsite[notify]'"

_EXAMPLE = """\b
Examples:
  okrsite notify --dry-run
  okrsite notify --since 2026-11-08"""


@click.command(epilog=_EXAMPLE)
@site_options
@click.option("--since", metavar="DATE|REVISION", help=_SINCE)
@click.option("--dry-run", is_flag=True, help=_DRY_RUN)
def notify(given: SiteOptions, since: str | None, dry_run: bool) -> None:
    """Send what is new to the company and its teams, without anything private.

    It covers whole days as committed to git, up to yesterday unless you give --as-of. What was
    already at risk or overdue is only counted, so run it once a week. Addresses come from
    environment variables: the plugin's option `notify` names the company's, the field `notify` a
    team's.

    Exit status: 0 success, 1 a message was not sent, 2 usage error.
    """
    configuration, day = configured(given)
    if not _is_fixed(given, configuration):
        day -= timedelta(days=1)
    if not dry_run:
        try:
            check_sender()
        except ImportError:
            raise click.UsageError(_MISSING) from None
    try:
        news = read_news(configuration, given.config_file, day, since)
    except RepositoryError as error:
        raise click.UsageError(str(error)) from None
    addressed = list(_addressed(news, configuration.settings.notify, day))
    if not addressed:
        raise click.UsageError(_NOBODY)
    failed = False
    for owner, variable, digest in _messages(news, addressed):
        if not digest.items:
            until = f"{news.before.as_of} to {day}"
            click.echo(f"{owner}: nothing new from {until}, so nothing is sent", err=True)
        elif dry_run:
            click.echo(f"To {variable}:\n\n{to_markdown(digest)}")
        else:
            failed |= not _sent(owner, variable, digest, configuration)
    raise click.exceptions.Exit(int(failed))


def _is_fixed(given: SiteOptions, configuration: Configuration) -> bool:
    """Whether the report date is given, rather than today's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    return bool(given.as_of or configuration.settings.as_of or epoch)


def _addressed(news: News, company: str | None, day: date) -> Iterator[tuple[str, str]]:
    """Yield the owners that get a message, each with its variable.

    An owner below another one with the same variable gets none: theirs tells it already.
    """
    project = news.site.published_project
    found = {owner.id: owner.notify for owner in project.owners.values() if not owner.former(day)}
    found[project.company] = company
    known = {id: variable for id, variable in found.items() if variable}
    inside = {id: below(project, id) for id in known}
    for id, variable in known.items():
        others = (other for other in known if other != id and known[other] == variable)
        if not any(id in inside[other] for other in others):
            yield id, variable


def _messages(news: News, addressed: list[tuple[str, str]]) -> Iterator[tuple[str, str, Digest]]:
    site, settings = news.site, news.site.configuration.settings
    project = site.published_project
    words = Words.of(site.configuration.language, settings.thresholds, settings.figures)
    history, address = history_of(site, words), page_addresses(site.configuration)
    for id, variable in addressed:
        digest = digest_of(
            words, project, news.before, site.published, id, address, history, news.told
        )
        yield visible(plain(project.owners[id].title)), variable, digest


def _sent(owner: str, variable: str, digest: Digest, configuration: Configuration) -> bool:
    """Send a message and say so, or why not; return whether it was sent."""
    try:
        send(variable, digest, configuration.site_url)
    except SendingError as error:
        click.echo(f"{owner}: {error}", err=True)
        return False
    click.echo(f"{owner}: sent to {variable}", err=True)
    return True
