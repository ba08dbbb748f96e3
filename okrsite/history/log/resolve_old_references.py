"""What the references of old versions mean now.

An objective of last year names its owner, its KPIs, its pillars and what it aligns to. Who these
are is looked up among the documents of today, under which names they have today; so that a team
that was renamed is one team, and that nothing is named which is private now.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from okrsite.documents.lines import Location
from okrsite.documents.types import Type
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding
from okrsite.history.diff.sentences import HiddenIds, Name
from okrsite.history.log.model import gone_id
from okrsite.project.model import Kpi, Objective, Project
from okrsite.project.model.cycles import Cycle, calendar_cycle
from okrsite.project.names import Found, NameKind, Names
from okrsite.project.registry import Registry
from okrsite.util.spelling import normal_form


@dataclass(frozen=True, slots=True)
class CurrentMeaning:
    """What a reference means now: the `id` of a document, or a fact about one.

    What is `hidden` is private now, so that it is never named; the id of what is `gone` is one that
    no document has.
    """

    id: str
    state: Literal["known", "hidden", "gone"] = "known"


_NOTHING = CurrentMeaning(gone_id(""), "gone")

Lookup = tuple[str, str, str, str]
"""A reference: what it leads to, how it is written, and the document and cycle it is written in."""

_KINDS = {"owner": NameKind.OWNER, "kpi": NameKind.KPI, "pillar": NameKind.PILLAR}


class CurrentNames:
    """Today's documents, as old references find them.

    `names` and `everything` have the private ones too, so that they are hidden.
    """

    def __init__(self, names: Names, everything: Project, published: Project) -> None:
        self._names = names
        self.published = published
        self.hidden = HiddenIds(
            owners=frozenset(set(everything.owners) - set(published.owners)),
            objectives=frozenset(set(everything.objectives) - set(published.objectives)),
            kpis=frozenset(set(everything.kpis) - set(published.kpis)),
            pillars=frozenset(set(everything.pillars) - set(published.pillars)),
        )
        self.masked: Collection[str] = self.hidden.kpis
        self._known: dict[Lookup, CurrentMeaning] = {}
        self._former: dict[tuple[str, str], str] = {}
        self.kpi_of_data: dict[str, Kpi] = {}
        for kpi in published.kpis.values():
            for file in kpi.page.files:
                self.kpi_of_data.setdefault(file, kpi)

    def results(self, objective: str) -> dict[str, Name]:
        """Return the titles of an objective's key results that take values of check-ins, by id."""
        known = self.published.objectives.get(objective)
        if known is None:
            return {}
        return titles_of_stated(known)

    def means(self, lookup: Lookup) -> CurrentMeaning:
        """Return what a reference means now."""
        if lookup not in self._known:
            self._known[lookup] = self._meaning(lookup)
        return self._known[lookup]

    def mask(self, kpis: Collection[str]) -> bool:
        """Set the KPIs of which no figure is shown; return whether these are others than before."""
        masked = frozenset(kpis) | self.hidden.kpis
        if masked == self.masked:
            return False
        self.masked = masked
        self._known.clear()
        return True

    def rename(self, former: Mapping[tuple[str, str], str]) -> bool:
        """Set today's ids of documents, by sort and former file; return whether there are any."""
        for (kind, path), id in former.items():
            steps = path.lower().removesuffix("/index").removesuffix("/readme").split("/")
            for start in range(len(steps)):
                self._former.setdefault((kind, "/".join(steps[start:])), id)
        self._known.clear()
        return bool(former)

    def cycle(self, id: str) -> Cycle | None:
        """Return a cycle of today, or the calendar's."""
        found = self._names.find(NameKind.CYCLE, id)
        return self._names.cycle(found.id) if isinstance(found, Found) else None

    def _meaning(self, lookup: Lookup) -> CurrentMeaning:
        kind, written, _, _ = lookup
        id = self._id(lookup)
        if id is None:
            name = "" if kind.startswith("folder") else normal_form(written.strip())
            return CurrentMeaning(gone_id(name), "gone")
        private: Mapping[str, Collection[str]] = {
            "owner": self.hidden.owners,
            "folder owner": self.hidden.owners,
            "objective": self.hidden.objectives,
            "kpi": self.masked,
            "pillar": self.hidden.pillars,
        }
        return CurrentMeaning(id, "hidden" if id in private.get(kind, ()) else "known")

    def _id(self, lookup: Lookup) -> str | None:
        kind, written, itself, cycle = lookup
        match kind:
            case "owner" | "kpi" | "pillar":
                found = self._names.find(_KINDS[kind], written, itself or None)
                if isinstance(found, Found):
                    return found.id
                return self._former.get((kind, written.strip().lower().removesuffix(".md")))
            case "objective":
                within = (self.cycle(cycle) or _day(cycle)) if cycle else None
                found = self._names.find(NameKind.OBJECTIVE, written, itself or None, within)
                return found.id if isinstance(found, Found) else None
            case "cycle":
                known = self.cycle(written)
                return known.id if known else None
            case "unit":
                return str(self.published.kpis[written].unit)
            case "results":
                return "\n".join(f"{id} {name.title}" for id, name in self.results(written).items())
            case "folder cycle":
                known = self._names.folder_cycle(f"{written}/")
                return known.id if known else None
            case _:
                name = written.rsplit("/", 1)[-1]
                former = self._former.get(("owner", name.lower()))
                if former and not isinstance(self._names.find(NameKind.OWNER, name), Found):
                    return former
                return self._names.folder_owner(f"{written}/")


def titles_of_stated(objective: Objective) -> dict[str, Name]:
    """Return the titles of the key results that take values of check-ins, by id."""
    return {r.id: Name(r.title) for r in objective.key_results if r.kpi is None}


class RecordingResolver(Registry):
    """Follows the references of one old version, and notes what each of them means."""

    def __init__(self, current: CurrentNames) -> None:
        super().__init__([])
        self._current = current
        self._here: tuple[str, str] = "", ""
        self.notes: dict[Lookup, CurrentMeaning] = {}

    def begin(self, document: Document) -> None:
        """Turn to another version: whose notes these are, and which cycle it is in."""
        self.notes = {}
        self._here = "", ""
        if document.type is Type.OBJECTIVE:
            written = getattr(document.fields, "cycle", None)
            folder = document.uri.rpartition("/")[0]
            lookup = ("cycle", str(written)) if written is not None else ("folder cycle", folder)
            cycle = self._look_up(*lookup)
            self.cycle_of = {}
            if cycle != _NOTHING:
                # No day of an old version is judged by the days that its cycle has now.
                self.cycle_of[document.id] = Cycle(cycle.id, cycle.id, date.min, date.max)
            self._here = document.id, "" if cycle.state == "gone" else cycle.id
        elif document.type is Type.CHECK_IN:
            cycle = self._look_up("folder cycle", document.uri.rpartition("/")[0])
            day = getattr(document.fields, "date", None)
            self._here = "", str(day or "") if cycle.state == "gone" else cycle.id

    def note_results(self, objective: str) -> None:
        """Note which key results an objective has, because they are named."""
        self._look_up("results", objective)

    def folder_owner(self, uri: str) -> str | None:
        """Return the owner whose name the nearest folder has."""
        folder = uri.rpartition("/")[0]
        found = self._look_up("folder owner", folder)
        if found.state != "gone":
            return found.id
        # A team may be gone with the document that said who it was.
        name = folder.rsplit("/", 1)[-1]
        return (
            gone_id(normal_form(name))
            if name and calendar_cycle(name, self._current.published.fiscal_year) is None
            else None
        )

    def folder_cycle(self, uri: str) -> Cycle | None:
        """Return None: `begin` has looked which cycle a folder names."""
        return None

    def owner(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> str | None:
        """Find an owner."""
        return self._look_up("owner", reference).id

    def team(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> str | None:
        """Find the owner above another one."""
        return self._look_up("owner", reference, document.id).id

    def references(
        self,
        kind: NameKind,
        document: Document,
        location: Location,
        references: Sequence[str],
        findings: list[Finding],
    ) -> tuple[str, ...]:
        """Find the KPIs or pillars of a list, each once."""
        sort = {known: sort for sort, known in _KINDS.items()}[kind]
        found = (self._look_up(sort, reference).id for reference in references)
        return tuple(dict.fromkeys(found))

    def kpi(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> str | None:
        """Find a KPI."""
        itself = document.id if document.type is Type.KPI else ""
        return self._look_up("kpi", reference, itself).id

    def objective(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> str | None:
        """Find an objective."""
        return self._look_up("objective", reference.partition("#")[0], *self._here).id

    def objective_or_key_result(
        self, document: Document, location: Location, reference: str, findings: list[Finding]
    ) -> Found | None:
        """Find an objective; its key result is taken as written."""
        id = self._look_up("objective", reference.partition("#")[0], *self._here).id
        key_result = normal_form(reference.partition("#")[2].strip())
        return Found(NameKind.OBJECTIVE, id, key_result or None)

    def missing_owner(self, document: Document, message: str) -> Finding:
        """Return the finding that nobody owns a document; old versions get no hints."""
        return document.source.finding("OKR103", (), message)

    def _look_up(
        self, kind: str, written: str, itself: str = "", cycle: str = ""
    ) -> CurrentMeaning:
        lookup = kind, written, itself, cycle
        self.notes[lookup] = self._current.means(lookup)
        return self.notes[lookup]


def _day(written: str) -> Cycle | None:
    """Return the cycle of one day: outside every cycle's folder a check-in has its date alone."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return Cycle("", "", day, day)
