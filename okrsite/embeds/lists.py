"""The lists that a block can show, and what each can be filtered and sorted by."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from okrsite.documents.types import Type
from okrsite.documents.values import Commitment, Indicator
from okrsite.embeds.filters import (
    Filter,
    QueryData,
    ResultItem,
    choice,
    day,
    reference,
    tags,
    text,
    yes,
)
from okrsite.project.model import CheckIn, Kpi, Level, Objective, Owner
from okrsite.project.model import Kind as Measure
from okrsite.project.names import NameKind
from okrsite.project.sorting import Natural, by_order, natural, owner_by_order
from okrsite.scores import Role
from okrsite.scores.status import Health, Status


class Listed(StrEnum):
    """The lists that a block can show."""

    OBJECTIVES = "objectives"
    KEY_RESULTS = "key_results"
    KPIS = "kpis"
    CHECK_INS = "check_ins"
    OWNERS = "owners"


class OwnerType(StrEnum):
    """The types of owners."""

    COMPANY = "company"
    TEAM = "team"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class ListKind:
    """One of the lists: its items, its filters and what it can be sorted by."""

    items: Callable[[QueryData], Iterable[Any]]
    filters: Mapping[str, Filter]
    sorts: Mapping[str, Callable[[QueryData, Any], Any]]
    order: tuple[tuple[str, bool], ...]
    id: Callable[[Any], tuple[Any, ...]]


# Which statuses come first where a list is sorted by status: what needs care.
_URGENCY = (
    Status.OFF_TRACK,
    Status.MISSED,
    Status.AT_RISK,
    Status.PROGRESSED,
    Status.ON_TRACK,
    Status.ACHIEVED,
    Status.NOT_STARTED,
    Status.DRAFT,
    Status.CANCELLED,
)
_ILLNESS = {Health.CRITICAL: 0, Health.WARNING: 1, Health.HEALTHY: 2, Health.UNKNOWN: 3}


def _urgency(status: Status | None) -> int | None:
    return _URGENCY.index(status) if status else None


def _owner_title(data: QueryData, owners: Iterable[str]) -> Natural | None:
    first = data.project.owners.get(next(iter(owners), ""))
    return natural(first.title) if first else None


def _cycle_order(data: QueryData, id: str) -> tuple[date, date]:
    cycle = data.project.cycles[id]
    return cycle.start, cycle.end


def _results(data: QueryData) -> Iterable[ResultItem]:
    for objective in data.project.objectives.values():
        for result in objective.key_results:
            yield ResultItem(objective, result)


def _check_ins(data: QueryData) -> Iterable[CheckIn]:
    for objective in data.project.objectives.values():
        for check_in in objective.check_ins:
            if check_in.date <= data.scorecard.as_of:
                yield check_in


def _about(data: QueryData, check_in: CheckIn) -> Objective:
    return data.project.objectives[check_in.objective]


def _shared(get: Callable[[Any], Objective]) -> dict[str, Filter]:
    """Return the filters that objectives and key results share, for the objective of an item."""
    return {
        "cycle": reference(NameKind.CYCLE, lambda _, item: (get(item).cycle,)),
        "pillar": reference(NameKind.PILLAR, lambda _, item: get(item).pillars),
        "level": choice(Level, lambda _, item: (str(get(item).level),)),
        "commitment": choice(Commitment, lambda _, item: (str(get(item).commitment),)),
        "stale": yes(lambda data, item: data.scorecard.objectives[get(item).id].stale),
        "tag": tags(lambda item: get(item).page.tags),
    }


def _kpi_figure(of: str, data: QueryData, kpi: Kpi) -> Any:
    return getattr(data.scorecard.kpis[kpi.id], of)


def _last(of: str, data: QueryData, kpi: Kpi) -> Any:
    return getattr(_kpi_figure("last", data, kpi), of, None)


def _figure(of: str, data: QueryData, owner: Owner) -> Any:
    return getattr(data.owner(owner), of, None)


def _objective_figure(of: str, data: QueryData, objective: Objective) -> Any:
    return getattr(data.scorecard.objectives[objective.id], of)


def _result_figure(of: str, data: QueryData, item: ResultItem) -> Any:
    objective = data.scorecard.objectives[item.objective.id]
    return getattr(objective.key_results[item.result.id], of)


def _day_of(_: QueryData, check_in: CheckIn) -> date:
    return check_in.date


def _author(data: QueryData, check_in: CheckIn) -> tuple[str, ...]:
    return (check_in.author,) if check_in.author else _about(data, check_in).owners


LISTS: Mapping[Listed, ListKind] = {
    Listed.OBJECTIVES: ListKind(
        items=lambda data: data.project.objectives.values(),
        filters={
            **_shared(lambda objective: objective),
            "owner": reference(NameKind.OWNER, lambda _, o: o.owners),
            "contributor": reference(NameKind.OWNER, lambda _, o: o.contributors),
            "status": choice(Status, lambda data, o: (_objective_figure("status", data, o),)),
            "aligns_to": reference(
                NameKind.OBJECTIVE,
                lambda _, o: [id for link in o.aligns_to for id in (link.objective, link.id)],
            ),
            "text": text(lambda o: (o.page.title, o.page.description)),
        },
        sorts={
            "title": lambda _, o: natural(o.page.title),
            "score": partial(_objective_figure, "score"),
            "expected": partial(_objective_figure, "expected"),
            "pace": partial(_objective_figure, "pace"),
            "status": lambda data, o: _urgency(_objective_figure("status", data, o)),
            "cycle": lambda data, o: _cycle_order(data, o.cycle),
            "owner": lambda data, o: _owner_title(data, o.owners),
        },
        order=(("title", False),),
        id=lambda o: by_order(o.page),
    ),
    Listed.KEY_RESULTS: ListKind(
        items=_results,
        filters={
            **_shared(lambda item: item.objective),
            "owner": reference(NameKind.OWNER, lambda _, item: item.result.owners),
            "objective": reference(NameKind.OBJECTIVE, lambda _, item: (item.objective.id,)),
            "kpi": reference(NameKind.KPI, lambda _, item: (item.result.kpi,)),
            "kind": choice(Measure, lambda _, item: (str(item.result.kind),)),
            "status": choice(Status, lambda data, item: (_result_figure("status", data, item),)),
            "text": text(lambda item: (item.result.title, item.result.description)),
        },
        sorts={
            "title": lambda _, item: natural(item.result.title),
            "objective": lambda _, item: natural(item.objective.page.title),
            "score": partial(_result_figure, "score"),
            "expected": partial(_result_figure, "expected"),
            "pace": partial(_result_figure, "pace"),
            "status": lambda data, item: _urgency(_result_figure("status", data, item)),
            "cycle": lambda data, item: _cycle_order(data, item.objective.cycle),
            "owner": lambda data, item: _owner_title(data, item.result.owners),
        },
        order=(("objective", False),),
        id=lambda item: (*by_order(item.objective.page), item.result.position),
    ),
    Listed.KPIS: ListKind(
        items=lambda data: data.project.kpis.values(),
        filters={
            "owner": reference(NameKind.OWNER, lambda _, kpi: (kpi.owner,)),
            "pillar": reference(NameKind.PILLAR, lambda _, kpi: kpi.pillars),
            "health": choice(Health, lambda data, kpi: (_kpi_figure("health", data, kpi),)),
            "role": choice(Role, lambda data, kpi: (_kpi_figure("role", data, kpi),)),
            "indicator": choice(Indicator, lambda _, kpi: (kpi.indicator,)),
            "overdue": yes(partial(_kpi_figure, "overdue")),
            "tag": tags(lambda kpi: kpi.page.tags),
            "text": text(lambda kpi: (kpi.page.title, kpi.page.description)),
        },
        sorts={
            "title": lambda _, kpi: natural(kpi.page.title),
            "health": lambda data, kpi: _ILLNESS[_kpi_figure("health", data, kpi)],
            "value": partial(_last, "value"),
            "date": partial(_last, "date"),
            "owner": lambda data, kpi: _owner_title(data, (kpi.owner,) if kpi.owner else ()),
        },
        order=(("title", False),),
        id=lambda kpi: by_order(kpi.page),
    ),
    Listed.CHECK_INS: ListKind(
        items=_check_ins,
        filters={
            "owner": reference(NameKind.OWNER, _author),
            "objective": reference(NameKind.OBJECTIVE, lambda _, check_in: (check_in.objective,)),
            "cycle": reference(NameKind.CYCLE, lambda data, c: (_about(data, c).cycle,)),
            "since": Filter(day, _day_of, lambda day, first: any(day >= one for one in first)),
            "until": Filter(day, _day_of, lambda day, last: any(day <= one for one in last)),
            "text": text(lambda c: (c.note, *c.blockers, *c.next)),
        },
        sorts={
            "date": _day_of,
            "objective": lambda data, c: natural(_about(data, c).page.title),
            "owner": lambda data, c: _owner_title(data, _author(data, c)),
        },
        order=(("date", True),),
        id=lambda check_in: (check_in.objective, check_in.uri, check_in.place.line),
    ),
    Listed.OWNERS: ListKind(
        items=lambda data: data.project.owners.values(),
        filters={
            "type": choice(OwnerType, lambda _, owner: (str(owner.type),)),
            "parent": reference(NameKind.OWNER, lambda _, owner: (owner.parent,)),
            # It says which scores are shown, and leaves nobody out.
            "cycle": reference(NameKind.CYCLE, lambda data, owner: ()),
            "status": choice(Status, lambda data, owner: (_figure("status", data, owner),)),
            "text": text(lambda owner: (owner.title, owner.page and owner.page.description)),
        },
        sorts={
            "title": lambda _, owner: natural(owner.title),
            "score": partial(_figure, "score"),
            "expected": partial(_figure, "expected"),
            "status": lambda data, owner: _urgency(_figure("status", data, owner)),
            "type": lambda _, owner: list(Type).index(owner.type),
        },
        order=(("title", False),),
        id=owner_by_order,
    ),
}
"""Every list by its name."""
