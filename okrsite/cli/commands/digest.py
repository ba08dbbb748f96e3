"""`okrsite digest`: what happened since a day, ready to be sent."""

from datetime import date, timedelta
from pathlib import Path

import click

from okrsite.cli.common import Day, open_site, site_options
from okrsite.cli.completion import OWNERS, Existing
from okrsite.cli.typed_names import TypedNames
from okrsite.exports.digest import digest_of, to_html, to_markdown
from okrsite.language.wording import Words
from okrsite.pages.addresses import page_address
from okrsite.project.published import publish
from okrsite.scores import score_project

_FORMATS = {"markdown": to_markdown, "html": to_html}
_WEEK = timedelta(days=7)

_EXAMPLE = """\b
Examples:
  okrsite digest
  okrsite digest sales --since 2026-11-01 --format html > digest.html"""


@click.command(epilog=_EXAMPLE)
@site_options
@click.argument("owner", type=Existing(OWNERS), default="company")
@click.option(
    "--since", type=Day(), metavar="DATE", help="The day before the first; default: a week ago."
)
@click.option(
    "--format", "format_", type=click.Choice(list(_FORMATS)), default="markdown",
    show_default=True, help="The format of the digest.",
)  # fmt: skip
def digest(
    config_file: Path, as_of: date | None, owner: str, since: date | None, format_: str
) -> None:
    """Say what moved, what is at risk and why, and what is owed, of OWNER and everybody below.

    It is made to be sent, so nothing private is in it, and it speaks the language of the site.

    Exit status: 0 success, 2 usage error.
    """
    site = open_site(config_file, as_of)
    configuration = site.configuration
    first = since or site.as_of - _WEEK
    if first >= site.as_of:
        raise click.UsageError(f"--since {first} is not before {site.as_of}, the day of the site")
    published = publish(site.project, configuration.settings.include_private)
    one = TypedNames(published).owner(owner)

    def address(uri: str) -> str | None:
        page = page_address(uri, configuration.directory_urls).removeprefix("./")
        return configuration.site_url + page if configuration.site_url else None

    before, now = (score_project(published, configuration.settings, d) for d in (first, site.as_of))
    words = Words.of(configuration.language, configuration.settings.thresholds)
    told = digest_of(words, published, before, now, one.id, address)
    click.echo(_FORMATS[format_](told), nl=False)
