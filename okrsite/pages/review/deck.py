"""A deck: where the cycle or the owner stands, its slides, and what is owed in the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from okrsite.language.inline import inline_without_links, plain
from okrsite.pages.addresses import anchor as anchored
from okrsite.pages.owed import OwedList, owed_check_ins, owed_list, owed_readings
from okrsite.pages.parts import Compared, Link, Mark, PageContext, Progress
from okrsite.pages.review.movement import Moved, Movements
from okrsite.pages.review.places import Deck, owner_review
from okrsite.pages.review.slides import (
    ScoreRow,
    Slide,
    TeamSlide,
    more,
    owner_score_row,
    score_rows,
    slide,
    team_slide,
)
from okrsite.pages.site import Site
from okrsite.pages.standalone import Standalone, standalone
from okrsite.project.model import Level, Objective, Owner
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import Scores
from okrsite.scores.status import Status

MOST_SLIDES = 60
"""A cycle with more objectives than this shows one team a screen below the company's own."""

OVERVIEW, OWED = "overview", "owed"
"""The ids of the first slide and of the last."""

_MOST_IN_OVERVIEW = 12
"""With more objectives than this the overview of a cycle shows teams in their place."""

_MOST_ROWS = 20
_MOST_OTHERS = 16


@dataclass(frozen=True, slots=True)
class Part:
    """Where the cycle or the owner stands in one cycle, and what is reviewed of it."""

    progress: Progress
    score: str
    expected: str | None
    bar: Compared | None
    status: Mark | None
    moved: Moved | None
    counted: str
    counts: dict[Status, int]
    rows: tuple[ScoreRow, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class DeckView:
    """All that a deck shows; `anchors` are the ids of all its slides, in their order.

    `page` is where one comes from and leaves to, `others` are decks that go on from this one.
    """

    document: Standalone
    title: Markup
    home: Link
    page: Link
    context: PageContext
    anchors: tuple[str, ...]
    parts: tuple[Part, ...]
    others: tuple[Link, ...]
    more_others: str | None
    slides: tuple[Slide, ...]
    teams: tuple[TeamSlide, ...]
    owed: OwedList


def cycle_deck(
    site: Site, deck: Deck, earlier: Scores, retrospectives: Mapping[str, Markup]
) -> DeckView:
    """Make the deck of a cycle: the objectives of the company and of teams.

    Those of people are in their own decks, unless there are no others. In a large cycle each team
    has one slide, with the way to its own deck.
    """
    context = PageContext(site, deck.address)
    ((cycle, objectives),) = deck.parts
    shown = [o for o in objectives if o.level is not Level.INDIVIDUAL] or [*objectives]
    teams = _by_team(site, shown)
    if len(shown) > MOST_SLIDES:
        shown = [o for o in shown if o.level is not Level.TEAM][:MOST_SLIDES]
        anchors = _anchors([*(o.id for o in shown), *teams])
    else:
        anchors = _anchors([o.id for o in shown])
    movements = Movements(context, earlier)
    team_slides = tuple(
        team_slide(
            context, movements, site.project.owners[owner], cycle, inside, anchors[owner],
            _deck_address(site, owner),
        )
        for owner, inside in teams.items()
        if owner in anchors
    )  # fmt: skip
    rows = score_rows(context, movements, shown, anchors)
    if team_slides or len(shown) > _MOST_IN_OVERVIEW:
        above = [o for o in shown if o.level is not Level.TEAM]
        rows = (
            *score_rows(context, movements, above, anchors),
            *(
                owner_score_row(
                    context, movements, owner, cycle, anchors.get(owner) or anchors[inside[0].id]
                )
                for owner, inside in teams.items()
            ),
        )
    part = _part(context, movements, site.company, cycle, objectives, rows)
    return _view(
        context, deck, context.cycle(cycle), (part,),
        _slides(context, movements, shown, anchors, retrospectives), team_slides,
        owed_list(context, owed_check_ins(context, objectives)),
        (owner.id for owner, _ in site.organisation if cycle in _reviewing(site, owner.id)),
    )  # fmt: skip


def _by_team(site: Site, objectives: Iterable[Objective]) -> dict[str, list[Objective]]:
    """Group what teams own by the first team among its owners, in the order of the objectives."""
    found: dict[str, list[Objective]] = {}
    for objective in objectives:
        if objective.level is Level.TEAM:
            found.setdefault(objective.owners[0], []).append(objective)
    return found


def owner_deck(
    site: Site, deck: Deck, earlier: Scores, retrospectives: Mapping[str, Markup]
) -> DeckView:
    """Make the deck of an owner: the objectives of the cycles that they are in now."""
    context, owner = PageContext(site, deck.address), deck.owner
    assert owner is not None
    movements = Movements(context, earlier)
    objectives = [objective for _, inside in deck.parts for objective in inside]
    anchors = _anchors([objective.id for objective in objectives])
    parts = tuple(
        _part(
            context,
            movements,
            owner,
            cycle,
            inside,
            score_rows(context, movements, inside, anchors),
        )
        for cycle, inside in deck.parts
    )
    kpis = site.kpis_by_owner.get(owner.id, [])
    return _view(
        context, deck, context.owner(owner.id), parts,
        _slides(context, movements, objectives, anchors, retrospectives), (),
        owed_list(context, (*owed_check_ins(context, objectives), *owed_readings(context, kpis))),
        (below.id for below in site.below.get(owner.id, ())),
    )  # fmt: skip


def _view(
    context: PageContext,
    deck: Deck,
    page: Link,
    parts: tuple[Part, ...],
    slides: tuple[Slide, ...],
    teams: tuple[TeamSlide, ...],
    owed: OwedList,
    others: Iterable[str],
) -> DeckView:
    site = context.site
    named = plain(deck.owner.title if deck.owner else deck.parts[0][0].title)
    title = context.say("Review of %(name)s", name=named)
    links = [
        Link(context.owner(owner).text, context.href(address))
        for owner in others
        if (address := _deck_address(site, owner))
    ]
    return DeckView(
        document=standalone(context, title, "okr/review.css", script="okr/review.js"),
        title=page.text,
        home=Link(
            inline_without_links(site.company.title), context.href(site.addresses.page("index.md"))
        ),
        page=Link(page.text, context.href(deck.page)),
        context=context,
        anchors=(OVERVIEW, *(s.anchor for s in slides), *(t.anchor for t in teams), OWED),
        parts=parts,
        others=tuple(links[:_MOST_OTHERS]),
        more_others=more(context, len(links) - _MOST_OTHERS),
        slides=slides,
        teams=teams,
        owed=owed,
    )


def _part(
    context: PageContext, movements: Movements, owner: Owner, cycle: Cycle,
    objectives: Sequence[Objective], rows: tuple[ScoreRow, ...],
) -> Part:  # fmt: skip
    figures = context.site.scorecard.owners.get(owner.id, {}).get(cycle.id)
    begun = figures if cycle.state(context.site.as_of) is not State.UPCOMING else None
    status = context.status(Status.NOT_STARTED) if figures else None
    expected, bar, moved = None, None, None
    if begun is not None:
        status = context.status(begun.status)
        expected = context.say("expected %(score)s", score=context.words.score(begun.expected))
        bar = begun
        moved = movements.of_owner(begun, cycle.id)
    return Part(
        progress=context.progress(cycle),
        score=context.words.score(begun.score if begun else None),
        expected=expected,
        bar=bar,
        status=status,
        moved=moved,
        counted=context.count_objectives(len(objectives)),
        counts=context.status_counts(objectives),
        rows=rows[:_MOST_ROWS],
        more=more(context, len(rows) - _MOST_ROWS),
    )


def _slides(
    context: PageContext, movements: Movements, objectives: Iterable[Objective],
    anchors: Mapping[str, str], retrospectives: Mapping[str, Markup],
) -> tuple[Slide, ...]:  # fmt: skip
    return tuple(
        slide(context, movements, o, anchors[o.id], retrospectives.get(o.id)) for o in objectives
    )


def _anchors(ids: Iterable[str]) -> dict[str, str]:
    """Name the slides: by the last part of an id, or the whole where two would be called alike."""
    names: dict[str, str] = {}
    taken = {OVERVIEW, OWED}
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
