"""`okrsite set`: single fields of documents and key results, several at once or none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from okrsite.cli.asking import words
from okrsite.cli.common import LoadedSite, SiteOptions, Texts, open_site, site_options
from okrsite.cli.editing import Refused, one_writer, read_file, shown_change
from okrsite.cli.objective_edits import refuse_closed, refused_edit
from okrsite.cli.project_edits import (
    changes_between,
    refuse_new_findings,
    site_after,
    write_edits,
)
from okrsite.cli.typed_names import NamingError, TypedNames, UnknownNameError
from okrsite.documents.types import Type
from okrsite.editing.assignments import (
    REFERENCES,
    Assignment,
    AssignmentError,
    has_field,
    read_assignment,
)
from okrsite.editing.check_in import add_check_in
from okrsite.editing.fields import FieldPath, Written, with_field, without_field
from okrsite.editing.new_check_in import Statement, has_unseen
from okrsite.editing.source_file import EditError
from okrsite.findings.report import visible
from okrsite.project.model import Objective, Page
from okrsite.project.names import NameKind, unknown

_EXAMPLE = """\b
Examples:
  okrsite set grow.status=cancelled --reason "The market is gone"
  okrsite set 'grow#revenue.to=$12M' 'grow#revenue.weight=2' --dry-run
  okrsite set grow.owner="Customer Care"
"""
_REASON = "Why; becomes the note of today's check-in on each changed objective."
_DRY_RUN = "Show what would change, and write nothing."
_ANYWAY = "Write it despite warnings, or into a closed cycle."


@dataclass(frozen=True, slots=True)
class _Target:
    """A field that is to be set: the page of its document, the path to it, and its value."""

    page: Page
    path: FieldPath
    value: Written | None
    objective: Objective | None = None


@click.command("set", epilog=_EXAMPLE)
@click.argument("assignments", nargs=-1, required=True, metavar="NAME.FIELD=VALUE…")
@click.option("--reason", metavar="TEXT", help=_REASON)
@click.option("--dry-run", is_flag=True, help=_DRY_RUN)
@click.option("--anyway", is_flag=True, help=_ANYWAY)
@site_options
def set_(
    given: SiteOptions, assignments: Texts, reason: str | None, dry_run: bool, anyway: bool
) -> None:
    """Set fields of documents, or of a key result with OBJECTIVE#KEY_RESULT.FIELD=VALUE.

    NAME is an id (or its last part), a title or a file path. An empty VALUE removes the field, and
    [a, b] is a list. Either all fields are set or none, and nothing else in the files changes.
    Goalposts that move are marked.

    Exit status: 0 success, 1 the documents would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    one_writer(given.config_file.parent)
    site = open_site(given)
    names = TypedNames(site.project, site.current_cycle)
    targets = [_target(site, names, _read(typed)) for typed in assignments]
    _refuse_twice(targets)
    objectives = list({t.objective.id: t.objective for t in targets if t.objective}.values())
    for objective in objectives:
        refuse_closed(site, objective, anyway, "change it")
    edits = dict(_edits(site, targets, _stated(site, targets, reason)))
    after = site_after(site, edits)
    refuse_new_findings(site, after, anyway)
    changes = list(changes_between(site, after))
    if not dry_run:
        write_edits(site, edits)
    for uri, (old, new) in edits.items():
        click.echo(shown_change(site.configuration.folder.path(uri), old, new))
    for change in changes:
        click.echo(change)
    if dry_run:
        click.echo("Nothing was written (--dry-run).", err=True)
    elif reason is None and objectives and any("! Goalpost moved" in line for line in changes):
        click.echo("Say why with --reason, or in the next check-in.", err=True)


def _read(typed: str) -> Assignment:
    if has_unseen(typed):
        raise click.UsageError(f"{visible(typed[:80])}: it contains an invisible character")
    try:
        return read_assignment(typed)
    except AssignmentError as error:
        raise click.UsageError(visible(str(error))) from None


def _target(site: LoadedSite, names: TypedNames, assignment: Assignment) -> _Target:
    value = _named(names, assignment)
    if assignment.of_key_result:
        objective, result = names.objective_or_key_result(assignment.name)
        if result is None:
            raise click.UsageError(f"{assignment.typed}: write the key result after the #")
        at = ("key_results", objective.key_results.index(result))
        return _Target(objective.page, (*at, *assignment.path), value, objective)
    page, objective_or_none = _document(site, names, assignment)
    return _Target(page, assignment.path, value, objective_or_none)


def _document(
    site: LoadedSite, names: TypedNames, assignment: Assignment
) -> tuple[Page, Objective | None]:
    """Find the one document that has the name and may have the field."""
    project, typed = site.project, assignment.name
    found: list[tuple[Type, Page | None, Objective | None]] = []
    near: list[str] = []
    for kind in NameKind:
        try:
            id = names.find(kind, typed)
        except UnknownNameError as error:
            near += error.suggestions
            continue
        if kind is NameKind.OBJECTIVE:
            objective = project.objectives[id]
            found.append((Type.OBJECTIVE, objective.page, objective))
        elif kind is NameKind.KPI:
            found.append((Type.KPI, project.kpis[id].page, None))
        elif kind is NameKind.OWNER:
            owner = project.owners[id]
            found.append((owner.type, owner.page, None))
        elif kind is NameKind.PILLAR:
            found.append((Type.PILLAR, project.pillars[id].page, None))
        else:
            found.append((Type.CYCLE, project.cycle_pages.get(id), None))
    if not found:
        raise UnknownNameError(unknown(typed, tuple(NameKind), tuple(near)))
    fitting = [one for one in found if has_field(one[0], assignment.field)]
    if not fitting:
        type = found[0][0]
        message = f"a document of type `{type}` has no field `{assignment.field}`"
        raise Refused(f"{assignment.typed}: {message}")
    if len(fitting) > 1:
        paths = " and ".join(page.path for _, page, _ in fitting if page)
        raise NamingError(f"`{typed}` is ambiguous: it means {paths}: write the path of the file")
    _, page, objective_or_none = fitting[0]
    if page is None:
        raise Refused(f"{assignment.typed}: `{typed}` has no document to write it in")
    return page, objective_or_none


def _named(names: TypedNames, assignment: Assignment) -> Written | None:
    """Return the value, with references for documents that are named by their titles."""
    kind, value = REFERENCES.get(assignment.field), assignment.value
    if kind is None or len(assignment.path) > 1:
        return value
    if isinstance(value, list):
        return [names.written(kind, item) if isinstance(item, str) else item for item in value]
    return names.written(kind, value) if isinstance(value, str) else value


def _refuse_twice(targets: Sequence[_Target]) -> None:
    seen = set()
    for target in targets:
        if (target.page.uri, target.path) in seen:
            field = target.path[-1]
            raise click.UsageError(f"`{field}` of {target.page.path} is set twice: set it once")
        seen.add((target.page.uri, target.path))


def _stated(site: LoadedSite, targets: Sequence[_Target], reason: str | None) -> Statement | None:
    """Return the check-in that says why; refuse one on what takes no check-ins."""
    if reason is None:
        return None
    try:
        note = words(reason)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="`--reason`") from None
    other = next((target.page for target in targets if target.objective is None), None)
    if other is not None:
        message = f"--reason becomes the note of a check-in, and {other.path} takes none"
        raise Refused(f"{message}: leave it out, and say why when you commit")
    return Statement(site.as_of, note=note)


def _edits(
    site: LoadedSite, targets: Sequence[_Target], stated: Statement | None
) -> Iterator[tuple[str, tuple[bytes, bytes]]]:
    """Yield each file that changes, with what is in it and what will be."""
    of_files: defaultdict[str, list[_Target]] = defaultdict(list)
    for target in targets:
        of_files[target.page.uri].append(target)
    for uri, wanted in of_files.items():
        before = after = read_file(site, uri)
        try:
            for target in wanted:
                if target.value is None:
                    after = without_field(after, target.path)
                else:
                    after = with_field(after, target.path, target.value)
            if after == before:
                raise Refused(f"{wanted[0].page.path} already says so; nothing written")
            if stated is not None:
                after = add_check_in(after, stated).content
        except EditError as error:
            raise refused_edit(wanted[0].page.path, error) from None
        yield uri, (before, after)
