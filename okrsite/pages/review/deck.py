"""A deck: an overview of the cycle or the owner, its slides, and what is overdue in the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from okrsite.language.inline import plain
from okrsite.pages.addresses import anchor as anchored
from okrsite.pages.overdue import Overdue, overdue_check_ins, overdue_readings
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.parts.worst_first import badness, for_discussion
from okrsite.pages.review.places import Deck, owner_review
from okrsite.pages.review.slides import (
    Earlier,
    Movement,
    Movements,
    ScoreRow,
    Slide,
    Slides,
    TeamSlide,
)
from okrsite.pages.site import Site
from okrsite.project.model import Level, Objective
from okrsite.project.model.cycles import Cycle
from okrsite.scores import OwnerFigures
from okrsite.scores.status import Status

MOST_SLIDES = 60
"""A cycle with more objectives than this shows one team a screen below the company's own."""

OVERVIEW, OVERDUE = "overview", "owed"
"""The ids of the first slide and of the last."""

_MOST_IN_OVERVIEW = 12
"""With more objectives than this the overview of a cycle shows teams in their place."""

_MOST_ROWS = 20
_MOST_OTHERS = 16


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of the cycle's company or of the owner in one cycle, and what is reviewed.

    `more` is the number of rows that are not shown.
    """

    cycle: Cycle
    figures: OwnerFigures | None
    status: Status | None
    moved: Movement | None
    objectives: Sequence[Objective]
    rows: tuple[ScoreRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DeckView:
    """All that a deck shows; `anchors` are the ids of all its slides, in their order.

    `page` is where readers come from and leave to, `others` are decks that go on from this one.
    """

    name: str
    page: Link
    owner: str | None
    context: PageContext
    anchors: tuple[str, ...]
    parts: tuple[Part, ...]
    others: tuple[Link, ...]
    more_others: int
    slides: tuple[Slide, ...]
    teams: tuple[TeamSlide, ...]
    overdue: tuple[Overdue, ...]


def cycle_deck(
    site: Site, deck: Deck, earlier: Earlier, retrospectives: Mapping[str, Markup]
) -> DeckView:
    """Return the deck of a cycle: the objectives of the company and of teams.

    Those of people are in their own decks, unless there are no others. In a large cycle each team
    has one slide, with the link to its own deck.
    """
    ((cycle, inside_it),) = deck.parts
    objectives = for_discussion(site, inside_it)
    shown = [o for o in objectives if o.level is not Level.INDIVIDUAL] or [*objectives]
    own = [o for o in shown if o.level is not Level.TEAM]
    teams, many = _by_team(site, cycle, shown), len(shown) > _MOST_IN_OVERVIEW
    large = len(shown) > MOST_SLIDES
    if large:
        shown = own = own[:MOST_SLIDES]
    context = PageContext(site, deck.address)
    anchors = _anchors([*(o.id for o in shown), *(teams if large else ())])
    slides = Slides(context, Movements(site, earlier.scores), earlier, anchors, retrospectives)
    rows = slides.rows(own if many else shown)
    if many:
        rows += tuple(
            slides.team_row(team, cycle, anchors.get(team) or anchors[inside[0].id])
            for team, inside in teams.items()
        )
    return _view(
        slides,
        deck,
        parts=(_part(slides, site.company.id, cycle, objectives, rows),),
        slides_of=shown,
        teams=tuple(
            slides.team_slide(team, cycle, inside, _deck_address(site, team))
            for team, inside in (teams.items() if large else ())
        ),
        overdue=overdue_check_ins(context, objectives),
        others=[owner.id for owner, _ in site.organisation if cycle in _reviewing(site, owner.id)],
    )


def _by_team(
    site: Site, cycle: Cycle, objectives: Iterable[Objective]
) -> dict[str, list[Objective]]:
    """Group what teams own by the first team among its owners; those in need of discussion come
    first, the others in the order of their objectives."""
    found: dict[str, list[Objective]] = {}
    for objective in objectives:
        if objective.level is Level.TEAM:
            found.setdefault(objective.owners[0], []).append(objective)

    def rank(team: str) -> tuple[int, float]:
        of = site.figures_of(team, cycle)
        if of is None:
            return badness(None, None)
        return badness(of.status, (of.score or 0.0) - (of.expected or 0.0))

    return {team: found[team] for team in sorted(found, key=rank)}


def owner_deck(
    site: Site, deck: Deck, earlier: Earlier, retrospectives: Mapping[str, Markup]
) -> DeckView:
    """Return the deck of an owner: the objectives of the cycles that they are in now."""
    context, owner = PageContext(site, deck.address), deck.owner
    assert owner is not None
    parts = [(cycle, for_discussion(site, inside)) for cycle, inside in deck.parts]
    objectives = [objective for _, inside in parts for objective in inside]
    anchors = _anchors([objective.id for objective in objectives])
    slides = Slides(context, Movements(site, earlier.scores), earlier, anchors, retrospectives)
    kpis = site.kpis_by_owner.get(owner.id, [])
    return _view(
        slides,
        deck,
        parts=tuple(
            _part(slides, owner.id, cycle, inside, slides.rows(inside)) for cycle, inside in parts
        ),
        slides_of=objectives,
        teams=(),
        overdue=(*overdue_check_ins(context, objectives), *overdue_readings(context, kpis)),
        others=[below.id for below in site.below.get(owner.id, ())],
    )


def _view(
    slides: Slides,
    deck: Deck,
    *,
    parts: tuple[Part, ...],
    slides_of: Iterable[Objective],
    teams: tuple[TeamSlide, ...],
    overdue: tuple[Overdue, ...],
    others: Iterable[str],
) -> DeckView:
    context, (cycle, _) = slides.context, deck.parts[0]
    page = context.owner(deck.owner.id) if deck.owner else context.cycle(cycle)
    links = [
        Link(context.owner(owner).text, context.href(address))
        for owner in others
        if (address := _deck_address(context.site, owner))
    ]
    shown = slides.slides(slides_of)
    return DeckView(
        name=context.say("Review of %(name)s", name=plain((deck.owner or cycle).title)),
        page=Link(page.text, context.href(deck.page)),
        owner=deck.owner.id if deck.owner else None,
        context=context,
        anchors=(OVERVIEW, *(s.anchor for s in shown), *(t.anchor for t in teams), OVERDUE),
        parts=parts,
        others=tuple(links[:_MOST_OTHERS]),
        more_others=len(links) - _MOST_OTHERS,
        slides=shown,
        teams=teams,
        overdue=overdue,
    )


def _part(
    slides: Slides,
    owner: str,
    cycle: Cycle,
    objectives: Sequence[Objective],
    rows: tuple[ScoreRow, ...],
) -> Part:
    site = slides.context.site
    figures, status = site.figures_and_status(owner, cycle)
    moved = slides.movements.of_owner(figures, cycle.id) if figures else None
    more = len(rows) - _MOST_ROWS
    return Part(cycle, figures, status, moved, objectives, rows[:_MOST_ROWS], more)


def _anchors(ids: Iterable[str]) -> dict[str, str]:
    """Return the id of each slide: the last part of an id, or the whole where two end alike."""
    names: dict[str, str] = {}
    taken = {OVERVIEW, OVERDUE}
    for last, group in groupby(sorted(ids, key=_last), key=_last):
        alike = list(group)
        for id in alike:
            name = last if len(alike) == 1 else anchored(id).replace("/", "-")
            while name in taken:
                name = f"{name}-"
            taken.add(name)
            names[id] = name
    return names


def _last(id: str) -> str:
    return anchored(id.rsplit("/", 1)[-1])


def _deck_address(site: Site, owner: str) -> str | None:
    deck = owner_review(site, owner)
    return deck.address if deck else None


def _reviewing(site: Site, owner: str) -> list[Cycle]:
    deck = owner_review(site, owner)
    return [cycle for cycle, _ in deck.parts] if deck else []
