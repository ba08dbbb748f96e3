"""One version of a document: the content of its file at a commit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from okrsite.documents.models import PersonFields, TeamFields
from okrsite.documents.source import read_source
from okrsite.documents.trees import MemoryTree
from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.documents.validate import Document, validate_document
from okrsite.documents.values import Commitment
from okrsite.findings.finding import Finding
from okrsite.history.log.front_matter_cache import FrontMatterCache
from okrsite.history.log.model import GONE
from okrsite.history.log.resolve_old_references import (
    CurrentMeaning,
    CurrentNames,
    Lookup,
    RecordingResolver,
)
from okrsite.project.calendar import documented_cycles
from okrsite.project.check_ins import as_stated, author_of, document_entries
from okrsite.project.kpis import build_kpi, read_rows
from okrsite.project.load import owner_of, page_of
from okrsite.project.model import CheckIn, KeyResult, Kpi, Objective, Owner, Pillar
from okrsite.project.model.cycles import Cycle
from okrsite.project.objectives import BuildContext, build_objective
from okrsite.project.pillars import build_pillar


@dataclass(frozen=True, slots=True)
class DocumentCheckIns:
    """The check-ins of a check-in document, by the id of their objective."""

    check_ins: Mapping[str, tuple[CheckIn, ...]]


Content = Objective | Kpi | Pillar | Owner | Cycle | DocumentCheckIns
"""What is compared. The readings of a data file are those of its KPI as it is now."""

VersionKey = tuple[str, str]
"""The path of a file in its commit, and the id of its content."""


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What has to be known of a version before it is compared.

    `type` is None if it isn't a document, or one that isn't counted because it is `broken`;
    `draft` is whether goalposts may still be moved. `notes` are the references in it with what they
    were resolved to. `data` is the file, relative to docs_dir, with the readings of a KPI, `opens`
    the first day of a cycle.
    """

    type: Type | None = None
    broken: bool = False
    private: bool = False
    owners: tuple[str, ...] = ()
    cycle: str = ""
    draft: bool = False
    notes: tuple[tuple[Lookup, CurrentMeaning], ...] = ()
    data: str | None = None
    opens: date | None = None

    @property
    def objectives(self) -> tuple[str, ...]:
        """The objectives that a check-in document is about."""
        return tuple(written for (kind, written, _, _), _ in self.notes if kind == "results")

    def public(self, hidden: Collection[str]) -> bool:
        """Whether it was public; `hidden` are the owners who were or are private."""
        owned_in_private = self.owners and all(owner in hidden for owner in self.owners)
        return not (self.private or owned_in_private)

    def holds(self, current: CurrentNames) -> bool:
        """Whether all its references still mean the same."""
        return all(current.means(lookup) == meant for lookup, meant in self.notes)


@dataclass(frozen=True, slots=True)
class Version:
    """A version and its facts; `content` is None where there is nothing to compare."""

    facts: VersionFacts
    content: Content | None


# The files beside a document are not looked at.
_NO_FILES = MemoryTree({})


class VersionParser:
    """Parses versions, each by itself."""

    def __init__(self, current: CurrentNames, commitment: Commitment) -> None:
        self._current = current
        self._registry = RecordingResolver(current)
        self._front_matter = FrontMatterCache()
        self._around = BuildContext(self._registry, {}, {}, commitment)

    def parse(self, uri: str, file: bytes | None) -> Version:
        """Return a version; None is a file that is too large."""
        kpi = self._current.kpi_of_data.get(uri)
        if kpi is not None:
            return self._data(uri, file or b"", kpi)
        source, findings = None, list[Finding]()
        if file is not None:
            source, findings = read_source(uri, uri, file, self._front_matter.parse)
        if source is None:
            return Version(VersionFacts(), None)
        document, _ = validate_document(source, findings)
        self._registry.begin(document)
        content = self._content(document) if document.fields is not None else None
        objective = content if isinstance(content, Objective) else None
        return Version(
            VersionFacts(
                document.type if content is not None else None,
                content is None,
                document.private,
                objective.owners if objective else self._authors(document),
                objective.cycle if objective else "",
                objective is not None and not objective.active,
                tuple(self._registry.notes.items()),
                document.source.data if isinstance(content, Kpi) else None,
                content.start if isinstance(content, Cycle) else None,
            ),
            content,
        )

    def _data(self, uri: str, file: bytes, kpi: Kpi) -> Version:
        """Return the readings of a data file in the unit that its KPI has now."""
        lookup = ("unit", kpi.id, "", "")
        rows, _, _ = read_rows(uri, kpi.page.uri, file, kpi.unit)
        notes = ((lookup, self._current.means(lookup)),)
        return Version(VersionFacts(Type.KPI, notes=notes), replace(kpi, readings=tuple(rows)))

    def _authors(self, document: Document) -> tuple[str, ...]:
        """Return the author of a check-in document: it is private while its author is."""
        if document.type is not Type.CHECK_IN or document.fields is None:
            return ()
        author = author_of(self._registry, document, [])
        return (author,) if author is not None else ()

    def _check_ins(self, document: Document) -> DocumentCheckIns:
        entries = document_entries(self._registry, [document], [])
        for objective in entries:
            self._registry.note_results(objective)
        return DocumentCheckIns(
            {id: tuple(as_stated(id, entry) for entry in of) for id, of in entries.items()}
        )

    def _content(self, document: Document) -> Content | None:
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
        if document.type is Type.PILLAR and not document.broken:
            return build_pillar(self._registry, document, page, [])
        if document.type is Type.CHECK_IN and not document.broken:
            return self._check_ins(document)
        if document.type is Type.CYCLE:
            cycles, _ = documented_cycles([document], self._current.published.fiscal_year)
            return cycles.get(document.id)
        if document.type in OWNER_TYPES and not document.broken:
            return owner_of(document, self._parent(document), page)
        return None

    def _masked(self, result: KeyResult) -> KeyResult:
        """Mask the figures of a key result on a KPI that is or was private, or is gone."""
        kpi = result.kpi
        hidden = kpi is not None and (kpi.startswith(GONE) or kpi in self._current.masked)
        return replace(result, masked=True) if hidden else result

    def _parent(self, document: Document) -> str | None:
        fields = document.fields
        if isinstance(fields, TeamFields):
            if fields.parent is None:
                return self._registry.owner(document, (), "company", [])
            return self._registry.team(document, ("parent",), fields.parent, [])
        if isinstance(fields, PersonFields) and fields.team is not None:
            return self._registry.team(document, ("team",), fields.team, [])
        return None
