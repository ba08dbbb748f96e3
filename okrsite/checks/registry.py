"""The registry of checks by code, and the pass that runs them all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from okrsite.findings.finding import Finding, finding
from okrsite.project.model import KeyResult, Kpi, Objective, Page, Place, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import KpiFigures, ObjectiveFigures, Scorecard
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check looks at: the project, its figures, and the language of the site."""

    project: Project
    scorecard: Scorecard
    language: str = "en"

    def cycle(self, objective: Objective) -> Cycle:
        """Return an objective's cycle."""
        return self.project.cycles[objective.cycle]

    def figures(self, objective: Objective) -> ObjectiveFigures:
        """Return an objective's figures."""
        return self.scorecard.objectives[objective.id]

    def kpi_figures(self, kpi: Kpi) -> KpiFigures:
        """Return a KPI's figures."""
        return self.scorecard.kpis[kpi.id]

    def closed(self, objective: Objective) -> bool:
        """Whether an objective's cycle is closed."""
        return self.cycle(objective).state(self.scorecard.as_of) is State.CLOSED

    def drafting(self, objective: Objective) -> bool:
        """Whether advice on drafting still helps: not when closed, nor when cancelled."""
        return not self.closed(objective) and objective.status != "cancelled"


Seen = tuple[Place, str, str | None]
"""What a check found: the place, the message and the hint."""

ObjectiveRule = Callable[[Subject, Objective], Iterator[Seen]]
KeyResultRule = Callable[[Subject, Objective, KeyResult], Iterator[Seen]]
KpiRule = Callable[[Subject, Kpi], Iterator[Seen]]
ProjectRule = Callable[[Subject], Iterator[Seen]]

Rule = TypeVar("Rule", bound=Callable[..., Iterator[Seen]])

RULES: dict[str, Callable[..., Iterator[Seen]]] = {}
"""Every check by its code."""

# What is said of an objective without figures too; the second only where all of it can be read.
_OF_TEXT = frozenset({"OKR402", "OKR403", "OKR410", "OKR412", "OKR413"})
_OF_WHOLE = frozenset({"OKR401", "OKR405"})

_OBJECTIVE: dict[str, ObjectiveRule] = {}
_KEY_RESULT: dict[str, KeyResultRule] = {}
_KPI: dict[str, KpiRule] = {}
_PROJECT: dict[str, ProjectRule] = {}


def of_objectives(code: str) -> Callable[[ObjectiveRule], ObjectiveRule]:
    """Register a rule that looks at one objective."""
    return _registering(code, _OBJECTIVE)


def of_key_results(code: str) -> Callable[[KeyResultRule], KeyResultRule]:
    """Register a rule that looks at one key result."""
    return _registering(code, _KEY_RESULT)


def of_kpis(code: str) -> Callable[[KpiRule], KpiRule]:
    """Register a rule that looks at one KPI."""
    return _registering(code, _KPI)


def of_projects(code: str) -> Callable[[ProjectRule], ProjectRule]:
    """Register a rule that looks at the whole project."""
    return _registering(code, _PROJECT)


def _registering(code: str, rules: dict[str, Rule]) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        rules[code] = RULES[code] = rule
        return rule

    return register


def judge(project: Project, scorecard: Scorecard, language: str) -> list[Finding]:
    """Return the findings of every check; wording is judged in the site's language."""
    subject = Subject(project, scorecard, language)
    findings: list[Finding] = []
    for objective in project.objectives.values():
        for code, rule in _OBJECTIVE.items():
            for seen in rule(subject, objective):
                findings.append(_finding(code, seen))
        for result in objective.key_results:
            for code, of_result in _KEY_RESULT.items():
                for seen in of_result(subject, objective, result):
                    findings.append(_finding(code, seen))
    findings += _about_broken(subject)
    for kpi in project.kpis.values():
        for code, of_kpi in _KPI.items():
            for seen in of_kpi(subject, kpi):
                findings.append(_finding(code, seen))
    for code, of_project in _PROJECT.items():
        for seen in of_project(subject):
            findings.append(_finding(code, seen))
    return findings


def _about_broken(subject: Subject) -> Iterator[Finding]:
    """Yield what rules on the text alone say of objectives that an error leaves without figures."""
    broken = subject.project.broken
    cycles = {document.cycle.id: document.cycle for document in broken if document.cycle}
    project = replace(subject.project, cycles={**subject.project.cycles, **cycles})
    around = Subject(project, subject.scorecard, subject.language)
    for document in broken:
        objective = document.objective
        if objective is None:
            continue
        codes = _OF_TEXT | _OF_WHOLE if document.whole else _OF_TEXT
        for code in codes & _OBJECTIVE.keys():
            yield from (_finding(code, seen) for seen in _OBJECTIVE[code](around, objective))
        for code in codes & _KEY_RESULT.keys():
            for result in objective.key_results:
                for seen in _KEY_RESULT[code](around, objective, result):
                    yield _finding(code, seen)


def _finding(code: str, seen: Seen) -> Finding:
    place, message, hint = seen
    return finding(code, place.path, place.line, message, hint)


def all_findings(
    project: Project,
    settings: Settings,
    scorecard: Scorecard,
    read: Iterable[Finding] | None = None,
) -> list[Finding]:
    """Return what was found while reading, by default the project's, and what the rules see."""
    judged = judge(project, scorecard, settings.language)
    found = [*(project.findings if read is None else read), *judged]
    return settings.wanted(found, ignored_codes(project))


def ignored_codes(project: Project) -> dict[str, tuple[str, ...]]:
    """Return the codes that documents do not want reported, by their paths."""
    pages: list[Page] = [document.page for document in project.objectives.values()]
    pages += [document.page for document in project.kpis.values()]
    pages += [document.page for document in project.pillars.values()]
    pages += [document.page for document in project.check_in_documents.values()]
    pages += project.cycle_pages.values()
    pages += [owner.page for owner in project.owners.values() if owner.page]
    pages += [document.page for document in project.broken]
    return {page.path: page.ignore for page in pages if page.ignore}
