"""The documents of a site by type and id, and the findings about what they name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from okrsite.documents.lines import Location
from okrsite.documents.models import CheckInDocumentFields, DocumentFields
from okrsite.documents.types import Type
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding, Missing
from okrsite.i18n import Phrase, alternatives, phrase
from okrsite.project.calendar import Calendar, documented_cycles
from okrsite.project.folder_names import (
    broken_folder_cycle,
    folder_like_cycle,
    folder_like_fiscal,
    folder_like_owner,
    folder_of_several,
)
from okrsite.project.meanings import KINDS, Ambiguous, Found, Meaning, NameKind, Unknown
from okrsite.project.model.cycles import Cycle
from okrsite.project.named_documents import NamedDocument, named
from okrsite.project.names import Names
from okrsite.settings import FiscalYear
from okrsite.util.spelling import normal_form

_BUILT = DocumentFields()


class Registry:
    """The documents of a site, and how references and folders find them.

    Documents whose id is used once, broken ones included, can be pointed to; `duplicates` are the
    others. `cycles` are those with a document or an objective. `findings` say which ids are used
    twice and which cycles and objectives have no days.

    Of the documents that are published alone, `everything` are the names of all of them: what leads
    to something private is left out, and nothing is wrong with it.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        fiscal_year: FiscalYear | None = None,
        everything: Names | None = None,
    ) -> None:
        self._everything = everything
        kept, self.duplicates, self.findings = _without_duplicates(documents)
        self._kept = {d.uri: d for d in kept}
        self.people = frozenset(d.id for d in self.of(Type.PERSON))
        self.cycles, self.cycle_findings = documented_cycles(self.of(Type.CYCLE), fiscal_year)
        self.findings += self.cycle_findings
        # The cycles have to be found before it is known which of them objectives are in.
        self.names = Names(_named(self.of(Type.CYCLE)), self.cycles, fiscal_year)
        paths = {d.id: d.source.path for d in self.of(Type.CYCLE)}
        calendar = Calendar(list(self.cycles.values()), paths, fiscal_year)
        self.cycle_of: dict[str, Cycle] = {}
        for document in self.of(Type.OBJECTIVE):
            cycle = self._cycle_of(document)
            if cycle is not None:
                self.cycles.setdefault(cycle.id, cycle)
                self.cycle_of[document.id] = cycle
                if forgotten := calendar.forgotten(document, cycle):
                    self.findings.append(forgotten)
        self.names = Names(_named(kept, self.cycle_of), self.cycles, fiscal_year)

    @property
    def company(self) -> str:
        """The id of the company."""
        return self.names.company

    def of(self, *types: Type) -> list[Document]:
        """List the documents of some types, in the order of their paths."""
        return [document for document in self._kept.values() if document.type in types]

    def drop_fields(self, document: Document) -> None:
        """Drop the fields and lines of a document that has been built, to free their memory.

        References to it need only its name.
        """
        source = replace(document.source, fields={}, line_numbers=(1, {}), theme_fields={}, body="")
        self._kept[document.uri] = replace(document, source=source, fields=_BUILT)

    def folder_owner(self, uri: str) -> str | None:
        """Return the owner that the nearest folder above a file is called after."""
        everything = self._everything or self.names
        if everything.folder_owner(uri) == everything.company:
            return self.company
        return None if self.in_private_folder(uri) else self.names.folder_owner(uri)

    def in_private_folder(self, uri: str) -> bool:
        """Whether the nearest folder called after an owner is called after a private one."""
        owner = self._everything.folder_owner(uri) if self._everything else None
        return owner is not None and self._is_private(NameKind.OWNER, owner)

    def private_id(
        self, kind: NameKind, reference: str, itself: str | None = None, cycle: Cycle | None = None
    ) -> str | None:
        """Return the id of the private document that a reference in a public one leads to."""
        found = self._everything and self._everything.find(kind, reference, itself, cycle)
        if isinstance(found, Found) and self._is_private(kind, found.id):
            return found.id
        return None

    def _is_private(self, kind: NameKind, id: str) -> bool:
        everything = self._everything
        if everything is None or (kind is NameKind.OWNER and id == everything.company):
            return False  # the company is there without a document
        return bool(everything.document(kind, id)) and not self.names.document(kind, id)

    def _find(
        self, kind: NameKind, reference: str, itself: str | None = None, cycle: Cycle | None = None
    ) -> Meaning | None:
        """Return what a reference means; None where it leads to something private."""
        return self._published(kind, lambda names: names.find(kind, reference, itself, cycle))

    def _published(self, kind: NameKind, find: Callable[[Names], Meaning]) -> Meaning | None:
        """Return what is found among the names; None where it is something private."""
        found = find(self.names)
        if self._everything is None:
            return found
        meant = find(self._everything)
        if isinstance(meant, Found):
            if kind is NameKind.OWNER and meant.id == self._everything.company:
                return replace(meant, id=self.company)
            return None if self._is_private(kind, meant.id) else meant
        # Several private documents can be meant, and no public one.
        return None if isinstance(found, Unknown) and isinstance(meant, Ambiguous) else found

    def folder_cycle(self, uri: str) -> Cycle | None:
        """Return the cycle that the nearest folder above a file is called after."""
        return self.names.folder_cycle(uri)

    def missing_owner(self, document: Document, message: str) -> Finding:
        """Return the finding that nobody owns a document, and which folder may have been meant."""
        hint = phrase(
            "add `owner:` with a team or person, or put the file in a folder of that name"
        )
        mentions: tuple[str, ...] = ()
        like = folder_like_owner(self.names, document.uri)
        if several := folder_of_several(self.names, document.uri):
            name, ids = several
            hint = phrase(
                "several owners match the folder `%(folder)s`: write %(names)s",
                folder=name[:60],
                names=alternatives(f"`owner: {id}`" for id in ids),
            )
            mentions = self.names.paths(NameKind.OWNER, ids)
        elif like is not None:
            name, owner = like
            near = owner.id.rsplit("/", 1)[-1]
            hint = phrase(
                "no owner is called `%(folder)s`, like the folder: did you mean `%(name)s`?",
                folder=name[:60],
                name=near,
            )
            mentions = (owner.path,)
        finding = document.source.finding("OKR103", (), message, hint, mentions)
        return replace(finding, missing=_folders(document, NameKind.OWNER))

    def owner(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> str | None:
        """Find the owner that a reference means; what is wrong with it is added to `findings`."""
        return _id(document, location, self._find(NameKind.OWNER, reference), findings)

    def team(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> str | None:
        """Find the team, or the company, that a reference in another owner's document means."""
        found = self._published(
            NameKind.OWNER, lambda names: names.find_team(reference, document.id)
        )
        if isinstance(found, Unknown) and self.private_id(NameKind.OWNER, reference, document.id):
            return None  # a private person is no team, and not mentioned either
        return _id(document, location, found, findings)

    def references(
        self,
        kind: NameKind,
        document: Document,
        location: Location,
        references: Sequence[str],
        findings: list[Finding],
    ) -> tuple[str, ...]:
        """Find what a list of references to one kind of document means, each once."""
        found = (
            _id(document, (*location, position), self._find(kind, reference), findings)
            for position, reference in enumerate(references)
        )
        return tuple(dict.fromkeys(filter(None, found)))

    def owners(
        self, document: Document, at: Location, written: Sequence[str], findings: list[Finding]
    ) -> tuple[str, ...]:
        """Find the owners that a list of references means, each once."""
        found = (
            self.owner(document, (*at, position), reference, findings)
            for position, reference in enumerate(written)
        )
        return tuple(dict.fromkeys(filter(None, found)))

    def kpi(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> str | None:
        """Find the KPI that a reference means."""
        itself = document.id if document.type is Type.KPI else None
        return _id(document, location, self._find(NameKind.KPI, reference, itself), findings)

    def objective(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> str | None:
        """Find the objective that a reference means, whatever is written behind a `#`."""
        return _id(document, location, self._objective(document, reference), findings)

    def objective_or_key_result(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> Found | None:
        """Find the objective, or its key result behind a `#`, that a reference means."""
        found = self._objective(document, reference)
        found = found and self.names.check_key_result(found, reference)
        return _followed(document, location, found, findings)

    def _objective(self, document: Document, reference: str) -> Meaning | None:
        if document.type is Type.OBJECTIVE:
            cycle = self.cycle_of.get(document.id)
            return self._find(NameKind.OBJECTIVE, reference, document.id, cycle)
        cycle = self.folder_cycle(document.uri)
        if isinstance(document.fields, CheckInDocumentFields) and cycle is None:
            # Outside every cycle's folder the day alone decides which cycles are meant.
            cycle = Cycle("", "", document.fields.date, document.fields.date)
        return self._find(NameKind.OBJECTIVE, reference, cycle=cycle)

    def _cycle_of(self, document: Document) -> Cycle | None:
        written = getattr(document.fields, "cycle", None)
        if written is None:
            cycle = self.folder_cycle(document.uri)
            if cycle is not None or document.fields is None or document.damages("cycle"):
                return cycle
            # The error is reported once, in the cycle's document.
            if not broken_folder_cycle(self._everything or self.names, document.uri):
                self.findings.append(self._missing_cycle(document))
            return None
        meant = self.names.find(NameKind.CYCLE, written)
        if isinstance(meant, Unknown) and self.private_id(NameKind.CYCLE, written):
            return None
        id = _id(document, ("cycle",), meant, self.findings)
        return self.names.cycle(id) if id is not None else None

    def _missing_cycle(self, document: Document) -> Finding:
        hint = phrase("add `cycle: 2026-q4`, or put the file in a folder of that name")
        like = folder_like_cycle(self.names, document.uri)
        if like is not None:
            hint = phrase(
                "the folder `%(folder)s` isn't a cycle: did you mean `%(name)s`?",
                folder=like[0][:60],
                name=like[1],
            )
        elif fiscal := folder_like_fiscal(document.uri):
            hint = phrase(
                "the folder `%(folder)s` looks like a fiscal period: set `fiscal_year` in "
                "mkdocs.yml, or add a document for the cycle",
                folder=fiscal,
            )
        message = phrase("`cycle` is missing in an objective")
        finding = document.source.finding("OKR103", (), message, hint)
        return replace(finding, missing=_folders(document, NameKind.CYCLE))


def _folders(document: Document, kind: NameKind) -> Missing:
    """Return that no folder above a document is called after anything of a kind."""
    return Missing((str(kind),), tuple(map(normal_form, reversed(document.uri.split("/")[:-1]))))


_ITSELF = {
    "aligns_to": (
        phrase("an objective cannot align to itself"),
        phrase("name the objective it supports"),
    ),
    "depends_on": (
        phrase("an objective cannot depend on itself"),
        phrase("name the one that must come first"),
    ),
    "drives": (phrase("a KPI cannot drive itself"), phrase("name the KPI it moves")),
    "parent": (
        phrase("a team cannot be above itself"),
        phrase("name the team above, or remove it"),
    ),
}


def _followed(
    document: Document, location: Location, found: Meaning | None, findings: list[Finding]
) -> Found | None:
    """Return what a reference means, or add the finding that it means nothing."""
    if found is None or isinstance(found, Found):
        return found
    message, hint, mentions = found.message, found.hint, found.files
    if found.itself and (itself := _ITSELF.get(str(location[0]))):
        (message, hint), mentions = itself, ()
    elif isinstance(hint, Phrase) and location == ("owner",) and document.type is Type.OBJECTIVE:
        if (several := hint.values.get("several")) is not None:
            hint = phrase("write several as `owners`: [%(several)s]", several=several)
    finding = document.source.finding(found.code, location, message, hint, mentions)
    findings.append(replace(finding, missing=found.missing))
    return None


def _id(
    document: Document, location: Location, found: Meaning | None, findings: list[Finding]
) -> str | None:
    followed = _followed(document, location, found, findings)
    return followed.id if followed else None


def _named(
    documents: Sequence[Document], cycle_of: Mapping[str, Cycle] | None = None
) -> Iterator[NamedDocument]:
    cycles = cycle_of or {}
    for document in documents:
        cycle = cycles.get(document.id) if document.type is Type.OBJECTIVE else None
        made = named(document, cycle.id if cycle else None)
        if made is not None:
            yield made


def _without_duplicates(
    documents: Sequence[Document],
) -> tuple[list[Document], list[Document], list[Finding]]:
    kept: list[Document] = []
    duplicates: list[Document] = []
    findings: list[Finding] = []
    first: dict[tuple[str, str], Document] = {}
    for document in documents:
        kind = KINDS.get(document.type)
        keys = [(str(kind), document.id)] if kind else []
        if document.type is Type.COMPANY:
            keys.append(("company", ""))
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is None:
            first.update(dict.fromkeys(keys, document))
            kept.append(document)
            continue
        path = earlier.source.path
        if (str(kind), document.id) in first:
            message = phrase(
                "the id `%(id)s` is already used by %(path)s",
                id=document.id,
                path=path,
            )
            hint = phrase("choose a different `id`")
        else:
            message = phrase("there is already a company, in %(path)s", path=path)
            hint = phrase("make one of the two a team")
        findings.append(document.source.finding("OKR105", ("id",), message, hint, (path,)))
        duplicates.append(document)
    return kept, duplicates, findings
