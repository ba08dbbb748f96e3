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
_URGENCY = {
    str(status): position
    for position, status in enumerate(
        (
            Status.OFF_TRACK, Status.MISSED, Status.AT_RISK, Status.PROGRESSED, Status.ON_TRACK,
            Status.ACHIEVED, Status.NOT_STARTED, Status.DRAFT, Status.CANCELLED,
        )
    )
}  # fmt: skip
_ILLNESS = {Health.CRITICAL: 0, Health.WARNING: 1, Health.HEALTHY: 2, Health.UNKNOWN: 3}


def status_of(data: QueryData, objective: Objective) -> str | None:
    """Return an objective's status."""
    status = data.scorecard.objectives[objective.id].status
    return str(status) if status else None


def result_status(data: QueryData, item: ResultItem) -> str:
    """Return the status a key result is shown with: a draft's or cancelled objective's is its
    own."""
    if not item.objective.active:
        return str(item.objective.status)
    return str(_result_figures(data, item).status)


def _result_figures(data: QueryData, item: ResultItem) -> Any:
    return data.scorecard.objectives[item.objective.id].key_results[item.result.id]


def _statuses(status: str | None) -> tuple[str, ...]:
    return (status,) if status else ()


def _urgency(status: str | None) -> int | None:
    return _URGENCY[status] if status else None


def _owner_title(data: QueryData, owners: Iterable[str]) -> Natural | None:
    first = data.project.owners.get(next(iter(owners), ""))
    return natural(first.title) if first else None


def _cycle_order(data: QueryData, id: str) -> tuple[date, date]:
    cycle = data.project.cycles[id]
    return cycle.start, cycle.end


def _objectives(data: QueryData) -> Iterable[Objective]:
    return data.project.objectives.values()


def _results(data: QueryData) -> Iterable[ResultItem]:
    for objective in data.project.objectives.values():
        for result in objective.key_results:
            yield ResultItem(objective, result)


def _kpis(data: QueryData) -> Iterable[Kpi]:
    return data.project.kpis.values()


def _check_ins(data: QueryData) -> Iterable[CheckIn]:
    for objective in data.project.objectives.values():
        for check_in in objective.check_ins:
            if check_in.date <= data.scorecard.as_of:
                yield check_in


def _owners(data: QueryData) -> Iterable[Owner]:
    return data.project.owners.values()


def _about(data: QueryData, check_in: CheckIn) -> Objective:
    return data.project.objectives[check_in.objective]


def _shared(get: Callable[[Any], Objective]) -> dict[str, Filter]:
    """Return the filters that objectives and key results share, for the objective of an item."""
    return {
        "cycle": reference(NameKind.CYCLE, lambda _, item: (get(item).cycle,)),
        "level": choice(Level, lambda _, item: (str(get(item).level),)),
        "commitment": choice(Commitment, lambda _, item: (str(get(item).commitment),)),
        "stale": yes(lambda data, item: data.scorecard.objectives[get(item).id].stale),
        "tag": tags(lambda item: get(item).page.tags),
    }


def _itself(objective: Objective) -> Objective:
    return objective


def _whole(item: ResultItem) -> Objective:
    return item.objective


def _last(data: QueryData, kpi: Kpi, of: str) -> Any:
    last = data.scorecard.kpis[kpi.id].last
    return getattr(last, of) if last else None


def _figure(of: str, data: QueryData, owner: Owner) -> Any:
    figures = data.owner(owner)
    return getattr(figures, of) if figures else None


def _objective_figure(of: str, data: QueryData, objective: Objective) -> Any:
    return getattr(data.scorecard.objectives[objective.id], of)


def _result_figure(of: str, data: QueryData, item: ResultItem) -> Any:
    return getattr(_result_figures(data, item), of)


def _said_by(data: QueryData, check_in: CheckIn) -> tuple[str, ...]:
    return (check_in.author,) if check_in.author else _about(data, check_in).owners


LISTS: Mapping[Listed, ListKind] = {
    Listed.OBJECTIVES: ListKind(
        items=_objectives,
        filters={
            **_shared(_itself),
            "owner": reference(NameKind.OWNER, lambda _, o: o.owners),
            "contributor": reference(NameKind.OWNER, lambda _, o: o.contributors),
            "status": choice(Status, lambda data, o: _statuses(status_of(data, o))),
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
            "status": lambda data, o: _urgency(status_of(data, o)),
            "cycle": lambda data, o: _cycle_order(data, o.cycle),
            "owner": lambda data, o: _owner_title(data, o.owners),
        },
        order=(("title", False),),
        id=lambda o: by_order(o.page),
    ),
    Listed.KEY_RESULTS: ListKind(
        items=_results,
        filters={
            **_shared(_whole),
            "owner": reference(NameKind.OWNER, lambda _, item: item.result.owners),
            "objective": reference(NameKind.OBJECTIVE, lambda _, item: (item.objective.id,)),
            "kpi": reference(NameKind.KPI, lambda _, item: (item.result.kpi,)),
            "kind": choice(Measure, lambda _, item: (str(item.result.kind),)),
            "status": choice(Status, lambda data, item: (result_status(data, item),)),
            "text": text(lambda item: (item.result.title, item.result.description)),
        },
        sorts={
            "title": lambda _, item: natural(item.result.title),
            "objective": lambda _, item: natural(item.objective.page.title),
            "score": partial(_result_figure, "score"),
            "expected": partial(_result_figure, "expected"),
            "pace": partial(_result_figure, "pace"),
            "status": lambda data, item: _urgency(result_status(data, item)),
            "cycle": lambda data, item: _cycle_order(data, item.objective.cycle),
            "owner": lambda data, item: _owner_title(data, item.result.owners),
        },
        order=(("objective", False),),
        id=lambda item: (
            *by_order(item.objective.page), item.result.position,
        ),
    ),
    Listed.KPIS: ListKind(
        items=_kpis,
        filters={
            "owner": reference(NameKind.OWNER, lambda _, kpi: (kpi.owner,) if kpi.owner else ()),
            "health": choice(
                Health, lambda data, kpi: (str(data.scorecard.kpis[kpi.id].health),)
            ),
            "role": choice(Role, lambda data, kpi: (str(data.scorecard.kpis[kpi.id].role),)),
            "indicator": choice(Indicator, lambda _, kpi: (str(kpi.indicator or ""),)),
            "overdue": yes(lambda data, kpi: data.scorecard.kpis[kpi.id].overdue),
            "tag": tags(lambda kpi: kpi.page.tags),
            "text": text(lambda kpi: (kpi.page.title, kpi.page.description)),
        },
        sorts={
            "title": lambda _, kpi: natural(kpi.page.title),
            "health": lambda data, kpi: _ILLNESS[data.scorecard.kpis[kpi.id].health],
            "value": lambda data, kpi: _last(data, kpi, "value"),
            "date": lambda data, kpi: _last(data, kpi, "date"),
            "owner": lambda data, kpi: _owner_title(data, (kpi.owner,) if kpi.owner else ()),
        },
        order=(("title", False),),
        id=lambda kpi: by_order(kpi.page),
    ),
    Listed.CHECK_INS: ListKind(
        items=_check_ins,
        filters={
            "owner": reference(NameKind.OWNER, _said_by),
            "objective": reference(NameKind.OBJECTIVE, lambda _, check_in: (check_in.objective,)),
            "cycle": reference(NameKind.CYCLE, lambda data, c: (_about(data, c).cycle,)),
            "since": Filter(day, lambda _, check_in: check_in.date,
                lambda day, wanted: any(first is not None and day >= first for first in wanted),
            ),
            "until": Filter(day, lambda _, check_in: check_in.date,
                lambda day, wanted: any(last is not None and day <= last for last in wanted),
            ),
            "text": text(lambda c: (c.note, *c.blockers, *c.next)),
        },
        sorts={
            "date": lambda _, check_in: check_in.date,
            "objective": lambda data, c: natural(_about(data, c).page.title),
            "owner": lambda data, c: _owner_title(data, _said_by(data, c)),
        },
        order=(("date", True),),
        id=lambda check_in: (check_in.objective, check_in.uri, check_in.place.line),
    ),
    Listed.OWNERS: ListKind(
        items=_owners,
        filters={
            "type": choice(OwnerType, lambda _, owner: (str(owner.type),)),
            "parent": reference(NameKind.OWNER, lambda _, owner: (owner.parent,)),
            # It says which scores are shown, and leaves nobody out.
            "cycle": reference(
                NameKind.CYCLE, lambda data, owner: ()
            ),
            "status": choice(
                Status, lambda data, owner: _statuses(_figure("status", data, owner))
            ),
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
}  # fmt: skip
"""Every list by its name."""
