"""The answer to a block, as a table, as cards or as a tree."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from okrsite.embeds.answer import Answer
from okrsite.embeds.filters import ResultItem
from okrsite.embeds.lists import Listed
from okrsite.embeds.query import Shape
from okrsite.i18n import message
from okrsite.language.inline import inline
from okrsite.pages.embedded.table import Table, table
from okrsite.pages.embedded.tree import Branch, branches
from okrsite.pages.objective import CheckInRow, check_in_rows
from okrsite.pages.parts import Dated, Desk, KpiCard, Link, ObjectiveRow, OwnerRow, ResultRow
from okrsite.pages.site import Site
from okrsite.project.model import CheckIn, Owner


@dataclass(frozen=True, slots=True)
class ResultCard:
    """A key result at a glance, with the objective that it belongs to."""

    row: ResultRow
    objective: Link
    owners: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CheckInCard:
    """What was said about one objective at a date; without an author its owners said it."""

    day: str
    iso: str
    objective: Link
    owners: tuple[Link, ...]
    author: Link | None
    said: CheckInRow


@dataclass(frozen=True, slots=True)
class EmbeddedView:
    """All that stands at the place of a block; only what its shape needs is filled.

    `more` says how many there are beside those that are shown, `empty` that there is none.
    """

    title: Markup | None
    label: str
    dated: Dated
    cycle: Link | None
    table: Table | None = None
    branches: tuple[Branch, ...] = ()
    objectives: tuple[ObjectiveRow, ...] = ()
    results: tuple[ResultCard, ...] = ()
    kpis: tuple[KpiCard, ...] = ()
    owners: tuple[OwnerRow, ...] = ()
    check_ins: tuple[CheckInCard, ...] = ()
    more: str | None = None
    empty: str | None = None


LABELS = {
    Listed.OBJECTIVES: message("Objectives"),
    Listed.KEY_RESULTS: message("Key results"),
    Listed.KPIS: message("KPIs"),
    Listed.CHECK_INS: message("Check-ins"),
    Listed.OWNERS: message("Owners"),
}
"""What each list is called."""

_EMPTY = {
    Listed.OBJECTIVES: message("No objective is like that at the moment."),
    Listed.KEY_RESULTS: message("No key result is like that at the moment."),
    Listed.KPIS: message("No KPI is like that at the moment."),
    Listed.CHECK_INS: message("No check-in is like that at the moment."),
    Listed.OWNERS: message("No owner is like that at the moment."),
}


def embedded_view(site: Site, address: str, answer: Answer) -> EmbeddedView:
    """Show an answer on the page at an address."""
    desk, query = Desk(site, address), answer.query
    of_cycle = query.listed is Listed.OWNERS and answer.cycle is not None
    known = answer.cycle is not None and answer.cycle.id in site.project.cycles
    view = EmbeddedView(
        title=inline(query.title) if query.title else None,
        label=desk.say(LABELS[query.listed]),
        dated=desk.dated(),
        cycle=desk.cycle(answer.cycle) if of_cycle and known and answer.cycle else None,
        more=_more(desk, answer.more) if answer.more else None,
    )
    if not answer.items:
        return replace(view, empty=desk.say(_EMPTY[query.listed]))
    if query.shape is Shape.TREE:
        return replace(view, branches=branches(desk, answer.items))
    if query.shape is Shape.TABLE:
        return replace(view, table=table(desk, answer))
    match query.listed:
        case Listed.OBJECTIVES:
            rows = tuple(desk.objective_row(item, results=True) for item in answer.items)
            return replace(view, objectives=rows)
        case Listed.KEY_RESULTS:
            return replace(view, results=tuple(_result(desk, item) for item in answer.items))
        case Listed.KPIS:
            return replace(view, kpis=tuple(desk.kpi_card(item) for item in answer.items))
        case Listed.OWNERS:
            return replace(view, owners=tuple(_owner(desk, answer, item) for item in answer.items))
        case Listed.CHECK_INS:
            return replace(view, check_ins=tuple(_check_in(desk, item) for item in answer.items))


def _more(desk: Desk, number: int) -> str:
    return desk.words.count("and %(number)s more", "and %(number)s more", number)


def _result(desk: Desk, item: ResultItem) -> ResultCard:
    return ResultCard(
        row=desk.result_row(item.objective, item.result),
        objective=desk.objective(item.objective.id),
        owners=desk.owners(item.result.owners),
    )


def _owner(desk: Desk, answer: Answer, owner: Owner) -> OwnerRow:
    if answer.cycle is None:
        return OwnerRow(desk.owner(owner.id), 0, None, desk.words.score(None), None, None, 0)
    return desk.owner_row(owner.id, 0, answer.cycle)


def _check_in(desk: Desk, check_in: CheckIn) -> CheckInCard:
    objective = desk.site.project.objectives[check_in.objective]
    (row,) = check_in_rows(desk, objective, [check_in])
    return CheckInCard(
        day=row.day,
        iso=row.iso,
        objective=desk.objective(objective.id),
        owners=desk.owners(objective.owners),
        author=desk.owner(check_in.author) if check_in.author else None,
        said=row,
    )
