"""The cycles of a site: those with a document, and the one that the settings name."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from okrsite.documents.models import CycleFields
from okrsite.documents.validate import Document, in_words
from okrsite.findings.finding import Finding, shorten
from okrsite.i18n import phrase
from okrsite.project.model.cycles import (
    Cycle,
    calendar_cycle,
    calendar_name,
    cycle_called,
    newest_first,
    siblings,
)
from okrsite.settings import FiscalYear, Settings, SettingsError
from okrsite.util.spelling import nearest


def documented_cycles(
    documents: Iterable[Document], fiscal_year: FiscalYear | None
) -> tuple[dict[str, Cycle], list[Finding]]:
    """Return the cycles of documents by id, and what is wrong with their days."""
    cycles: dict[str, Cycle] = {}
    findings: list[Finding] = []
    for document in documents:
        if document.broken:
            continue
        finding = _wrong_day(document)
        if finding is not None:
            findings.append(finding)
        else:
            cycles[document.id] = _cycle(document, fiscal_year)
    return cycles, findings


def _wrong_day(document: Document) -> Finding | None:
    fields = cast(CycleFields, document.fields)
    for name in ("end", "closed"):
        day = getattr(fields, name)
        if day is not None and day < fields.start:
            message = phrase("`%(name)s` is before `start`", name=name)
            return document.source.finding("OKR104", (name,), message)
    return None


def _cycle(document: Document, fiscal_year: FiscalYear | None) -> Cycle:
    fields = cast(CycleFields, document.fields)
    cycle = Cycle(document.id, document.title, fields.start, fields.end, fields.closed, True)
    calendar = calendar_cycle(calendar_name(document.id) or "", fiscal_year)
    if calendar is not None and cycle.title == in_words(document.id.rsplit("/", 1)[-1]):
        cycle = replace(cycle, title=calendar.title)
    return cycle


class Calendar:
    """Finds periods of the calendar that were forgotten when others were given days of their own.

    An organisation whose first quarter begins in October, and which has written no document for
    its second, does not mean April to June. `paths` are those of the documents of cycles, by id,
    broken ones included.
    """

    def __init__(
        self, cycles: Iterable[Cycle], paths: Mapping[str, str], fiscal_year: FiscalYear | None
    ) -> None:
        self._paths = paths
        self._documented = {calendar_name(id) for id in paths}
        self._others: dict[tuple[str, str], Cycle] = {}
        for cycle in cycles:
            calendar = calendar_cycle(calendar_name(cycle.id) or "", fiscal_year)
            key = siblings(cycle.id)
            if key and calendar and (cycle.start, cycle.end) != (calendar.start, calendar.end):
                self._others.setdefault(key, cycle)

    def forgotten(self, document: Document, cycle: Cycle) -> Finding | None:
        """Return the finding that an objective's cycle alone has the calendar's days."""
        key, documented = siblings(cycle.id), calendar_name(cycle.id) in self._documented
        sibling = self._others.get(key) if key and not documented else None
        if sibling is None:
            return None
        message = phrase(
            "%(cycle)s has calendar dates, %(start)s to %(end)s, but %(other)s has its own, "
            "%(other_start)s to %(other_end)s",
            cycle=cycle.title,
            start=cycle.start,
            end=cycle.end,
            other=sibling.title,
            other_start=sibling.start,
            other_end=sibling.end,
        )
        hint = phrase(
            "add a document for the cycle `%(cycle)s` with its `start` and `end`", cycle=cycle.id
        )
        mentions = (self._paths[sibling.id],)
        return document.source.finding("OKR205", ("cycle",), message, hint, mentions)


def check_cycle(settings: Settings, cycles: Iterable[Cycle]) -> None:
    """Raise SettingsError where the settings name a cycle for the home page that does not exist.

    Any cycle will do as long as the site has none.
    """
    known = newest_first(cycles)
    if settings.cycle is None or not known or cycle_called(known, settings.cycle):
        return
    near = nearest(settings.cycle.lower(), sorted(cycle.id for cycle in known))
    hint = f"did you mean `{near}`?" if near else f"write {shorten(c.id for c in known)}"
    raise SettingsError(
        f"the okrsite option `cycle` is wrong: there is no cycle `{settings.cycle}`; {hint}"
    )
