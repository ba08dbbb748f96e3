"""`okrsite carry`: what an objective becomes in the next cycle."""

import posixpath
from collections.abc import Iterable
from typing import Any

import click

from okrsite.cli.common import LoadedSite, SiteOptions, open_site, read_site, site_options
from okrsite.cli.completion import CYCLES, OBJECTIVES, Existing
from okrsite.cli.editing import (
    CHANGED,
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
from okrsite.project.references import References
from okrsite.settings import SettingsError

_EXAMPLE = """\b
Example:
  okrsite carry 2026-q4/sales/market-penetration --to 2027-q1
"""
_TO = "The cycle to carry it over to."
_FIRST_FIELDS = ("title", "description", "cycle", "owner", "owners", "contributors", "commitment")
_LINKS, _LAST_FIELDS = ("aligns_to", "depends_on", "continues"), ("key_results", "initiatives")


@click.command(epilog=_EXAMPLE)
@click.argument("objective", type=Existing(OBJECTIVES))
@click.option("--to", type=Existing(CYCLES), required=True, metavar="CYCLE", help=_TO)
@click.option("--name", metavar="NAME", help="The new file's name; default: the old one's.")
@site_options
def carry(given: SiteOptions, objective: str, to: str, name: str | None) -> None:
    """Carry OBJECTIVE over to another cycle: write its document there.

    Key results that were not reached start at their last value, unfinished milestones and
    initiatives are kept, alignments lead to what was carried over, and `continues` names
    the old objective. No file is overwritten.

    Exit status: 0 success, 1 the document would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    one_writer(given.config_file.parent)
    site = open_site(given)
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
    refuse_findings(findings)
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
        for other in site.quotable(old)[0].objectives.values()
        if other.cycle == cycle.id and other.owners == old.owners
    )
    place, before = next(beside, None), site.project.cycles[old.cycle]
    uri = successor_uri(old.page.uri, before, cycle, cycle_of_folder, place, taken)
    if name is None:
        return uri
    stem = name.strip().removesuffix(".md")
    if not stem or "/" in stem or "\\" in stem or stem.startswith("."):
        raise click.UsageError(f"--name {name}: write a file's name, without folders")
    return posixpath.join(posixpath.dirname(uri), f"{stem}.md")


def _text(site: LoadedSite, old: Objective, cycle: Cycle, uri: str) -> tuple[str, list[str]]:
    source = _source(site, old)
    project, scorecard = site.quotable(old)
    shown, figures = project.objectives[old.id], scorecard.objectives[old.id]
    carried = carried_fields(source.fields, shown, figures, cycle, site.as_of)
    if "key_results" not in carried.fields:
        raise Refused("every key result was reached or cancelled: nothing left to carry over")
    # The shortest references, the new objective counted in.
    known = [*site.project.objectives, id_of_uri(uri), *(d.page.id for d in site.project.broken)]
    references = References((id, None) for id in known)
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
        raise Refused(f"{page.path} {CHANGED}")
    return source


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
    project: Project, quotable: Project, links: Iterable[Link], cycle: Cycle, references: References
) -> tuple[list[str], list[str]]:
    """Return the links of the new document, and notes on them.

    What is public leads to nothing private, unless the old document did already.
    """
    made: dict[str, None] = {}
    notes: list[str] = []
    for link in links:
        known = quotable if link.objective in quotable.objectives else project
        found = carried_link(known, link, cycle)
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
    known = {*_FIRST_FIELDS, *_LINKS, *_LAST_FIELDS}
    middle = (name for name in fields if name not in known)
    names = [name for name in (*_FIRST_FIELDS, *_LINKS, *middle, *_LAST_FIELDS) if name in fields]
    return {"type": "objective", **{name: _laid_out(fields[name]) for name in names}}


def _laid_out(value: Any) -> Any:
    """Put short lists of single values, and the entries of lists, on one line."""
    if not isinstance(value, list):
        return value
    if all(isinstance(item, str) for item in value):
        return Flow(value)
    return [_entry(item) if isinstance(item, dict) else item for item in value]


def _entry(item: dict[str, Any]) -> Any:
    if "id" not in item and "to" not in item and len(flow_text(item)) <= WIDEST_LINE:
        return Flow(item)
    return {n: Flow(v) if isinstance(v, dict) else _laid_out(v) for n, v in item.items()}


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
