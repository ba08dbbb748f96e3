"""`okrsite build`: the site, made by MkDocs with our defaults."""

from datetime import date
from pathlib import Path

import click

from okrsite.cli.checkout import as_it_was
from okrsite.cli.common import site_options
from okrsite.cli.mkdocs import OTHER_OPTIONS, run_mkdocs

_EXAMPLE = """\b
Examples:
  okrsite build --strict
  okrsite build --as-of 2026-10-31 --site-dir public
  okrsite build --at 2026-10-31"""


@click.command(epilog=_EXAMPLE, context_settings=OTHER_OPTIONS)
@site_options
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Where the site goes; default: site_dir of mkdocs.yml, else site.",
)  # fmt: skip
@click.option(
    "--at",
    metavar="DATE|REVISION",
    help="Build what stood in git at the end of a day, or at a revision, into site-DATE.",
)
@click.option("-s", "--strict", is_flag=True, help="Fail on warnings.")
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF MKDOCS]...")
def build(
    config_file: Path, as_of: date | None, site_dir: Path | None, at: str | None,
    strict: bool, options: tuple[str, ...],
) -> None:  # fmt: skip
    """Build the site: `mkdocs build`, as of another day if you like.

    Every other option is handed on to MkDocs: see `mkdocs build --help`.

    Exit status: 0 success, 1 warnings with --strict, 2 usage or configuration error.
    """
    if at is not None:
        with as_it_was(config_file, at) as moment:
            own = config_file.resolve().parent / f"site-{moment.name}"
            words = ["--site-dir", str(site_dir.absolute() if site_dir else own), *options]
            run_mkdocs("build", moment.config_file, as_of or moment.as_of, strict, words)
        return
    # MkDocs takes a folder from where mkdocs.yml is; on a command line it is from where one stands.
    where = ["--site-dir", str(site_dir.absolute())] if site_dir else []
    run_mkdocs("build", config_file, as_of, strict, [*where, *options])
