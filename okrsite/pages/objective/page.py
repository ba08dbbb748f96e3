"""The page of one objective: its key results, its check-ins, what it serves, what serves it."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from okrsite.language.inline import inline
from okrsite.pages.coach import CoachPanel, coach_panel
from okrsite.pages.embed_addresses import EmbedAddresses, embed_addresses
from okrsite.pages.guardrails import Guardrail, guardrails
from okrsite.pages.history import HistoryPanel, document_history
from okrsite.pages.initiatives import InitiativeRow, objective_initiatives
from okrsite.pages.objective.aligned import (
    AlignedRow,
    Supporters,
    aligned_to,
    chain_rows,
    rows_of,
    supporters,
)
from okrsite.pages.objective.check_ins import CheckInRow, check_in_rows
from okrsite.pages.objective.results import ResultView, result_views
from okrsite.pages.parts import ObjectiveRow, PageContext
from okrsite.pages.series import Series, courses_of, objective_series
from okrsite.pages.site import Site
from okrsite.pages.web_proposals import Proposal, objective_check_in
from okrsite.project.model.cycles import Cycle
from okrsite.scores import ObjectiveFigures
from okrsite.scores.explanation import Explanation, explain_objective
from okrsite.scores.status import Status, by_pace, goal_of, limits_at
from okrsite.settings import Thresholds


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """The page of an objective.

    `day` is the day that its milestones are judged on: that of the site, or the closing day.
    `doubt` is the limit below which the confidence, and not the score, makes the status.
    """

    context: PageContext
    title: Markup
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


def objective_view(
    site: Site, address: str, body: Markup, retrospective: Markup | None, id: str
) -> ObjectiveView:
    """Return the page of an objective."""
    context, objective = PageContext(site, address), site.project.objectives[id]
    row, cycle = context.objective_row(objective), site.project.cycles[objective.cycle]
    courses = courses_of(context, objective)
    check_ins = check_in_rows(context, objective, objective.check_ins)
    return ObjectiveView(
        context=context,
        title=inline(objective.page.title),
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
    )


def _doubt(figures: ObjectiveFigures, thresholds: Thresholds, elapsed: float) -> float | None:
    """Return the limit that the confidence is below, where it makes the status worse."""
    doubted = figures.status in (Status.AT_RISK, Status.OFF_TRACK)
    if not doubted or figures.confidence is None or figures.pace is None:
        return None
    if by_pace(figures.pace, limits_at(elapsed, thresholds)) is figures.status:
        return None
    return thresholds.doubtful if figures.status is Status.OFF_TRACK else thresholds.confident
