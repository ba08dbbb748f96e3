"""Computes every figure of a project at a date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from okrsite.project.model import Confidence, KeyResult, Kpi, Objective, Project
from okrsite.project.model.cycles import State
from okrsite.project.model.readings import last_confidence, series
from okrsite.scores import status as statuses
from okrsite.scores.arithmetic import weighted_mean
from okrsite.scores.figures import (
    KeyResultFigures,
    KpiFigures,
    ObjectiveFigures,
    OwnerFigures,
    Role,
    Scorecard,
)
from okrsite.scores.kinds import scoring_of
from okrsite.scores.kinds.base import Evaluation
from okrsite.scores.objectives import Scores
from okrsite.scores.status import Status
from okrsite.settings import Settings, Thresholds


def score_project(
    project: Project,
    settings: Settings,
    as_of: date,
    objectives: Iterable[Objective] | None = None,
) -> Scorecard:
    """Return every figure of a project at a date, or those of some of its objectives."""
    scores = Scores(project)
    figures = {
        objective.id: _Objective(scores, settings, as_of, objective).figures()
        for objective in (project.objectives.values() if objectives is None else objectives)
    }
    return Scorecard(
        as_of,
        figures,
        _owners(project, settings, figures, as_of),
        {kpi.id: _kpi(project, kpi, as_of) for kpi in project.kpis.values()},
        scores,
    )


class _Objective:
    """Computes the figures of one objective and its key results."""

    def __init__(
        self, scores: Scores, settings: Settings, as_of: date, objective: Objective
    ) -> None:
        self._settings, self._limits = settings, settings.thresholds
        self._scores, self._as_of, self._objective = scores, as_of, objective
        self._cycle = scores.project.cycles[objective.cycle]
        self._state = self._cycle.state(as_of)
        self._last_day = min(as_of, self._cycle.closing_day)
        self._goal = statuses.goal_of(objective.commitment, self._limits)

    def figures(self) -> ObjectiveFigures:
        objective, cycle = self._objective, self._cycle
        scored = self._scores.at(objective.id, self._as_of)
        results = {r.id: self._key_result(r, scored.results[r.id]) for r in objective.key_results}
        expected = weighted_mean(
            (r.weight.value, results[r.id].expected) for r in objective.counting
        )
        if expected is None and objective.grade:
            day = statuses.expectation_day(cycle, self._as_of)
            expected = cycle.elapsed(day) * self._goal
        pace = None if expected is None else (scored.score or 0.0) - expected
        stated = (known for check_in in objective.check_ins if (known := check_in.stated))
        confidence = last_confidence(stated, cycle.start, self._last_day)
        status = self._status(scored.score, pace, confidence, results)
        supporters = self._scores.supporters(objective.id)
        support = (self._scores.at(id, self._last_day).score for id in supporters)
        updates = self._updates(results.values())
        last_sign = max((cycle.start, *updates))
        days = statuses.PERIOD_DAYS[statuses.cadence(objective.every, self._settings.every, cycle)]
        alive = objective.active and status is not Status.ACHIEVED and self._state is State.OPEN
        due = alive and not self._scores.project.all_former(objective.owners, self._as_of)
        return ObjectiveFigures(
            computed=scored.computed,
            score=scored.score,
            graded=objective.grade is not None,
            expected=expected,
            pace=pace,
            status=status,
            confidence=confidence,
            support=weighted_mean((1.0, score) for score in support if score is not None),
            supporters=tuple(supporters),
            last_sign=last_sign,
            updated=bool(updates),
            due_days=days,
            stale=due and (self._as_of - last_sign).days > 2 * days,
            key_results=results,
        )

    def _key_result(self, result: KeyResult, evaluation: Evaluation) -> KeyResultFigures:
        scoring = scoring_of(result, self._cycle)
        score = result.graded(evaluation.score)
        expected = scoring.expected(self._goal, evaluation, self._as_of)
        pace = (score or 0.0) - expected
        confidence = last_confidence(result.confidences, self._cycle.start, self._last_day)
        if result.cancelled:
            status = Status.CANCELLED
        elif not self._objective.active:
            status = Status(self._objective.status)
        elif self._state is not State.OPEN:
            status = self._status_out_of_cycle(score)
        else:
            limits = self._limits_on(result.due)
            status = scoring.status_when_open(score, pace, evaluation.value, limits)
            stated = confidence is not None or result.grade is not None
            if status is Status.ON_TRACK and not stated and scoring.silent(evaluation, self._as_of):
                status = Status.NOT_STARTED
            status = statuses.with_confidence(
                status, confidence.value if confidence else None, limits
            )
        return KeyResultFigures(
            evaluation, score, result.grade is not None, expected, pace, status, confidence
        )

    def _status(
        self,
        score: float | None,
        pace: float | None,
        confidence: Confidence | None,
        results: Mapping[str, KeyResultFigures],
    ) -> Status | None:
        if not self._objective.active:
            return Status(self._objective.status)
        if pace is None:
            return None
        if self._state is not State.OPEN:
            return self._status_out_of_cycle(score)
        counting = self._objective.counting
        begun = any(results[r.id].status is not Status.NOT_STARTED for r in counting)
        if counting and not begun and confidence is None:
            return Status.NOT_STARTED
        limits = self._limits_on()
        ends = not counting or any(result.measure.ends_when_reached for result in counting)
        return statuses.with_confidence(
            statuses.when_open(score, pace, limits, ends),
            confidence.value if confidence else None,
            limits,
        )

    def _limits_on(self, due: date | None = None) -> Thresholds:
        return statuses.limits_at(self._cycle.elapsed(self._as_of, due), self._limits)

    def _status_out_of_cycle(self, score: float | None) -> Status:
        if self._state is State.UPCOMING:
            return Status.NOT_STARTED
        return statuses.when_closed(score, self._objective.commitment, self._limits)

    def _updates(self, results: Iterable[KeyResultFigures]) -> list[date]:
        """Return the days with an update of the objective or something done for it."""
        objective = self._objective
        days = [check_in.date for check_in in objective.check_ins]
        days += [f.evaluation.readings[-1].date for f in results if f.evaluation.readings]
        days += [day for result in objective.key_results for day in result.measure.days_done]
        return [day for day in days if day <= max(self._as_of, self._cycle.start)]


def _owners(
    project: Project, settings: Settings, figures: Mapping[str, ObjectiveFigures], as_of: date
) -> dict[str, dict[str, OwnerFigures]]:
    owned: defaultdict[tuple[str, str], list[Objective]] = defaultdict(list)
    for id, found_of in figures.items():
        objective = project.objectives[id]
        if objective.active and found_of.score is not None:
            for owner in objective.owners:
                owned[owner, objective.cycle].append(objective)
    made: dict[str, dict[str, OwnerFigures]] = {owner: {} for owner in project.owners}
    for (owner, cycle), objectives in owned.items():
        found = [(o.weight.value, figures[o.id]) for o in objectives]
        score = weighted_mean((weight, one.score or 0.0) for weight, one in found) or 0.0
        expected = weighted_mean((weight, one.expected or 0.0) for weight, one in found) or 0.0
        status = None
        if project.cycles[cycle].state(as_of) is State.OPEN:
            limits = statuses.limits_at(project.cycles[cycle].elapsed(as_of), settings.thresholds)
            under = [one.status for _, one in found if one.status]
            status = statuses.of_owner(under, score - expected, limits)
        ids = tuple(objective.id for objective in objectives)
        made.setdefault(owner, {})[cycle] = OwnerFigures(score, expected, status, ids)
    return made


def _kpi(project: Project, kpi: Kpi, as_of: date) -> KpiFigures:
    readings = tuple(series(kpi.readings, last=as_of))
    last, due_days = readings[-1] if readings else None, statuses.READING_DAYS[kpi.every]
    focus = tuple(name for name in kpi.key_results if _works_on(project, name, as_of))
    return KpiFigures(
        readings=readings,
        health=statuses.health(last.value if last else None, kpi.keep, kpi.alert),
        role=Role.FOCUS if focus else Role.HEALTH,
        overdue=kpi.active
        and not project.all_former([kpi.owner] if kpi.owner else (), as_of)
        and (last is None or (as_of - last.date).days > 2 * due_days),
        focus=focus,
        due_days=due_days,
    )


def _works_on(project: Project, reference: str, as_of: date) -> bool:
    """Whether a key result is under way: its objective active, its cycle open."""
    id, _, key_result = reference.partition("#")
    objective = project.objectives[id]
    if not objective.active or project.cycles[objective.cycle].state(as_of) is not State.OPEN:
        return False
    return any(result.id == key_result for result in objective.counting)
