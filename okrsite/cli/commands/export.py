"""`okrsite export`: the whole model as data, as the site publishes it."""

import click

from okrsite.cli.common import SiteOptions, format_option, open_site, site_options
from okrsite.exports.model import export as export_model
from okrsite.exports.model import to_csv, to_json
from okrsite.findings import report
from okrsite.findings.finding import Severity
from okrsite.pages.addresses import page_address

_FORMATS = {"json": to_json, "csv": to_csv}

_EXAMPLE = """\b
Example:
  okrsite export --format csv > okrs.csv"""


@click.command(epilog=_EXAMPLE)
@site_options
@format_option(_FORMATS, "json", "The format of the data.")
def export(given: SiteOptions, format_: str) -> None:
    """Print every objective, KPI and score as JSON or CSV, without what is private.

    Exit status: 0 success, 1 errors left something out, 2 usage error.
    """
    site = open_site(given)

    def address(uri: str) -> str:
        return page_address(uri, site.configuration.directory_urls)

    model = export_model(site.published_project, site.published, address)
    click.echo(_FORMATS[format_](model), nl=False)
    errors = [f for f in site.findings() if f.severity is Severity.ERROR]
    if errors:
        click.echo(report.to_text(errors), nl=False, err=True)
        raise click.exceptions.Exit(1)
