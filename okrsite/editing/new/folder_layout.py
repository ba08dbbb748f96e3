"""Choose the file of a new document, as most documents of its type are laid out."""

import posixpath
from collections import Counter
from collections.abc import Iterable
from datetime import date

from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.editing.new.naming import free
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import COMPANY, NamedDocument, Names
from okrsite.util.markdown_files import without_ending

DEFAULTS = {
    Type.COMPANY: "{name}",
    Type.TEAM: "teams/{name}",
    Type.PERSON: "people/{name}",
    Type.CYCLE: "cycles/{name}",
    Type.OBJECTIVE: "okrs/{cycle}/{owner}/{name}",
    Type.KPI: "kpis/{owner}/{name}",
    Type.PILLAR: "strategy/{name}",
    Type.CHECK_IN: "okrs/{cycle}/{owner}/check-ins/{name}",
}
"""The layout of a site that has no document of a type."""


class Layout:
    """The files of new documents, in the layout of those that exist; no name is used twice."""

    def __init__(self, names: Names, files: Iterable[str]) -> None:
        self.names = names
        self._files = {file.lower() for file in files}
        self._patterns: dict[Type, str] = {}

    def uri(
        self, type: Type, name: str, owner: str | None = None, cycle: Cycle | None = None
    ) -> str:
        """Return the file of a new document, relative to docs_dir.

        Where a name is taken, by a file or in an id, a number follows it.
        """
        return self.next_uri(type, name, owner, cycle, self.taken(type, cycle))

    def next_uri(
        self, type: Type, name: str, owner: str | None, cycle: Cycle | None, used: set[str]
    ) -> str:
        """Return the file of a new document as `uri` does, whose name is in none of those used.

        It is added to them, so that a row of documents can be placed.
        """
        pattern = self._pattern(type)
        parts = {
            "owner": self._owner_name(owner) if owner else "",
            "cycle": _last(cycle.id) if cycle else "",
        }
        parts["period"] = parts["cycle"].replace("-", "/", 1)
        while True:
            candidate = free(name, used)
            uri = posixpath.normpath(pattern.format(name=candidate, **parts)) + ".md"
            used.add(candidate)
            if uri.lower() not in self._files:
                return uri

    def dated(self, owner: str, cycle: Cycle | None, day: date) -> str:
        """Return the file of an owner's check-in document on a day, which may exist already."""
        place = Layout(self.names, ())
        return place.uri(Type.CHECK_IN, self.dated_name(owner, day), owner, cycle)

    def dated_name(self, owner: str, day: date) -> str:
        """Return the name of an owner's check-in document on a day, who may share the folder."""
        shared = "{owner}" not in self._pattern(Type.CHECK_IN)
        return f"{day}-{self._owner_name(owner)}" if shared else f"{day}"

    def taken(self, type: Type, cycle: Cycle | None) -> set[str]:
        """Return what a new id must not end in, so that every reference stays unambiguous."""
        types = OWNER_TYPES if type in OWNER_TYPES else {type} - {Type.CHECK_IN}
        within = cycle.id if cycle and type is Type.OBJECTIVE else None
        found = (d for d in self.names.of(*types) if within is None or d.cycle in (within, None))
        # `company` always means the company, and a folder of that name too.
        return {_last(d.id) for d in found} | ({COMPANY} if type in OWNER_TYPES else set())

    def _pattern(self, type: Type) -> str:
        """Return the pattern of most documents of a type; of equally frequent ones the first."""
        if type not in self._patterns:
            self._patterns[type] = self._usual_pattern(type)
        return self._patterns[type]

    def _usual_pattern(self, type: Type) -> str:
        placed = (document for document in self.names.of(type) if document.uri)
        found = Counter(self._pattern_of(document) for document in placed)
        if not found:
            return DEFAULTS[type]
        most = max(found.values())
        return min(pattern for pattern, count in found.items() if count == most)

    def _pattern_of(self, document: NamedDocument) -> str:
        """Return the path of a document with placeholders for its cycle, owner and name."""
        path = without_ending(document.uri)
        folder, name = posixpath.split(path)
        inside = ""
        if name in ("index", "README"):
            folder, inside = posixpath.dirname(folder), f"/{name}"
        cycle, owner = self._cycle(document), self._owner(document)
        segments = folder.split("/") if folder else []
        parts: list[str] = []
        for position, segment in enumerate(segments):
            lower = segment.lower()
            joined = f"{segments[position - 1].lower()}-{lower}" if position else ""
            if cycle and lower == cycle:
                parts.append("{cycle}")
            elif cycle and joined == cycle and parts[-1] not in ("{owner}", "{cycle}"):
                parts[-1] = "{period}"
            elif owner and lower == owner:
                parts.append("{owner}")
            else:
                parts.append(segment.replace("{", "{{").replace("}", "}}"))
        return "/".join([*parts, "{name}"]) + inside

    def _cycle(self, document: NamedDocument) -> str | None:
        folder = self.names.folder_cycle(document.uri)
        id = document.cycle or (folder.id if folder else None)
        return _last(id) if id else None

    def _owner(self, document: NamedDocument) -> str | None:
        owner = self.names.folder_owner(document.uri)
        return self._owner_name(owner) if owner is not None else None

    def _owner_name(self, owner: str) -> str:
        return COMPANY if owner == self.names.company else _last(owner)


def _last(id: str) -> str:
    return id.rsplit("/", 1)[-1]
