"""Why a score was expected by a day: of an objective, of an owner, of a key result."""

from dataclasses import replace
from datetime import date

from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Objective, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores import Scorecard
from okrsite.scores.kinds import scoring_of
from okrsite.scores.status import expectation_day, goal_of
from okrsite.scores.terms import Expectation, Explanation, Term, explain_elapsed, explain_mean
from okrsite.settings import Settings


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


def explain_expected_of_owner(
    words: Words, project: Project, scorecard: Scorecard, owner: str, cycle: Cycle
) -> Explanation | None:
    """Explain what was expected of an owner in a cycle; None where nothing counts."""
    figures = scorecard.owners.get(owner, {}).get(cycle.id)
    if figures is None:
        return None
    formula = words.say("Σ weight × expected / Σ weight, over the active objectives with a score")
    parts = []
    for id in figures.objectives:
        objective, expected = project.objectives[id], scorecard.objectives[id].expected or 0.0
        page = objective.page
        parts.append((page.title, objective.weight.value, expected, page.line("weight")))
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
