"""Why so much was expected by a day: the share of the cycle, a plan, or what is due."""

from datetime import date

from okrsite.i18n import message
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Kind, Objective, Place, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores import Scorecard
from okrsite.scores import status as statuses
from okrsite.scores.explanation.parts import Explanation, Term, mean, weight
from okrsite.scores.key_results import metric_score
from okrsite.settings import Settings


def explain_expected(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, objective: Objective
) -> Explanation | None:
    """Explain what was expected of an objective; None where nothing is."""
    figures = scorecard.objectives[objective.id]
    if figures.expected is None:
        return None
    result = words.score(figures.expected)
    if not objective.counting:
        day = statuses.day_of_expectation(project.cycles[objective.cycle], scorecard.as_of)
        formula, numbers, terms = _by_time(words, project, settings, objective, day)
        return Explanation(formula, numbers, result, tuple(terms))
    pairs = [(r.weight.value, figures.key_results[r.id].expected) for r in objective.counting]
    terms = [
        Term(
            plain(r.title), f"{weight(words, of)} × {words.score(expected)}", r.line("weight")
        )
        for r, (of, expected) in zip(objective.counting, pairs, strict=True)
    ]  # fmt: skip
    formula = words.say("Σ weight × expected / Σ weight, over the key results")
    return Explanation(formula, mean(words, pairs), result, tuple(terms))


def explain_expected_of_owner(
    words: Words, project: Project, scorecard: Scorecard, owner: str, cycle: Cycle
) -> Explanation | None:
    """Explain what was expected of an owner in a cycle; None where nothing counts."""
    figures = scorecard.owners.get(owner, {}).get(cycle.id)
    if figures is None:
        return None
    objectives = [project.objectives[id] for id in figures.objectives]
    pairs = [(o.weight.value, scorecard.objectives[o.id].expected or 0.0) for o in objectives]
    terms = [
        Term(
            plain(o.page.title), f"{weight(words, of)} × {words.score(expected)}",
            o.page.line("weight"),
        )
        for o, (of, expected) in zip(objectives, pairs, strict=True)
    ]  # fmt: skip
    formula = words.say("Σ weight × expected / Σ weight, over the active objectives with a score")
    return Explanation(formula, mean(words, pairs), words.score(figures.expected), tuple(terms))


def explain_expected_of_key_result(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, result: KeyResult
) -> Explanation:
    """Explain what was expected of a key result."""
    objective = project.objectives[result.objective]
    figures = scorecard.objectives[objective.id].key_results[result.id]
    cycle = project.cycles[objective.cycle]
    day = statuses.day_of_expectation(cycle, scorecard.as_of)
    shown = words.score(figures.expected)
    if day < cycle.start:
        return Explanation(words.say("0 before the cycle starts"), "", shown, ())
    terms: list[Term]
    match result.kind:
        case Kind.METRIC if result.plan and not result.masked:
            planned = statuses.planned_value(result, cycle, figures.evaluation.start, day)
            if planned is None or metric_score(result, figures.evaluation.start, planned) is None:
                formula, numbers, terms = _by_time(words, project, settings, objective, day, result)
            else:
                formula, numbers, terms = _planned(words, result, planned, shown, day)
        case Kind.MILESTONE:
            formula, numbers, terms = _due(words, settings, objective, result, cycle, day)
        case Kind.KEEP if figures.evaluation.value is None:
            formula, numbers, terms = words.say("0 before the first reading in the cycle"), "", []
        case Kind.KEEP:
            formula = words.say("The goal, from the first reading in the cycle on")
            numbers, terms = "", [_goal(words, settings, objective)]
        case _:
            formula, numbers, terms = _by_time(words, project, settings, objective, day, result)
    return Explanation(formula, numbers, shown, tuple(terms))


_Parts = tuple[str, str, list[Term]]


def _by_time(
    words: Words, project: Project, settings: Settings, objective: Objective, day: date,
    result: KeyResult | None = None,
) -> _Parts:  # fmt: skip
    cycle = project.cycles[objective.cycle]
    due = result.due if result else None
    end = due or cycle.end
    days = (end - cycle.start).days + 1
    over = min(max((day - cycle.start).days + 1, 0), days)
    name = words.say("Days that are over")
    if due:
        name = words.say("Days that are over, until %(day)s", day=words.short_day(due))
    place = result.line("due") if result and due else _of_cycle(project, cycle)
    value = words.say("%(done)s of %(total)s", done=words.number(over), total=words.number(days))
    goal = statuses.goal_of(objective.commitment, settings.thresholds)
    numbers = f"{words.exact(over)} / {words.exact(days)} × {words.score(goal)}"
    terms = [Term(name, value, place), _goal(words, settings, objective)]
    return words.say("The share of the days that is over × the goal"), numbers, terms


def _planned(
    words: Words, result: KeyResult, planned: float, shown: str, day: date
) -> _Parts:  # fmt: skip
    terms = [
        Term(words.short_day(at), words.exact(value, result.unit), result.line("plan"))
        for at, value in result.plan
    ]
    numbers = words.say(
        "%(value)s planned for %(day)s → %(score)s",
        value=words.exact(round(planned, 4), result.unit), day=words.short_day(day), score=shown,
    )  # fmt: skip
    return words.say("The score of the value that is planned for the day"), numbers, terms


def _due(
    words: Words, settings: Settings, objective: Objective, result: KeyResult, cycle: Cycle,
    day: date,
) -> _Parts:  # fmt: skip
    end = result.due or cycle.end
    terms = []
    for milestone in result.milestones:
        until = milestone.due or end
        text = message("%(weight)s, due on %(day)s")
        if until > day:
            text = message("%(weight)s, not due until %(day)s")
        said = words.say(text, weight=weight(words, milestone.weight), day=words.short_day(until))
        terms.append(Term(plain(milestone.title or result.title), said, milestone.place))
    due = sum(m.weight for m in result.milestones if (m.due or end) <= day)
    total = sum(m.weight for m in result.milestones)
    goal = statuses.goal_of(objective.commitment, settings.thresholds)
    numbers = f"{weight(words, due)} / {weight(words, total)} × {words.score(goal)}"
    terms.append(_goal(words, settings, objective))
    return words.say("The weight that is due / the weight of all × the goal"), numbers, terms


def _goal(words: Words, settings: Settings, objective: Objective) -> Term:
    """Tell the score to be reached; it follows from the commitment."""
    name = words.say("Goal of an aspirational objective")
    if objective.commitment == "committed":
        name = words.say("Goal of a committed objective")
    written = "commitment" in objective.page.lines
    place = objective.page.line("commitment") if written else None
    goal = statuses.goal_of(objective.commitment, settings.thresholds)
    return Term(name, words.score(goal), place)


def _of_cycle(project: Project, cycle: Cycle) -> Place | None:
    page = project.cycle_pages.get(cycle.id)
    return page.line("start") if page else None
