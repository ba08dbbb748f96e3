"""`okrsite import`: OKRs of other tools, spreadsheets and lists become documents."""

import codecs
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from okrsite.cli.common import (
    Day,
    SiteOptions,
    Texts,
    configured,
    format_option,
    read_site,
    site_options,
)
from okrsite.cli.configuration import Configuration
from okrsite.cli.editing import Refused, one_writer
from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.documents.validate import Document
from okrsite.editing.new.naming import find_cycle, find_owner
from okrsite.editing.overlay import Overlay
from okrsite.findings.codes import Severity
from okrsite.importing.cells import Findings, ImportFinding, Spot, found, in_order
from okrsite.importing.comparing import compared, lint_errors
from okrsite.importing.days import period
from okrsite.importing.documents import Place
from okrsite.importing.entries import key
from okrsite.importing.existing import import_id, known_objectives
from okrsite.importing.files import LARGEST, Contents, Wishes, read_file
from okrsite.importing.headers import known_fields
from okrsite.importing.imports import (
    Options,
    Planned,
    SiteNow,
    plan_import,
)
from okrsite.importing.owners import Owners
from okrsite.importing.reading import Defaults
from okrsite.importing.workbook import NeedsExtraError
from okrsite.project.load import read_documents, resolve
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import Names
from okrsite.project.registry import Registry
from okrsite.scores import score_project
from okrsite.settings import SettingsError
from okrsite.util.memory import gc_paused
from okrsite.util.writing import write_all

_EXAMPLE = """\b
Examples:
  okrsite import okrs.xlsx --cycle 2026-q4 --dry-run
  okrsite import goals.csv --owner sales --map "Health=status"
"""
_MOST_OF_A_KIND = 10
"""How many warnings of one code are printed."""

_UPDATE = "Add newer values, missing key results and empty fields to objectives that exist."
_PARTIAL = "Leave out what is wrong and write the rest; the exit status is still 1."
_MAP = "The field that a column contains, or `ignore`; repeatable."
_WHO = "The owner that a name stands for; repeatable."


@click.command("import", epilog=_EXAMPLE)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Write nothing; show the plan and the findings.")
@click.option("--update", is_flag=True, help=_UPDATE)
@click.option("--partial", is_flag=True, help=_PARTIAL)
@click.option("--cycle", help="The cycle of objectives without one.")
@click.option("--owner", help="The owner of objectives without one.")
@click.option("--date", "day", type=Day(), help="The date of undated values; default: today.")
@click.option("--map", "mapped", multiple=True, metavar='"COLUMN=FIELD"', help=_MAP)
@click.option("--who", multiple=True, metavar='"NAME=OWNER"', help=_WHO)
@click.option("--sheet", "sheets", multiple=True, help="Only this sheet of a workbook; repeatable.")
@click.option("--decimal", type=click.Choice(["point", "comma"]), help="The decimal separator.")
@click.option("--dates", type=click.Choice(["ymd", "dmy", "mdy"]), help="The order of dates.")
@click.option("--encoding", help="The encoding of the files; default: UTF-8.")
@format_option(("text", "json"), "text", "The output format.")
@site_options
def import_(
    given: SiteOptions,
    files: tuple[Path, ...],
    dry_run: bool,
    format_: str,
    **wishes: Any,
) -> None:
    """Turn OKRs in CSV, XLSX, Markdown, YAML or JSON files into documents.

    All files are read and checked before anything is written; a single error stops everything.
    Existing documents only change with --update, and importing a file again changes nothing.

    Exit status: 0 success, 1 something is wrong, 2 usage error.
    """
    if not dry_run:
        one_writer(given.config_file.parent)
    configuration, as_of = configured(given)
    with gc_paused():
        planned, findings = _planned(configuration, given, files, as_of, wishes)
    refused = any(f.severity is Severity.ERROR for f in findings)
    if refused and not (wishes["partial"] and not _broken(findings)):
        planned = None
    written = False
    if planned is not None and not dry_run and (planned.created or planned.changed):
        _write(configuration, planned)
        written = True
    answer = _answer(configuration, planned, findings, written)
    if format_ == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _print(answer, planned, dry_run)
    if refused:
        raise click.exceptions.Exit(1)


def _planned(
    configuration: Configuration,
    given: SiteOptions,
    files: tuple[Path, ...],
    as_of: Any,
    wishes: Mapping[str, Any],
) -> tuple[Planned | None, list[ImportFinding]]:
    """Return what would be written, and all findings; None where nothing can be."""
    folder, settings = configuration.folder, configuration.settings
    documents, found_ = read_documents(folder)
    registry = Registry(documents, settings.fiscal_year)
    names = registry.names
    findings: Findings = []
    owners = Owners(names, _company_titles(documents, names, configuration), findings)
    owners.told = _told(wishes["who"], names)
    defaults = Defaults(
        _owner(wishes["owner"], names), _cycle(wishes["cycle"], names), as_of, settings.fiscal_year
    )
    contents = Contents()
    asked = Wishes(_mapped(wishes["mapped"]), wishes["sheets"], _encoding(wishes["encoding"]))
    for file in files:
        content = _content(file, findings)
        if content is not None:
            try:
                read_file(contents, str(file), content, asked, owners.exists, findings)
            except NeedsExtraError:
                hint = "reading it needs an extra: pip install 'okrsite[import]'"
                raise click.UsageError(f"{file} is a workbook; {hint}") from None
    project, _ = resolve(folder, documents, found_, settings, configuration.site_name)
    scorecard = score_project(project, settings, as_of)
    lasting = {}
    if any(entry.lasting_id for entry in contents.entries):
        objectives = (d for d in documents if d.type is Type.OBJECTIVE)
        lasting = {d.id: id for d in objectives if (id := import_id(folder.read(d.uri)))}
    place = Place(folder, documents, names, set(folder.documents()), settings.fiscal_year)
    site = SiteNow(
        place,
        project,
        scorecard,
        known_objectives(project, lasting),
        owners.company_titles,
        folder.read,
    )
    options = Options(
        wishes["decimal"],
        wishes["dates"],
        wishes["update"],
        wishes["partial"],
        wishes["day"] or as_of,
        as_of,
    )
    planned = plan_import(contents, site, owners, defaults, options, findings)
    if planned.refused and not options.partial:
        return None, list(planned.findings)
    texts = {uri: text.encode() for uri, text in planned.created.items()}
    texts |= {uri: after for uri, (_, after) in planned.changed.items()}
    try:
        after = read_site(configuration, Overlay(folder, texts), as_of)
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    more = lint_errors(planned, after.findings(), folder.path)
    more += compared(planned, after.project, after.scorecard, as_of)
    return planned, in_order([*planned.findings, *more])


def _broken(findings: list[ImportFinding]) -> bool:
    """Whether documents that would be written have errors, which `--partial` cannot leave out."""
    return any(f.code == "OKR606" and f.message.startswith("OKR") for f in findings)


def _company_titles(
    documents: list[Document], names: Names, configuration: Configuration
) -> frozenset[str]:
    titles = [d.title for d in documents if d.id == names.company and d.title]
    return frozenset(key(title) for title in (*titles, configuration.site_name) if key(title))


def _pairs(written: Texts, option: str) -> list[tuple[str, str]]:
    """Return what is before and after the last `=` of options."""
    pairs = []
    for text in written:
        name, mark, value = text.rpartition("=")
        if not mark or not name.strip() or not value.strip():
            raise click.BadParameter(f"“{text}” has no `=` between two names", param_hint=option)
        pairs.append((name.strip(), value.strip()))
    return pairs


def _mapped(written: Texts) -> dict[str, str]:
    mapped = {}
    for column, field in _pairs(written, "--map"):
        name = field.lower().replace(" ", "_").replace("-", "_")
        if name not in (*known_fields(), "ignore"):
            fields = ", ".join(known_fields())
            raise click.BadParameter(
                f"`{field}` is not a field; write {fields} or ignore", param_hint="--map"
            )
        mapped[column] = name
    return mapped


def _told(written: Texts, names: Names) -> dict[str, str]:
    return {key(name): _existing(owner, names, "--who") for name, owner in _pairs(written, "--who")}


def _existing(typed: str, names: Names, option: str) -> str:
    """Return the owner that an id or a title means; end the command where there is none."""
    titled = [
        d.id
        for type in Type
        for d in names.of(type)
        if type in OWNER_TYPES and key(d.title) == key(typed)
    ]
    if len(titled) == 1:
        return titled[0]
    try:
        return find_owner(names, typed)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None


def _owner(typed: str | None, names: Names) -> str | None:
    return None if typed is None else _existing(typed, names, "--owner")


def _cycle(typed: str | None, names: Names) -> Cycle | None:
    """Return the cycle that an id, a title or a period means, or end the command."""
    if typed is None:
        return None
    titled = [cycle for cycle in names.cycles.values() if key(cycle.title) == key(typed)]
    if len(titled) == 1:
        return titled[0]
    try:
        if (named := period(typed, names.fiscal_year)) is not None:
            return names.cycle(named.id) or named
        return find_cycle(names, typed)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--cycle") from None


def _encoding(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        message = f"there is no encoding `{name}`; write one like cp1252 or utf-16"
        raise click.BadParameter(message, param_hint="--encoding") from None


def _content(file: Path, findings: Findings) -> bytes | None:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            findings.append(
                found("OKR601", Spot(str(file)), "the file has more than 50 MB", "split it")
            )
            return None
        return content
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        findings.append(
            found("OKR601", Spot(str(file)), f"the file cannot be read: {reason}", "check its path")
        )
        return None


def _write(configuration: Configuration, planned: Planned) -> None:
    """Write all files, or none of them."""
    folder = configuration.folder
    try:
        files: dict[Path, tuple[bytes | None, str]] = {
            folder.new_file(uri): (None, text) for uri, text in planned.created.items()
        }
        files |= {
            folder.file(uri): (before, after.decode())
            for uri, (before, after) in planned.changed.items()
        }
        write_all(files)
    except FileExistsError as error:
        raise Refused(f"{error.filename or error} already exists; nothing written") from None
    except PermissionError as error:
        raise Refused(f"{error.filename or error} cannot be written; nothing written") from None
    except OSError as error:
        raise Refused(
            f"{error.filename or 'a file'} cannot be written: {error.strerror or error}"
        ) from None


def _answer(
    configuration: Configuration,
    planned: Planned | None,
    findings: list[ImportFinding],
    written: bool,
) -> dict[str, Any]:
    path = configuration.folder.path
    files = []
    if planned is not None:
        files = [{"path": path(uri), "action": "create"} for uri in sorted(planned.created)]
        files += [{"path": path(uri), "action": "change"} for uri in sorted(planned.changed)]
    return {
        "written": written,
        "files": files,
        "counts": dict(planned.counts) if planned is not None else {},
        "findings": [_finding(finding) for finding in findings],
    }


def _finding(finding: ImportFinding) -> dict[str, Any]:
    spot = finding.spot
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": spot.file,
        "sheet": spot.sheet,
        "row": spot.row,
        "column": spot.column,
        "message": finding.message,
        "hint": finding.hint,
    }


def _print(answer: Mapping[str, Any], planned: Planned | None, dry_run: bool) -> None:
    """Print the findings to standard error, and the plan or what was written."""
    shown = Counter[str]()
    for finding in answer["findings"]:
        shown[finding["code"]] += 1
        if finding["severity"] != "error" and shown[finding["code"]] > _MOST_OF_A_KIND:
            continue
        place = [finding["file"], finding["sheet"], finding["row"] and str(finding["row"])]
        where = ":".join(part for part in place if part)
        click.echo(
            f"{where}: {finding['code']} {finding['severity']}: {finding['message']}", err=True
        )
        if finding["hint"]:
            click.echo(f"    {finding['hint']}", err=True)
    warnings = {f["code"] for f in answer["findings"] if f["severity"] != "error"}
    for code in sorted(warnings):
        if (more := shown[code] - _MOST_OF_A_KIND) > 0:
            click.echo(f"{more} more of {code}; --format json lists all", err=True)
    if planned is None:
        click.echo("Nothing was written.", err=True)
        return
    for column in planned.columns:
        click.echo(column)
    for file in answer["files"]:
        click.echo(f"{file['action']} {file['path']}")
    counts = {name: number for name, number in planned.counts.items() if number}
    summary = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
    if not answer["files"]:
        click.echo("Nothing to do: everything is already there.")
    elif dry_run:
        click.echo(
            f"Would write {summary or 'the changes above'}. Nothing was written (--dry-run)."
        )
    else:
        click.echo(f"Wrote {summary or 'the changes above'}.")
        click.echo(
            "Next: okrsite lint, then okrsite serve to look at the site, then git add and commit."
        )
