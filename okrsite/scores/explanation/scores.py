"""Why a score is what it is: of an objective, of an owner, of a key result."""

from dataclasses import replace

from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Objective, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores import ObjectiveFigures, Scorecard
from okrsite.scores.kinds import scoring_of
from okrsite.scores.terms import Explanation, explain_mean, given_by_hand


def explain_objective(
    words: Words, objective: Objective, figures: ObjectiveFigures
) -> Explanation | None:
    """Explain an objective's score; None where it has no key results that count."""
    results = objective.counting
    if not results:
        return None
    scores = [figures.key_results[result.id].score for result in results]
    explanation = explain_mean(
        words,
        words.say("Σ weight × score / Σ weight, over the key results"),
        (
            (r.title, r.weight.value, score or 0.0, r.line("weight"))
            for r, score in zip(results, scores, strict=True)
        ),
    )
    return replace(
        explanation,
        result=words.score(figures.computed),
        given=given_by_hand(words, objective.grade),
        given_reason=objective.grade.reason if objective.grade else None,
        note=words.say("A key result without a score counts 0.") if None in scores else None,
    )


def explain_owner(
    words: Words, project: Project, scorecard: Scorecard, owner: str, cycle: Cycle
) -> Explanation | None:
    """Explain an owner's score in a cycle; None where there is none."""
    figures = scorecard.owners.get(owner, {}).get(cycle.id)
    if figures is None:
        return None
    formula = words.say("Σ weight × score / Σ weight, over the active objectives with a score")
    parts = []
    for id in figures.objectives:
        objective, score = project.objectives[id], scorecard.objectives[id].score or 0.0
        page = objective.page
        parts.append((page.title, objective.weight.value, score, page.line("weight")))
    return replace(explain_mean(words, formula, parts), result=words.score(figures.score))


def explain_key_result(
    words: Words, project: Project, scorecard: Scorecard, result: KeyResult
) -> Explanation:
    """Explain a key result's score; of one on a private KPI nothing but that it is one."""
    evaluation = scorecard.objectives[result.objective].key_results[result.id].evaluation
    cycle = project.cycles[project.objectives[result.objective].cycle]
    if result.masked:
        formula = words.say("It is measured by a private KPI: its values are not published.")
        explanation = Explanation(formula)
    else:
        day = min(scorecard.as_of, cycle.closing_day)
        scoring = scoring_of(result, cycle, scorecard.scores)
        explanation = scoring.explain_score(words, evaluation, day)
    return replace(
        explanation,
        result=words.score(evaluation.score),
        given=given_by_hand(words, result.grade),
        given_reason=result.grade.reason if result.grade else None,
    )
