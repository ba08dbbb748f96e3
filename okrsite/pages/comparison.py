"""Two cycles of one owner side by side: what was there, what became of it, what is new."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.language.inline import inline_without_links, plain
from okrsite.language.wording import NONE
from okrsite.pages.parts import Compared, Link, Mark, PageContext, Progress
from okrsite.pages.site import Site
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle, State, comparable


@dataclass(frozen=True, slots=True)
class Side:
    """An owner's figures in one of two cycles; `change` is how far the score is from the other."""

    progress: Progress
    score: str
    expected: str | None
    status: Mark | None
    bar: Compared | None
    objectives: str


@dataclass(frozen=True, slots=True)
class ComparedObjective:
    """An objective on one side; `note` says where it goes on, or comes from, if not beside it."""

    link: Link
    score: str
    status: Mark | None
    commitment: str | None
    note: str | None
    elsewhere: Link | None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """What stands beside each other: an objective and what goes on from it, or one of them.

    `change` is how far the score moved between the two.
    """

    earlier: ComparedObjective | None
    later: ComparedObjective | None
    change: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cycles of an owner; `folded` are all but the newest that has begun.

    `change` is how far the score is from the earlier one; `so_far` is said while the later cycle
    is open. What goes on by `continues` is `carried`, beside what follows or with where that is;
    what has the same title is there `again`.
    """

    anchor: str
    title: Markup
    folded: bool
    earlier: Side
    later: Side
    change: str | None
    so_far: str | None
    carried: tuple[ComparedRow, ...]
    again: tuple[ComparedRow, ...]
    left: tuple[ComparedRow, ...]
    new: tuple[ComparedRow, ...]
    said: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """All that the page shows on which the cycles of an owner stand beside each other."""

    title: Markup
    context: PageContext
    path: tuple[Link, ...]
    body: Markup
    owner: Link
    pairs: tuple[Pair, ...]


def comparison_uri(site: Site, owner: str) -> str | None:
    """Return the file that the page of an owner's cycles is made of; None without two cycles."""
    return f"compare/{owner}.md" if cycle_pairs(site, owner) else None


def comparison_link(context: PageContext, owner: str) -> Link | None:
    """Link to the page on which an owner's cycles stand beside each other, where there is one."""
    uri = comparison_uri(context.site, owner)
    return context.page(context.say("Cycles compared"), uri) if uri else None


def cycle_pairs(site: Site, owner: str) -> list[tuple[Cycle, Cycle]]:
    """List an owner's cycles, the newest first, each after the one before it of about the same
    length that has objectives of the owner too."""
    used = {objective.cycle for objective in site.by_owner.get(owner, ()) if objective.active}
    if len(used) < 2:
        return []
    cycles = [cycle for cycle in site.cycles if cycle.id in used]
    pairs = ((site.project.cycles[cycle.id], _before(cycle, cycles)) for cycle in cycles)
    return [(before, cycle) for cycle, before in pairs if before is not None]


def comparison_view(site: Site, address: str, body: Markup, owner: str) -> ComparisonView:
    """Make the page on which the cycles of an owner stand beside each other."""
    context = PageContext(site, address)
    name = inline_without_links(site.project.owners[owner].title)
    return ComparisonView(
        title=escape(context.say("%(owner)s: cycles compared")) % {"owner": name},
        context=context,
        path=(context.page(context.say("Owners by cycle"), "compare/index.md"),),
        body=body,
        owner=context.owner(owner),
        pairs=tuple(_pairs(context, owner)),
    )


def _before(cycle: Cycle, cycles: list[Cycle]) -> Cycle | None:
    earlier = [other for other in cycles if comparable(other, cycle)]
    return max(earlier, key=lambda c: (c.end, c.days, c.id), default=None)


def _pairs(context: PageContext, owner: str) -> Iterator[Pair]:
    pairs = cycle_pairs(context.site, owner)
    begun = [p for p in pairs if p[1].state(context.site.as_of) is not State.UPCOMING]
    shown = begun[0] if begun else pairs[0]
    for pair in pairs:
        yield _pair(context, owner, *pair, folded=pair != shown)


def _pair(context: PageContext, owner: str, before: Cycle, after: Cycle, folded: bool) -> Pair:
    site, owned = context.site, context.site.by_owner.get(owner, ())
    earlier = {o.id: o for o in owned if o.cycle == before.id and o.active}
    later = {o.id: o for o in owned if o.cycle == after.id and o.active}
    goes_on = {o.id: earlier[o.continues] for o in later.values() if o.continues in earlier}
    beside = {objective.id for objective in goes_on.values()}
    carried_from = {o.id for o in earlier.values() if o.continued_by}
    again = _again(
        [o for o in earlier.values() if o.id not in carried_from],
        [o for o in later.values() if o.id not in goes_on],
    )
    seen = {one.id for pair in again for one in pair}
    was, now = (site.scorecard.owners[owner].get(cycle.id) for cycle in (before, after))
    change = None
    if was is not None and now is not None and after.state(site.as_of) is not State.UPCOMING:
        change = context.words.change(context.words.difference(now.score, was.score))
    return Pair(
        anchor=f"okr-{after.id}-{before.id}".replace("/", "-").replace(" ", "-"),
        title=escape(context.say("%(later)s beside %(earlier)s"))
        % {
            "later": inline_without_links(after.title),
            "earlier": inline_without_links(before.title),
        },
        folded=folded,
        earlier=_side(context, owner, before, len(earlier)),
        later=_side(context, owner, after, len(later)),
        change=change,
        so_far=context.say("so far") if after.state(site.as_of) is State.OPEN else None,
        carried=(
            *(_together(context, goes_on[o.id], o) for o in later.values() if o.id in goes_on),
            *(
                ComparedRow(_elsewhere(context, o), None, None)
                for o in earlier.values()
                if o.id in carried_from - beside
            ),
        ),
        again=tuple(_together(context, *pair) for pair in again),
        left=tuple(
            ComparedRow(_objective(context, objective), None, None)
            for objective in earlier.values()
            if objective.id not in carried_from and objective.id not in seen
        ),
        new=tuple(
            ComparedRow(None, _new(context, objective), None)
            for objective in later.values()
            if objective.id not in goes_on and objective.id not in seen
        ),
        said=context.say(
            "%(carried)s of %(earlier)s carried on, %(new)s of %(later)s new",
            carried=context.words.number(len(carried_from)),
            earlier=context.words.number(len(earlier)),
            new=context.words.number(len(later) - len(goes_on) - len(again)),
            later=context.words.number(len(later)),
        ),
    )


def _again(earlier: list[Objective], later: list[Objective]) -> list[tuple[Objective, Objective]]:
    """Pair what has the same title in both cycles and is not said to go on."""
    by_title = {plain(objective.page.title).casefold(): objective for objective in earlier}
    pairs = []
    for objective in later:
        if found := by_title.pop(plain(objective.page.title).casefold(), None):
            pairs.append((found, objective))
    return pairs


def _together(context: PageContext, earlier: Objective, later: Objective) -> ComparedRow:
    return ComparedRow(
        _objective(context, earlier), _objective(context, later), _change(context, earlier, later)
    )


def _side(context: PageContext, owner: str, cycle: Cycle, number: int) -> Side:
    figures = context.site.scorecard.owners[owner].get(cycle.id)
    counted = context.count_objectives(number)
    if figures is None or cycle.state(context.site.as_of) is State.UPCOMING:
        return Side(context.progress(cycle), NONE, None, None, None, counted)
    score, expected = context.words.score(figures.score), context.words.score(figures.expected)
    return Side(
        progress=context.progress(cycle),
        score=score,
        expected=context.say("expected %(score)s", score=expected),
        status=context.status(figures.status),
        bar=figures,
        objectives=counted,
    )


def _objective(
    context: PageContext,
    objective: Objective,
    note: str | None = None,
    elsewhere: str | None = None,
) -> ComparedObjective:
    site = context.site
    figures = site.scorecard.objectives[objective.id]
    upcoming = site.project.cycles[objective.cycle].state(site.as_of) is State.UPCOMING
    return ComparedObjective(
        link=context.objective(objective.id),
        score=NONE if upcoming else context.words.score(figures.score),
        status=context.status(figures.status),
        commitment=context.say("Committed") if objective.commitment == "committed" else None,
        note=note,
        elsewhere=context.objective(elsewhere) if elsewhere else None,
    )


def _elsewhere(context: PageContext, objective: Objective) -> ComparedObjective:
    """Show what goes on, but not beside it: with somebody else, or in another cycle."""
    following = context.site.project.objectives[objective.continued_by[0]]
    return _objective(context, objective, _goes_on(context, objective, following), following.id)


def _goes_on(context: PageContext, objective: Objective, following: Objective) -> str:
    cycle = plain(context.site.project.cycles[following.cycle].title)
    if following.owners == objective.owners:
        return context.say("goes on in %(cycle)s:", cycle=cycle)
    names = context.words.listing(
        [plain(context.site.project.owners[o].title) for o in following.owners]
    )
    return context.say("goes on with %(owners)s in %(cycle)s:", owners=names, cycle=cycle)


def _new(context: PageContext, objective: Objective) -> ComparedObjective:
    if objective.continues is None:
        return _objective(context, objective)
    cycle = context.site.project.cycles[context.site.project.objectives[objective.continues].cycle]
    note = context.say("goes on from %(cycle)s:", cycle=plain(cycle.title))
    return _objective(context, objective, note, objective.continues)


def _change(context: PageContext, earlier: Objective, later: Objective) -> str | None:
    figures = context.site.scorecard.objectives
    was, now = figures[earlier.id].score, figures[later.id].score
    state = context.site.project.cycles[later.cycle].state(context.site.as_of)
    if was is None or now is None or state is State.UPCOMING:
        return None
    return context.words.change(context.words.difference(now, was))
