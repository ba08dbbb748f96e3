"""`okrsite build`: the site, made by MkDocs or by another engine."""

from pathlib import Path

import click

from okrsite.cli.checkout import as_it_was
from okrsite.cli.common import SiteOptions, Texts, site_options
from okrsite.cli.engines import ENGINES, MKDOCS, build_with
from okrsite.cli.mkdocs import OTHER_OPTIONS

_EXAMPLE = """\b
Examples:
  okrsite build --strict
  okrsite build --as-of 2026-10-31 --site-dir public
  okrsite build --at 2026-10-31"""

_FOLDER = click.Path(path_type=Path, file_okay=False)
_SITE_DIR = "The folder for the site; default: site_dir in mkdocs.yml, or site."
_CHOICE = click.Choice(ENGINES)
_ENGINE = "What makes the pages; `plain` needs no other program."
_AT = "Build the state in git at the end of a day, or at a revision, into site-DATE."


@click.command(epilog=_EXAMPLE, context_settings=OTHER_OPTIONS)
@site_options
@click.option("-d", "--site-dir", type=_FOLDER, metavar="FOLDER", help=_SITE_DIR)
@click.option("--at", metavar="DATE|REVISION", help=_AT)
@click.option("-s", "--strict", is_flag=True, help="Fail on warnings.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default=MKDOCS, show_default=True, help=_ENGINE
)
@click.argument("others", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF MKDOCS]...")
def build(
    given: SiteOptions,
    site_dir: Path | None,
    at: str | None,
    strict: bool,
    engine: str,
    others: Texts,
) -> None:
    """Build the site like `mkdocs build`, for another date if you like.

    All other options are passed on to MkDocs or ProperDocs: see `mkdocs build --help`.

    Exit status: 0 success, 1 warnings with --strict, 2 usage or configuration error.
    """
    if at is not None:
        with as_it_was(given.config_file, at) as moment:
            own = given.config_file.resolve().parent / f"site-{moment.name}"
            then = SiteOptions(moment.config_file, given.as_of or moment.as_of)
            build_with(engine, then, site_dir or own, strict, others)
        return
    build_with(engine, given, site_dir, strict, others)
