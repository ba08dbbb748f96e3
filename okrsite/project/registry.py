"""Who is who: the documents of a site by type and id, and what the folders say of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from okrsite.documents.lines import Location
from okrsite.documents.models import DocumentFields, ObjectiveFields
from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding
from okrsite.project.calendar import Calendar
from okrsite.project.model.cycles import Cycle
from okrsite.project.references import (
    MOST_CANDIDATES,
    Ambiguous,
    References,
    Resolution,
    Resolved,
    tails,
)

COMPANY = "company"
"""What always means the company, whatever the id of its document."""

_BUILT = DocumentFields()
_CALENDAR_HINT = "write a period like 2026, 2026-h2, 2026-q4 or 2026-10"


class Registry:
    """The documents of a site, and how references and folders find them.

    Those whose id is theirs alone, broken ones included, can be pointed to; `duplicates` are the
    others. `findings` says which ids are used twice and which cycles and
    objectives have no days.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        kept, self.duplicates, self.findings = _without_duplicates(documents)
        self._kept = {d.uri: d for d in kept}
        self._by_id = {(_group(d), d.id): d for d in kept}
        self.company = next((d.id for d in self.of(Type.COMPANY)), COMPANY)
        self.people = frozenset(d.id for d in self.of(Type.PERSON))
        self._owners = References((d.id, None) for d in self.of(*OWNER_TYPES))
        self._called = References((d.id, None) for d in self.of(Type.TEAM, Type.PERSON))
        self._kpis = References((d.id, None) for d in self.of(Type.KPI))
        self.calendar = Calendar(self.of(Type.CYCLE))
        self.findings += self.calendar.findings
        self._folders: dict[tuple[str, str], str | Cycle | None] = {}
        self._key_results: dict[str, dict[str, None]] = {}
        self.cycle_of: dict[str, Cycle] = {}
        for document in self.of(Type.OBJECTIVE):
            cycle, said = self._cycle_of(document)
            self.findings += said
            if cycle is not None:
                self.calendar.known.setdefault(cycle.id, cycle)
                self.cycle_of[document.id] = cycle
        self._objectives = References(
            (d.id, self.cycle_of[d.id].id if d.id in self.cycle_of else None)
            for d in self.of(Type.OBJECTIVE)
        )

    def of(self, *types: Type) -> list[Document]:
        """List the documents of some types, in the order of their paths."""
        return [document for document in self._kept.values() if document.type in types]

    def objective(self, id: str) -> Document:
        """Return the document of an objective."""
        return self._by_id["objective", id]

    def let_go(self, document: Document) -> None:
        """Keep of an objective that has been built only what others need to point to it.

        Thousands of documents with all their fields and lines would be alive at once.
        """
        self.key_results(document.id)
        light = replace(
            document,
            source=replace(document.source, fields={}, marks=(1, {}), foreign={}, body=""),
            fields=_BUILT,
        )
        self._kept[document.uri] = self._by_id[_group(document), document.id] = light

    def folder_owner(self, uri: str) -> str | None:
        """Return the owner that the nearest folder above a file is called after."""
        return self._of_folder("owner", uri.rpartition("/")[0])  # type: ignore[return-value]

    def folder_cycle(self, uri: str) -> Cycle | None:
        """Return the cycle that the nearest folder above a file is called after."""
        return self._of_folder("cycle", uri.rpartition("/")[0])  # type: ignore[return-value]

    def _of_folder(self, field: str, folder: str) -> str | Cycle | None:
        if not folder:
            return None
        if (field, folder) not in self._folders:
            above = folder.rpartition("/")[0]
            found = (
                self._called_like(folder) if field == "owner" else self.calendar.of_folder(folder)
            )
            self._folders[field, folder] = found or self._of_folder(field, above)
        return self._folders[field, folder]

    def _called_like(self, folder: str) -> str | None:
        name = folder.rsplit("/", 1)[-1]
        return self.company if name.lower() == COMPANY else self._called.only(name)

    def _cycle_of(self, document: Document) -> tuple[Cycle | None, list[Finding]]:
        written = getattr(document.fields, "cycle", None)
        if written is None:
            cycle = self.folder_cycle(document.uri)
            if cycle is not None or document.fields is None or document.damages("cycle"):
                return cycle, []
            return None, [self._missing_cycle(document)]
        found = self.calendar.follow(written)
        if found is None or isinstance(found, Cycle):
            return found, []
        finding = self._unresolved(document, ("cycle",), written, found, "cycle")
        return None, [finding if finding.hint else replace(finding, hint=_CALENDAR_HINT)]

    def _missing_cycle(self, document: Document) -> Finding:
        hint = "write `cycle: 2026-q4`, or put the file into a folder of that name"
        like = self.calendar.like(document.uri.rpartition("/")[0])
        if like is not None:
            hint = f"the folder `{like[0][:60]}` is no cycle: did you mean `{like[1]}`?"
        return document.source.finding("OKR103", (), "`cycle` is missing in an objective", hint)

    def missing_owner(self, document: Document, what: str) -> Finding:
        """Say that nobody owns a document, and which folder may have been meant to say who."""
        hint = "write `owner:` with a team or person, or put the file into a folder of that name"
        mentions: tuple[str, ...] = ()
        for name in reversed(document.uri.split("/")[:-1]):
            like = self._called.like(name)
            if like is not None:
                near = like.rsplit("/", 1)[-1]
                hint = f"the folder `{name[:60]}` is called like no owner: did you mean `{near}`?"
                mentions = self.paths("owner", [like])
                break
        message = f"`owner` is missing in {what}"
        return document.source.finding("OKR103", (), message, hint, mentions)

    def owner(
        self, document: Document, location: Location, reference: str, itself: str | None = None
    ) -> tuple[str | None, list[Finding]]:
        """Find the owner that a reference means."""
        if reference.lower() == COMPANY:
            return self.company, []
        return self._follow(self._owners, "owner", document, location, reference, itself)

    def owners(
        self, document: Document, location: Location, references: Sequence[str]
    ) -> tuple[tuple[str, ...], list[Finding]]:
        """Find the owners that a list of references means, each once."""
        found: dict[str, None] = {}
        findings: list[Finding] = []
        for position, reference in enumerate(references):
            owner, said = self.owner(document, (*location, position), reference)
            findings += said
            if owner is not None:
                found[owner] = None
        return tuple(found), findings

    def kpi(
        self, document: Document, location: Location, reference: str, itself: str | None = None
    ) -> tuple[str | None, list[Finding]]:
        """Find the KPI that a reference means."""
        return self._follow(self._kpis, "KPI", document, location, reference, itself)

    def objective_and_key_result(
        self, document: Document, location: Location, reference: str, cycle: Cycle | None
    ) -> tuple[tuple[str, str | None] | None, list[Finding]]:
        """Find the objective, and the key result behind a `#`, that a reference means.

        `cycle` is the one that the reference is written in. Whether the objective has the key
        result is for the caller to see.
        """
        name, _, key_result = reference.partition("#")
        resolution = self._objectives.resolve(
            name,
            document.id if document.type is Type.OBJECTIVE else None,
            cycle.id if cycle else None,
            self.calendar.containing(cycle) if cycle else (),
        )
        if isinstance(resolution, Resolved):
            return (resolution.id, key_result.strip().lower() or None), []
        return None, [self._unresolved(document, location, reference, resolution, "objective")]

    def key_results(self, objective: str) -> dict[str, None]:
        """Return the ids of an objective's key results, written and default ones, in their
        order."""
        if objective not in self._key_results:
            ids = key_result_ids(self.objective(objective))
            self._key_results[objective] = dict.fromkeys(ids)
        return self._key_results[objective]

    def shortest(self, objective: str) -> str:
        """Return the shortest reference that means an objective wherever it is written."""
        return self._objectives.shortest(objective)

    def _follow(
        self, index: References, group: str, document: Document, location: Location,
        reference: str, itself: str | None,
    ) -> tuple[str | None, list[Finding]]:  # fmt: skip
        resolution = index.resolve(reference, itself)
        if isinstance(resolution, Resolved):
            return resolution.id, []
        return None, [self._unresolved(document, location, reference, resolution, group)]

    def _unresolved(
        self, document: Document, location: Location, reference: str,
        resolution: Resolution, group: str,
    ) -> Finding:  # fmt: skip
        written = f"`{reference[:80]}`"
        if isinstance(resolution, Ambiguous):
            # How many more there are is not said: some of them may be private.
            named = resolution.candidates[: MOST_CANDIDATES - 1]
            more = " and others" if len(resolution.candidates) > len(named) else ""
            return document.source.finding(
                "OKR202", location, f"{written} is ambiguous: several {group}s end in it",
                f"write one of {', '.join(f'`{id}`' for id in named)}{more}",
                self.paths(group, resolution.candidates),
            )  # fmt: skip
        said = _ITSELF.get(str(location[0]))
        if said is not None and _group(document) == group and _means(reference, document.id):
            return document.source.finding("OKR201", location, *said)
        near = None if isinstance(resolution, Resolved) else resolution.nearest
        if near is None:
            return document.source.finding("OKR201", location, f"{written} points to no {group}")
        shown = self._shortest(group, near)
        return document.source.finding(
            "OKR201", location, f"{written} points to no {group}", f"did you mean `{shown}`?",
            self.paths(group, [near]),
        )  # fmt: skip

    def _shortest(self, group: str, id: str) -> str:
        match group:
            case "owner":
                return self._owners.shortest(id)
            case "KPI":
                return self._kpis.shortest(id)
            case "objective":
                return self._objectives.shortest(id)
            case _:  # cycles are followed first, before objectives can be found
                return id

    def paths(self, group: str, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the paths of the documents of a group whose ids a finding quotes."""
        return tuple(self._by_id[group, id].source.path for id in ids if (group, id) in self._by_id)


_ITSELF = {
    "aligns_to": ("an objective cannot align to itself", "name the objective that it serves"),
    "depends_on": ("an objective cannot depend on itself", "name the one that must come first"),
    "drives": ("a KPI cannot drive itself", "name the KPI that it moves"),
    "parent": ("a team cannot be above itself", "name the team above, or leave it out"),
}


def _means(reference: str, id: str) -> bool:
    """Whether a reference that leads to no other document means the one of an id."""
    return reference.partition("#")[0].strip().strip("/").lower() in tails(id)


def key_result_ids(document: Document) -> list[str]:
    """List the ids of an objective's key results, written and default ones."""
    fields = document.fields
    results = fields.key_results if isinstance(fields, ObjectiveFields) else []
    return [
        (result.id or f"kr{position + 1}").strip().lower()
        for position, result in enumerate(results)
    ]


def _without_duplicates(
    documents: Sequence[Document],
) -> tuple[list[Document], list[Document], list[Finding]]:
    kept: list[Document] = []
    duplicates: list[Document] = []
    findings: list[Finding] = []
    first: dict[tuple[str, str], Document] = {}
    for document in documents:
        group = _group(document)
        keys = [(group, document.id)] if group else []
        if document.type is Type.COMPANY:
            keys.append(("company", ""))
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is None:
            first.update(dict.fromkeys(keys, document))
            kept.append(document)
            continue
        path = earlier.source.path
        if (group, document.id) in first:
            said, hint = f"the id `{document.id}` is used already, by {path}", "choose another `id`"
        else:
            said, hint = f"there is a company already, in {path}", "make one of the two a team"
        findings.append(document.source.finding("OKR105", ("id",), said, hint, (path,)))
        duplicates.append(document)
    return kept, duplicates, findings


def _group(document: Document) -> str:
    match document.type:
        case Type.COMPANY | Type.TEAM | Type.PERSON:
            return "owner"
        case Type.CYCLE:
            return "cycle"
        case Type.OBJECTIVE:
            return "objective"
        case Type.KPI:
            return "KPI"
        case _:
            return ""
