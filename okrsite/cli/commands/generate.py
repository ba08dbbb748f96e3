"""`okrsite generate`: the site without MkDocs."""

from pathlib import Path
from threading import Event

import click

from okrsite.cli.common import SiteOptions, configured, site_options
from okrsite.cli.editing import Refused
from okrsite.cli.generating import ENGINES, Generated, generate_once
from okrsite.cli.previewing import watched_folders
from okrsite.documents.kept import KeptDocuments
from okrsite.serving.watching import settled, watched

_EXAMPLE = """\b
Examples:
  okrsite generate public --for plain
  okrsite generate build --for zensical && zensical build -f build/mkdocs.yml
  okrsite generate build --for hugo --watch"""

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(epilog=_EXAMPLE)
@click.argument("out", type=_FOLDER, metavar="OUT")
@site_options
@click.option(
    "--for",
    "engine",
    type=click.Choice(list(ENGINES)),
    default="markdown",
    show_default=True,
    help="What builds the site from OUT; `plain` needs nothing else.",
)
@click.option("--watch", is_flag=True, help="Update OUT after every change, until Ctrl-C.")
@click.option("-s", "--strict", is_flag=True, help="Fail on warnings.")
def generate(given: SiteOptions, out: Path, engine: str, watch: bool, strict: bool) -> None:
    """Write the site to OUT without MkDocs: finished, or for another generator.

    Pages, data, feeds, badges and reviews are the same as with `okrsite build`; private
    documents are left out. Only files that `generate` wrote are ever changed or removed in OUT.

    Exit status: 0 success, 1 warnings with --strict, 2 usage or configuration error.
    """
    kept, changed = KeptDocuments() if watch else None, Event()
    folders = watched_folders(configured(given)[0]) if watch else ([], [])
    with watched(changed.set, *folders):
        done = generate_once(given, out, ENGINES[engine], kept)
        _tell(done, out)
        done.check(strict)
        while watch:
            settled(changed)
            try:
                _tell(generate_once(given, out, ENGINES[engine], kept), out)
            except (Refused, click.UsageError) as error:
                click.echo(f"Error: {error.format_message()}", err=True)


def _tell(done: Generated, out: Path) -> None:
    click.echo(f"{out}: {done.pages} pages, {done.changed} files written")
