"""The page of one objective: its key results, its check-ins, what it serves, what serves it."""

from dataclasses import dataclass

from markupsafe import Markup

from okrsite.i18n import message
from okrsite.language.inline import inline, inline_without_links
from okrsite.pages.coach import CoachPanel, coach_panel
from okrsite.pages.embed_addresses import Elsewhere, elsewhere
from okrsite.pages.history import HistoryPanel, document_history
from okrsite.pages.objective.aligned import (
    AlignedRow,
    Supporters,
    aligned,
    aligned_to,
    chain_rows,
    graded,
    is_closed,
    supporters,
)
from okrsite.pages.objective.check_ins import CheckInRow, check_in_rows
from okrsite.pages.objective.results import ResultView, result_views
from okrsite.pages.parts import Bar, Dated, Desk, Explained, Link, Mark, Source
from okrsite.pages.series import Series, courses_of, objective_series
from okrsite.pages.site import Site
from okrsite.pages.web_proposals import Proposal, objective_check_in
from okrsite.project.model import Initiative, Objective
from okrsite.scores import ObjectiveFigures
from okrsite.scores.explanation import explain_objective
from okrsite.scores.status import Status, by_pace, goal_of


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """A piece of work that should move a key result."""

    title: Markup
    href: str | None
    owners: tuple[Link, ...]
    state: str
    word: str
    key_result: Link | None


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """All that the page of an objective shows."""

    title: Markup
    dated: Dated
    path: tuple[Link, ...]
    description: Markup | None
    owners: tuple[Link, ...]
    contributors: tuple[Link, ...]
    commitment: str
    tags: tuple[str, ...]
    score: str
    expected: str | None
    bar: Bar
    status: Mark | None
    pace: str | None
    doubt: str | None
    graded: str | None
    confidence: str | None
    last_heard: str
    stale: str | None
    support: str | None
    given: Explained | None
    body: Markup
    results: tuple[ResultView, ...]
    series: Series | None
    aligns_to: tuple[AlignedRow, ...]
    hidden_alignments: str | None
    supported_by: Supporters
    depends_on: tuple[AlignedRow, ...]
    needed_by: tuple[AlignedRow, ...]
    chain: tuple[AlignedRow, ...]
    initiatives: tuple[InitiativeRow, ...]
    coach: CoachPanel
    check_ins: tuple[CheckInRow, ...]
    explained: Explained | None
    retrospective: Markup | None
    source: Source
    elsewhere: Elsewhere | None
    history: HistoryPanel | None
    proposal: Proposal | None


def objective_view(
    site: Site, address: str, body: Markup, retrospective: Markup | None, id: str
) -> ObjectiveView:
    """Make the page of an objective."""
    desk, objective = Desk(site, address), site.project.objectives[id]
    figures, words = site.scorecard.objectives[id], site.words
    row = desk.objective_row(objective)
    cycle = site.project.cycles[objective.cycle]
    explained = desk.explained(explain_objective(words, objective, figures))
    confidence = None
    if figures.confidence is not None:
        confidence = desk.say(
            "confidence %(value)s on %(day)s",
            value=words.confidence(figures.confidence.value),
            day=words.short_day(figures.confidence.date),
        )
    description = objective.page.description
    courses = courses_of(desk, objective)
    return ObjectiveView(
        title=inline(objective.page.title),
        dated=desk.dated(),
        path=(desk.cycle(cycle), *desk.owners(objective.owners)),
        description=inline(description) if description else None,
        owners=desk.owners(objective.owners),
        contributors=desk.owners(objective.contributors),
        commitment=_commitment(desk, objective),
        tags=objective.page.tags,
        score=row.score,
        expected=row.expected,
        bar=row.bar,
        status=row.status,
        pace=_pace(desk, objective, figures),
        doubt=_doubt(desk, figures),
        graded=graded(desk, figures.computed, figures.graded),
        confidence=confidence,
        last_heard=_last_heard(desk, objective),
        stale=row.stale,
        support=row.support,
        given=explained if figures.graded else None,
        body=body,
        results=result_views(desk, objective, courses),
        series=objective_series(desk, objective, courses),
        aligns_to=aligned_to(desk, objective, objective.aligns_to),
        hidden_alignments=_hidden(desk, objective.hidden_alignments),
        supported_by=supporters(desk, objective),
        depends_on=aligned_to(desk, objective, objective.depends_on),
        needed_by=tuple(aligned(desk, other, near=objective) for other in objective.needed_by),
        chain=chain_rows(desk, objective),
        initiatives=tuple(_initiative(desk, objective, i) for i in objective.initiatives),
        coach=coach_panel(desk, objective),
        check_ins=check_in_rows(desk, objective, objective.check_ins),
        explained=explained,
        retrospective=retrospective,
        source=desk.source(objective.page.path, objective.page.place.line),
        elsewhere=elsewhere(site, id),
        history=document_history(desk, objective.page.uri),
        proposal=objective_check_in(desk, objective),
    )


def _commitment(desk: Desk, objective: Objective) -> str:
    goal = desk.words.confidence(goal_of(objective.commitment, desk.site.settings.thresholds))
    if objective.commitment == "committed":
        return desk.say("Committed: %(goal)s is the goal", goal=goal)
    return desk.say("Aspirational: %(goal)s is the goal", goal=goal)


def _pace(desk: Desk, objective: Objective, figures: ObjectiveFigures) -> str | None:
    """Say how far the score is from what was expected; a draft or cancelled one owes nothing."""
    if figures.expected is None or not objective.active:
        return None
    difference = desk.words.difference(figures.score or 0.0, figures.expected)
    score = desk.words.score(abs(difference))
    if difference == 0:
        return desk.say("as expected")
    if difference > 0:
        return desk.say("%(score)s ahead", score=score)
    return desk.say("%(score)s behind", score=score)


def _doubt(desk: Desk, figures: ObjectiveFigures) -> str | None:
    """Say where confidence, and not the score, makes the status."""
    thresholds, confidence = desk.site.settings.thresholds, figures.confidence
    doubted = figures.status in (Status.AT_RISK, Status.OFF_TRACK)
    if not doubted or confidence is None or figures.pace is None:
        return None
    if by_pace(figures.pace, thresholds) is figures.status:
        return None
    limit = thresholds.doubtful if figures.status is Status.OFF_TRACK else thresholds.confident
    return desk.say("because confidence is below %(limit)s", limit=desk.words.confidence(limit))


def _last_heard(desk: Desk, objective: Objective) -> str:
    known = [c.date for c in objective.check_ins if c.date <= desk.site.as_of]
    if not known:
        return desk.say("no check-in yet")
    if is_closed(desk, objective):
        return desk.say("last check-in on %(day)s", day=desk.words.short_day(max(known)))
    ago = desk.words.days_ago((desk.site.as_of - max(known)).days)
    return desk.say("checked in %(ago)s", ago=ago)


def _hidden(desk: Desk, number: int) -> str | None:
    if not number:
        return None
    return desk.words.count("a private objective", "%(number)s private objectives", number)


_INITIATIVE_WORDS = {
    "todo": message("To do"), "doing": message("Doing"),
    "done": message("Done"), "dropped": message("Dropped"),
}  # fmt: skip


def _initiative(desk: Desk, objective: Objective, initiative: Initiative) -> InitiativeRow:
    key_result = None
    if initiative.key_result is not None:
        key_result = desk.objective(objective.id, initiative.key_result)
    return InitiativeRow(
        title=(inline_without_links if initiative.url else inline)(initiative.title),
        href=initiative.url,
        owners=desk.owners(initiative.owners),
        state=str(initiative.status),
        word=desk.say(_INITIATIVE_WORDS[initiative.status]),
        key_result=key_result,
    )
