"""The key results of an objective, each with all that is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from okrsite.documents.values import Aggregate
from okrsite.i18n import message
from okrsite.pages.parts import PageContext, ResultRow
from okrsite.pages.series import Series, key_result_series
from okrsite.project.model import Objective
from okrsite.project.model.measures import Metric, Milestone, Milestones
from okrsite.scores.explanation import Explanation, explain_key_result
from okrsite.scores.kinds.base import KeyResultSeries

AGGREGATES = {
    Aggregate.SUM: message("sum of the cycle"),
    Aggregate.MEAN: message("mean of the cycle"),
    Aggregate.MAX: message("largest of the cycle"),
    Aggregate.MIN: message("smallest of the cycle"),
}


@dataclass(frozen=True, slots=True)
class ResultView:
    """A key result with all that is known of it; `supporters` are the objectives that align to it.

    `note` is that of its KPI's last reading; notes of check-ins stand with the check-ins.
    """

    row: ResultRow
    series: Series | None
    note: str | None
    supporters: tuple[str, ...]
    explained: Explanation | None

    @property
    def aggregate(self) -> str | None:
        """How its readings make its value, where that is not the last of them."""
        measure = self.row.result.measure
        return AGGREGATES.get(measure.aggregate) if isinstance(measure, Metric) else None

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The milestones of its list; none where it is a single one, or measured otherwise."""
        measure = self.row.result.measure
        return measure.milestones if isinstance(measure, Milestones) and not measure.single else ()


def result_views(
    context: PageContext, objective: Objective, courses: Mapping[str, KeyResultSeries]
) -> tuple[ResultView, ...]:
    """Return the key results of an objective, in their order."""
    site = context.site
    supporters: dict[str, list[str]] = {}
    for link in objective.supported_by:
        if link.key_result is not None and site.project.objectives[link.objective].active:
            supporters.setdefault(link.key_result, []).append(link.objective)
    return tuple(
        ResultView(
            row=row,
            series=key_result_series(context, objective, row.result, courses[row.result.id]),
            note=_note(row),
            supporters=tuple(supporters.get(row.result.id, ())),
            explained=explain_key_result(context.words, site.project, site.scorecard, row.result),
        )
        for row in context.result_rows(objective)
    )


def _note(row: ResultRow) -> str | None:
    if not row.result.kpi:
        return None
    notes = [reading.note for reading in row.figures.evaluation.readings if reading.note]
    return notes[-1] if notes else None
