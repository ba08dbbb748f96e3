"""The answer to a block as a table: its columns, and a cell for each item."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from okrsite.embeds.answer import Answer
from okrsite.embeds.filters import ResultItem
from okrsite.embeds.lists import Listed
from okrsite.i18n import message
from okrsite.pages.objective import CheckInRow, check_in_rows
from okrsite.pages.parts import Bar, Desk, Link, Mark, ObjectiveRow, OwnerRow, ResultRow, Spark
from okrsite.project.model import CheckIn, Kpi, Objective, Owner


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; what is filled is shown, in this order. `note` is a smaller second line."""

    links: tuple[Link, ...] = ()
    text: Markup | None = None
    mark: Mark | None = None
    bar: Bar | None = None
    spark: Spark | None = None
    way: ResultRow | None = None
    said: CheckInRow | None = None
    note: tuple[Link, ...] = ()
    stale: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's header and kind: `figure` and `bar` are set apart, `wide` needs room."""

    header: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row is its header."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(desk: Desk, answer: Answer) -> Table:
    """Show an answer as a table; a column that says the same everywhere is left out."""
    listed = answer.query.listed
    columns, row = _TABLES[listed]
    cells = [row(desk, answer, item) for item in answer.items]
    single = answer.query.wanted("cycle")
    shown = [
        position
        for position, (header, _) in enumerate(columns)
        if header != _CYCLE or single is None or len(single) > 1
    ]
    return Table(
        tuple(Column(desk.say(columns[i][0]), columns[i][1]) for i in shown),
        tuple(tuple(row[i] for i in shown) for row in cells),
    )


_CYCLE = message("Cycle")
_SCORES = (
    (message("Status"), ""),
    (message("Score and expected"), "bar"),
    (message("Score"), "figure"),
)


def _scores(row: ObjectiveRow | ResultRow | OwnerRow) -> tuple[Cell, ...]:
    return Cell(mark=row.status), Cell(bar=row.bar), Cell(text=escape(row.score))


def _objective(desk: Desk, _: Answer, objective: Objective) -> tuple[Cell, ...]:
    row = desk.objective_row(objective)
    return (
        Cell(links=(row.link,), stale=row.stale),
        Cell(links=row.owners),
        Cell(links=(row.cycle,)),
        *_scores(row),
    )


def _result(desk: Desk, _: Answer, item: ResultItem) -> tuple[Cell, ...]:
    row = desk.result_row(item.objective, item.result)
    cycle = desk.site.project.cycles[item.objective.cycle]
    return (
        Cell(links=(row.link,), note=(desk.objective(item.objective.id),)),
        Cell(links=desk.owners(item.result.owners)),
        Cell(links=(desk.cycle(cycle),)),
        Cell(way=row),
        *_scores(row),
    )


def _kpi(desk: Desk, _: Answer, kpi: Kpi) -> tuple[Cell, ...]:
    card = desk.kpi_card(kpi)
    return (
        Cell(links=(card.link,), stale=card.overdue),
        Cell(links=(card.owner,) if card.owner else ()),
        Cell(mark=card.health),
        Cell(spark=card.spark),
        Cell(text=escape(card.short_day or "")),
        Cell(text=escape(card.value)),
    )


def _check_in(desk: Desk, _: Answer, check_in: CheckIn) -> tuple[Cell, ...]:
    objective = desk.site.project.objectives[check_in.objective]
    (row,) = check_in_rows(desk, objective, [check_in])
    owners = (check_in.author,) if check_in.author else objective.owners
    return (
        Cell(text=escape(row.day)),
        Cell(links=(desk.objective(objective.id),), note=desk.owners(owners)),
        Cell(said=row),
        Cell(text=escape(_sure(desk, check_in))),
    )


def _sure(desk: Desk, check_in: CheckIn) -> str:
    return "" if check_in.confidence is None else desk.words.confidence(check_in.confidence)


def _owner(desk: Desk, answer: Answer, owner: Owner) -> tuple[Cell, ...]:
    if answer.cycle is None:
        return Cell(links=(desk.owner(owner.id),)), *([Cell()] * 4)
    row = desk.owner_row(owner.id, 0, answer.cycle)
    number = escape(desk.words.number(row.objectives))
    return Cell(links=(row.link,)), *_scores(row), Cell(text=number)


_Row = Callable[[Desk, Answer, Any], Sequence[Cell]]

_TABLES: dict[Listed, tuple[tuple[tuple[str, str], ...], _Row]] = {
    Listed.OBJECTIVES: (
        ((message("Objective"), ""), (message("Owner"), ""), (_CYCLE, "wide"), *_SCORES),
        _objective,
    ),
    Listed.KEY_RESULTS: (
        (
            (message("Key result"), ""), (message("Owner"), "wide"), (_CYCLE, "wide"),
            (message("Now"), ""), *_SCORES,
        ),
        _result,
    ),
    Listed.KPIS: (
        (
            (message("KPI"), ""), (message("Owner"), "wide"), (message("Health"), ""),
            (message("Readings"), "wide"), (message("Date"), "wide"), (message("Value"), "figure"),
        ),
        _kpi,
    ),
    Listed.CHECK_INS: (
        (
            (message("Date"), ""), (message("Objective"), ""), (message("What was said"), ""),
            (message("Confidence"), "figure wide"),
        ),
        _check_in,
    ),
    Listed.OWNERS: (
        ((message("Owner"), ""), *_SCORES, (message("Objectives"), "figure")),
        _owner,
    ),
}  # fmt: skip
