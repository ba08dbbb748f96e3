"""What a change did to the score of a key result, split into what was reached and what was asked.

First the values move against the old goalposts, then the goalposts move under the new values; so
each of the two is said with the part of the way that it made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from okrsite.history.diff.matching import match
from okrsite.project.model import KeyResult
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Milestone, Milestones
from okrsite.scores import KeyResultFigures
from okrsite.scores.kinds import scoring_of


@dataclass(frozen=True, slots=True)
class Effect:
    """The computed scores of a key result: before, with the new values against the old goalposts,
    and after; and the values that the first and the last come from, in the key result's unit."""

    before: float | None
    between: float | None
    after: float | None
    value_before: float | None
    value_after: float | None


def effect_of(
    before: KeyResult, after: KeyResult, was: KeyResultFigures, is_: KeyResultFigures,
    cycle: Cycle, day: date,
) -> Effect:  # fmt: skip
    """Split what happened to the score of a key result; `cycle` is the one it is in now."""
    between = was.computed
    if same_measure(before, after):
        between = is_.computed
    elif (old := against_old_goalposts(before, after)) is not None:
        between = scoring_of(old, cycle).evaluate(day).score
    return Effect(
        was.computed, between, is_.computed, was.evaluation.value, is_.evaluation.value
    )  # fmt: skip


def same_measure(before: KeyResult, after: KeyResult) -> bool:
    """Whether nothing changed by which a score is computed from values."""
    return (before.kind, before.measure.goalposts, before.kpi) == (
        after.kind,
        after.measure.goalposts,
        after.kpi,
    )


def pair_milestones(
    before: Milestones, after: Milestones
) -> list[tuple[Milestone | None, Milestone | None]]:
    """Pair the milestones of a key result by title, the rest by position where none is missing."""
    old = {str(i): m for i, m in enumerate(before.milestones)}
    new = {str(i): m for i, m in enumerate(after.milestones)}
    pairs = match(old, new, (lambda m: m.title,), same_id=False)
    left = [i for i in old if i not in pairs]
    taken = set(pairs.values())
    free = [i for i in new if i not in taken]
    if len(old) == len(new):
        pairs |= dict(zip(left, free, strict=True))
    came_from = {b: a for a, b in pairs.items()}
    found: list[tuple[Milestone | None, Milestone | None]] = [
        (old[came_from[i]] if i in came_from else None, m) for i, m in new.items()
    ]
    return found + [(m, None) for i, m in old.items() if i not in pairs]


def against_old_goalposts(before: KeyResult, after: KeyResult) -> KeyResult | None:
    """Return a key result with its new values and its old goalposts.

    None where one cannot be measured by the other.
    """
    if before.kind is not after.kind or before.unit != after.unit:
        return None
    match before.measure, after.measure:
        case Milestones(single=False) as was, Milestones(single=False) as is_:
            return replace(before, measure=_with_progress(was, is_))
    if not after.measure.in_units:
        return None
    return replace(after, measure=before.measure, kpi=before.kpi)


def _with_progress(before: Milestones, after: Milestones) -> Milestones:
    now: Mapping[int, Milestone] = {
        id(old): new for old, new in pair_milestones(before, after) if old and new
    }
    milestones = (
        replace(m, done=now[id(m)].done, progress=now[id(m)].progress) if id(m) in now else m
        for m in before.milestones
    )
    return replace(before, milestones=tuple(milestones))
