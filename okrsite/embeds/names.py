"""What the words in a block or between brackets name: objectives, KPIs, owners, cycles."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.project.model import Project
from okrsite.project.model.cycles import calendar_cycle, containing
from okrsite.project.references import (
    MOST_CANDIDATES,
    Ambiguous,
    References,
    Resolution,
    Resolved,
    Unknown,
)
from okrsite.util.spelling import nearest


class Kind(StrEnum):
    """What can be named, in the order in which a reference in a text is looked for."""

    OBJECTIVE = "objective"
    KPI = "KPI"
    OWNER = "owner"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Named:
    """What a reference leads to."""

    kind: Kind
    id: str
    key_result: str | None = None

    @property
    def reference(self) -> str:
        """The reference in full."""
        return f"{self.id}#{self.key_result}" if self.key_result else self.id


@dataclass(frozen=True, slots=True)
class Hidden:
    """A reference leads to something that is not published."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A reference leads nowhere, or to several: what is said of it."""

    code: str
    message: str
    hint: str | None = None


Found = Named | Hidden | Lost


class Names:
    """The names of a project, as they are looked up from one of its pages.

    `everything` is the project with what is private, where this one is published: what only that
    one knows is `Hidden`, and what is said of the rest is made from what is published.
    """

    def __init__(self, project: Project, everything: "Names | None" = None) -> None:
        self._project = project
        self._everything = everything
        self._groups = {
            Kind.OBJECTIVE: References((id, cycle) for id, cycle in _objectives(project)),
            Kind.KPI: _references(project.kpis, _broken(project, Type.KPI)),
            Kind.OWNER: _references(project.owners, _broken(project, *OWNER_TYPES)),
            Kind.CYCLE: _references(project.cycles, project.cycle_pages),
        }

    def find(self, kind: Kind, written: str, cycle: str | None = None) -> Found:
        """Find what a reference of a known kind leads to; `cycle` is the one it is written in."""
        name, _, key_result = written.strip().partition("#")
        found = self._find(kind, name, written, cycle)
        if not key_result.strip() or not isinstance(found, Named):
            return found
        return self._key_result(found, key_result.strip().lower(), written)

    def find_any(self, written: str, cycle: str | None = None, itself: str | None = None) -> Found:
        """Find what a reference in a text leads to: a whole id first, then the tail of one.

        `itself` is the objective in whose text it stands: `#revenue` alone is a key result of it.
        """
        name, mark, key_result = (part.strip() for part in written.partition("#"))
        if mark:
            if name or itself is None:
                return self.find(Kind.OBJECTIVE, written, cycle)
            return self._key_result(Named(Kind.OBJECTIVE, itself), key_result.lower(), written)
        for kind in Kind:
            if name.lower() in self._groups[kind]:
                return Named(kind, name.lower())
        for kind in Kind:
            found = self._find(kind, name, written, cycle)
            if isinstance(found, Named) and found.id not in self._groups[found.kind]:
                continue  # a period of the calendar that nothing is in has no page
            if isinstance(found, Named) or (isinstance(found, Lost) and found.code != "OKR201"):
                return found
        if self._everything is not None:
            private = self._everything.find_any(written, cycle, itself)
            if not isinstance(private, Lost) or private.code != "OKR201":
                return Hidden()
        near = next(filter(None, (self._nearest(kind, name) for kind in Kind)), None)
        message = f"`{written[:80]}` names no objective, KPI, owner or cycle"
        return Lost("OKR201", message, f"did you mean `{near}`?" if near else None)

    def _find(self, kind: Kind, name: str, written: str, cycle: str | None) -> Found:
        resolution = self._resolve(kind, name, cycle)
        if isinstance(resolution, Resolved):
            return Named(kind, resolution.id)
        if isinstance(resolution, Ambiguous):
            return _ambiguous(kind, written, resolution)
        if self._everything is not None:
            if not isinstance(self._everything._resolve(kind, name, cycle), Unknown):
                return Hidden()
        near = self._nearest(kind, name)
        return Lost(
            "OKR201",
            f"`{written[:80]}` points to no {kind}",
            f"did you mean `{near}`?" if near else None,
        )

    def _resolve(self, kind: Kind, name: str, cycle: str | None) -> Resolution:
        if kind is Kind.OWNER and name.lower() == "company":
            return Resolved(self._project.company)
        within = self._project.cycles.get(cycle) if cycle is not None else None
        around = containing(within, self._project.cycles.values()) if within else ()
        resolution = self._groups[kind].resolve(name, None, cycle, around)
        if kind is Kind.CYCLE and isinstance(resolution, Unknown):
            calendar = calendar_cycle(name.strip())
            if calendar is not None:
                return Resolved(calendar.id)
        return resolution

    def _nearest(self, kind: Kind, name: str) -> str | None:
        group = self._groups[kind]
        resolution = group.resolve(name)
        if isinstance(resolution, Unknown) and resolution.nearest is not None:
            return group.shortest(resolution.nearest)
        return None

    def _key_result(self, found: Named, key_result: str, written: str) -> Found:
        known = self._key_results(found.id)
        if key_result in known or found.id not in self._project.objectives:
            return Named(Kind.OBJECTIVE, found.id, key_result)
        near = nearest(key_result, sorted(known))
        message = f"`{written[:80]}` points to no key result of its objective"
        return Lost("OKR201", message, f"did you mean `{near}`?" if near else None)

    def _key_results(self, objective: str) -> frozenset[str]:
        found = self._project.objectives.get(objective)
        return frozenset(result.id for result in found.key_results) if found else frozenset()


def _ambiguous(kind: Kind, written: str, resolution: Ambiguous) -> Lost:
    named = resolution.candidates[: MOST_CANDIDATES - 1]
    more = " and others" if len(resolution.candidates) > len(named) else ""
    return Lost(
        "OKR202",
        f"`{written[:80]}` is ambiguous: several {kind}s end in it",
        f"write one of {', '.join(f'`{id}`' for id in named)}{more}",
    )


def _objectives(project: Project) -> Iterator[tuple[str, str | None]]:
    for objective in project.objectives.values():
        yield objective.id, objective.cycle
    for id in _broken(project, Type.OBJECTIVE):
        if id not in project.objectives:
            yield id, None


def _broken(project: Project, *types: Type) -> dict[str, None]:
    """Name the documents of some types that were left out for an error: they have a page."""
    return {document.page.id: None for document in project.broken if document.type in types}


def _references(*ids: Iterable[str] | Mapping[str, object]) -> References:
    every = dict.fromkeys(id for group in ids for id in group)
    return References((id, None) for id in every)
