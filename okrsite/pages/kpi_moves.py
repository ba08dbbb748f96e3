"""Key results and milestones that are meant to move a KPI, with the KPI before and after."""

from dataclasses import dataclass

from okrsite.pages.parts import KpiCard, Mark, PageContext, ResultRow
from okrsite.project.model import Reading
from okrsite.scores.moves import Done, before_and_after, done_of
from okrsite.scores.targets import is_rising


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that was done: the KPI before and after it, and what became of it.

    `change` says in words how far the KPI moved, None without a reading on both sides.
    """

    done: Done
    before: Reading | None
    after: Reading | None
    change: str | None
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A key result that is meant to move a KPI, and what of it was done."""

    row: ResultRow
    moved: tuple[Moved, ...]


def move_rows(context: PageContext, card: KpiCard) -> tuple[MoveRow, ...]:
    """Return the key results that are meant to move a KPI, those of the newest cycle first."""
    site = context.site
    order = {cycle.id: position for position, cycle in enumerate(site.cycles)}
    pairs = (reference.split("#", 1) for reference in card.kpi.moved_by)
    found = [(site.project.objectives[id], context.results(id)[result]) for id, result in pairs]
    found.sort(key=lambda pair: order[pair[0].cycle])
    return tuple(
        MoveRow(
            context.result_row(objective, result),
            tuple(_moved(context, card, one) for one in done_of(site.scorecard, objective, result)),
        )
        for objective, result in found
    )


def _moved(context: PageContext, card: KpiCard, done: Done) -> Moved:
    before, after = before_and_after(card.figures.readings, done.day)
    if before is None or after is None:
        return Moved(done, before, after, None, None)
    moved = after.value - before.value
    if not moved:
        mark = Mark("none", context.say("Unchanged"))
        return Moved(done, before, after, context.say("unchanged"), mark)
    change = f"{'+' if moved > 0 else '−'}{context.difference(abs(moved), card.kpi.unit)}"
    target, keep = card.kpi.target(context.as_of), card.kpi.keep
    if not target and (not keep or (keep.minimum is None) == (keep.maximum is None)):
        return Moved(done, before, after, change, None)  # nobody knows which way is better
    better = (moved > 0) == is_rising(card.kpi, target.value.value if target else moved)
    word = context.say("Better") if better else context.say("Worse")
    return Moved(done, before, after, change, Mark("achieved" if better else "missed", word))
