"""The slides of a deck: an objective, or in a large cycle a team; and how scores have moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from okrsite.pages.check_ins import CheckInRow, check_in_rows, newest_first
from okrsite.pages.parts import Link, ObjectiveRow, PageContext, ResultRow
from okrsite.pages.series import ScoreCourse, courses_of, score_course
from okrsite.pages.site import Site
from okrsite.project.model import KeyResult, Objective
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import ObjectiveFigures, OwnerFigures, Scores

WEEK = 7


@dataclass(frozen=True, slots=True)
class Movement:
    """How far a score has moved in so many days."""

    change: float
    days: int


class Earlier:
    """What came before the day of a site: scores of other days, and the courses of objectives; each
    is computed once for all decks."""

    def __init__(self, site: Site) -> None:
        self.scores = Scores(site.project)
        self._courses: dict[str, ScoreCourse | None] = {}

    def course(self, context: PageContext, objective: Objective) -> ScoreCourse | None:
        """Return the course of an objective's score; None where there is too little to draw."""
        if objective.id not in self._courses:
            found = score_course(context, objective, courses_of(context, objective))
            enough = found is not None and len(found.scores) >= _FEWEST_DAYS
            self._courses[objective.id] = found if enough else None
        return self._courses[objective.id]


class Movements:
    """The scores some days earlier than those of a site."""

    def __init__(self, site: Site, earlier: Scores) -> None:
        self._site = site
        self._earlier = earlier

    def of_objective(self, objective: Objective) -> Movement | None:
        """Return how an objective has moved in a week.

        None for one that does not count, had not begun then, or was closed before.
        """
        figures = self._site.scorecard.objectives[objective.id]
        day = self._day(objective)
        if day is None or figures.graded:
            return None
        return self._moved(figures.score, self._earlier.at(objective.id, day).score)

    def of_result(self, objective: Objective, result: KeyResult) -> Movement | None:
        """Return how a key result has moved in a week; None if unknown."""
        figures = self._site.scorecard.objectives[objective.id]
        day, now = self._day(objective), figures.key_results[result.id]
        if day is None or now.graded:
            return None
        before = self._earlier.at(objective.id, day).results[result.id].score
        return self._moved(now.score, before)

    def of_owner(self, figures: OwnerFigures, cycle: str) -> Movement | None:
        """Return how an owner's score in a cycle has moved in a week."""
        day = self._back(cycle)
        if day is None:
            return None
        return self._moved(figures.score, self._earlier.mean_at(figures.objectives, day))

    def _day(self, objective: Objective) -> date | None:
        return self._back(objective.cycle) if objective.active else None

    def _back(self, cycle: str) -> date | None:
        """Return the day a week ago, if the cycle was open then."""
        day = self._site.as_of - timedelta(days=WEEK)
        found = self._site.project.cycles[cycle]
        return day if found.start <= day <= found.closing_day else None

    def _moved(self, now: float | None, before: float | None) -> Movement | None:
        if now is None or before is None:
            return None
        return Movement(self._site.words.difference(now, before), WEEK)


_MOST_RESULTS = 7
"""The key results that fit on a screen; the others are on the objective's page."""

_MOST_ROWS = 12
_FEWEST_DAYS = 3
"""With fewer days there is no course to be drawn."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One objective: its figures, its last check-in and the one before, and what was learned.

    `results` are its key results, each with how far its score has moved, but for `more` of them.
    """

    anchor: str
    row: ObjectiveRow
    moved: Movement | None
    results: tuple[tuple[ResultRow, Movement | None], ...]
    more: int
    last: CheckInRow | None
    earlier: CheckInRow | None
    closed: bool
    retrospective: Markup | None
    course: ScoreCourse | None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An objective or a team in one line, with how the score moved in a week.

    `link` leads to a slide where there is one.
    """

    link: Link
    owners: tuple[str, ...]
    figures: ObjectiveFigures | OwnerFigures | None
    moved: Movement | None


@dataclass(frozen=True, slots=True)
class TeamSlide:
    """One team in the deck of a large cycle: its score and objectives, and where its deck is."""

    anchor: str
    owner: str
    deck: str | None
    score: ScoreRow
    rows: tuple[ScoreRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Slides:
    """Makes the slides of one deck; `anchors` are their ids by those of objectives or teams."""

    context: PageContext
    movements: Movements
    earlier: Earlier
    anchors: Mapping[str, str]
    retrospectives: Mapping[str, Markup]

    def slides(self, objectives: Iterable[Objective]) -> tuple[Slide, ...]:
        """Return the slides of objectives."""
        return tuple(map(self._slide, objectives))

    def _slide(self, objective: Objective) -> Slide:
        context, results = self.context, objective.key_results[:_MOST_RESULTS]
        cycle = context.site.project.cycles[objective.cycle]
        closed = cycle.state(context.as_of) is State.CLOSED
        known = [c for c in newest_first(objective.check_ins) if c.date <= context.as_of]
        last, before = (*check_in_rows(context, known[:2]), None, None)[:2]
        return Slide(
            anchor=self.anchors[objective.id],
            row=context.objective_row(objective),
            moved=self.movements.of_objective(objective),
            results=tuple(
                (context.result_row(objective, one), self.movements.of_result(objective, one))
                for one in results
            ),
            more=len(objective.key_results) - len(results),
            last=last,
            earlier=before if before and before.check_in.note else None,
            closed=closed,
            retrospective=self.retrospectives.get(objective.id) if closed else None,
            course=self.earlier.course(context, objective),
        )

    def team_slide(
        self, owner: str, cycle: Cycle, objectives: Sequence[Objective], deck: str | None
    ) -> TeamSlide:
        """Return the slide of a team, with its objectives one a line."""
        return TeamSlide(
            anchor=self.anchors[owner],
            owner=owner,
            deck=deck,
            score=self.team_row(owner, cycle, self.anchors[owner]),
            rows=tuple(self._row(o, self.context.objective(o.id)) for o in objectives[:_MOST_ROWS]),
            more=len(objectives) - _MOST_ROWS,
        )

    def rows(self, objectives: Iterable[Objective]) -> tuple[ScoreRow, ...]:
        """Return objectives one a line; each leads to its slide, where it has one."""
        return tuple(
            self._row(objective, self._link(self.context.objective(objective.id), objective.id))
            for objective in objectives
        )

    def _row(self, objective: Objective, link: Link) -> ScoreRow:
        figures = self.context.site.scorecard.objectives[objective.id]
        moved = self.movements.of_objective(objective)
        return ScoreRow(link, objective.owners, figures, moved)

    def _link(self, link: Link, id: str) -> Link:
        return Link(link.text, f"#{self.anchors[id]}") if id in self.anchors else link

    def team_row(self, owner: str, cycle: Cycle, anchor: str) -> ScoreRow:
        """Return a team in one line that leads to its first slide."""
        figures = self.context.site.figures_of(owner, cycle)
        moved = self.movements.of_owner(figures, cycle.id) if figures else None
        return ScoreRow(Link(self.context.owner(owner).text, f"#{anchor}"), (), figures, moved)
