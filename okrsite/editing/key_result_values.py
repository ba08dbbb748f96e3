"""What a check-in may state for a key result, and what is known of it already."""

from datetime import date

from okrsite.documents.quantity import InvalidValueError, parse_quantity, parse_share, same_unit
from okrsite.documents.values import Aggregate
from okrsite.editing.fields import FieldPath
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Project
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Keep, Metric, Milestone, Milestones, RollUp
from okrsite.project.names import NameKind, Names
from okrsite.scores import KeyResultFigures
from okrsite.scores.explanation import range_in_words
from okrsite.scores.kinds import scoring_of
from okrsite.scores.kinds.base import Evaluation


def elsewhere(project: Project, result: KeyResult) -> str | None:
    """Return where a key result takes its values from instead of check-ins, and what to write."""
    if result.takes_check_ins:
        return None
    if isinstance(result.measure, RollUp):
        return f"the score of `{result.id}` comes from the objectives that align to it"
    names = Names.of_project(project)
    if isinstance(result.measure, Milestones):
        objective = names.reference(NameKind.OBJECTIVE, result.objective)
        command = f"okrsite done {objective}#{result.id}"
        return f"`{result.id}` is measured by its milestones: write {command}"
    if result.kpi is None or result.kpi not in project.kpis:
        return f"`{result.id}` takes its values from a KPI: add the reading there"
    command = f"okrsite reading {names.reference(NameKind.KPI, result.kpi)} VALUE"
    return f"`{result.id}` takes its values from the KPI `{result.kpi}`: write {command}"


def milestone_path(key_result: FieldPath, measure: Milestones, milestone: Milestone) -> FieldPath:
    """Return where the day is written on which a milestone was reached."""
    if measure.single:
        return (*key_result, "done")
    return (*key_result, "milestones", measure.milestones.index(milestone), "done")


_DONE = frozenset({"true", "false", "yes", "no", "done"})


def wrong_value(result: KeyResult, text: str) -> str | None:
    """Return what is wrong with a value for a key result that takes check-ins, or None."""
    if isinstance(result.measure, Milestones) and text.strip().lower() in _DONE:
        return (
            f"`{text}` is not a share: write 1 once it is done, or the part that is done, like 0.5"
        )
    try:
        if not result.measure.in_units:
            parse_share(text)
            return None
        unit = parse_quantity(text).unit
    except InvalidValueError as error:
        return f"{error.message}: {error.hint}"
    if unit is not None and result.unit is not None and not same_unit(unit, result.unit):
        return f"`{text}` has the unit `{unit}`, the key result `{result.unit}`"
    return None


def wrong_share(text: str) -> str | None:
    """Return what is wrong with a confidence, or None."""
    try:
        parse_share(text)
    except InvalidValueError as error:
        return f"{error.message}: {error.hint}"
    return None


_SO_FAR = {
    Aggregate.SUM: "so far, added up",
    Aggregate.MEAN: "so far, on average",
    Aggregate.MAX: "so far, the highest",
    Aggregate.MIN: "so far, the lowest",
}


def so_far(words: Words, result: KeyResult, evaluation: Evaluation) -> str | None:
    """Return what the values of a key result make together: `389 seats so far, added up`.

    None where the last value alone counts, or there is none yet. The last value has to be shown
    next to it: either alone would be taken for the other.
    """
    name = _SO_FAR.get(_aggregate(result))
    if name is None or not evaluation.readings:
        return None
    return f"{words.quantity(evaluation.value, result.unit, result.measure.goals)} {name}"


def wanted(result: KeyResult, figures: KeyResultFigures) -> str | None:
    """Return what to write next where that isn't the value as it is now.

    What adds up would count twice if somebody wrote the total.
    """
    if _aggregate(result) is not Aggregate.SUM or not figures.evaluation.readings:
        return None
    return "what came since"


def _aggregate(result: KeyResult) -> Aggregate:
    return result.measure.aggregate if isinstance(result.measure, Metric) else Aggregate.LAST


def progress_line(
    words: Words, result: KeyResult, figures: KeyResultFigures, cycle: Cycle, as_of: date
) -> str:
    """Return in a line how far a key result is: its way, its last value, what is expected now."""
    parts = [_way(words, result, figures), so_far(words, result, figures.evaluation)]
    readings = figures.evaluation.readings
    if readings:
        last = readings[-1]
        value = words.quantity(last.value, result.unit, result.measure.goals)
        parts.append(f"last {value} on {words.short_day(last.date)}")
    elif result.current is not None:
        value = words.quantity(result.current.value, result.unit, result.measure.goals)
        parts.append(f"last {value}, without a date")
    else:
        parts.append("no value yet")
    parts.append(_expectation(words, result, figures, cycle, as_of))
    return "; ".join(part for part in parts if part)


def moved(words: Words, before: KeyResult, after: KeyResult, cycle: Cycle, day: date) -> str | None:
    """Return the value of a day with its unit, and the one before: `13% → 14%`.

    So a slip is seen while it's easy to correct. None where the day has no value.
    """
    if not after.measure.in_units:
        return None
    evaluation = scoring_of(after, cycle).evaluate(day)
    if not evaluation.readings or evaluation.readings[-1].date != day:
        return None
    now, limits = evaluation.readings[-1].value, after.measure.goals
    earlier = [reading.value for reading in evaluation.readings[:-1]]
    if not earlier and before.current is not None:
        earlier = [before.current.value]
    change = (
        " → ".join(words.both(earlier[-1], now, after.unit, limits))
        if earlier
        else f"{words.quantity(now, after.unit, limits)}, the first value"
    )
    return "; ".join(filter(None, (change, so_far(words, after, evaluation))))


def expected_value(
    result: KeyResult, figures: KeyResultFigures, cycle: Cycle, as_of: date
) -> float | None:
    """Return the value that a key result should have by now, in its unit; None where there is
    none."""
    scoring = scoring_of(result, cycle)
    return scoring.expected_value(figures.expected, figures.evaluation.start, as_of)


def _way(words: Words, result: KeyResult, figures: KeyResultFigures) -> str:
    match result.measure:
        case Keep(range=range_):
            return f"keep {range_in_words(words, range_, result.unit)}"
        case Metric(target=None):
            return ""
        case Metric(goal=goal):
            target, start = words.limit_of(goal, result.unit), figures.evaluation.start
            if start is None:
                return f"to {target}"
            return f"{words.limit_of(start, result.unit)} → {target}"
    return "a share from 0 to 1"


def _expectation(
    words: Words, result: KeyResult, figures: KeyResultFigures, cycle: Cycle, as_of: date
) -> str:
    """Return what is expected now, as a value where there is one, else as a score."""
    if isinstance(result.measure, Keep):
        return ""
    value = expected_value(result, figures, cycle, as_of)
    if value is not None:
        return f"expected now {words.quantity(value, result.unit, result.measure.goals)}"
    return f"score expected now {words.score(figures.expected)}"
