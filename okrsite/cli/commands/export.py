"""`okrsite export`: the whole model as data, as the site publishes it."""

from contextlib import closing
from pathlib import Path

import click

from okrsite.cli.common import LoadedSite, SiteOptions, format_option, open_site, site_options
from okrsite.cli.tables import tables_of
from okrsite.exports.model import export as export_model
from okrsite.exports.model import to_csv, to_json
from okrsite.exports.tables import database
from okrsite.exports.workbook import Workbook, write_workbook
from okrsite.findings import report
from okrsite.findings.finding import Severity
from okrsite.pages.addresses import page_address
from okrsite.util.writing import replacing, write_whole

_TEXTS = {"json": to_json, "csv": to_csv}
_BEGINNINGS = {"xlsx": b"PK\x03\x04", "sqlite": b"SQLite format 3\x00"}
"""How a file of each format begins that isn't text."""

_EXAMPLE = """\b
Examples:
  okrsite export --format csv > okrs.csv
  okrsite export --format xlsx okrs.xlsx
  okrsite export --format sqlite okrs.db"""


@click.command(epilog=_EXAMPLE)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@site_options
@format_option([*_TEXTS, *_BEGINNINGS], "json", "The format of the data.")
def export(given: SiteOptions, format_: str, file: Path | None) -> None:
    """Write every objective, KPI and score to FILE, except private ones.

    JSON and CSV are printed if no FILE is given. XLSX is a workbook for people, SQLite a database
    for analysis.

    Exit status: 0 success, 1 errors left something out, 2 usage error.
    """
    if file is None and format_ not in _TEXTS:
        raise click.UsageError(
            f"say which file to write: okrsite export --format {format_} okrs.{format_}"
        )
    if file and format_ in _BEGINNINGS:
        _check_file(file, format_)
    site = open_site(given, publishing=True)
    try:
        if format_ in _TEXTS:
            _export_text(site, format_, file)
        elif file:
            _export_file(site, format_, file)
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror or error}") from None
    if file:
        click.echo(f"wrote {file}", err=True)
    errors = [f for f in site.findings() if f.severity is Severity.ERROR]
    if errors:
        click.echo(report.to_text(errors), nl=False, err=True)
        raise click.exceptions.Exit(1)


def _check_file(file: Path, format_: str) -> None:
    """Refuse to replace a file that is something else."""
    try:
        with file.open("rb") as stream:
            beginning = stream.read(16)
    except FileNotFoundError:
        return
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror or error}") from None
    if beginning and not beginning.startswith(_BEGINNINGS[format_]):
        raise click.UsageError(f"{file} exists and isn't a file of this format: name another one")


def _export_text(site: LoadedSite, format_: str, file: Path | None) -> None:
    def address(uri: str) -> str:
        return page_address(uri, site.configuration.directory_urls)

    text = _TEXTS[format_](export_model(site.published_project, site.published, address))
    if file:
        write_whole(file, text)
    else:
        click.echo(text, nl=False)


def _export_file(site: LoadedSite, format_: str, file: Path) -> None:
    source = tables_of(site)
    with replacing(file) as temporary:
        if format_ == "sqlite":
            with closing(database(source, temporary)):
                return
        try:
            write_workbook(Workbook(source, site.words).sheets(), temporary)
        except ImportError:
            hint = "pip install 'okrsite[import]'"
            raise click.UsageError(f"writing workbooks needs an extra: {hint}") from None
