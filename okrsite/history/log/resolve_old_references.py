"""What the references of old versions mean now.

An objective of last year names its owner, its KPIs and what it aligns to. Who these are is looked
up among the documents of today, under which names they have today; so that a team that was renamed
is one team, and that nothing is named which is private now.
"""

from collections.abc import Collection
from datetime import date

from okrsite.documents.lines import Location
from okrsite.documents.source import Source
from okrsite.documents.types import Type
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding
from okrsite.history.diff.sentences import Hidden, Name
from okrsite.project.model import Kpi, Project
from okrsite.project.model.cycles import Cycle, calendar_cycle
from okrsite.project.registry import Registry

GONE = "?"
"""What the id of something begins with that is no longer there."""

Asked = tuple[str, str, str, str]
"""A reference: what it leads to, how it is written, and the document and cycle it stands in."""


class Present:
    """The documents of today, as references find them.

    Ids of what is hidden now are known, so that they can be kept quiet.
    """

    def __init__(self, registry: Registry, everything: Project, published: Project) -> None:
        self._registry = registry
        self.published = published
        self.unsaid = Hidden(
            owners=frozenset(set(everything.owners) - set(published.owners)),
            objectives=frozenset(set(everything.objectives) - set(published.objectives)),
            kpis=frozenset(set(everything.kpis) - set(published.kpis)),
        )
        self.masked: Collection[str] = self.unsaid.kpis
        self._known: dict[Asked, str] = {}
        self.kpi_of_data: dict[str, Kpi] = {}
        for kpi in published.kpis.values():
            for file in kpi.page.files:
                self.kpi_of_data.setdefault(file, kpi)

    def results(self, objective: str) -> dict[str, Name]:
        """Name the key results of an objective of which check-ins give values, by id."""
        known = self.published.objectives.get(objective)
        if known is None:
            return {}
        return {r.id: Name(r.title) for r in known.key_results if r.kpi is None}

    def means(self, asked: Asked) -> str:
        """Say what a reference means: an id, with `!` before it where it is kept quiet, or what
        was written, with a question mark before it."""
        if asked not in self._known:
            self._known[asked] = self._marked(asked[0], self._find(asked))
        return self._known[asked]

    def mask(self, kpis: Collection[str]) -> bool:
        """Name the KPIs of which no figure is said, and tell whether that is new."""
        masked = frozenset(kpis) | self.unsaid.kpis
        if masked == self.masked:
            return False
        self.masked = masked
        self._known.clear()
        return True

    def cycle(self, id: str) -> Cycle | None:
        """Return a cycle of today, or the calendar's."""
        found = self._registry.calendar.follow(id)
        return found if isinstance(found, Cycle) else None

    def _marked(self, kind: str, id: str) -> str:
        quiet = {"owner": self.unsaid.owners, "folder owner": self.unsaid.owners,
                 "objective": self.unsaid.objectives, "kpi": self.masked}  # fmt: skip
        return f"!{id}" if id in quiet.get(kind, ()) else id

    def _find(self, asked: Asked) -> str:
        kind, written, itself, cycle = asked
        registry = self._registry
        gone = f"{GONE}{written.strip().lower()}"
        match kind:
            case "owner":
                stub = _stub(itself, Type.TEAM)
                return registry.owner(stub, (kind,), written, itself or None)[0] or gone
            case "kpi":
                return (
                    registry.kpi(_stub(itself, Type.KPI), (kind,), written, itself or None)[0]
                    or gone
                )
            case "objective":
                around = (self.cycle(cycle) or _day(cycle)) if cycle else None
                stub = _stub(itself, Type.OBJECTIVE)
                found, _ = registry.objective_and_key_result(stub, (kind,), written, around)
                return found[0] if found else gone
            case "cycle":
                known = self.cycle(written)
                return known.id if known else gone
            case "unit":
                return str(self.published.kpis[written].unit)
            case "results":
                return "\n".join(f"{id} {name.title}" for id, name in self.results(written).items())
            case "folder cycle":
                folder = registry.folder_cycle(f"{written}/")
                return folder.id if folder else GONE
            case _:
                return registry.folder_owner(f"{written}/") or GONE


class AsWritten(Registry):
    """Follows the references of one old version, and notes what each of them means."""

    def __init__(self, present: Present) -> None:
        super().__init__([])
        self._present = present
        self._here: tuple[str, str] = "", ""
        self.notes: dict[Asked, str] = {}

    def begin(self, document: Document) -> None:
        """Turn to another version: whose notes these are, and which cycle it is in."""
        self.notes = {}
        self._here = "", ""
        if document.type is Type.OBJECTIVE:
            written = getattr(document.fields, "cycle", None)
            folder = document.uri.rpartition("/")[0]
            asked = ("cycle", written) if written is not None else ("folder cycle", folder)
            id = self._ask(asked[0], str(asked[1]))
            self.cycle_of = {}
            if id != GONE:
                # No day of an old version is judged by the days that its cycle has now.
                self.cycle_of[document.id] = Cycle(id, id, date.min, date.max)
            self._here = document.id, "" if id.startswith(GONE) else id
        elif document.type is Type.CHECK_IN:
            folder = self._ask("folder cycle", document.uri.rpartition("/")[0])
            day = getattr(document.fields, "date", None)
            self._here = "", str(day or "") if folder == GONE else folder

    def note_results(self, objective: str) -> None:
        """Note which key results an objective has, because they are named."""
        self._ask("results", objective)

    def folder_owner(self, uri: str) -> str | None:
        """Return the owner whose name the nearest folder has."""
        folder = uri.rpartition("/")[0]
        found = self._ask("folder owner", folder)
        if found != GONE:
            return found
        # A team may be gone with the document that said who it was.
        name = folder.rsplit("/", 1)[-1]
        return f"{GONE}{name.lower()}" if name and calendar_cycle(name) is None else None

    def folder_cycle(self, uri: str) -> Cycle | None:
        """Say that no folder names a cycle; `begin` has looked already."""
        return None

    def owner(
        self, document: Document, location: Location, reference: str, itself: str | None = None
    ) -> tuple[str | None, list[Finding]]:
        """Find an owner."""
        return self._ask("owner", reference, itself or ""), []

    def kpi(
        self, document: Document, location: Location, reference: str, itself: str | None = None
    ) -> tuple[str | None, list[Finding]]:
        """Find a KPI."""
        return self._ask("kpi", reference, itself or ""), []

    def objective_and_key_result(
        self, document: Document, location: Location, reference: str, cycle: Cycle | None
    ) -> tuple[tuple[str, str | None] | None, list[Finding]]:
        """Find an objective; its key result is taken as written."""
        name, _, key_result = reference.partition("#")
        id = self._ask("objective", name, *self._here)
        return (id, key_result.strip().lower() or None), []

    def objective(self, id: str) -> Document:
        """Return a document of which nothing is known but its id."""
        return _stub(id, Type.OBJECTIVE)

    def missing_owner(self, document: Document, what: str) -> Finding:
        """Say that nobody owns a document; what to write is for others to say."""
        return document.source.finding("OKR103", (), f"`owner` is missing in {what}")

    def _ask(self, kind: str, written: str, itself: str = "", cycle: str = "") -> str:
        asked = kind, written, itself, cycle
        meant = self._present.means(asked)
        self.notes[asked] = meant
        return meant.removeprefix("!")


def _day(written: str) -> Cycle | None:
    """Return the cycle of one day: outside every cycle's folder a check-in has its date alone."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return Cycle("", "", day, day)


def _stub(id: str, type: Type) -> Document:
    source = Source(f"{id}.md", f"{id}.md", id, type, {}, (1, {}), {}, "")
    return Document(source, None, id, broken=False)
