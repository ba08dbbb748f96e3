"""What somebody typed on the command line, found in the project: the references of documents."""

import posixpath
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property

import click

from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.findings.report import visible
from okrsite.language.inline import plain
from okrsite.project.model import KeyResult, Kpi, Objective, Owner, Page, Project
from okrsite.project.model.cycles import Cycle, calendar_cycle, containing
from okrsite.project.references import MOST_CANDIDATES, Ambiguous, References, Resolved
from okrsite.util.spelling import nearest

COMPANY = "company"
"""What always means the company, whatever the id of its document."""


class NamingError(click.UsageError):
    """What was typed means nothing, or several things; the text says what to write instead.

    `near` is what may have been meant. Click ends the command with status 2.
    """

    def __init__(self, message: str, near: str | None = None) -> None:
        super().__init__(message)
        self.near = near


class UnknownNameError(NamingError):
    """What was typed means no document."""


class Names:
    """Finds owners, cycles, objectives, key results and KPIs by what people type.

    A name is a reference as in a document: an id or an unambiguous tail of one, in any case. The
    path of a document's file is one too, because shells complete it. Objectives of `cycle`, then
    of those that contain it, are meant first; an objective's title is a name too, because that is
    what the site shows. Every search raises NamingError where it fails.
    """

    def __init__(self, project: Project, cycle: Cycle | None = None) -> None:
        self._project = project
        self._cycle = cycle

    def owner(self, typed: str) -> Owner:
        """Find the company, a team or a person."""
        if typed.strip().lower() == COMPANY:
            return self._project.owners[self._project.company]
        owners = self._project.owners
        pages = (owner.page for owner in owners.values() if owner.page)
        return owners[self._find("owner", typed, self._owners, pages, OWNER_TYPES, owners)]

    def cycle(self, typed: str) -> Cycle:
        """Find a cycle of the project, or a calendar period that nothing is in yet."""
        cycles = self._project.cycles
        calendar = calendar_cycle(typed.strip())
        if calendar is not None and self._cycles.only(calendar.id) is None:
            return cycles.get(calendar.id, calendar)
        pages = self._project.cycle_pages.values()
        return cycles[self._find("cycle", typed, self._cycles, pages, (Type.CYCLE,), cycles)]

    def objective(self, typed: str) -> Objective:
        """Find an objective."""
        objectives = self._project.objectives
        pages = (objective.page for objective in objectives.values())
        types = (Type.OBJECTIVE,)
        try:
            id = self._find("objective", typed, self._objectives, pages, types, objectives)
        except UnknownNameError:
            titled = self._of_title(typed)
            if not titled:
                raise
            if len(titled) > 1:
                references = self._objectives
                said = _several(typed, "objectives have this title", titled, references)
                raise NamingError(f"{said}; write one of these names") from None
            id = titled[0]
        return objectives[id]

    def objective_and_key_result(self, typed: str) -> tuple[Objective, KeyResult | None]:
        """Find an objective, and the key result behind a `#`."""
        name, _, behind = typed.partition("#")
        objective = self.objective(name)
        return objective, self.key_result(objective, behind) if behind.strip() else None

    def key_result(self, objective: Objective, typed: str) -> KeyResult:
        """Find a key result of an objective by its id."""
        results = {result.id: result for result in objective.key_results}
        wanted = typed.strip().lower()
        if wanted in results:
            return results[wanted]
        said = f"`{_shown(typed)}` is no key result of `{objective.id}`"
        near = nearest(wanted, results)
        if near is not None:
            raise NamingError(f"{said}: did you mean `{near}`?", near)
        known = ", ".join(f"`{id}`" for id in results) or "none"
        raise NamingError(f"{said}; it has {known}")

    def kpi(self, typed: str) -> Kpi:
        """Find a KPI."""
        kpis = self._project.kpis
        pages = (kpi.page for kpi in kpis.values())
        return kpis[self._find("KPI", typed, self._kpis, pages, (Type.KPI,), kpis)]

    def shortest_objective(self, id: str) -> str:
        """Return the shortest reference that means an objective wherever it is typed."""
        return self._objectives.shortest(id)

    def shortest_cycle(self, id: str) -> str:
        """Return the shortest reference that means a cycle."""
        return self._cycles.shortest(id)

    def shortest_owner(self, id: str) -> str:
        """Return the shortest reference that means an owner."""
        return self._owners.shortest(id)

    def shortest_kpi(self, id: str) -> str:
        """Return the shortest reference that means a KPI."""
        return self._kpis.shortest(id)

    @cached_property
    def _owners(self) -> References:
        return self._references(self._project.owners, *OWNER_TYPES)

    @cached_property
    def _cycles(self) -> References:
        return self._references(self._project.cycles, Type.CYCLE)

    @cached_property
    def _kpis(self) -> References:
        return self._references(self._project.kpis, Type.KPI)

    @cached_property
    def _objectives(self) -> References:
        objectives = self._project.objectives
        return self._references(objectives, Type.OBJECTIVE, cycle=lambda id: objectives[id].cycle)

    def _references(
        self,
        ids: Iterable[str],
        *types: Type,
        cycle: Callable[[str], str | None] = lambda id: None,
    ) -> References:
        """Index what counts, and what was left out for an error: it can still be pointed to."""
        known = {id: cycle(id) for id in ids}
        broken = {d.page.id: None for d in self._project.broken if d.type in types}
        return References((broken | known).items())

    def _find(
        self, kind: str, typed: str, references: References, pages: Iterable[Page],
        types: Collection[Type], sound: Mapping[str, object],
    ) -> str:  # fmt: skip
        broken = [d.page for d in self._project.broken if d.type in types]
        wanted = typed
        if typed.strip().lower().endswith(".md"):
            wanted = _of_file(typed.strip(), [*pages, *broken]) or typed
        found = references.resolve(
            wanted, None, self._cycle.id if self._cycle else None, self._around
        )
        if isinstance(found, Resolved):
            if found.id in sound:
                return found.id
            path = next(page.path for page in broken if page.id == found.id)
            raise NamingError(f"{path} has errors and counts in no figure: see `okrsite lint`")
        if isinstance(found, Ambiguous):
            said = _several(typed, f"{kind}s end in it", found.candidates, references)
            raise NamingError(f"{said}; write more of it")
        said = f"`{_shown(typed)}`"
        if found.nearest is None:
            raise UnknownNameError(f"{said} is no {kind} of this site")
        near = references.shortest(found.nearest)
        raise UnknownNameError(f"{said} is no {kind}: did you mean `{near}`?", near)

    def _of_title(self, typed: str) -> list[str]:
        """List the objectives of a title, as it is written or as it is shown, in any case.

        Those of the current cycle alone where there are some, else of a cycle that contains it.
        """
        wanted = plain(typed.strip()).casefold()
        found = [
            objective
            for objective in self._project.objectives.values()
            if plain(objective.page.title).casefold() == wanted
        ]
        nearer = [self._cycle.id] if self._cycle else []
        for cycle in [*nearer, *(around.id for around in self._around)]:
            here = [objective for objective in found if objective.cycle == cycle]
            if here:
                found = here
                break
        return sorted(objective.id for objective in found)

    @cached_property
    def _around(self) -> Sequence[Cycle]:
        """The cycles that contain the current one, the shortest first."""
        return containing(self._cycle, self._project.cycles.values()) if self._cycle else ()


def _several(typed: str, what: str, ids: Sequence[str], references: References) -> str:
    """Say that a name is ambiguous, and what would be none."""
    named = ids[: MOST_CANDIDATES - 1]
    more = " and others" if len(ids) > len(named) else ""
    known = ", ".join(f"`{references.shortest(id)}`" for id in named)
    return f"`{_shown(typed)}` is ambiguous: several {what} ({known}{more})"


def _of_file(typed: str, pages: Iterable[Page]) -> str | None:
    """Return the id of the document whose file was typed, from mkdocs.yml's folder or docs_dir."""
    file = posixpath.normpath(typed.replace("\\", "/"))
    return next((page.id for page in pages if file in (page.path, page.uri)), None)


def _shown(typed: str) -> str:
    return visible(typed[:80])
