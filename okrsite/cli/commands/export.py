"""`okrsite export`: the whole model as data, as the site publishes it."""

from datetime import date
from pathlib import Path

import click

from okrsite.cli.common import open_site, site_options
from okrsite.exports.model import export as export_model
from okrsite.exports.model import to_csv, to_json
from okrsite.findings import report
from okrsite.findings.finding import Severity
from okrsite.pages.addresses import page_address
from okrsite.project.published import publish
from okrsite.scores import score_project

_FORMATS = {"json": to_json, "csv": to_csv}


_EXAMPLE = """\b
Example:
  okrsite export --format csv > okrs.csv"""


@click.command(epilog=_EXAMPLE)
@site_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(_FORMATS)),
    default="json",
    help="The format of the data.",
)
@click.pass_context
def export(context: click.Context, config_file: Path, as_of: date | None, format_: str) -> None:
    """Print every objective, KPI and score as JSON or CSV, without what is private.

    Exit status: 0 success, 1 errors left something out, 2 usage error.
    """
    site = open_site(config_file, as_of)
    settings = site.configuration.settings
    published = publish(site.project, settings.include_private)
    scorecard = score_project(published, settings, site.as_of)
    model = export_model(
        published, scorecard, lambda uri: page_address(uri, site.configuration.directory_urls)
    )
    click.echo(_FORMATS[format_](model), nl=False)
    errors = [f for f in site.findings() if f.severity is Severity.ERROR]
    if errors:
        click.echo(report.to_text(errors), nl=False, err=True)
    context.exit(int(bool(errors)))
