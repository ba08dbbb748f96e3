"""What objectives become in a later cycle: where their documents go, and what they say."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import click

from okrsite.cli.common import LoadedSite, read_site
from okrsite.cli.editing import CHANGED, Refused, new_file, read_file
from okrsite.documents.source import Source, id_of_uri, read_source
from okrsite.editing.overlay import Overlay
from okrsite.editing.successor import carried_body, carried_fields, carried_link
from okrsite.editing.successor_path import successor_uri
from okrsite.editing.yaml_text import WIDEST_LINE, Flow, document_text, flow_text
from okrsite.findings.baseline import new_findings
from okrsite.findings.finding import Finding, Severity
from okrsite.project.meanings import Found, NameKind
from okrsite.project.model import LinkTo, Objective, Project
from okrsite.project.model.cycles import Cycle
from okrsite.project.references import References
from okrsite.scores.left_over import why_over
from okrsite.settings import SettingsError

_FIRST_FIELDS = ("title", "description", "cycle", "owner", "owners", "contributors", "commitment")
_LINKS, _LAST_FIELDS = ("aligns_to", "depends_on", "continues"), ("key_results", "initiatives")


class Successors:
    """Makes the documents of a cycle that continue objectives of earlier ones.

    Once `place` has said where they all go, `text` lets them lead to each other.
    """

    def __init__(self, site: LoadedSite, cycle: Cycle) -> None:
        self._site = site
        self._cycle = cycle
        self._uris: dict[str, str] = {}
        self._taken: set[str] = set()
        self._folders: dict[int, dict[tuple[str, ...], str]] = {}

    def check(self, old: Objective) -> None:
        """Refuse an objective that cannot be continued in the cycle, or is already."""
        cycle, before = self._cycle, self._site.project.cycles[old.cycle]
        if cycle.end <= before.end or cycle.start <= before.start:
            raise Refused(f"{cycle.title} does not come after {before.title}, the objective's own")
        for id in old.continued_by:
            following = self._site.project.objectives[id]
            if following.cycle == cycle.id:
                raise Refused(f"{following.page.path} already continues it in {cycle.title}")

    def place(self, old: Objective, name: str | None = None) -> str:
        """Return the address of what continues an objective; refuse where there is a file."""
        uri = self._uri(old, name)
        if uri in self._taken:
            raise Refused(f"{self._path(uri)} would be written twice")
        new_file(self._site, uri)
        self._uris[old.id] = uri
        self._taken.add(uri)
        return uri

    def uri(self, old: str) -> str:
        """Return the address of what continues an objective, once it has its place."""
        return self._uris[old]

    def drop(self, old: str) -> None:
        """Leave an objective out, so that nothing leads to what would have continued it."""
        self._taken.discard(self._uris.pop(old))
        self.__dict__.pop("_references", None)

    def blamed(self, findings: Iterable[Finding]) -> dict[str, Finding]:
        """Return the objectives whose successors have a finding, or make a name ambiguous."""
        by_path = {self._path(uri): old for old, uri in self._uris.items()}
        by_id = {id_of_uri(uri): old for old, uri in self._uris.items()}
        found: dict[str, Finding] = {}
        for finding in findings:
            names = re.findall(r"`([^`]+)`", finding.hint or "")
            for old in (by_path.get(finding.path), *map(by_id.get, names)):
                if old is not None:
                    found.setdefault(old, finding)
        return found

    def _path(self, uri: str) -> str:
        return self._site.configuration.folder.path(uri)

    def _uri(self, old: Objective, name: str | None) -> str:
        site, registry = self._site, self._site.around.registry

        def cycle_of_folder(folder: str) -> str | None:
            found = registry.folder_cycle(f"{folder}/x.md")
            return found.id if found else None

        def taken(uri: str) -> bool:
            try:
                new_file(site, uri)
            except Refused:
                return True
            return uri in self._taken

        beside = self._beside(site.quotable(old)[0]).get(old.owners)
        before = site.project.cycles[old.cycle]
        uri = successor_uri(old.page.uri, before, self._cycle, cycle_of_folder, beside, taken)
        if name is None:
            return uri
        stem = name.strip().removesuffix(".md")
        if not stem or "/" in stem or "\\" in stem or stem.startswith("."):
            raise click.UsageError(f"--name {name}: write a file's name, without folders")
        return posixpath.join(posixpath.dirname(uri), f"{stem}.md")

    def _beside(self, project: Project) -> Mapping[tuple[str, ...], str]:
        """Return the folder of the first objective of the cycle, by owners."""
        if id(project) not in self._folders:
            found: dict[tuple[str, ...], str] = {}
            for other in project.objectives.values():
                if other.cycle == self._cycle.id:
                    found.setdefault(other.owners, posixpath.dirname(other.page.uri))
            self._folders[id(project)] = found
        return self._folders[id(project)]

    def text(self, old: Objective, draft: bool = False) -> tuple[str, list[str]]:
        """Return the document that continues an objective, and notes on what is left out."""
        site, cycle, uri = self._site, self._cycle, self._uris[old.id]
        source = self._source(old)
        project, scorecard = site.quotable(old)
        shown, figures = project.objectives[old.id], scorecard.objectives[old.id]
        carried = carried_fields(source.fields, shown, figures, cycle, site.as_of)
        if "key_results" not in carried.fields:
            raise Refused("every key result was reached or cancelled: nothing left to carry over")
        notes = list(carried.notes)
        if not old.active:
            notes.insert(0, f"it was {old.status}; the new document is active")
        fields = {**carried.fields, **self._placed(source, old, uri)}
        if draft:
            fields["status"] = "draft"
        for name in ("aligns_to", "depends_on"):
            links, link_notes = self._links(project, getattr(old, name))
            notes += [f"`{name}` {note}" for note in link_notes]
            fields.pop(name, None)
            if links:
                fields[name] = Flow(links)
        fields["continues"] = self._references.shortest(old.id)
        body = carried_body(source.body, old.page.uri, uri, self._exists)
        return document_text(_in_order(fields), body), notes

    def _source(self, old: Objective) -> Source:
        page = old.page
        source, _ = read_source(page.uri, page.path, read_file(self._site, page.uri))
        written = source.fields.get("key_results", []) if source else []
        if source is None or len(written) != len(old.key_results):
            raise Refused(f"{page.path} {CHANGED}")
        return source

    @cached_property
    def _references(self) -> References:
        """The index that gives the shortest references, the new objectives counted in."""
        project = self._site.project
        made, broken = map(id_of_uri, self._uris.values()), (d.page.id for d in project.broken)
        known = [*project.objectives, *made, *broken]
        return References((id, None) for id in known)

    def _placed(self, source: Source, old: Objective, uri: str) -> dict[str, Any]:
        """Return the cycle and owner where the folders of the new file do not name them."""
        registry, cycle, fields = self._site.around.registry, self._cycle, dict[str, Any]()
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

    def _links(self, quotable: Project, links: Iterable[LinkTo]) -> tuple[list[str], list[str]]:
        """Return the links of a new document, and notes on them.

        What is public leads to nothing private, unless the old document did already.
        """
        made: dict[str, None] = {}
        notes: list[str] = []
        for link in links:
            found = self._carried_link(quotable, link)
            if found is None:
                title = self._cycle.title
                notes.append(f"to {link.id} is left out: it is not carried over to {title}")
                continue
            id, key_result = found
            reference = self._references.shortest(id)
            made[f"{reference}#{key_result}" if key_result else reference] = None
            if id != link.objective:
                notes.append(f"to {link.id} now leads to {LinkTo(id, key_result, link.place).id}")
        return list(made), notes

    def _carried_link(self, quotable: Project, link: LinkTo) -> tuple[str, str | None] | None:
        """Return what a link means in the cycle: something there, else what is written now."""
        site = self._site
        project = quotable if link.objective in quotable.objectives else site.project
        found = carried_link(project, link, self._cycle)
        if found is not None or link.objective not in self._uris:
            return found
        shown, scorecard = site.quotable(site.project.objectives[link.objective])
        figures = scorecard.objectives[link.objective].key_results
        results = shown.objectives[link.objective].key_results
        left = {r.id for r in results if not why_over(r, figures[r.id], site.as_of)}
        new = id_of_uri(self._uris[link.objective])
        return new, link.key_result if link.key_result in left else None

    def _exists(self, uri: str) -> bool:
        try:
            self._site.configuration.folder.check(uri)
        except OSError:
            return False
        return True

    def findings(self, texts: Mapping[str, str]) -> tuple[list[Finding], list[Finding]]:
        """Return the findings that new documents, by the ids of the old ones, cause, and those
        that they have from these."""
        site, folder = self._site, self._site.configuration.folder
        before = site.findings()
        documents = {self._uris[id]: text.encode() for id, text in texts.items()}
        try:
            overlay = Overlay(folder, documents)
            after = read_site(site.configuration, overlay, site.as_of).findings()
        except SettingsError as error:
            path = folder.path(next(iter(documents)))
            raise Refused(f"with {path} the settings would be wrong: {error}") from None
        had: defaultdict[str, set[str]] = defaultdict(set)
        for finding in before:
            if finding.severity is Severity.WARNING:
                had[finding.path].add(finding.code)
        objectives = site.project.objectives
        old = {folder.path(self._uris[id]): objectives[id].page.path for id in texts}
        new = [f for f in new_findings(before, after) if f.severity is not Severity.ADVICE]
        inherited = [f for f in new if f.path in old and f.code in had[old[f.path]]]
        return [f for f in new if f not in inherited], inherited


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
