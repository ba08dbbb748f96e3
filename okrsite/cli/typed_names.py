"""Find in the project what was typed on the command line."""

import click

from okrsite.findings.report import visible
from okrsite.project.model import KeyResult, Kpi, Objective, Owner, Project
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import (
    Found,
    Meaning,
    NameKind,
    Names,
    Unknown,
    errors_in,
    unknown_key_result,
)
from okrsite.util.spelling import normal_form


class NamingError(click.UsageError):
    """What was typed means nothing, or several things; the text says what to write instead.

    Click ends the command with status 2.
    """


class UnknownNameError(NamingError):
    """What was typed means no document; `suggestions` are what may have been meant."""

    def __init__(self, found: Unknown) -> None:
        super().__init__(visible(found.sentence))
        self.suggestions = found.suggestions


class TypedNames:
    """Finds owners, cycles, objectives, key results and KPIs by what people type.

    Objectives of `cycle`, then of those that contain it, come first. Every search raises
    NamingError where it fails.
    """

    def __init__(self, project: Project, cycle: Cycle | None = None) -> None:
        self._project = project
        self._cycle = cycle
        self._names = Names.of_project(project)

    def owner(self, typed: str) -> Owner:
        """Find the company, a team or a person."""
        return self._project.owners[self._find(NameKind.OWNER, typed).id]

    def cycle(self, typed: str) -> Cycle:
        """Find a cycle of the project, or a calendar period that nothing is in yet."""
        cycle = self._names.cycle(self._find(NameKind.CYCLE, typed).id)
        assert cycle is not None
        return cycle

    def objective(self, typed: str) -> Objective:
        """Find an objective."""
        found = self._find(NameKind.OBJECTIVE, typed)
        if found.key_result is not None:
            name = typed.partition("#")[0]
            message = f"`{typed[:80]}` is a key result, not an objective"
            raise NamingError(visible(f"{message}: write `{name[:80]}`"))
        return self._project.objectives[found.id]

    def objective_or_key_result(self, typed: str) -> tuple[Objective, KeyResult | None]:
        """Find an objective, and the key result behind a `#`."""
        found = self._find(NameKind.OBJECTIVE, typed)
        objective = self._project.objectives[found.id]
        key_result = find_key_result(objective, found.key_result) if found.key_result else None
        return objective, key_result

    def kpi(self, typed: str) -> Kpi:
        """Find a KPI."""
        return self._project.kpis[self._find(NameKind.KPI, typed).id]

    def shortest(self, kind: NameKind, id: str) -> str:
        """Return the shortest reference that means a document wherever it is typed."""
        return self._names.shortest(kind, id)

    def reference(self, kind: NameKind, id: str) -> str:
        """Return what is written in a document for another one."""
        return self._names.reference(kind, id)

    def find(self, kind: NameKind, typed: str) -> str:
        """Return the id of what was typed."""
        return self._find(kind, typed).id

    def written(self, kind: NameKind, typed: str) -> str:
        """Return what is written in a document for what was typed: a title becomes a reference."""
        if isinstance(self._names.find(kind, typed), Found):
            return typed
        return self._names.reference(kind, self._find(kind, typed).reference)

    def _find(self, kind: NameKind, typed: str) -> Found:
        found: Meaning = self._names.find_typed(kind, typed, self._cycle)
        if isinstance(found, Found):
            document = self._names.document(kind, found.id)
            if document is not None and document.broken:
                raise NamingError(errors_in(document))
            found = self._names.check_key_result(found, typed)
        if isinstance(found, Found):
            return found
        if isinstance(found, Unknown):
            raise UnknownNameError(found)
        raise NamingError(visible(found.sentence))


def find_key_result(objective: Objective, typed: str) -> KeyResult:
    """Find a key result of an objective by its id; raise UnknownNameError where it has none."""
    results = {result.id: result for result in objective.key_results}
    wanted = normal_form(typed.strip())
    if wanted not in results:
        titles = {id: result.title for id, result in results.items()}
        raise UnknownNameError(unknown_key_result(objective.id, wanted, titles))
    return results[wanted]
