"""One version of a document: what stood in its file at a commit, as far as it says something."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import cast

from okrsite.documents.models import PersonFields, TeamFields
from okrsite.documents.source import Source, read_source
from okrsite.documents.trees import MemoryTree
from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.documents.validate import Document, validate_document
from okrsite.documents.values import Commitment
from okrsite.findings.finding import Finding
from okrsite.history.log.front_matter_cache import Pieces
from okrsite.history.log.model import GONE
from okrsite.history.log.resolve_old_references import (
    CurrentMeaning,
    CurrentNames,
    Lookup,
    RecordingResolver,
)
from okrsite.project.check_ins import as_stated, author_of, document_entries
from okrsite.project.kpis import build_kpi, read_rows
from okrsite.project.load import page_of
from okrsite.project.model import CheckIn, KeyResult, Kpi, Objective, Owner
from okrsite.project.objectives import BuildContext, build_objective


@dataclass(frozen=True, slots=True)
class Updates:
    """What a check-in document says of each objective, by its id."""

    check_ins: Mapping[str, tuple[CheckIn, ...]]


Thing = Objective | Kpi | Owner | Updates
"""What is compared. The readings of a data file are those of its KPI, as it is now."""

Key = tuple[str, str]
"""A file, relative to docs_dir, and the id of its content."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What has to be known of a version before it is compared.

    `type` is None where it is no document, or one that counts in no figure because it is `broken`;
    `draft` tells whether goalposts may still be moved. `notes` say what its references were taken
    to mean. `data` is the file, relative to docs_dir, that a KPI has its readings in.
    """

    type: Type | None
    broken: bool
    private: bool
    owners: tuple[str, ...]
    cycle: str
    draft: bool
    notes: tuple[tuple[Lookup, CurrentMeaning], ...]
    data: str | None = None

    def public(self, hidden: Collection[str]) -> bool:
        """Whether everybody could see it; `hidden` are the owners who were or are private."""
        owned_in_private = self.owners and all(owner in hidden for owner in self.owners)
        return not (self.private or owned_in_private)

    def holds(self, current: CurrentNames) -> bool:
        """Whether everything that it names still means the same."""
        return all(current.means(lookup) == meant for lookup, meant in self.notes)


@dataclass(frozen=True, slots=True)
class Version:
    """A version and its facts; `thing` is None where there is nothing to compare."""

    facts: Facts
    thing: Thing | None


# The files beside a document are not looked at.
_NO_FILES = MemoryTree({})


class Reader:
    """Reads versions, each by itself."""

    def __init__(self, current: CurrentNames, commitment: Commitment) -> None:
        self._current = current
        self._registry = RecordingResolver(current)
        self._pieces = Pieces()
        self._around = BuildContext(self._registry, {}, {}, commitment)

    def read(self, uri: str, content: bytes | None) -> Version:
        """Read a version; None is a content that is too large."""
        kpi = self._current.kpi_of_data.get(uri)
        if kpi is not None:
            return self._data(uri, content or b"", kpi)
        source, found = self._source(uri, content)
        if source is None:
            return Version(Facts(None, False, False, (), "", False, ()), None)
        document, _ = validate_document(source, found)
        self._registry.begin(document)
        thing = self._thing(document) if document.fields is not None else None
        objective = thing if isinstance(thing, Objective) else None
        return Version(
            Facts(
                document.type if thing is not None else None,
                thing is None,
                document.private,
                objective.owners if objective else self._authors(document),
                objective.cycle if objective else "",
                objective is not None and not objective.active,
                tuple(self._registry.notes.items()),
                document.source.data if isinstance(thing, Kpi) else None,
            ),
            thing,
        )

    def _data(self, uri: str, content: bytes, kpi: Kpi) -> Version:
        """Read the rows of a data file in the unit that its KPI has now."""
        lookup = ("unit", kpi.id, "", "")
        rows, _, _ = read_rows(uri, kpi.page.uri, content, kpi.unit)
        notes = ((lookup, self._current.means(lookup)),)
        thing = replace(kpi, readings=tuple(rows))
        return Version(Facts(Type.KPI, False, False, (), "", False, notes), thing)

    def _authors(self, document: Document) -> tuple[str, ...]:
        """Return whose check-in a document is: nobody hears of it while that one is private."""
        if document.type is not Type.CHECK_IN or document.fields is None:
            return ()
        author, _ = author_of(self._registry, document)
        return (author,) if author is not None else ()

    def _updates(self, document: Document) -> Updates:
        entries, _ = document_entries(self._registry, [document])
        for objective in entries:
            self._registry.note_results(objective)
        return Updates(
            {id: tuple(as_stated(id, entry) for entry in said) for id, said in entries.items()}
        )

    def _source(self, uri: str, content: bytes | None) -> tuple[Source | None, list[Finding]]:
        if content is None:
            return None, []
        return read_source(uri, uri, content, self._pieces.parse)

    def _thing(self, document: Document) -> Thing | None:
        page = page_of(document)
        if document.type is Type.OBJECTIVE:
            made, _ = build_objective(self._around, document, page)
            if made is None:
                return None
            return replace(made, key_results=tuple(map(self._masked, made.key_results)))
        if document.type is Type.KPI:
            # The readings of a data file are its own history.
            alone = replace(document, source=replace(document.source, data=None))
            return build_kpi(self._registry, _NO_FILES, alone, page)[0]
        if document.type is Type.CHECK_IN and not document.broken:
            return self._updates(document)
        if document.type in OWNER_TYPES and not document.broken:
            type = cast(Type, document.type)
            return Owner(document.id, type, document.title, self._parent(document), page)
        return None

    def _masked(self, result: KeyResult) -> KeyResult:
        """Keep the figures quiet of a key result on a KPI that is or was private, or is gone."""
        if result.kpi is None:
            return result
        if result.kpi.startswith(GONE) or result.kpi in self._current.masked:
            return replace(result, masked=True)
        return result

    def _parent(self, document: Document) -> str | None:
        fields = document.fields
        if isinstance(fields, TeamFields):
            if fields.parent is None:
                return self._registry.owner(document, (), "company")[0]
            return self._registry.owner(document, ("parent",), fields.parent, document.id)[0]
        if isinstance(fields, PersonFields) and fields.team is not None:
            return self._registry.owner(document, ("team",), fields.team, document.id)[0]
        return None
