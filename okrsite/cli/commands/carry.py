"""`okrsite carry`: what an objective becomes in the next cycle."""

import posixpath
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from okrsite.cli.common import LoadedSite, open_site, read_site, site_options
from okrsite.cli.completion import CYCLES, OBJECTIVES, Existing
from okrsite.cli.editing import (
    Refused,
    create_file,
    new_file,
    one_writer,
    read_file,
    refuse_findings,
)
from okrsite.cli.typed_names import TypedNames
from okrsite.documents.source import Source, id_of_uri, read_source
from okrsite.editing.overlay import Overlay
from okrsite.editing.successor import carried_body, carried_fields, carried_link
from okrsite.editing.successor_path import successor_uri
from okrsite.editing.yaml_text import WIDEST_LINE, Flow, document_text, flow_text
from okrsite.findings.baseline import new_findings
from okrsite.findings.finding import Finding, Severity
from okrsite.findings.report import to_text
from okrsite.project.model import Link, Objective, Project
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import Found, NameKind
from okrsite.project.published import publish
from okrsite.project.references import References
from okrsite.scores import Scorecard, score_project
from okrsite.settings import SettingsError

_EXAMPLE = """\b
Example:
  okrsite carry 2026-q4/sales/market-penetration --to 2027-q1
"""
_FIRST_FIELDS = ("title", "description", "cycle", "owner", "owners", "contributors", "commitment")


@click.command(epilog=_EXAMPLE)
@click.argument("objective", type=Existing(OBJECTIVES))
@click.option(
    "--to",
    "to",
    type=Existing(CYCLES),
    required=True,
    metavar="CYCLE",
    help="The cycle to carry it over to.",
)
@click.option("--name", metavar="NAME", help="The new file's name; default: the old one's.")
@site_options
@click.pass_context
def carry(
    context: click.Context, objective: str, to: str, name: str | None, config_file: Path,
    as_of: date | None,
) -> None:  # fmt: skip
    """Carry OBJECTIVE over to another cycle: write its document there.

    Key results that were not reached start at their last value, unfinished milestones and
    initiatives are kept, alignments lead to what was carried over, and `continues` names
    the old objective. No file is overwritten.

    Exit status: 0 success, 1 the document would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    one_writer(config_file.parent)
    site = open_site(config_file, as_of)
    names = TypedNames(site.project, site.current_cycle)
    old, cycle = names.objective(objective), names.cycle(to)
    _check(site, old, cycle)
    uri = _uri(site, old, cycle, name)
    new_file(site, uri)
    text, notes = _text(site, old, cycle, uri)
    findings, inherited = _findings(site, old, uri, text)
    if any(finding.code == "OKR202" for finding in findings):
        message = "Two objectives would have one name: write more of it where it is ambiguous,"
        click.echo(f"{message} or give the new file another with --name.", err=True)
    refuse_findings(context, findings)
    create_file(site, uri, text)
    click.echo(f"{site.configuration.folder.path(uri)}: continues {old.id}")
    for note in notes:
        click.echo(f"  {note}")
    if inherited:
        click.echo(to_text(inherited), nl=False, err=True)


def _check(site: LoadedSite, old: Objective, cycle: Cycle) -> None:
    before = site.project.cycles[old.cycle]
    if cycle.end <= before.end or cycle.start <= before.start:
        raise Refused(f"{cycle.title} does not come after {before.title}, the objective's own")
    for id in old.continued_by:
        following = site.project.objectives[id]
        if following.cycle == cycle.id:
            raise Refused(f"{following.page.path} continues it in {cycle.title} already")


def _uri(site: LoadedSite, old: Objective, cycle: Cycle, name: str | None) -> str:
    def cycle_of_folder(folder: str) -> str | None:
        found = site.around.registry.folder_cycle(f"{folder}/x.md")
        return found.id if found else None

    def taken(uri: str) -> bool:
        try:
            new_file(site, uri)
        except Refused:
            return True
        return False

    beside = (
        posixpath.dirname(other.page.uri)
        for other in _quotable(site, old)[0].objectives.values()
        if other.cycle == cycle.id and other.owners == old.owners
    )
    uri = successor_uri(
        old.page.uri, site.project.cycles[old.cycle], cycle, cycle_of_folder, next(beside, None),
        taken,
    )  # fmt: skip
    if name is None:
        return uri
    stem = name.strip().removesuffix(".md")
    if not stem or "/" in stem or "\\" in stem or stem.startswith("."):
        raise click.UsageError(f"--name {name}: write a file's name, without folders")
    return posixpath.join(posixpath.dirname(uri), f"{stem}.md")


def _text(site: LoadedSite, old: Objective, cycle: Cycle, uri: str) -> tuple[str, list[str]]:
    source = _source(site, old)
    project, scorecard = _quotable(site, old)
    shown = project.objectives[old.id]
    carried = carried_fields(
        source.fields, shown, scorecard.objectives[old.id], cycle, site.as_of
    )  # fmt: skip
    if "key_results" not in carried.fields:
        raise Refused("every key result was reached or cancelled: nothing left to carry over")
    references = _references(site.project, uri)
    notes = list(carried.notes)
    if not old.active:
        notes.insert(0, f"it was {old.status}; the new document is active")
    fields = {**carried.fields, **_placed(site, source, old, cycle, uri)}
    for name in ("aligns_to", "depends_on"):
        links, link_notes = _links(site.project, project, getattr(old, name), cycle, references)
        notes += [f"`{name}` {note}" for note in link_notes]
        fields.pop(name, None)
        if links:
            fields[name] = Flow(links)
    fields["continues"] = references.shortest(old.id)
    body = carried_body(source.body, old.page.uri, uri, lambda other: _exists(site, other))
    return document_text(_in_order(fields), body), notes


def _source(site: LoadedSite, old: Objective) -> Source:
    page = old.page
    source, _ = read_source(page.uri, page.path, read_file(site, page.uri))
    written = source.fields.get("key_results", []) if source else []
    if source is None or len(written) != len(old.key_results):
        raise Refused(
            f"{page.path} was changed by someone else in the meantime; run the command again"
        )
    return source


def _quotable(site: LoadedSite, old: Objective) -> tuple[Project, Scorecard]:
    """Return what the new document may quote: a public one must not quote private documents."""
    settings = site.configuration.settings
    published = publish(site.project, settings.include_private)
    if old.id not in published.objectives:
        return site.project, site.scorecard
    return published, score_project(published, settings, site.as_of)


def _references(project: Project, uri: str) -> References:
    """Return the index that gives the shortest references, the new objective counted in."""
    known = [*project.objectives, id_of_uri(uri)]
    known += [document.page.id for document in project.broken]
    return References((id, None) for id in known)


def _placed(
    site: LoadedSite, source: Source, old: Objective, cycle: Cycle, uri: str
) -> dict[str, Any]:
    """Return the cycle and owner where the folders of the new file do not name them."""
    registry, fields = site.around.registry, dict[str, Any]()
    by_folder = registry.folder_cycle(uri)
    if by_folder is None or by_folder.id != cycle.id:
        tail = cycle.id.rsplit("/", 1)[-1]
        found = registry.names.find(NameKind.CYCLE, tail)
        known = registry.names.cycle(found.id) if isinstance(found, Found) else None
        fields["cycle"] = tail if known and known.id == cycle.id else cycle.id
    if "owners" in source.fields:
        fields["owners"] = source.fields["owners"]
    elif registry.folder_owner(uri) != old.owners[0]:
        shortest = registry.names.shortest(NameKind.OWNER, old.owners[0])
        fields["owner"] = source.fields.get("owner", shortest)
    return fields


def _links(
    everything: Project, quotable: Project, links: Iterable[Link], cycle: Cycle,
    references: References,
) -> tuple[list[str], list[str]]:  # fmt: skip
    """Return the links of the new document, and notes on them.

    What is public leads to nothing private, unless the old document did already.
    """
    made: dict[str, None] = {}
    notes: list[str] = []
    for link in links:
        project = quotable if link.objective in quotable.objectives else everything
        found = carried_link(project, link, cycle)
        if found is None:
            notes.append(f"to {link.id} is left out: it is not carried over to {cycle.title}")
            continue
        id, key_result = found
        reference = references.shortest(id)
        made[f"{reference}#{key_result}" if key_result else reference] = None
        if id != link.objective:
            notes.append(f"to {link.id} now leads to {Link(id, key_result, link.place).id}")
    return list(made), notes


def _in_order(fields: dict[str, Any]) -> dict[str, Any]:
    """Sort the fields: title, cycle and owner first, then links, the key results last."""
    last = ("aligns_to", "depends_on", "continues", "key_results", "initiatives")
    names = [name for name in _FIRST_FIELDS if name in fields]
    middle = [name for name in fields if name not in _FIRST_FIELDS and name not in last]
    names += [*(n for n in last[:3] if n in fields), *middle, *(n for n in last[3:] if n in fields)]
    return {"type": "objective", **{name: _laid_out(fields[name]) for name in names}}


def _laid_out(value: Any) -> Any:
    """Put short lists of single values, and the entries of lists, on one line."""
    if not isinstance(value, list):
        return value
    if all(isinstance(item, str) for item in value):
        return Flow(value)
    return [_entry(item) for item in value]


def _entry(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    if "id" not in item and "to" not in item and len(flow_text(item)) <= WIDEST_LINE:
        return Flow(item)
    return {name: _inner(value) for name, value in item.items()}


def _inner(value: Any) -> Any:
    if isinstance(value, dict):
        return Flow(value)
    return _laid_out(value)


def _exists(site: LoadedSite, uri: str) -> bool:
    try:
        site.configuration.folder.check(uri)
    except OSError:
        return False
    return True


def _findings(
    site: LoadedSite, old: Objective, uri: str, text: str
) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that the new document causes, and those it has from the old one."""
    folder = site.configuration.folder
    before = site.findings()
    try:
        overlay = Overlay(folder, {uri: text.encode()})
        after = read_site(site.configuration, overlay, site.as_of).findings()
    except SettingsError as error:
        raise Refused(f"with {folder.path(uri)} the settings would be wrong: {error}") from None
    new = [f for f in new_findings(before, after) if f.severity is not Severity.ADVICE]
    had = {f.code for f in before if f.path == old.page.path and f.severity is Severity.WARNING}
    inherited = [f for f in new if f.code in had and f.path == folder.path(uri)]
    return [f for f in new if f not in inherited], inherited
