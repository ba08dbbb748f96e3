"""`okrsite lint`: what is wrong, and what could be better."""

from datetime import date
from pathlib import Path

import click

from okrsite import report
from okrsite.cli.common import open_site, site_options

_FORMATS = {"text": report.to_text, "json": report.to_json}


@click.command()
@site_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(_FORMATS)),
    default="text",
    help="How findings are written.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.pass_context
def lint(
    context: click.Context, config_file: Path, as_of: date | None, format_: str, strict: bool
) -> None:
    """Check every document, private ones included.

    Exit status: 0 fine, 1 errors (with --strict warnings too), 2 the command is wrong.
    """
    findings = open_site(config_file, as_of).findings()
    click.echo(_FORMATS[format_](findings), nl=False)
    click.echo(report.summary(findings), err=True)
    context.exit(int(report.fails(findings, strict)))
