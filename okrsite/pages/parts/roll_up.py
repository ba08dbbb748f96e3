"""The headline of a cycle or an owner: score, status, counts by status, and the reason."""

from dataclasses import dataclass

from okrsite.pages.parts.page_parts import PageContext
from okrsite.pages.parts.values import ObjectiveRow, Shares
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import OwnerFigures
from okrsite.scores.status import UNDER_WAY, Status, by_pace, limits_at

_BAD = (Status.AT_RISK, Status.OFF_TRACK)
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an owner's status is worse than the pace: objectives that are at risk or off track.

    `named` are the first of the `number` of them, of `all` that are under way; `status` is None
    where some are at risk and others off track.
    """

    number: int
    all: int
    status: Status | None
    named: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class RollUp:
    """The headline of an owner in a cycle; `pace` says how far the score is from the plan,
    and `ahead` on which side, None where it is on plan.

    The `shares` may be those of more objectives than the figures are made of: then it is `wider`.
    """

    cycle: Cycle
    figures: OwnerFigures | None
    status: Status | None
    pace: str | None
    ahead: bool | None
    shares: Shares
    reason: Reason | None
    wider: bool
    upcoming: bool


def roll_up(context: PageContext, cycle: Cycle, owner: str, *, whole: bool = False) -> RollUp:
    """Return the headline of an owner in a cycle; of the `whole` cycle, all objectives count."""
    site = context.site
    figures, status = site.figures_and_status(owner, cycle)
    pace = None
    if figures and figures.score is not None and figures.expected is not None:
        pace = figures.score - figures.expected
    shares = context.shares(cycle, None if whole else owner)
    own = len(figures.objectives) if figures else 0
    return RollUp(
        cycle=cycle,
        figures=figures if pace is not None else None,
        status=status,
        pace=context.pace_in_words(pace, cycle),
        ahead=context.is_ahead(pace or 0.0, cycle),
        shares=shares,
        reason=_reason(context, cycle, figures, pace),
        wider=whole and shares.number > own,
        upcoming=cycle.state(site.as_of) is State.UPCOMING,
    )


def _reason(
    context: PageContext, cycle: Cycle, figures: OwnerFigures | None, pace: float | None
) -> Reason | None:
    """Return why the status is worse than the one that pace alone would make."""
    site = context.site
    if figures is None or pace is None or figures.status not in _BAD:
        return None
    limits = limits_at(cycle.elapsed(site.as_of), site.settings.thresholds)
    if by_pace(pace, limits) is figures.status:
        return None
    rows = [context.objective_row(site.project.objectives[id]) for id in figures.objectives]
    off_track = figures.status is Status.OFF_TRACK
    bad = [r for r in rows if r.figures.status in (_BAD[1:] if off_track else _BAD)]
    found = {row.figures.status for row in bad}
    bad.sort(key=lambda row: row.figures.pace or 0.0)
    under_way = sum(row.figures.status in UNDER_WAY for row in rows)
    status = found.pop() if len(found) == 1 else None
    return Reason(len(bad), under_way, status, tuple(bad[:_MOST_NAMED]))
