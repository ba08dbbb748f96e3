"""`okrsite lint`: what is wrong, and what could be better."""

import os
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from textwrap import indent

import click

from okrsite.cli.common import SiteOptions, format_option, open_site, site_options
from okrsite.cli.configuration import Configuration
from okrsite.cli.language import Say, language_option
from okrsite.cli.selection import Codes, Files, selected
from okrsite.findings import report
from okrsite.findings.baseline import (
    BaselineError,
    Identity,
    compare,
    count,
    read_baseline,
    to_json,
)
from okrsite.findings.codes import CHECKS, Severity
from okrsite.findings.finding import Finding
from okrsite.history.deleted_owners import with_deleted_owners
from okrsite.history.union_merges import union_merge_findings
from okrsite.i18n import phrase
from okrsite.pages.addresses import page_address
from okrsite.settings import wrong_code
from okrsite.util.writing import write_whole

_EXAMPLE = """\b
Examples:
  okrsite lint --strict
  okrsite lint --explain OKR203"""

_SELECT = "Only report these codes: OKR2, or OKR401,OKR403."
_BASELINE_FILE = click.Path(path_type=Path, dir_okay=False)
_BASELINE = "Only report what isn't in this file yet."
_WRITE_BASELINE = "Write the findings to the --baseline file."
_EXPLAIN = "Explain a check with an example, without checking anything."


class _Explain(click.ParamType[str]):
    """The code of one check."""

    name = "code"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the code, or fail with the nearest one."""
        code = str(value).strip().upper()
        if code not in CHECKS:
            self.fail(wrong_code(str(value)) or f"`{value}` matches several codes")
        return code


@click.command(epilog=_EXAMPLE)
@site_options
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@format_option(report.FORMATS, "text", "The format of the findings.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--select", type=Codes(), multiple=True, help=_SELECT)
@click.option("--ignore", type=Codes(), multiple=True, help="Ignore these codes, even errors.")
@click.option("--baseline", type=_BASELINE_FILE, metavar="FILE", help=_BASELINE)
@click.option("--write-baseline", is_flag=True, help=_WRITE_BASELINE)
@click.option("--explain", type=_Explain(), help=_EXPLAIN)
@language_option
def lint(
    given: SiteOptions,
    files: tuple[Path, ...],
    format_: str,
    strict: bool,
    select: tuple[tuple[str, ...], ...],
    ignore: tuple[tuple[str, ...], ...],
    baseline: Path | None,
    write_baseline: bool,
    explain: str | None,
    say: Say,
) -> None:
    """Check every document, including private ones.

    With FILES, only their findings are shown; the whole project is still read.

    Exit status: 0 success, 1 errors (with --strict warnings too), 2 usage error.
    """
    if explain is not None:
        click.echo(explanation_of(explain, say), nl=False)
        return
    if write_baseline and baseline is None:
        raise click.UsageError("--write-baseline needs --baseline FILE")
    if write_baseline and files:
        raise click.UsageError("--write-baseline is for the whole site: don't name files")
    known = _read_baseline(baseline) if baseline and not write_baseline else None
    site = open_site(given)
    project, configuration = given.config_file.resolve().parent, site.configuration
    named = Files.named(files, project, configuration.folder.path("")) if files else None
    asked, unasked = tuple(chain(*select)), tuple(chain(*ignore))
    docs = configuration.folder.docs
    merged = union_merge_findings(site.project, configuration.folder, docs)
    findings = with_deleted_owners(site.findings(merged), docs)
    inside = selected(findings, (), (), named)
    found = selected(inside, asked, unasked, None)
    if baseline and write_baseline:
        _write_baseline(baseline, found)
        return
    said = say if format_ == "text" else str
    notes = _hidden_errors(inside, found)
    if baseline and known is not None:
        whole = named is None and not asked and not unasked
        compared = compare(found, known, whole)
        found = list(compared.new)
        notes += compared.notes(baseline)
    folder = _folder_in_repository(project)
    help_page = _help_page(configuration) if format_ == "sarif" else None
    click.echo(report.write(found, format_, folder, help_page, say), nl=False)
    for line in (report.summary(found, said), *map(said, notes)):
        click.echo(report.visible(line), err=True)
    raise click.exceptions.Exit(int(report.fails(found, strict)))


def explanation_of(code: str, say: Say) -> str:
    """Return what a check reports, why that matters, and what to write instead."""
    check = CHECKS[code]
    parts = [
        f"{check.code} {check.severity}: {say(check.summary)}",
        say(check.why),
        f"{say(phrase('Reported'))}:\n\n{indent(check.example, '    ')}",
        f"{say(phrase('Instead'))}:\n\n{indent(check.instead, '    ')}",
    ]
    return "\n\n".join(parts) + "\n"


def _read_baseline(file: Path) -> Counter[Identity]:
    try:
        return read_baseline(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        message = f"there is no {file}: write it with --write-baseline"
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        message = f"{file} is not a baseline: it isn't UTF-8"
    except BaselineError as error:
        message = f"{file} is not a baseline: {error}; write a new one with --write-baseline"
    raise click.UsageError(message)


def _write_baseline(file: Path, findings: Sequence[Finding]) -> None:
    try:
        write_whole(file, to_json(count(findings)))
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"{file}: {report.summary(findings)}", err=True)


def _hidden_errors(inside: Sequence[Finding], found: Sequence[Finding]) -> list[str]:
    """Return how many errors --select and --ignore leave out."""
    number = sum(f.severity is Severity.ERROR for f in inside)
    number -= sum(f.severity is Severity.ERROR for f in found)
    return [report.hidden_errors(number)] if number else []


def _folder_in_repository(project: Path) -> str:
    """Return the path from the repository's root to a folder, with a slash: `handbook/`, or "".

    The root is what GitHub calls its workspace, else the folder that git keeps its data in.
    """
    workspace = os.environ.get("GITHUB_WORKSPACE")
    roots = [Path(workspace).resolve()] if workspace else []
    roots += [folder for folder in (project, *project.parents) if (folder / ".git").exists()]
    root = next((root for root in roots if project.is_relative_to(root)), project)
    return "" if root == project else f"{project.relative_to(root).as_posix()}/"


def _help_page(configuration: Configuration) -> str | None:
    """Return the address of the published page that explains every check."""
    if configuration.site_url is None:
        return None
    # Pages are slow to import, and lint is fast.
    from okrsite.pages.checks import ADDRESS as CHECKS_PAGE

    return configuration.site_url + page_address(CHECKS_PAGE, configuration.directory_urls)
