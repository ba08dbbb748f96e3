"""Checks on KPIs: unhealthy ones that nobody works on, and readings that are overdue."""

from collections.abc import Iterator

from okrsite.checks.cadence import report_later
from okrsite.checks.registry import Seen, Subject, of_kpis
from okrsite.documents.values import ReadingEvery
from okrsite.i18n import phrase
from okrsite.project.model import Kpi
from okrsite.project.model.cycles import State
from okrsite.scores import KpiFigures, Role
from okrsite.scores.status import Health

_EVERY = {
    ReadingEvery.WEEK: phrase("every week"),
    ReadingEvery.MONTH: phrase("every month"),
    ReadingEvery.QUARTER: phrase("every quarter"),
    ReadingEvery.YEAR: phrase("every year"),
}


def needs_objective(kpi: Kpi, figures: KpiFigures) -> bool:
    """Whether a KPI in use is in warning or critical, and no key result addresses it."""
    return (
        kpi.active
        and figures.health in (Health.WARNING, Health.CRITICAL)
        and figures.role is Role.HEALTH
    )


@of_kpis("OKR409")
def nobody_works_on_it(subject: Subject, kpi: Kpi) -> Iterator[Seen]:
    """A KPI in warning or critical that no active key result of an open cycle works on."""
    figures = subject.kpi_figures(kpi)
    if needs_objective(kpi, figures) and not _is_meant(subject, kpi):
        message = phrase("the KPI is critical and no key result addresses it")
        if figures.health is Health.WARNING:
            message = phrase("the KPI is in warning and no key result addresses it")
        hint = phrase(
            "add an objective with a key result that has `kpi: %(id)s`",
            id=kpi.id.rsplit("/", 1)[-1],
        )
        yield kpi.page.line("keep"), message, hint


def _is_meant(subject: Subject, kpi: Kpi) -> bool:
    """Whether a key result works on a KPI in an objective that an error leaves without figures."""
    today = subject.scorecard.as_of
    return any(
        result.kpi == kpi.id
        for document in subject.project.broken
        if document.objective and document.objective.active and document.cycle
        if document.cycle.state(today) is State.OPEN
        for result in document.objective.counting
    )


@of_kpis("OKR415")
def overdue(subject: Subject, kpi: Kpi) -> Iterator[Seen]:
    """The last reading is older than two periods, or there is none."""
    figures = subject.kpi_figures(kpi)
    if figures.overdue:
        last = figures.last
        message = phrase(
            "the KPI has no reading yet; one is due %(every)s", every=_EVERY[kpi.every]
        )
        if last:
            message = phrase(
                "last reading %(day)s; one is due %(every)s",
                day=last.date,
                every=_EVERY[kpi.every],
            )
        yield kpi.page.line("readings"), message, phrase("add a reading with its date and value")


@of_kpis("OKR416")
def ahead(subject: Subject, kpi: Kpi) -> Iterator[Seen]:
    """Readings of a later day than the one that is looked at."""
    today = subject.scorecard.as_of
    later = [(reading.date, reading.place) for reading in kpi.readings if reading.date > today]
    yield from report_later(subject, later, of_kpi=True)
