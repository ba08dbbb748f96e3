"""The key results of an objective, each with all that is known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from okrsite.documents.values import Aggregate
from okrsite.i18n import message
from okrsite.language.inline import inline
from okrsite.pages.addresses import anchor
from okrsite.pages.objective.aligned import AlignedRow, aligned, anchor_of, graded, is_closed
from okrsite.pages.parts import Bar, Desk, Explained, Mark, Spark
from okrsite.pages.series import Series, key_result_series
from okrsite.project.model import KeyResult, Objective
from okrsite.project.model.measures import Keep, Measure, Metric, Milestone, Milestones, Unmeasured
from okrsite.scores.explanation import explain_key_result
from okrsite.scores.kinds.base import KeyResultSeries

_MOST_SUPPORTERS = 5
"""So many of what aligns to a key result are named with it; all stand under Alignment."""


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One milestone of a key result."""

    title: Markup
    state: str
    word: str
    due: str | None
    weight: str | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """A key result with all that is known of it."""

    anchor: str
    title: Markup
    description: Markup | None
    facts: tuple[tuple[str, Markup], ...]
    milestones: tuple[MilestoneRow, ...]
    spark: Spark | None
    series: Series | None
    bar: Bar
    score: str
    expected: str | None
    graded: str | None
    status: Mark
    note: Markup | None
    supported_by: tuple[AlignedRow, ...]
    more_supporters: str | None
    explained: Explained | None


def result_views(
    desk: Desk, objective: Objective, courses: Mapping[str, KeyResultSeries]
) -> tuple[ResultView, ...]:
    """Show the key results of an objective, in their order."""
    supporters: dict[str, list[str]] = {}
    for link in objective.supported_by:
        if link.key_result is not None and desk.site.project.objectives[link.objective].active:
            supporters.setdefault(link.key_result, []).append(link.objective)
    return tuple(
        _result(desk, objective, result, supporters.get(result.id, []), courses[result.id])
        for result in objective.key_results
    )


def _result(
    desk: Desk,
    objective: Objective,
    result: KeyResult,
    supporters: list[str],
    course: KeyResultSeries,
) -> ResultView:
    site = desk.site
    row = desk.result_row(objective, result)
    figures = site.scorecard.objectives[objective.id].key_results[result.id]
    more = len(supporters) - _MOST_SUPPORTERS
    # Notes of check-ins stand with the check-ins; those of a KPI stand nowhere else on this page.
    measure = result.measure
    listed = measure.milestones if isinstance(measure, Milestones) and not measure.single else ()
    notes = [reading.note for reading in figures.evaluation.readings if reading.note and result.kpi]
    return ResultView(
        anchor=anchor(result.id),
        title=inline(result.title),
        description=inline(result.description) if result.description else None,
        facts=tuple(_facts(desk, objective, result)),
        milestones=tuple(_milestone(desk, m, _day(desk, objective)) for m in listed),
        spark=row.spark,
        series=key_result_series(desk, objective, result, course),
        bar=row.bar,
        score=row.score,
        expected=(
            None
            if result.cancelled or not objective.active
            else desk.say("expected %(score)s", score=desk.words.score(figures.expected))
        ),
        graded=graded(desk, figures.computed, figures.graded),
        status=row.status,
        note=inline(notes[-1]) if notes else None,
        supported_by=tuple(aligned(desk, id) for id in supporters[:_MOST_SUPPORTERS]),
        more_supporters=(
            desk.say("and %(number)s more", number=desk.words.number(more)) if more > 0 else None
        ),
        explained=desk.explained(
            explain_key_result(desk.words, site.project, site.scorecard, result)
        ),
    )


def _day(desk: Desk, objective: Objective) -> date:
    return min(desk.site.as_of, desk.site.project.cycles[objective.cycle].closing_day)


_AGGREGATES = {
    Aggregate.SUM: message("sum of the cycle"),
    Aggregate.MEAN: message("mean of the cycle"),
    Aggregate.MAX: message("largest of the cycle"),
    Aggregate.MIN: message("smallest of the cycle"),
}


def _facts(desk: Desk, objective: Objective, result: KeyResult) -> Iterable[tuple[str, Markup]]:
    """List what is worth knowing of a key result, as names and values."""
    say, words = desk.say, desk.words
    figures = desk.site.scorecard.objectives[objective.id].key_results[result.id]
    start, value, target, measure = desk.way(objective, result)
    if start:
        yield say("From"), Markup.escape(start)
    if value:
        yield (
            say("At the end") if is_closed(desk, objective) else say("Now"),
            Markup("<strong>%s</strong>") % value,
        )
    if target:
        yield say("To"), _target(result.measure, target)
    if isinstance(result.measure, Keep) and measure:
        yield say("Stay"), _band(result.measure, measure, result.masked)
    elif isinstance(result.measure, Unmeasured):
        yield say("Measure"), Markup.escape(say("none yet"))
    elif measure:
        yield say("Measure"), Markup.escape(measure)
    raw = figures.evaluation.raw
    if raw is not None and raw > 1 and not result.masked:
        yield say("Reached"), Markup.escape(words.percent(raw))
    if result.measured_by:
        yield say("Measured by"), inline(result.measured_by)
    if result.kpi is not None and result.kpi in desk.site.project.kpis:
        yield say("KPI"), anchor_of(desk.kpi(result.kpi))
    if isinstance(result.measure, Metric) and result.measure.aggregate in _AGGREGATES:
        yield say("Readings"), Markup.escape(say(_AGGREGATES[result.measure.aggregate]))
    if result.owners != objective.owners:
        owners = Markup(", ").join(anchor_of(link) for link in desk.owners(result.owners))
        yield say("Owner"), owners
    if result.due is not None:
        yield say("Due"), Markup.escape(words.short_day(result.due))
    if result.weight.value != 1:
        yield say("Weight"), Markup.escape(words.exact(result.weight.value))
    if figures.confidence is not None:
        yield say("Confidence"), Markup.escape(words.confidence(figures.confidence.value))


def _target(measure: Measure, target: str) -> Markup:
    """Render the target so that the drawing of the series finds it."""
    if not isinstance(measure, Metric) or measure.scale:
        return Markup.escape(target)
    return Markup("<data value=%s>%s</data>") % (f"{measure.goal:.12g}", target)


def _band(keep: Keep, measure: str, masked: bool) -> Markup:
    """Render the band so that the drawing of the series finds its bounds."""
    if masked:
        return Markup.escape(measure)
    bounds = ["" if b is None else f"{b:.12g}" for b in (keep.band.minimum, keep.band.maximum)]
    return Markup('<span data-low="%s" data-high="%s">%s</span>') % (*bounds, measure)


def _milestone(desk: Desk, milestone: Milestone, day: date) -> MilestoneRow:
    words = desk.words
    due = desk.say("due %(day)s", day=words.short_day(milestone.due)) if milestone.due else None
    weight = None
    if milestone.weight != 1:
        weight = desk.say("weight %(weight)s", weight=words.exact(milestone.weight))
    if milestone.done_by(day):
        word = desk.say("Done")
        if isinstance(milestone.done, date):
            word = desk.say("Done on %(day)s", day=words.short_day(milestone.done))
        return MilestoneRow(inline(milestone.title), "done", word, None, weight)
    if milestone.progress:
        word = words.percent(milestone.progress)
        return MilestoneRow(inline(milestone.title), "doing", word, due, weight)
    late = milestone.due is not None and milestone.due < day
    state, word = ("late", desk.say("Overdue")) if late else ("todo", desk.say("To do"))
    return MilestoneRow(inline(milestone.title), state, word, due, weight)
