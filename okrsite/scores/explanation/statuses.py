"""Why a status is what it is: pace, confidence, and the limits that they are held against."""

from dataclasses import dataclass

from okrsite.documents.values import Commitment
from okrsite.i18n import message
from okrsite.language.wording import Words
from okrsite.project.model import Confidence, KeyResult, Kpi, Objective, Place, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import KpiFigures, OwnerFigures, Scorecard
from okrsite.scores import status as statuses
from okrsite.scores.kinds import scoring_of
from okrsite.scores.status import UNDER_WAY, Status, limits_at
from okrsite.scores.terms import Explanation, Term, range_in_words
from okrsite.settings import Settings, Thresholds


@dataclass(frozen=True, slots=True)
class StatusExplanation:
    """Why a status is what it is: the rule in words, and what it was applied to."""

    status: Status
    rule: str
    terms: tuple[Term, ...]


def explain_status(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, objective: Objective
) -> StatusExplanation | None:
    """Explain the status of an objective; None where it has none."""
    figures = scorecard.objectives[objective.id]
    if figures.status is None:
        return None
    cycle, limits = project.cycles[objective.cycle], settings.thresholds
    state = cycle.state(scorecard.as_of)
    if settled := _settled(words, objective, figures.status, figures.score, state, limits):
        return settled
    if figures.status is Status.NOT_STARTED:
        rule = words.say("None of its key results has been started, and no confidence is given.")
        return StatusExplanation(figures.status, rule, ())
    limits = limits_at(cycle.elapsed(scorecard.as_of), limits)
    pace = _pace(words, figures.score, figures.expected or 0.0, figures.pace or 0.0, limits)
    return _worse(words, figures.status, pace, figures.confidence, limits)


def explain_status_of_key_result(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, result: KeyResult
) -> StatusExplanation:
    """Explain the status of a key result."""
    objective = project.objectives[result.objective]
    figures = scorecard.objectives[objective.id].key_results[result.id]
    if result.cancelled:
        return _written(words, figures.status, result.line("status"))
    cycle, limits = project.cycles[objective.cycle], settings.thresholds
    state = cycle.state(scorecard.as_of)
    if settled := _settled(words, objective, figures.status, figures.score, state, limits):
        return settled
    reading = scoring_of(result, cycle).explain_status(words, figures.evaluation)
    if reading is not None:
        return _worse(words, figures.status, reading, figures.confidence, limits, by_reading=True)
    if figures.status is Status.NOT_STARTED:
        rule = words.say("No milestone has a date, and nothing has been reported or done yet.")
        return StatusExplanation(figures.status, rule, ())
    limits = limits_at(cycle.elapsed(scorecard.as_of, result.due), limits)
    pace = _pace(words, figures.score, figures.expected, figures.pace, limits)
    return _worse(words, figures.status, pace, figures.confidence, limits)


def explain_status_of_owner(
    words: Words, figures: OwnerFigures, cycle: Cycle, scorecard: Scorecard, settings: Settings
) -> StatusExplanation | None:
    """Explain the status of an owner in a cycle; only in an open one there is one."""
    if figures.status is None or cycle.state(scorecard.as_of) is not State.OPEN:
        return None
    if figures.status in (Status.ACHIEVED, Status.NOT_STARTED):
        rule = words.say("None of its objectives has been started.")
        if figures.status is Status.ACHIEVED:
            rule = words.say("It is achieved once all of its objectives are.")
        return StatusExplanation(figures.status, rule, ())
    limits = limits_at(cycle.elapsed(scorecard.as_of), settings.thresholds)
    score, expected = figures.score or 0.0, figures.expected or 0.0
    pace = _pace(words, score, expected, score - expected, limits)
    found = [scorecard.objectives[id].status for id in figures.objectives]
    off, under_way = found.count(Status.OFF_TRACK), sum(status in UNDER_WAY for status in found)
    text = message("%(off)s of %(all)s off track, %(bad)s at risk or off track")
    bad = words.number(off + found.count(Status.AT_RISK))
    shown = words.say(text, off=words.number(off), all=words.number(under_way), bad=bad)
    rule = words.say(
        "Status is the worse of pace and the status of at least half of the objectives."
    )
    counts = Term(words.say("Objectives under way"), shown, None)
    return StatusExplanation(figures.status, rule, (pace, counts))


def _written(words: Words, status: Status, place: Place) -> StatusExplanation:
    term = Term(words.say("Status"), str(status), place)
    return StatusExplanation(status, words.say("Set in the document."), (term,))


def _settled(
    words: Words,
    objective: Objective,
    status: Status,
    score: float | None,
    state: State,
    limits: Thresholds,
) -> StatusExplanation | None:
    """Explain a status that follows from no pace: one written, out of the cycle, or achieved."""
    if not objective.active:
        return _written(words, status, objective.page.line("status"))
    if state is State.UPCOMING:
        return StatusExplanation(status, words.say("The cycle has not begun."), ())
    if state is State.OPEN and status is not Status.ACHIEVED:
        return None
    if state is State.OPEN:
        rule = words.say("It is achieved once the score is %(all)s.", all=words.score(1.0))
    elif objective.commitment is Commitment.COMMITTED:
        text = message("At the end, a commitment is achieved at %(all)s, and otherwise missed.")
        rule = words.say(text, all=words.score(1.0))
    else:
        text = message(
            "At the end, an aspirational objective is achieved at %(goal)s or more, progressed at "
            "%(progressed)s or more, and otherwise missed."
        )
        goal, progressed = words.score(limits.goal), words.score(limits.progressed)
        rule = words.say(text, goal=goal, progressed=progressed)
    return StatusExplanation(status, rule, (Term(words.say("Score"), words.score(score), None),))


def _pace(
    words: Words, score: float | None, expected: float, pace: float, limits: Thresholds
) -> Term:
    match statuses.by_pace(pace, limits):
        case Status.ON_TRACK:
            text, limit = message("on track, at least %(limit)s"), limits.on_track
        case Status.AT_RISK:
            text, limit = message("at risk, below %(limit)s"), limits.on_track
        case _:
            text, limit = message("off track, below %(limit)s"), limits.at_risk
    verdict = words.say(text, limit=words.limit(limit))
    numbers = words.pace(score or 0.0, expected, (limits.on_track, limits.at_risk))
    return Term(words.say("Pace, score − expected"), f"{numbers}: {verdict}", None)


def _worse(
    words: Words,
    status: Status,
    term: Term,
    confidence: Confidence | None,
    limits: Thresholds,
    by_reading: bool = False,
) -> StatusExplanation:
    if confidence is None:
        rule = words.say("Pace only (no confidence given).")
        if by_reading:
            rule = words.say("Last reading only (no confidence given).")
        return StatusExplanation(status, rule, (term,))
    value = statuses.rounded(confidence.value)
    if value < limits.doubtful:
        text, limit = message("%(value)s: off track, below %(limit)s"), limits.doubtful
    elif value < limits.confident:
        text, limit = message("%(value)s: at risk, below %(limit)s"), limits.confident
    else:
        text, limit = message("%(value)s: confident, at least %(limit)s"), limits.confident
    shown = words.say(text, value=words.confidence(confidence.value), limit=words.confidence(limit))
    name = words.say("Confidence, on %(day)s", day=words.short_day(confidence.date))
    rule = words.say("Status is the worse of pace and confidence.")
    if by_reading:
        rule = words.say("Status is the worse of the last reading and confidence.")
    return StatusExplanation(status, rule, (term, Term(name, shown, confidence.place)))


def explain_health(words: Words, kpi: Kpi, figures: KpiFigures) -> Explanation:
    """Explain the health of a KPI; the result is its last reading."""
    last = figures.last
    terms = []
    if last is not None:
        name = words.say("Last reading, on %(day)s", day=words.day(last.date))
        terms.append(Term(name, words.exact(last.value, kpi.unit), last.place))
    for name, range_ in ((words.say("Healthy"), kpi.keep), (words.say("Not critical"), kpi.alert)):
        if range_ is not None:
            terms.append(Term(name, range_in_words(words, range_, kpi.unit), range_.place))
    if last is None:
        formula = words.say("There is no reading yet.")
    elif kpi.keep is None:
        formula = words.say("No healthy range (`keep`).")
    elif kpi.alert is None:
        formula = words.say("Healthy inside the range, critical outside")
    else:
        formula = words.say("Healthy inside the first range, critical outside the second")
    value = last.value if last else None
    result = words.quantity(value, kpi.unit, kpi.limits)
    return Explanation(formula, terms=tuple(terms), result=result)
