"""The registry of checks by code, and the pass that runs them all."""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from okrsite.findings.finding import Finding, finding
from okrsite.project.model import Kpi, Objective, Page, Place, Project
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

Rule = TypeVar("Rule", bound=Callable[..., Iterator[Seen]])
Rules = dict[str, Callable[..., Iterator[Seen]]]

RULES: Rules = {}
"""Every check by its code."""

_OBJECTIVE: Rules = {}
_KEY_RESULT: Rules = {}
_KPI: Rules = {}
_PROJECT: Rules = {}

# What is said of an objective without figures too: always, where its cycle is known, where all of
# its key results can be read, and where all of it can.
_ALWAYS = frozenset({"OKR402", "OKR413"})
_IN_A_CYCLE = frozenset(
    {
        "OKR403",
        "OKR410",
        "OKR412",
        "OKR416",
        "OKR417",
        "OKR418",
        "OKR419",
        "OKR420",
        "OKR421",
        "OKR422",
    }
)
_OF_ALL_KEY_RESULTS = frozenset({"OKR401", "OKR414"})
_OF_WHOLE = frozenset({"OKR405"})


def _registering(rules: Rules) -> Callable[[str], Callable[[Rule], Rule]]:
    def with_code(code: str) -> Callable[[Rule], Rule]:
        def register(rule: Rule) -> Rule:
            rules[code] = RULES[code] = rule
            return rule

        return register

    return with_code


# Each registers a rule by its code: of (subject, objective), (subject, objective, key result),
# (subject, KPI), or the subject alone.
of_objectives = _registering(_OBJECTIVE)
of_key_results = _registering(_KEY_RESULT)
of_kpis = _registering(_KPI)
of_projects = _registering(_PROJECT)


def judge(project: Project, scorecard: Scorecard, language: str) -> list[Finding]:
    """Return the findings of every check; wording is judged in the site's language."""
    subject = Subject(project, scorecard, language)
    findings: list[Finding] = []
    for objective in project.objectives.values():
        findings += _judged(_OBJECTIVE, subject, objective)
        for result in objective.key_results:
            findings += _judged(_KEY_RESULT, subject, objective, result)
    findings += _about_broken(subject)
    for kpi in project.kpis.values():
        findings += _judged(_KPI, subject, kpi)
    findings += _judged(_PROJECT, subject)
    return findings


def _judged(rules: Rules, *subjects: object, codes: Container[str] = RULES) -> Iterator[Finding]:
    """Yield what rules find about a subject."""
    for code, rule in rules.items():
        for place, message, hint in rule(*subjects) if code in codes else ():
            yield finding(code, place.path, place.line, message, hint)


def _about_broken(subject: Subject) -> Iterator[Finding]:
    """Yield what rules say without scores of objectives that an error leaves without figures."""
    broken = subject.project.broken
    cycles = {document.cycle.id: document.cycle for document in broken if document.cycle}
    project = replace(subject.project, cycles={**subject.project.cycles, **cycles})
    around = replace(subject, project=project)
    for document in broken:
        objective = document.objective
        if objective is None:
            continue
        codes = _ALWAYS
        if document.cycle:
            codes |= _IN_A_CYCLE
            codes |= _OF_ALL_KEY_RESULTS if document.complete else frozenset()
            codes |= _OF_WHOLE if document.whole else frozenset()
        yield from _judged(_OBJECTIVE, around, objective, codes=codes)
        for result in objective.key_results:
            yield from _judged(_KEY_RESULT, around, objective, result, codes=codes)


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
