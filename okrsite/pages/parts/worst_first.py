"""The order of objectives where those that need discussion come first."""

from collections.abc import Iterable

from okrsite.pages.site import Site
from okrsite.project.model import Objective
from okrsite.scores.status import Status

_WORST_FIRST = (Status.OFF_TRACK, Status.MISSED, Status.AT_RISK, Status.PROGRESSED)


def for_discussion(site: Site, objectives: Iterable[Objective]) -> list[Objective]:
    """Return objectives with those that need discussion first: the worst, then the furthest behind.

    What nobody has updated comes before what else is on track, in its usual order; drafts are last.
    """
    figures = site.scorecard.objectives

    def rank(objective: Objective) -> tuple[bool, int, bool, float]:
        of = figures[objective.id]
        worst, behind = badness(of.status, of.pace)
        return not objective.active, worst, not of.stale, behind

    return sorted(objectives, key=rank)


def badness(status: Status | None, pace: float | None) -> tuple[int, float]:
    """Return the rank of a status, the worst first, and the pace where it needs discussion."""
    if status in _WORST_FIRST:
        return _WORST_FIRST.index(status), pace or 0.0
    return len(_WORST_FIRST), 0.0
