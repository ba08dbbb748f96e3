"""The slides of a deck: one objective, or in a large cycle all of one team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.pages.objective import CheckInRow, check_in_rows
from okrsite.pages.parts import Link, ObjectiveRow, PageContext, ResultRow
from okrsite.pages.review.movement import WEEK, Moved, Movements
from okrsite.project.model import Objective, Owner
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import ObjectiveFigures, OwnerFigures

_MOST_RESULTS = 7
"""So many key results fit on a screen; the others are on the objective's page."""

_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class SlideResult:
    """A key result on a slide, and how far its score has moved."""

    row: ResultRow
    moved: str | None


@dataclass(frozen=True, slots=True)
class Slide:
    """One objective: how it stands, what was said last, and what was learned.

    `said` are its last check-in and the one before; what is in the way and what comes next is
    that of the last. `more` says how many key results there are beside those that are shown.
    """

    anchor: str
    row: ObjectiveRow
    moved: Moved | None
    results: tuple[SlideResult, ...]
    more: str | None
    last: CheckInRow | None
    earlier: CheckInRow | None
    retrospective: Markup | None
    without_retrospective: bool


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An objective or an owner in one line, with how the score moved in a week.

    `link` leads to a slide where there is one.
    """

    link: Link
    owners: tuple[Link, ...]
    figures: ObjectiveFigures | OwnerFigures | None
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class TeamSlide:
    """One team in the deck of a large cycle: its score and objectives, and where its deck is."""

    anchor: str
    link: Link
    deck: Link | None
    figures: OwnerFigures | None
    moved: Moved | None
    rows: tuple[ScoreRow, ...]
    more: str | None


def slide(
    context: PageContext, movements: Movements, objective: Objective, anchor: str,
    retrospective: Markup | None,
) -> Slide:  # fmt: skip
    """Make the slide of an objective."""
    cycle = context.site.project.cycles[objective.cycle]
    closed = cycle.state(context.site.as_of) is State.CLOSED
    known = sorted(
        (check_in for check_in in objective.check_ins if check_in.date <= context.site.as_of),
        key=lambda check_in: check_in.date,
    )
    said = check_in_rows(context, objective, known[-2:])
    earlier = said[1] if len(said) > 1 and said[1].check_in.note else None
    shown = objective.key_results[:_MOST_RESULTS]
    return Slide(
        anchor=anchor,
        row=context.objective_row(objective),
        moved=movements.of_objective(objective),
        results=tuple(
            SlideResult(
                context.result_row(objective, result),
                movements.of_result(objective, result),
            )
            for result in shown
        ),
        more=more(context, len(objective.key_results) - len(shown)),
        last=said[0] if said else None,
        earlier=earlier,
        retrospective=retrospective if closed else None,
        without_retrospective=closed and retrospective is None,
    )


def team_slide(
    context: PageContext, movements: Movements, owner: Owner, cycle: Cycle,
    objectives: Sequence[Objective], anchor: str, deck: str | None,
) -> TeamSlide:  # fmt: skip
    """Make the slide of a team, with its objectives one a line."""
    figures = context.site.scorecard.owners.get(owner.id, {}).get(cycle.id)
    return TeamSlide(
        anchor=anchor,
        link=context.owner(owner.id),
        deck=Link(Markup.escape(context.say("Review of this team")), context.href(deck))
        if deck
        else None,
        figures=figures,
        moved=movements.of_owner(figures, cycle.id) if figures else None,
        rows=score_rows(context, movements, objectives[:_MOST_ROWS], {}),
        more=more(context, len(objectives) - _MOST_ROWS),
    )


def score_rows(
    context: PageContext,
    movements: Movements,
    objectives: Sequence[Objective],
    anchors: Mapping[str, str],
) -> tuple[ScoreRow, ...]:
    """Show objectives one a line; `anchors` are those of the slides that they lead to."""
    return tuple(_score_row(context, movements, objective, anchors) for objective in objectives)


def _score_row(
    context: PageContext, movements: Movements, objective: Objective, anchors: Mapping[str, str]
) -> ScoreRow:
    figures = context.site.scorecard.objectives[objective.id]
    link = context.objective(objective.id)
    if objective.id in anchors:
        link = Link(link.text, f"#{anchors[objective.id]}")
    return ScoreRow(
        link=link,
        owners=context.owners(objective.owners),
        figures=figures,
        moved=movements.of_objective(objective, WEEK),
    )


def owner_score_row(
    context: PageContext, movements: Movements, id: str, cycle: Cycle, anchor: str
) -> ScoreRow:
    """Show a team in one line that leads to its first slide."""
    figures = context.site.scorecard.owners.get(id, {}).get(cycle.id)
    return ScoreRow(
        link=Link(context.owner(id).text, f"#{anchor}"),
        owners=(),
        figures=figures,
        moved=movements.of_owner(figures, cycle.id) if figures else None,
    )


def more(context: PageContext, number: int) -> str | None:
    """Say how many are not shown, where there are some."""
    if number <= 0:
        return None
    return context.words.count("and %(number)s more", "and %(number)s more", number)
