"""What may be said of a key result in a check-in, and what is known of it already."""

from datetime import date

from okrsite.documents.quantity import InvalidValueError, parse_quantity, parse_share, same_unit
from okrsite.documents.values import Aggregate
from okrsite.language.wording import Words
from okrsite.project.measures import takes_values
from okrsite.project.model import KeyResult, Kind, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores import KeyResultFigures
from okrsite.scores.explanation import band_in_words
from okrsite.scores.key_results import Evaluation, evaluate
from okrsite.scores.status import day_of_expectation, planned_value


def takes_check_ins(result: KeyResult) -> bool:
    """Whether a key result takes its values from check-ins."""
    return takes_values(result.kind, result.single, result.kpi is not None)


def elsewhere(project: Project, result: KeyResult) -> str | None:
    """Say where the values of a key result come from that takes none from check-ins."""
    if takes_check_ins(result):
        return None
    if result.kind is Kind.MILESTONE:
        place = result.line("milestones")
        return (
            f"`{result.id}` is measured by its milestones:"
            f" write `done` with the date there, in {place.path}:{place.line}"
        )
    if result.kind is Kind.ROLL_UP:
        return f"the score of `{result.id}` comes from the objectives that align to it"
    kpi = project.kpis.get(result.kpi or "")
    if kpi is None:
        return f"`{result.id}` takes its values from a KPI: add the reading there"
    named = next((file for file in kpi.page.files if file.endswith(".csv")), None)
    path = kpi.page.path
    if named is not None:
        path = path.removesuffix(kpi.page.uri) + named
    return f"`{result.id}` takes its values from the KPI `{kpi.id}`: add the reading in {path}"


_DONE = frozenset({"true", "false", "yes", "no", "done"})


def wrong_value(result: KeyResult, text: str) -> str | None:
    """Say what is wrong with a value for a key result that takes check-ins, or None."""
    if result.kind is Kind.MILESTONE and text.strip().lower() in _DONE:
        return f"`{text}` is no share: write 1 once it is done, or what is done of it, like 0.5"
    try:
        if result.kind not in (Kind.METRIC, Kind.KEEP):
            parse_share(text)
            return None
        unit = parse_quantity(text).unit
    except InvalidValueError as error:
        return f"{error.message}: {error.hint}"
    if unit is not None and result.unit is not None and not same_unit(unit, result.unit):
        return f"`{text}` has the unit `{unit}`, the key result `{result.unit}`"
    return None


def wrong_share(text: str) -> str | None:
    """Say what is wrong with a confidence, or None."""
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
    """Say what the values of a key result have come to together: `389 seats so far, added up`.

    None where the last value alone counts, or there is none yet. Beside it the last value has to be
    said as well: who reads one of them alone takes it for the other.
    """
    name = _SO_FAR.get(result.aggregate)
    if name is None or not evaluation.readings:
        return None
    return f"{words.quantity(evaluation.value, result.unit)} {name}"


def wanted(result: KeyResult, figures: KeyResultFigures) -> str | None:
    """Say what is to be written next where that is not the value as it stands now.

    What adds up would count twice if somebody wrote the total.
    """
    if result.aggregate is not Aggregate.SUM or not figures.evaluation.readings:
        return None
    return "what came since"


def standing(
    words: Words, result: KeyResult, figures: KeyResultFigures, cycle: Cycle, as_of: date
) -> str:
    """Say in a line where a key result stands: its way, its last value, what is expected now."""
    parts = [_way(words, result, figures), so_far(words, result, figures.evaluation)]
    readings = figures.evaluation.readings
    if readings:
        last = readings[-1]
        value = words.quantity(last.value, result.unit)
        parts.append(f"last {value} on {words.short_day(last.date)}")
    elif result.current is not None:
        parts.append(f"last {words.quantity(result.current.value, result.unit)}, without a date")
    else:
        parts.append("no value yet")
    parts.append(_expectation(words, result, figures, cycle, as_of))
    return "; ".join(part for part in parts if part)


def moved(words: Words, before: KeyResult, after: KeyResult, cycle: Cycle, day: date) -> str | None:
    """Say a value of a day with its unit, and the one before: `13% → 14%`.

    So a slip is seen while it is easy to mend. None where the day has no value.
    """
    if after.kind not in (Kind.METRIC, Kind.KEEP):
        return None
    evaluation = evaluate(after, cycle, day)
    if not evaluation.readings or evaluation.readings[-1].date != day:
        return None
    now = words.quantity(evaluation.readings[-1].value, after.unit)
    earlier = [reading.value for reading in evaluation.readings[:-1]]
    if not earlier and before.current is not None:
        earlier = [before.current.value]
    said = (
        f"{words.quantity(earlier[-1], after.unit)} → {now}"
        if earlier
        else f"{now}, the first value"
    )
    return "; ".join(filter(None, (said, so_far(words, after, evaluation))))


def expected_value(
    result: KeyResult, figures: KeyResultFigures, cycle: Cycle, as_of: date
) -> float | None:
    """Return the value that a metric should have by now, in its unit; None where none can be
    said."""
    start = figures.evaluation.start
    if result.plan:
        return planned_value(result, cycle, start, day_of_expectation(cycle, as_of))
    if result.kind is not Kind.METRIC or result.scale or result.target is None or start is None:
        return None
    return start + figures.expected * (result.target.value - start)


def _way(words: Words, result: KeyResult, figures: KeyResultFigures) -> str:
    if result.kind is Kind.KEEP:
        return f"keep {band_in_words(words, result)}"
    if result.kind is not Kind.METRIC:
        return "a share from 0 to 1"
    if result.target is None:
        return ""
    target = words.quantity(result.target.value, result.unit)
    start = figures.evaluation.start
    return f"to {target}" if start is None else f"{words.quantity(start, result.unit)} → {target}"


def _expectation(
    words: Words, result: KeyResult, figures: KeyResultFigures, cycle: Cycle, as_of: date
) -> str:
    """Say what is expected now, as a value where there is one, else as a score."""
    if result.kind is Kind.KEEP:
        return ""
    value = expected_value(result, figures, cycle, as_of)
    if value is not None:
        return f"expected now {words.quantity(value, result.unit)}"
    return f"score expected now {words.score(figures.expected)}"
