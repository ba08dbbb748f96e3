"""The figures as people see them: no score for what does not count, or has not begun."""

from collections.abc import Mapping
from dataclasses import replace

from okrsite.project.model import Objective, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores.figures import ObjectiveFigures, OwnerFigures, Scorecard
from okrsite.scores.status import Status


def as_shown(project: Project, scorecard: Scorecard) -> Scorecard:
    """Return the figures as people see them.

    Drafts, cancelled objectives and key results, and cycles that have not begun have a status and
    neither a score nor an expectation, which would read like a failure.
    """
    upcoming = {cycle.id for cycle in project.cycles.values() if not _has_begun(cycle, scorecard)}
    objectives = {
        id: _shown(project.objectives[id], figures, upcoming)
        for id, figures in scorecard.objectives.items()
    }
    owners = scorecard.owners
    if upcoming:
        owners = {owner: _of_owner(by_cycle, upcoming) for owner, by_cycle in owners.items()}
    return replace(scorecard, objectives=objectives, owners=owners)


def _has_begun(cycle: Cycle, scorecard: Scorecard) -> bool:
    return cycle.state(scorecard.as_of) is not State.UPCOMING


def _shown(objective: Objective, figures: ObjectiveFigures, upcoming: set[str]) -> ObjectiveFigures:
    counts = objective.active and objective.cycle not in upcoming
    hidden = {r.id for r in objective.key_results if not counts or r.cancelled}
    if not hidden and counts:
        return figures
    results = {
        id: replace(of, score=None, graded=False) if id in hidden else of
        for id, of in figures.key_results.items()
    }
    if counts:
        return replace(figures, key_results=results)
    return replace(
        figures,
        computed=None,
        score=None,
        graded=False,
        expected=None,
        pace=None,
        support=None,
        key_results=results,
    )


def _of_owner(by_cycle: Mapping[str, OwnerFigures], upcoming: set[str]) -> dict[str, OwnerFigures]:
    return {
        cycle: replace(figures, score=None, expected=None, status=Status.NOT_STARTED)
        if cycle in upcoming
        else figures
        for cycle, figures in by_cycle.items()
    }
