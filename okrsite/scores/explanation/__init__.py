"""Why a figure is what it is: the formula, its numbers, and where each of them was written.

The site's pages and the command line show the same explanations.
"""

from dataclasses import replace
from datetime import date
from typing import Literal

from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Objective, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores import ObjectiveFigures, Scorecard
from okrsite.scores.explanation.statuses import (
    StatusExplanation,
    explain_health,
    explain_status,
    explain_status_of_key_result,
    explain_status_of_owner,
)
from okrsite.scores.kinds import scoring_of
from okrsite.scores.status import expectation_day, goal_of
from okrsite.scores.terms import (
    Expectation,
    Explanation,
    Term,
    explain_elapsed,
    explain_mean,
    range_in_words,
    with_grade,
)
from okrsite.settings import Settings

__all__ = [
    "Explanation",
    "StatusExplanation",
    "Term",
    "explain_expected",
    "explain_expected_of_key_result",
    "explain_expected_of_owner",
    "explain_health",
    "explain_key_result",
    "explain_objective",
    "explain_owner",
    "explain_status",
    "explain_status_of_key_result",
    "explain_status_of_owner",
    "range_in_words",
]  # fmt: skip


def explain_objective(
    words: Words, objective: Objective, figures: ObjectiveFigures
) -> Explanation | None:
    """Explain an objective's score; None where it has no key results that count."""
    results = objective.counting
    if not results:
        return None
    scores = {result.id: figures.key_results[result.id].score for result in results}
    formula = words.say("Σ weight × score / Σ weight, over the key results")
    parts = ((r.title, r.weight.value, scores[r.id] or 0.0, r.line("weight")) for r in results)
    note = words.say("A key result without a score counts as 0.")
    explanation = replace(
        explain_mean(words, formula, parts),
        result=words.score(figures.computed),
        note=note if None in scores.values() else None,
    )
    return with_grade(words, explanation, objective.grade)


def explain_owner(
    words: Words, project: Project, scorecard: Scorecard, owner: str, cycle: Cycle
) -> Explanation | None:
    """Explain an owner's score in a cycle; None where there is none."""
    formula = words.say("Σ weight × score / Σ weight, over the active scored objectives")
    return _owner_mean(words, formula, project, scorecard, (owner, cycle.id), "score")


def explain_expected_of_owner(
    words: Words, project: Project, scorecard: Scorecard, owner: str, cycle: Cycle
) -> Explanation | None:
    """Explain what was expected of an owner in a cycle; None where nothing counts."""
    formula = words.say("Σ weight × expected / Σ weight, over the active scored objectives")
    return _owner_mean(words, formula, project, scorecard, (owner, cycle.id), "expected")


def _owner_mean(
    words: Words,
    formula: str,
    project: Project,
    scorecard: Scorecard,
    owned: tuple[str, str],
    figure: Literal["score", "expected"],
) -> Explanation | None:
    owner, cycle = owned
    figures = scorecard.owners.get(owner, {}).get(cycle)
    if figures is None or figures.score is None:
        return None
    parts = []
    for objective in (project.objectives[id] for id in figures.objectives):
        page, value = objective.page, getattr(scorecard.objectives[objective.id], figure) or 0.0
        parts.append((page.title, objective.weight.value, value, page.line("weight")))
    explanation = explain_mean(words, formula, parts)
    return replace(explanation, result=words.score(getattr(figures, figure)))


def explain_key_result(
    words: Words, project: Project, scorecard: Scorecard, result: KeyResult
) -> Explanation:
    """Explain a key result's score; of one on a private KPI nothing but that it is one."""
    evaluation = scorecard.objectives[result.objective].key_results[result.id].evaluation
    cycle = project.cycles[project.objectives[result.objective].cycle]
    formula = words.say("It is measured by a private KPI: its values are not published.")
    explanation = Explanation(formula)
    if not result.masked:
        day = min(scorecard.as_of, cycle.closing_day)
        scoring = scoring_of(result, cycle, scorecard.scores)
        explanation = scoring.explain_score(words, evaluation, day)
    explanation = replace(explanation, result=words.score(evaluation.score))
    return with_grade(words, explanation, result.grade)


def explain_expected(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, objective: Objective
) -> Explanation | None:
    """Explain what was expected of an objective; None where nothing is."""
    figures = scorecard.objectives[objective.id]
    if figures.expected is None:
        return None
    if not objective.counting:
        day = expectation_day(project.cycles[objective.cycle], scorecard.as_of)
        expectation = _expectation(words, project, settings, objective, day)
        return replace(explain_elapsed(words, expectation), result=words.score(figures.expected))
    formula = words.say("Σ weight × expected / Σ weight, over the key results")
    parts = (
        (r.title, r.weight.value, figures.key_results[r.id].expected, r.line("weight"))
        for r in objective.counting
    )
    return replace(explain_mean(words, formula, parts), result=words.score(figures.expected))


def explain_expected_of_key_result(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, result: KeyResult
) -> Explanation:
    """Explain what was expected of a key result."""
    objective = project.objectives[result.objective]
    figures = scorecard.objectives[objective.id].key_results[result.id]
    cycle = project.cycles[objective.cycle]
    day = expectation_day(cycle, scorecard.as_of)
    explanation = Explanation(words.say("0 before the cycle starts"))
    if day >= cycle.start:
        expectation = _expectation(words, project, settings, objective, day)
        scoring = scoring_of(result, cycle)
        explanation = scoring.explain_expected(words, figures.evaluation, expectation)
    return replace(explanation, result=words.score(figures.expected))


def _expectation(
    words: Words, project: Project, settings: Settings, objective: Objective, day: date
) -> Expectation:
    name = words.say("Goal of an aspirational objective")
    if objective.commitment == "committed":
        name = words.say("Goal of a committed objective")
    written = "commitment" in objective.page.lines
    place = objective.page.line("commitment") if written else None
    goal = words.score(goal_of(objective.commitment, settings.thresholds))
    page = project.cycle_pages.get(objective.cycle)
    return Expectation(
        cycle=project.cycles[objective.cycle],
        cycle_place=page.line("start") if page else None,
        day=day,
        goal=Term(name, goal, place),
    )
