"""What exists already, found by what people type and offered for completion.

It needs the documents alone, not the resolved project: a new document is checked within one
resolution, its own.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property

from anyascii import anyascii

from okrsite.documents.models import ObjectiveFields
from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.documents.validate import Document
from okrsite.language.inline import plain
from okrsite.project.model.cycles import Cycle, State, current_cycle
from okrsite.project.references import Ambiguous, References, Resolution, Resolved, Unknown
from okrsite.project.registry import COMPANY, Registry

Choice = tuple[str, str]
"""What may be written for something, and its title."""

_MOST_NAMED = 5


class UnknownNameError(ValueError):
    """What was typed means nothing, or several things; the text says what to write instead."""


class Known:
    """The owners, cycles, objectives and KPIs of a site."""

    def __init__(self, documents: Sequence[Document], site_name: str = COMPANY) -> None:
        self.registry = Registry(documents)
        self._site_name = site_name

    def owner(self, typed: str) -> str:
        """Return the id of the company, a team or a person."""
        if typed.strip().lower() == COMPANY:
            return self.registry.company
        return _found("owner", typed, self._owners.resolve(typed), self._owners)

    def team(self, typed: str) -> str:
        """Return the id of a team, or the company's."""
        if typed.strip().lower() == COMPANY:
            return self.registry.company
        found = _found("team", typed, self._owners.resolve(typed), self._owners)
        if found in self.registry.people:
            raise UnknownNameError(f"`{typed[:80]}` is a person, not a team")
        return found

    def kpi(self, typed: str) -> str:
        """Return the id of a KPI."""
        return _found("KPI", typed, self._kpis.resolve(typed), self._kpis)

    def objective(self, typed: str, cycle: Cycle | None) -> str:
        """Return the reference of an objective, and of the key result behind a `#`, in full.

        Objectives of the cycle, then of those that contain it, are meant first.
        """
        name, _, key_result = typed.partition("#")
        around = self.registry.calendar.containing(cycle) if cycle else ()
        resolution = self._objectives.resolve(name, None, cycle.id if cycle else None, around)
        id = _found("objective", name, resolution, self._objectives)
        if not key_result.strip():
            return id
        wanted, known = key_result.strip().lower(), self.registry.key_results(id)
        if wanted not in known:
            listed = ", ".join(f"`{k}`" for k in known) or "none"
            raise UnknownNameError(f"`{wanted[:80]}` is no key result of `{id}`; it has {listed}")
        return f"{id}#{wanted}"

    def cycle(self, typed: str) -> Cycle:
        """Return a cycle with a document, or a period of the calendar."""
        found = self.registry.calendar.follow(typed)
        if isinstance(found, Cycle):
            return found
        if isinstance(found, Ambiguous) or (isinstance(found, Unknown) and found.nearest):
            raise UnknownNameError(_why("cycle", typed, found, self._cycles))
        raise UnknownNameError(
            f"`{typed[:80]}` is no cycle: write a period like 2026, 2026-h2, 2026-q4 or 2026-10"
        )

    def current_cycle(self, asked: str | None, day: date) -> Cycle:
        """Return the cycle that people work in on a day: the home page's if it is open, else the
        quarter of the calendar."""
        current = current_cycle(self.registry.calendar.known.values(), asked, day)
        if current is not None and current.state(day) is State.OPEN:
            return current
        return self.cycle(quarter_of(day))

    def twin(
        self, type: Type, title: str, owner: str | None = None, cycle: Cycle | None = None
    ) -> Document | None:
        """Return the document of a type that has a title already, in any case and with any marks.

        Objectives are alike in one cycle and with one owner alone: what a team aims at every
        quarter may be called the same. Cycles are alike where their files would be.
        """

        def called(text: str) -> str:
            return slug(text, "cycle") if type is Type.CYCLE else plain(text).strip().casefold()

        wanted = called(title)
        for document in self.registry.of(type):
            if called(document.title) != wanted:
                continue
            if type is not Type.OBJECTIVE:
                return document
            period = self.registry.cycle_of.get(document.id)
            same = period is not None and cycle is not None and period.id == cycle.id
            if same and owner in self._whose(document):
                return document
        return None

    def _whose(self, document: Document) -> list[str]:
        """Return the ids of those who own an objective."""
        fields = document.fields
        if not isinstance(fields, ObjectiveFields):
            return []
        written = [name for name in (fields.owner, *fields.owners) if name is not None]
        if not written:
            found = self.registry.folder_owner(document.uri)
            return [found] if found else []
        resolved = (self._owners.resolve(name) for name in written if name.lower() != COMPANY)
        own = [self.registry.company] if COMPANY in map(str.lower, written) else []
        return own + [found.id for found in resolved if isinstance(found, Resolved)]

    def name_of(self, owner: str) -> str:
        """Return what is written for an owner: the shortest reference."""
        return COMPANY if owner == self.registry.company else self._owners.shortest(owner)

    def reference(self, objective: str) -> str:
        """Return what is written for an objective or key result: the shortest reference."""
        id, mark, key_result = objective.partition("#")
        return self.registry.shortest(id) + mark + key_result

    def cycle_name(self, cycle: Cycle) -> str:
        """Return what is written for a cycle."""
        return self._cycles.shortest(cycle.id) if cycle.document else cycle.id

    def kpi_name(self, kpi: str) -> str:
        """Return what is written for a KPI."""
        return self._kpis.shortest(kpi)

    def owners(self) -> list[Choice]:
        """List the company, then all teams and people."""
        return [self._company, *self.teams()[1:], *self._choices(self._owners, Type.PERSON)]

    def teams(self) -> list[Choice]:
        """List the company, then all teams."""
        return [self._company, *self._choices(self._owners, Type.TEAM)]

    def kpis(self) -> list[Choice]:
        """List the KPIs."""
        return self._choices(self._kpis, Type.KPI)

    def cycles(self) -> list[Choice]:
        """List the cycles that have a document or an objective, the last first."""
        known = sorted(self.registry.calendar.known.values(), key=lambda c: c.end, reverse=True)
        return [(self.cycle_name(cycle), cycle.title) for cycle in known]

    def objectives(self) -> list[Choice]:
        """List the objectives, those of the latest cycles first."""
        documents = self.registry.of(Type.OBJECTIVE)
        ends = {d.id: cycle.end for d in documents if (cycle := self.registry.cycle_of.get(d.id))}
        documents.sort(key=lambda d: ends.get(d.id, date.min), reverse=True)
        return [(self.registry.shortest(d.id), d.title) for d in documents]

    def last_segments(self, *types: Type, cycle: Cycle | None = None) -> set[str]:
        """Return the names that ids of these types end in; of one cycle's objectives alone."""
        return {
            document.id.rsplit("/", 1)[-1]
            for document in (*self.registry.of(*types), *self.registry.duplicates)
            if cycle is None or self.registry.cycle_of.get(document.id) in (cycle, None)
        }

    @property
    def _company(self) -> Choice:
        documents = self.registry.of(Type.COMPANY)
        return COMPANY, documents[0].title if documents else self._site_name

    def _choices(self, references: References, type: Type) -> list[Choice]:
        return [(references.shortest(d.id), d.title) for d in self.registry.of(type)]

    def _references(self, *types: Type) -> References:
        return References((document.id, None) for document in self.registry.of(*types))

    @cached_property
    def private_kpis(self) -> frozenset[str]:
        """The ids of the KPIs that are not published."""
        return frozenset(d.id for d in self.registry.of(Type.KPI) if d.private)

    @cached_property
    def _owners(self) -> References:
        return self._references(*OWNER_TYPES)

    @cached_property
    def _cycles(self) -> References:
        return self._references(Type.CYCLE)

    @cached_property
    def _kpis(self) -> References:
        return self._references(Type.KPI)

    @cached_property
    def _objectives(self) -> References:
        cycles = self.registry.cycle_of
        return References(
            (d.id, cycles[d.id].id if d.id in cycles else None)
            for d in self.registry.of(Type.OBJECTIVE)
        )


def quarter_of(day: date) -> str:
    """Return the name of the quarter that a day lies in: `2026-q4`."""
    return f"{day.year}-q{(day.month + 2) // 3}"


def _found(kind: str, typed: str, resolution: Resolution, references: References) -> str:
    if isinstance(resolution, Resolved):
        return resolution.id
    raise UnknownNameError(_why(kind, typed, resolution, references))


def _why(kind: str, typed: str, resolution: Ambiguous | Unknown, references: References) -> str:
    said = f"`{typed[:80]}`"
    if isinstance(resolution, Ambiguous):
        named = _listed(references.shortest(id) for id in resolution.candidates[:_MOST_NAMED])
        return f"{said} is ambiguous: several {kind}s end in it ({named})"
    if resolution.nearest is None:
        return f"{said} is no {kind} of this site"
    return f"{said} is no {kind}: did you mean `{references.shortest(resolution.nearest)}`?"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


LONGEST = 60
"""A name is cut, between two words, where it would be longer than this."""


def slug(title: str, otherwise: str, longest: int = LONGEST) -> str:
    """Write a title as a name; where nothing of it is left, it is `otherwise`."""
    text = re.sub(r"['’]", "", anyascii(title)).lower()
    words = re.findall(r"[a-z0-9]+", text)
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:longest]
        if len(longer) > longest:
            break
        name = longer
    return name or otherwise


def free(name: str, taken: Collection[str]) -> str:
    """Return the name, or the first of `name-2`, `name-3`, … that is not taken."""
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate
