"""One KPI: how it stands, what works on it, what it drives, and every reading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.documents.values import Indicator, ReadingEvery
from okrsite.i18n import message
from okrsite.language.inline import inline
from okrsite.pages.chart import MOST_READINGS, Chart, kpi_chart
from okrsite.pages.history import HistoryPanel, document_history
from okrsite.pages.parts import Link, Mark, PageContext, ResultRow
from okrsite.pages.site import Site
from okrsite.project.model import Kpi, Place, Reading
from okrsite.scores import KpiFigures, Role
from okrsite.scores.forecast import thinned
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
    source: Place


@dataclass(frozen=True, slots=True)
class KpiView:
    """All that the page of a KPI shows.

    `focus` are the key results that work on it now, `others` those of earlier and later cycles,
    drafts and cancelled ones. `readings` are the latest, `older` the rest, both newest first;
    `left_out` says where there are too many to list. `unit` is % or a currency.
    """

    title: Markup
    context: PageContext
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
    focus: tuple[ResultRow, ...]
    others: tuple[ResultRow, ...]
    driven_by: tuple[LinkedKpi, ...]
    drives: tuple[LinkedKpi, ...]
    unit: str | None
    readings: tuple[ReadingRow, ...]
    older: tuple[ReadingRow, ...]
    left_out: str | None
    history: HistoryPanel | None


def kpi_view(site: Site, address: str, body: Markup, id: str) -> KpiView:
    """Make the page of a KPI."""
    context, kpi = PageContext(site, address), site.project.kpis[id]
    figures = site.scorecard.kpis[id]
    last = figures.last
    latest = figures.readings[-_MOST_READINGS:]
    before = figures.readings[: -len(latest)] if latest else ()
    shown = thinned(before, MOST_READINGS - _MOST_READINGS, lambda reading: reading.value)
    description = kpi.page.description
    return KpiView(
        title=inline(kpi.page.title),
        context=context,
        path=(
            context.page(context.say("KPIs"), "kpis/index.md"),
            *(context.owners([kpi.owner]) if kpi.owner is not None else ()),
        ),
        description=inline(description) if description else None,
        tags=kpi.page.tags,
        health=context.health(figures.health),
        value=context.words.quantity(last.value if last else None, kpi.unit),
        day=context.words.day(last.date) if last else None,
        change=context.kpi_change(context.kpi_card(kpi)),
        overdue=_overdue(context, figures),
        facts=tuple(_facts(context, kpi, figures)),
        role=_role(context, figures),
        unattended=_unattended(context, figures),
        body=body,
        chart=kpi_chart(context, kpi, figures.readings, figures.health),
        focus=tuple(_results(context, figures.focus)),
        others=tuple(_results(context, (r for r in kpi.key_results if r not in figures.focus))),
        driven_by=tuple(_linked(context, other) for other in kpi.driven_by),
        drives=tuple(_linked(context, other) for other in kpi.drives),
        unit=kpi.unit if kpi.unit and context.words.unit_is_part(kpi.unit) else None,
        readings=tuple(_reading(context, kpi, reading) for reading in reversed(latest)),
        older=tuple(_reading(context, kpi, reading) for reading in reversed(shown)),
        left_out=_left_out(context, len(shown), len(before)),
        history=document_history(context, kpi.page.uri),
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


def _facts(context: PageContext, kpi: Kpi, figures: KpiFigures) -> Iterator[tuple[str, Markup]]:
    """List what is fixed about a KPI, as names and values."""
    say = context.say
    healthy, critical = context.kpi_healthy(kpi), context.kpi_critical(kpi)
    if healthy is not None:
        yield say("Healthy"), escape(healthy)
    if critical is not None:
        yield say("Critical"), escape(critical)
    if kpi.target is not None:
        yield say("Target"), escape(_target(context, kpi, kpi.target.value, figures.last))
    yield say("Reading due"), escape(say(_EVERY[kpi.every]))
    if kpi.indicator is not None:
        yield say("Indicator"), escape(say(_INDICATORS[kpi.indicator]))
    if kpi.owner is not None:
        yield say("Owner"), escape(context.owner(kpi.owner))


def _target(context: PageContext, kpi: Kpi, target: float, last: Reading | None) -> str:
    """Say what is aimed at, by when, and how far that is: `95% by Dec 31, 2026, 13% to go`."""
    words, unit = context.words, kpi.unit
    said = words.quantity(target, unit)
    if kpi.target_by is not None:
        day = words.day(kpi.target_by)
        said = context.say("%(value)s by %(day)s", value=said, day=day)
    if last is None:
        return said
    missing = target - last.value if _is_rising(kpi, target) else last.value - target
    if missing <= 0:
        return context.say("%(target)s, reached", target=said)
    short = context.difference(missing, unit)
    if kpi.target_by is not None and kpi.target_by < context.site.as_of:
        return context.say("%(target)s, %(distance)s short", target=said, distance=short)
    return context.say("%(target)s, %(distance)s to go", target=said, distance=short)


def _is_rising(kpi: Kpi, target: float) -> bool:
    """Whether more is better: by the band, else by where the readings began."""
    keep = kpi.keep
    if keep is not None and (keep.minimum is None) != (keep.maximum is None):
        return keep.maximum is None
    first = min(kpi.readings, key=lambda reading: reading.date, default=None)
    return first is None or target >= first.value


def _overdue(context: PageContext, figures: KpiFigures) -> str | None:
    if not figures.overdue or figures.last is None:
        return None
    days = (context.site.as_of - figures.last.date).days
    return context.words.count(
        "reading overdue: the last is %(number)s day old",
        "reading overdue: the last is %(number)s days old",
        days,
    )


def _role(context: PageContext, figures: KpiFigures) -> str:
    if figures.role is Role.FOCUS:
        return context.words.count(
            "In focus of %(number)s key result",
            "In focus of %(number)s key results",
            len(figures.focus),
        )
    return context.say("Health metric")


def _unattended(context: PageContext, figures: KpiFigures) -> str | None:
    if figures.role is Role.FOCUS or figures.health not in (Health.WARNING, Health.CRITICAL):
        return None
    return context.say(
        "It is outside its healthy band, and no key result of an open cycle works on it."
    )


def _results(context: PageContext, references: Iterable[str]) -> Iterator[ResultRow]:
    """Show key results on a KPI, the newest cycle first."""
    site = context.site
    order = {cycle.id: position for position, cycle in enumerate(site.cycles)}
    found = []
    for reference in references:
        id, _, key_result = reference.partition("#")
        objective = site.project.objectives[id]
        result = next(r for r in objective.key_results if r.id == key_result)
        found.append((objective, result))
    found.sort(key=lambda pair: order[pair[0].cycle])
    return (context.result_row(objective, result) for objective, result in found)


def _linked(context: PageContext, id: str) -> LinkedKpi:
    figures, kpi = context.site.scorecard.kpis[id], context.site.project.kpis[id]
    last = figures.last
    return LinkedKpi(
        mark=context.health(figures.health),
        link=context.kpi(id),
        value=context.words.quantity(last.value if last else None, kpi.unit),
        day=context.words.day(last.date) if last else None,
    )


def _left_out(context: PageContext, shown: int, number: int) -> str | None:
    if shown == number:
        return None
    return context.say(
        "%(shown)s of %(number)s older readings, evenly spread, with the lowest and the highest",
        shown=shown, number=context.words.number(number),
    )  # fmt: skip


def _reading(context: PageContext, kpi: Kpi, reading: Reading) -> ReadingRow:
    return ReadingRow(
        day=context.words.day(reading.date),
        iso=reading.date.isoformat(),
        value=context.words.quantity(reading.value, kpi.unit),
        number=f"{reading.value:.12g}",
        health=context.health(health(reading.value, kpi.keep, kpi.alert)),
        note=inline(reading.note) if reading.note else None,
        source=reading.place,
    )
