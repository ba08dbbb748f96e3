"""Why a score is what it is: of an objective, of an owner, of a key result."""

from dataclasses import replace

from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Objective, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores import ObjectiveFigures, Scorecard
from okrsite.scores.kinds import scoring_of
from okrsite.scores.terms import Explanation, Term, given_by_hand, mean, weighted


def explain_objective(
    words: Words, objective: Objective, figures: ObjectiveFigures
) -> Explanation | None:
    """Explain an objective's score; None where it has no key results that count."""
    results = objective.counting
    if not results:
        return None
    scores = [figures.key_results[result.id].score for result in results]
    pairs = [(r.weight.value, score or 0.0) for r, score in zip(results, scores, strict=True)]
    missing = None in scores
    return Explanation(
        formula=words.say("Σ weight × score / Σ weight, over the key results"),
        numbers=mean(words, pairs),
        result=words.score(figures.computed),
        terms=tuple(
            Term(plain(r.title), weighted(words, *pair), r.line("weight"))
            for r, pair in zip(results, pairs, strict=True)
        ),
        given=given_by_hand(words, objective.grade),
        given_reason=objective.grade.reason if objective.grade else None,
        note=words.say("A key result without a score counts 0.") if missing else None,
    )


def explain_owner(
    words: Words, project: Project, scorecard: Scorecard, owner: str, cycle: Cycle
) -> Explanation | None:
    """Explain an owner's score in a cycle; None where there is none."""
    figures = scorecard.owners.get(owner, {}).get(cycle.id)
    if figures is None:
        return None
    objectives = [project.objectives[id] for id in figures.objectives]
    pairs = [(o.weight.value, scorecard.objectives[o.id].score or 0.0) for o in objectives]
    return Explanation(
        formula=words.say("Σ weight × score / Σ weight, over the active objectives with a score"),
        numbers=mean(words, pairs),
        result=words.score(figures.score),
        terms=tuple(
            Term(plain(o.page.title), weighted(words, *pair), o.page.line("weight"))
            for o, pair in zip(objectives, pairs, strict=True)
        ),
    )


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
