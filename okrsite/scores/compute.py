"""Works out every figure of a project at a date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from okrsite.project.model import Confidence, KeyResult, Kind, Kpi, Objective, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.readings import last_confidence, series
from okrsite.scores import status as statuses
from okrsite.scores.figures import (
    KeyResultFigures,
    KpiFigures,
    ObjectiveFigures,
    OwnerFigures,
    Role,
    Scorecard,
)
from okrsite.scores.key_results import weighted_mean
from okrsite.scores.objectives import Scored, Scores
from okrsite.scores.status import Status
from okrsite.settings import Settings


def score_project(project: Project, settings: Settings, as_of: date) -> Scorecard:
    """Work out every figure of a project at a date."""
    computed = Scores(project)
    figures = {
        objective.id: _objective(project, settings, computed, objective, as_of)
        for objective in project.objectives.values()
    }
    return Scorecard(
        as_of,
        figures,
        _owners(project, settings, figures, as_of),
        {kpi.id: _kpi(project, kpi, as_of) for kpi in project.kpis.values()},
        computed,
    )


def _objective(
    project: Project, settings: Settings, computed: Scores, objective: Objective, as_of: date
) -> ObjectiveFigures:
    cycle = project.cycles[objective.cycle]
    scored = computed.at(objective.id, as_of)
    goal = statuses.goal_of(objective.commitment, settings.thresholds)
    results = {
        result.id: _key_result(settings, objective, result, cycle, goal, scored, as_of)
        for result in objective.key_results
    }
    expected = weighted_mean((r.weight.value, results[r.id].expected) for r in objective.counting)
    if expected is None and objective.grade:
        expected = cycle.elapsed(statuses.day_of_expectation(cycle, as_of)) * goal
    pace = None if expected is None else (scored.score or 0.0) - expected
    stated = (
        Confidence(c.date, c.confidence, c.place, c.uri)
        for c in objective.check_ins
        if c.confidence is not None
    )
    confidence = last_confidence(stated, cycle.start, min(as_of, cycle.closing_day))
    status = _status(settings, objective, cycle, scored.score, pace, confidence, as_of)
    supporters, support = _support(computed, objective, cycle, as_of)
    last_sign = _last_sign(objective, results.values(), cycle, as_of)
    every = statuses.rhythm(objective.every, settings.every, cycle)
    days = 2 * statuses.PERIOD_DAYS[every]
    silent = (as_of - last_sign).days > days
    alive = objective.active and status is not Status.ACHIEVED and cycle.state(as_of) is State.OPEN
    return ObjectiveFigures(
        computed=scored.computed,
        score=scored.score,
        graded=objective.grade is not None,
        expected=expected,
        pace=pace,
        status=status,
        confidence=confidence,
        support=support,
        supporters=supporters,
        last_sign=last_sign,
        due_days=statuses.PERIOD_DAYS[every],
        stale=alive and silent,
        key_results=results,
    )


def _key_result(
    settings: Settings, objective: Objective, result: KeyResult, cycle: Cycle, goal: float,
    scored: Scored, as_of: date,
) -> KeyResultFigures:  # fmt: skip
    evaluation, computed, score = scored.results[result.id]
    expected = statuses.expected(result, cycle, goal, evaluation, as_of)
    pace = (score or 0.0) - expected
    confidence = last_confidence(result.confidences, cycle.start, min(as_of, cycle.closing_day))
    limits = settings.thresholds
    state = cycle.state(as_of)
    if result.cancelled:
        status = Status.CANCELLED
    elif state is State.UPCOMING:
        status = Status.NOT_STARTED
    elif state is State.CLOSED:
        status = statuses.when_closed(score, objective.commitment, limits)
    else:
        if result.kind is Kind.KEEP:
            status = statuses.of_band(result.band, evaluation.value)
        else:
            status = statuses.when_open(score, pace, limits)
        status = statuses.with_confidence(status, confidence.value if confidence else None, limits)
    return KeyResultFigures(
        evaluation, computed, score, result.grade is not None, expected, pace, status, confidence
    )


def _status(
    settings: Settings, objective: Objective, cycle: Cycle, score: float | None,
    pace: float | None, confidence: Confidence | None, as_of: date,
) -> Status | None:  # fmt: skip
    if not objective.active:
        return Status(objective.status)
    if pace is None:
        return None
    state = cycle.state(as_of)
    if state is State.UPCOMING:
        return Status.NOT_STARTED
    if state is State.CLOSED:
        return statuses.when_closed(score, objective.commitment, settings.thresholds)
    counting = objective.counting
    only_bands = bool(counting) and all(result.kind is Kind.KEEP for result in counting)
    status = statuses.when_open(score, pace, settings.thresholds, only_bands)
    value = confidence.value if confidence else None
    return statuses.with_confidence(status, value, settings.thresholds)


def _support(
    computed: Scores, objective: Objective, cycle: Cycle, as_of: date
) -> tuple[tuple[str, ...], float | None]:
    supporters = computed.supporters(objective.id)
    day = min(as_of, cycle.closing_day)
    found = [computed.at(id, day).score for id in supporters]
    return tuple(supporters), weighted_mean((1.0, score) for score in found if score is not None)


def _last_sign(
    objective: Objective, results: Iterable[KeyResultFigures], cycle: Cycle, as_of: date
) -> date:
    days = [cycle.start]
    days += [check_in.date for check_in in objective.check_ins]
    days += [f.evaluation.readings[-1].date for f in results if f.evaluation.readings]
    days += [
        milestone.done
        for result in objective.key_results
        for milestone in result.milestones
        if isinstance(milestone.done, date)
    ]
    return max(day for day in days if day <= max(as_of, cycle.start))


def _owners(
    project: Project, settings: Settings, figures: Mapping[str, ObjectiveFigures], as_of: date
) -> dict[str, dict[str, OwnerFigures]]:
    owned: defaultdict[tuple[str, str], list[Objective]] = defaultdict(list)
    for objective in project.objectives.values():
        if objective.active and figures[objective.id].score is not None:
            for owner in objective.owners:
                owned[owner, objective.cycle].append(objective)
    made: dict[str, dict[str, OwnerFigures]] = {owner: {} for owner in project.owners}
    for (owner, cycle), objectives in owned.items():
        score = weighted_mean((o.weight.value, figures[o.id].score or 0.0) for o in objectives)
        expected = weighted_mean(
            (o.weight.value, figures[o.id].expected or 0.0) for o in objectives
        )
        if score is None or expected is None:
            continue
        status = None
        if project.cycles[cycle].state(as_of) is State.OPEN:
            status = statuses.when_open(score, score - expected, settings.thresholds)
        ids = tuple(objective.id for objective in objectives)
        made.setdefault(owner, {})[cycle] = OwnerFigures(score, expected, status, ids)
    return made


def _kpi(project: Project, kpi: Kpi, as_of: date) -> KpiFigures:
    readings = tuple(series(kpi.readings, last=as_of))
    last = readings[-1] if readings else None
    focus = tuple(
        reference for reference in kpi.key_results if _works_on(project, reference, as_of)
    )
    return KpiFigures(
        readings=readings,
        health=statuses.health(last.value if last else None, kpi.keep, kpi.alert),
        role=Role.FOCUS if focus else Role.HEALTH,
        overdue=last is None or (as_of - last.date).days > statuses.OVERDUE_DAYS[kpi.every],
        focus=focus,
    )


def _works_on(project: Project, reference: str, as_of: date) -> bool:
    """Whether a key result is under way: its objective active, its cycle open."""
    id, _, key_result = reference.partition("#")
    objective = project.objectives[id]
    if not objective.active or project.cycles[objective.cycle].state(as_of) is not State.OPEN:
        return False
    return any(result.id == key_result for result in objective.counting)
