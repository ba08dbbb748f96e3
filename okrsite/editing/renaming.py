"""Move documents and change their ids: what their files, and all that refers to them, become.

First the files are thought to be in their new places, and it is found out which ids change. Then
every reference is looked up twice, among the names as they are and as they will be: what does not
mean the same any more is written again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from okrsite.documents.trees import Tree
from okrsite.editing.fields import fields_of, with_values
from okrsite.editing.source_file import EditError, Insertion
from okrsite.editing.text_references import (
    link_edits,
    reference_edits,
    relative_to,
    target_of,
)
from okrsite.editing.written_references import WrittenReference, written_references
from okrsite.embeds.page_names import PageNames
from okrsite.project.meanings import KINDS
from okrsite.project.model import LinkTo, Project
from okrsite.project.model.cycles import Cycle
from okrsite.project.named_documents import documents_of
from okrsite.project.names import Found, Meaning, NameKind, Names

Ids = Mapping[tuple[NameKind, str], str]
"""The new ids of documents whose id changes, by their kind and their old one."""


@dataclass(frozen=True, slots=True)
class Side:
    """The project before or after, with its names, and the ids and cycles of files by their paths.

    The paths are relative to docs_dir; only objectives have a cycle.
    """

    project: Project
    names: Names
    in_texts: PageNames
    ids: Mapping[str, str]
    cycles: Mapping[str, str]

    @classmethod
    def of(cls, project: Project) -> "Side":
        """Return the side of a project."""
        ids = {document.uri: document.id for document in documents_of(project)}
        cycles = {o.page.uri: o.cycle for o in project.objectives.values()}
        return cls(project, Names.of_project(project), PageNames(project), ids, cycles)


@dataclass(frozen=True, slots=True)
class Renaming:
    """Files that move, as old and new path, and how names are written before and after.

    `files` are all files below docs_dir: a link to anything else is left as it is.
    """

    before: Side
    after: Side
    moves: Mapping[str, str]
    files: frozenset[str]
    ids: Ids

    @classmethod
    def of(
        cls, before: Project, after: Project, moves: Mapping[str, str], files: frozenset[str]
    ) -> "Renaming":
        """Return the renaming that leads from one project to the other."""
        there = {document.uri: document for document in documents_of(after) if document.uri}
        ids: dict[tuple[NameKind, str], str] = {}
        for document in documents_of(before):
            now = there.get(moves.get(document.uri, document.uri))
            kind = KINDS.get(document.type)
            if kind is not None and now is not None and now.id != document.id:
                ids[kind, document.id] = now.id
        return cls(Side.of(before), Side.of(after), moves, files, ids)

    def content(self, uri: str, content: bytes) -> bytes:
        """Return a file with every reference and link written for the new names and places.

        `uri` is where it was. Raises EditError where that would change something else.
        """
        made = self._with_references(uri, content)
        try:
            text = made.removeprefix(b"\xef\xbb\xbf").decode()
        except UnicodeDecodeError:
            return made
        edits = [*reference_edits(text, partial(self._in_text, uri))] if self.ids else []
        edits += link_edits(text, partial(self._link, uri))
        if not edits:
            return made
        mark = b"\xef\xbb\xbf" if made.startswith(b"\xef\xbb\xbf") else b""
        return mark + _applied(text, edits).encode()

    def _with_references(self, uri: str, content: bytes) -> bytes:
        if not content.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
            return content
        try:
            fields = fields_of(content)
        except EditError:
            return content  # no document
        if "type" not in fields:
            return content
        values = {}
        for reference in written_references(fields):
            new = self._in_field(uri, fields, reference)
            if new != reference.text:
                values[reference.path] = new
        return with_values(content, values) if values else content

    def _in_field(self, uri: str, fields: Mapping[str, Any], written: WrittenReference) -> str:
        """Return what is written for a reference from now on."""
        old = self._meaning(self.before, uri, fields, written)
        if not isinstance(old, Found):
            return written.text
        wanted = self.ids.get((written.kind, old.id), old.id)
        new = self._meaning(self.after, self.moves.get(uri, uri), fields, written)
        if isinstance(new, Found) and new.id == wanted:
            return written.text
        return self._written(written.kind, wanted, written.text)

    def _meaning(
        self, side: Side, uri: str, fields: Mapping[str, Any], written: WrittenReference
    ) -> Meaning:
        itself = side.ids.get(uri)
        if written.names_team:
            return side.names.find_team(written.text, itself)
        if written.kind is NameKind.OBJECTIVE:
            cycle = _cycle(side, uri, fields)
            own = itself if fields.get("type") == "objective" else None
            return side.names.find(written.kind, written.text, own, cycle)
        own = itself if fields.get("type") == "kpi" and written.kind is NameKind.KPI else None
        return side.names.find(written.kind, written.text, own)

    def _written(self, kind: NameKind, id: str, text: str) -> str:
        """Return a reference to an id, as long as the old one where that is enough."""
        name, mark, result = text.partition("#")
        parts = name.strip().count("/") + 1
        tail = "/".join(id.split("/")[-parts:])
        found = self.after.names.find(kind, tail)
        if not (isinstance(found, Found) and found.id == id):
            tail = self.after.names.reference(kind, id)
        return f"{tail}{mark}{result}"

    def _in_text(self, uri: str, target: str) -> str:
        """Return what is written for a reference in a text from now on."""
        cycle = self.before.cycles.get(uri)
        old = self.before.in_texts.find_any(target, cycle)
        if not isinstance(old, Found):
            return target
        wanted = self.ids.get((old.kind, old.id), old.id)
        new_cycle = self.after.cycles.get(self.moves.get(uri, uri), cycle)
        new = self.after.in_texts.find_any(target, new_cycle)
        if isinstance(new, Found) and (new.kind, new.id) == (old.kind, wanted):
            return target
        return self._written(old.kind, wanted, target)

    def _link(self, uri: str, path: str) -> str:
        """Return a relative link on the page `uri` from now on."""
        target = target_of(path, uri)
        page = self.moves.get(uri, uri)
        new = self.moves.get(target, target)
        if (new, page) == (target, uri) or target not in self.files:
            return path
        return relative_to(new, page)


def _cycle(side: Side, uri: str, fields: Mapping[str, Any]) -> Cycle | None:
    """Return the cycle in which a reference to an objective is written."""
    if fields.get("type") == "objective":
        id = side.cycles.get(uri)
        return side.project.cycles.get(id) if id else None
    cycle = side.names.folder_cycle(uri)
    if cycle is None and fields.get("type") == "check-in":
        documents = side.project.check_in_documents.values()
        days = (document.date for document in documents if document.page.uri == uri)
        day: date | None = next(days, None)
        return Cycle("", "", day, day) if day else None
    return cycle


def _applied(text: str, edits: Iterable[Insertion]) -> str:
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda e: e.position):
        if edit.position >= done:
            parts += [text[done : edit.position], edit.text]
            done = edit.position + edit.length
    return "".join([*parts, text[done:]])


def shape_of(project: Project, ids: Ids) -> dict[str, Any]:
    """Return who owns, serves and measures what, with the new ids: it has to stay the same."""

    def new(kind: NameKind, id: str | None) -> str | None:
        return ids.get((kind, id), id) if id is not None else None

    owner = partial(new, NameKind.OWNER)
    kpi = partial(new, NameKind.KPI)
    objective = partial(new, NameKind.OBJECTIVE)
    pillar = partial(new, NameKind.PILLAR)

    def linked(link: LinkTo) -> tuple[str, str]:
        return str(objective(link.objective)), link.key_result or ""

    shape: dict[str, Any] = {}
    for one in project.objectives.values():
        shape[f"objective {objective(one.id)}"] = (
            [*map(owner, one.owners)],
            sorted(map(str, map(owner, one.contributors))),
            one.cycle,
            sorted(
                (str(objective(link.objective)), link.key_result or "") for link in one.aligns_to
            ),
            sorted(
                (str(objective(link.objective)), link.key_result or "") for link in one.depends_on
            ),
            objective(one.continues),
            sorted(map(str, map(pillar, one.pillars))),
            sorted(map(str, map(kpi, one.guardrails))),
            [(r.id, kpi(r.kpi), [*map(owner, r.owners)]) for r in one.key_results],
            [(i.title, [*map(owner, i.owners)]) for i in one.initiatives],
            [(c.date, len(c.values)) for c in one.check_ins],
        )
    for known in project.kpis.values():
        drives = sorted(map(str, map(kpi, known.drives)))
        contributors = sorted(map(str, map(owner, known.contributors)))
        number = len(known.readings)
        shape[f"KPI {kpi(known.id)}"] = owner(known.owner), drives, contributors, number
    for each in project.owners.values():
        shape[f"owner {owner(each.id)}"] = owner(each.parent)
    for theme in project.pillars.values():
        shape[f"pillar {pillar(theme.id)}"] = sorted(map(str, map(kpi, theme.kpis)))
    for document in project.check_in_documents.values():
        named = sorted(map(str, map(objective, document.objectives)))
        shape[f"check-in {document.date} {named}"] = owner(document.owner)
    return shape


def names_of_tree(tree: Tree) -> list[str]:
    """Return the Markdown files of a tree, those that are left out of the site too."""
    return [*tree.documents(), *getattr(tree, "left_out", tuple)()]
