"""One KPI: how it stands, what works on it, what it drives, and every reading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.documents.values import Indicator, ReadingEvery
from okrsite.i18n import message
from okrsite.language.inline import inline
from okrsite.pages.chart import MOST_READINGS, Chart, critical_in_words, healthy_in_words, kpi_chart
from okrsite.pages.history import HistoryPanel, document_history
from okrsite.pages.objective import anchor_of
from okrsite.pages.owner import ResultElsewhere, result_elsewhere
from okrsite.pages.parts import Dated, Desk, Link, Mark, Source
from okrsite.pages.site import Site
from okrsite.project.model import Kpi, Reading
from okrsite.scores import KpiFigures, Role
from okrsite.scores.downsampling import downsample
from okrsite.scores.status import Health, health

_MOST_READINGS = 12


@dataclass(frozen=True, slots=True)
class LinkedKpi:
    """A KPI that drives this one or that this one drives, with its health."""

    mark: Mark
    link: Link
    value: str
    day: str | None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading, and how the KPI stood by it."""

    day: str
    iso: str
    value: str
    number: str
    health: Mark
    note: Markup | None
    source: Source


@dataclass(frozen=True, slots=True)
class KpiView:
    """All that the page of a KPI shows.

    `focus` are the key results that work on it now, `others` those of earlier and later cycles,
    drafts and cancelled ones. `readings` are the latest, `older` the rest, both newest first;
    `left_out` says where there are too many to list. `unit` is % or a currency.
    """

    title: Markup
    dated: Dated
    path: tuple[Link, ...]
    description: Markup | None
    tags: tuple[str, ...]
    health: Mark
    value: str
    day: str | None
    change: str | None
    overdue: str | None
    facts: tuple[tuple[str, Markup], ...]
    role: str
    unattended: str | None
    body: Markup
    chart: Chart | None
    focus: tuple[ResultElsewhere, ...]
    others: tuple[ResultElsewhere, ...]
    driven_by: tuple[LinkedKpi, ...]
    drives: tuple[LinkedKpi, ...]
    unit: str | None
    readings: tuple[ReadingRow, ...]
    older: tuple[ReadingRow, ...]
    left_out: str | None
    source: Source
    history: HistoryPanel | None


def kpi_view(site: Site, address: str, body: Markup, id: str) -> KpiView:
    """Make the page of a KPI."""
    desk, kpi = Desk(site, address), site.project.kpis[id]
    figures = site.scorecard.kpis[id]
    card = desk.kpi_card(kpi)
    latest = figures.readings[-_MOST_READINGS:]
    before = figures.readings[: -len(latest)] if latest else ()
    shown = downsample(before, MOST_READINGS - _MOST_READINGS, lambda reading: reading.value)
    description = kpi.page.description
    return KpiView(
        title=inline(kpi.page.title),
        dated=desk.dated(),
        path=(
            desk.page(desk.say("KPIs"), "kpis/index.md"),
            *((card.owner,) if card.owner is not None else ()),
        ),
        description=inline(description) if description else None,
        tags=kpi.page.tags,
        health=card.health,
        value=card.value,
        day=card.day,
        change=card.change,
        overdue=_overdue(desk, figures),
        facts=tuple(_facts(desk, kpi, figures)),
        role=_role(desk, figures),
        unattended=_unattended(desk, figures),
        body=body,
        chart=kpi_chart(desk, kpi, figures.readings, figures.health),
        focus=tuple(_results(desk, figures.focus)),
        others=tuple(_results(desk, (r for r in kpi.key_results if r not in figures.focus))),
        driven_by=tuple(_linked(desk, other) for other in kpi.driven_by),
        drives=tuple(_linked(desk, other) for other in kpi.drives),
        unit=kpi.unit if kpi.unit and desk.words.unit_is_part(kpi.unit) else None,
        readings=tuple(_reading(desk, kpi, reading) for reading in reversed(latest)),
        older=tuple(_reading(desk, kpi, reading) for reading in reversed(shown)),
        left_out=_left_out(desk, len(shown), len(before)),
        source=desk.source(kpi.page.path, kpi.page.place.line),
        history=document_history(desk, kpi.page.uri),
    )


_EVERY = {
    ReadingEvery.WEEK: message("every week"),
    ReadingEvery.MONTH: message("every month"),
    ReadingEvery.QUARTER: message("every quarter"),
    ReadingEvery.YEAR: message("every year"),
}

_INDICATORS = {
    Indicator.LEADING: message("leading: it tells early what will happen"),
    Indicator.LAGGING: message("lagging: it tells afterwards what has happened"),
}


def _facts(desk: Desk, kpi: Kpi, figures: KpiFigures) -> Iterator[tuple[str, Markup]]:
    """List what is fixed about a KPI, as names and values."""
    say = desk.say
    healthy, critical = healthy_in_words(desk, kpi), critical_in_words(desk, kpi)
    if healthy is not None:
        yield say("Healthy"), escape(healthy)
    if critical is not None:
        yield say("Critical"), escape(critical)
    if kpi.target is not None:
        yield say("Target"), escape(_target(desk, kpi, kpi.target.value, figures.last))
    yield say("Reading due"), escape(say(_EVERY[kpi.every]))
    if kpi.indicator is not None:
        yield say("Indicator"), escape(say(_INDICATORS[kpi.indicator]))
    if kpi.owner is not None:
        yield say("Owner"), anchor_of(desk.owner(kpi.owner))


def _target(desk: Desk, kpi: Kpi, target: float, last: Reading | None) -> str:
    """Say what is aimed at, by when, and how far that is: `95% by Dec 31, 2026, 13% to go`."""
    words, unit = desk.words, kpi.unit
    said = words.quantity(target, unit)
    if kpi.target_by is not None:
        day = words.day(kpi.target_by)
        said = desk.say("%(value)s by %(day)s", value=said, day=day)
    if last is None:
        return said
    missing = target - last.value if _is_rising(kpi, target) else last.value - target
    if missing <= 0:
        return desk.say("%(target)s, reached", target=said)
    short = desk.difference(missing, unit)
    if kpi.target_by is not None and kpi.target_by < desk.site.as_of:
        return desk.say("%(target)s, %(distance)s short", target=said, distance=short)
    return desk.say("%(target)s, %(distance)s to go", target=said, distance=short)


def _is_rising(kpi: Kpi, target: float) -> bool:
    """Whether more is better: by the band, else by where the readings began."""
    keep = kpi.keep
    if keep is not None and (keep.minimum is None) != (keep.maximum is None):
        return keep.maximum is None
    first = min(kpi.readings, key=lambda reading: reading.date, default=None)
    return first is None or target >= first.value


def _overdue(desk: Desk, figures: KpiFigures) -> str | None:
    if not figures.overdue or figures.last is None:
        return None
    days = (desk.site.as_of - figures.last.date).days
    return desk.words.count(
        "reading overdue: the last is %(number)s day old",
        "reading overdue: the last is %(number)s days old",
        days,
    )


def _role(desk: Desk, figures: KpiFigures) -> str:
    if figures.role is Role.FOCUS:
        return desk.words.count(
            "In focus of %(number)s key result",
            "In focus of %(number)s key results",
            len(figures.focus),
        )
    return desk.say("Health metric")


def _unattended(desk: Desk, figures: KpiFigures) -> str | None:
    if figures.role is Role.FOCUS or figures.health not in (Health.WARNING, Health.CRITICAL):
        return None
    return desk.say(
        "It is outside its healthy band, and no key result of an open cycle works on it."
    )


def _results(desk: Desk, references: Iterable[str]) -> Iterator[ResultElsewhere]:
    """Show key results on a KPI, the newest cycle first."""
    site = desk.site
    order = {cycle.id: position for position, cycle in enumerate(site.cycles)}
    found = []
    for reference in references:
        id, _, key_result = reference.partition("#")
        objective = site.project.objectives[id]
        result = next(r for r in objective.key_results if r.id == key_result)
        found.append((objective, result))
    found.sort(key=lambda pair: order[pair[0].cycle])
    return (result_elsewhere(desk, objective, result) for objective, result in found)


def _linked(desk: Desk, id: str) -> LinkedKpi:
    figures, kpi = desk.site.scorecard.kpis[id], desk.site.project.kpis[id]
    last = figures.last
    return LinkedKpi(
        mark=desk.health(figures.health),
        link=desk.kpi(id),
        value=desk.words.quantity(last.value if last else None, kpi.unit),
        day=desk.words.day(last.date) if last else None,
    )


def _left_out(desk: Desk, shown: int, number: int) -> str | None:
    if shown == number:
        return None
    return desk.say(
        "%(shown)s of %(number)s older readings, evenly spread, with the lowest and the highest",
        shown=shown, number=desk.words.number(number),
    )  # fmt: skip


def _reading(desk: Desk, kpi: Kpi, reading: Reading) -> ReadingRow:
    return ReadingRow(
        day=desk.words.day(reading.date),
        iso=reading.date.isoformat(),
        value=desk.words.quantity(reading.value, kpi.unit),
        number=f"{reading.value:.12g}",
        health=desk.health(health(reading.value, kpi.keep, kpi.alert)),
        note=inline(reading.note) if reading.note else None,
        source=desk.source(reading.place.path, reading.place.line),
    )
