"""The page of one objective: its key results, its check-ins, what it serves, what serves it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from markupsafe import Markup

from okrsite.documents.values import Aggregate
from okrsite.i18n import message
from okrsite.pages.alignment import anchor_in_tree
from okrsite.pages.check_ins import CheckInRow, check_in_rows, newest_first
from okrsite.pages.coach import CoachPanel, coach_panel
from okrsite.pages.embed_addresses import EmbedAddresses, embed_addresses
from okrsite.pages.guardrails import Guardrail, guardrails
from okrsite.pages.history import HistoryPanel, document_history
from okrsite.pages.initiatives import InitiativeRow, objective_initiatives
from okrsite.pages.parts import Link, ObjectiveRow, PageContext, ResultRow
from okrsite.pages.series import Series, courses_of, key_result_series, objective_series
from okrsite.pages.site import Site
from okrsite.pages.take_part import TakePart, of_objective
from okrsite.pages.web_proposals import Proposal, objective_check_in
from okrsite.project.continuations import chain
from okrsite.project.model import LinkTo as Aligned
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Metric, Milestone, Milestones
from okrsite.project.sorting import by_order
from okrsite.scores import ObjectiveFigures
from okrsite.scores.explanation import Explanation, explain_key_result, explain_objective
from okrsite.scores.kinds.base import KeyResultSeries
from okrsite.scores.status import Status, by_pace, goal_of, limits_at
from okrsite.settings import Thresholds

_MOST_SHOWN = 10
"""So many of what supports an objective are shown with it; the tree of its cycle has all."""


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """An objective on the other end of a link; `to` are the key results that the link leads to."""

    objective: Objective
    figures: ObjectiveFigures
    to: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Supporters:
    """What aligns to an objective; `more` leads to the tree that shows the rest as well."""

    rows: tuple[AlignedRow, ...]
    more: Link | None


def aligned_to(context: PageContext, links: Iterable[Aligned]) -> tuple[AlignedRow, ...]:
    """Return what an objective's own links lead to, each objective once."""
    return tuple(_row(context, id, id, results) for id, results in _by_objective(links).items())


def rows_of(context: PageContext, ids: Iterable[str]) -> tuple[AlignedRow, ...]:
    """Return objectives by their ids."""
    return tuple(_row(context, id) for id in ids)


def chain_rows(context: PageContext, objective: Objective) -> tuple[AlignedRow, ...]:
    """Return what continues from cycle to cycle, including the objective itself; nothing if it is
    alone."""
    ids = chain(context.site.project.objectives, objective.id)
    return rows_of(context, ids) if len(ids) > 1 else ()


def supporters(context: PageContext, objective: Objective) -> Supporters:
    """Return what aligns to an objective, each once; drafts and cancelled ones come last."""
    found = _by_objective(objective.supported_by)
    objectives = context.site.project.objectives
    ordered = sorted(
        found, key=lambda id: (not objectives[id].active, by_order(objectives[id].page))
    )
    rows = tuple(_row(context, id, objective.id, found[id]) for id in ordered[:_MOST_SHOWN])
    if len(rows) == len(ordered):
        return Supporters(rows, None)
    number = context.words.number(len(ordered) - len(rows))
    text, place = context.say("and %(number)s more", number=number), anchor_in_tree(objective.id)
    tree = context.page(text, f"alignment/{objective.cycle}.md", quote(place))
    return Supporters(rows, tree)


def _row(context: PageContext, id: str, of: str = "", results: Iterable[str] = ()) -> AlignedRow:
    site = context.site
    to = tuple(context.objective(of, result) for result in results)
    return AlignedRow(site.project.objectives[id], site.scorecard.objectives[id], to)


def _by_objective(links: Iterable[Aligned]) -> dict[str, list[str]]:
    """Return for each objective that links lead to or come from the key results they name."""
    found: dict[str, list[str]] = {}
    for link in links:
        named = found.setdefault(link.objective, [])
        if link.key_result is not None:
            named.append(link.key_result)
    return found


AGGREGATES = {
    Aggregate.SUM: message("sum of the cycle"),
    Aggregate.MEAN: message("mean of the cycle"),
    Aggregate.MAX: message("largest of the cycle"),
    Aggregate.MIN: message("smallest of the cycle"),
}


@dataclass(frozen=True, slots=True)
class ResultView:
    """A key result with all that is known of it; `supporters` are the objectives that align to it.

    `note` is that of its KPI's last reading; notes of check-ins are with the check-ins.
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


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """The page of an objective.

    `day` is the day that its milestones are judged on: that of the site, or the closing day.
    `doubt` is the limit below which the confidence, and not the score, makes the status.
    """

    context: PageContext
    body: Markup
    row: ObjectiveRow
    cycle: Cycle
    day: date
    goal: float
    doubt: float | None
    last_check_in: date | None
    explained: Explanation | None
    results: tuple[ResultView, ...]
    series: Series | None
    guardrails: tuple[Guardrail, ...]
    initiatives: tuple[InitiativeRow, ...]
    aligns_to: tuple[AlignedRow, ...]
    supported_by: Supporters
    depends_on: tuple[AlignedRow, ...]
    needed_by: tuple[AlignedRow, ...]
    chain: tuple[AlignedRow, ...]
    coach: CoachPanel
    check_ins: tuple[CheckInRow, ...]
    retrospective: Markup | None
    embed_addresses: EmbedAddresses | None
    history: HistoryPanel | None
    proposal: Proposal | None
    take_part: TakePart


def objective_view(
    site: Site, address: str, body: Markup, retrospective: Markup | None, id: str
) -> ObjectiveView:
    """Return the page of an objective."""
    context, objective = PageContext(site, address), site.project.objectives[id]
    context.document = objective.page.place.path
    row, cycle = context.objective_row(objective), site.project.cycles[objective.cycle]
    courses = courses_of(context, objective)
    check_ins = check_in_rows(context, newest_first(objective.check_ins))
    return ObjectiveView(
        context=context,
        body=body,
        row=row,
        cycle=cycle,
        day=min(site.as_of, cycle.closing_day),
        goal=goal_of(objective.commitment, site.settings.thresholds),
        doubt=_doubt(row.figures, site.settings.thresholds, cycle.elapsed(site.as_of)),
        last_check_in=check_ins[0].check_in.date if check_ins else None,
        explained=explain_objective(site.words, objective, row.figures),
        results=result_views(context, objective, courses),
        series=objective_series(context, objective, courses),
        guardrails=guardrails(context, objective),
        initiatives=objective_initiatives(site, objective),
        aligns_to=aligned_to(context, objective.aligns_to),
        supported_by=supporters(context, objective),
        depends_on=aligned_to(context, objective.depends_on),
        needed_by=rows_of(context, objective.needed_by),
        chain=chain_rows(context, objective),
        coach=coach_panel(context, objective),
        check_ins=check_ins,
        retrospective=retrospective,
        embed_addresses=embed_addresses(site, id),
        history=document_history(context, objective.page.uri),
        proposal=objective_check_in(context, objective),
        take_part=of_objective(context, objective),
    )


def _doubt(figures: ObjectiveFigures, thresholds: Thresholds, elapsed: float) -> float | None:
    """Return the limit that the confidence is below, where it makes the status worse."""
    doubted = figures.status in (Status.AT_RISK, Status.OFF_TRACK)
    if not doubted or figures.confidence is None or figures.pace is None:
        return None
    if by_pace(figures.pace, limits_at(elapsed, thresholds)) is figures.status:
        return None
    return thresholds.doubtful if figures.status is Status.OFF_TRACK else thresholds.confident
