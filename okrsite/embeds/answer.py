"""Evaluate a query on the published project."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from okrsite.embeds.filters import CURRENT, QueryData, Value
from okrsite.embeds.lists import LISTS, Listed
from okrsite.embeds.query import Query
from okrsite.project.model.cycles import Cycle, calendar_cycle
from okrsite.scores.status import Status

_UNLISTED = frozenset({str(Status.DRAFT), str(Status.CANCELLED)})
"""The statuses that are listed only where a block filters by status."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The first items of a list, how many more there are, and the cycle of owners' scores."""

    query: Query
    items: tuple[Any, ...]
    more: int
    cycle: Cycle | None


def answer(query: Query, data: QueryData) -> Answer:
    """Return the items that a query selects, sorted."""
    current = data.cycle.id if data.cycle else None
    where = {name: _without_current(values, current) for name, values in query.where}
    kind = LISTS[query.listed]
    if query.listed is Listed.OWNERS and (cycles := where.pop("cycle", None)) is not None:
        data = replace(data, cycle=_cycle(data, cycles))
    filters = [(kind.filters[name], values) for name, values in where.items()]
    items = list(kind.items(data))
    if query.listed in (Listed.OBJECTIVES, Listed.KEY_RESULTS) and "status" not in where:
        status = kind.filters["status"].of
        items = [item for item in items if _UNLISTED.isdisjoint(status(data, item))]
    for one, values in filters:
        items = [item for item in items if one.test(one.of(data, item), values)]
    items.sort(key=kind.id)
    for name, largest_first in reversed(query.sort):
        items = _sorted(items, data, kind.sorts[name], largest_first)
    shown = tuple(items[: query.limit])
    return Answer(query, shown, len(items) - len(shown), data.cycle)


def _without_current(values: frozenset[Value], current: str | None) -> frozenset[Value]:
    return frozenset(current if value == CURRENT else value for value in values)


def _cycle(data: QueryData, cycles: frozenset[Value]) -> Cycle | None:
    id = next(iter(cycles), None)
    if not isinstance(id, str):
        return None
    return data.project.cycles.get(id) or calendar_cycle(id, data.project.fiscal_year)


def _sorted(
    items: list[Any], data: QueryData, of: Callable[[QueryData, Any], Any], largest_first: bool
) -> list[Any]:
    """Sort items; those without a value come last in either direction."""
    keyed = [(of(data, item), item) for item in items]
    known = [(key, item) for key, item in keyed if key is not None]
    known.sort(key=lambda pair: pair[0], reverse=largest_first)
    return [item for _, item in known] + [item for key, item in keyed if key is None]
