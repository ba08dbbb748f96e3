"""The cycles of a site: those with a document, and the one that the settings name."""

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from okrsite.documents.models import CycleFields
from okrsite.documents.validate import Document, in_words
from okrsite.findings.finding import Finding, shorten
from okrsite.project.model.cycles import (
    Cycle,
    calendar_cycle,
    calendar_name,
    cycle_called,
    newest_first,
)
from okrsite.settings import Settings, SettingsError
from okrsite.util.spelling import nearest


def documented_cycles(documents: Iterable[Document]) -> tuple[dict[str, Cycle], list[Finding]]:
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
            cycles[document.id] = _cycle(document)
    return cycles, findings


def _wrong_day(document: Document) -> Finding | None:
    fields = cast(CycleFields, document.fields)
    for name in ("end", "closed"):
        day = getattr(fields, name)
        if day is not None and day < fields.start:
            return document.source.finding("OKR104", (name,), f"`{name}` lies before `start`")
    return None


def _cycle(document: Document) -> Cycle:
    fields = cast(CycleFields, document.fields)
    cycle = Cycle(document.id, document.title, fields.start, fields.end, fields.closed, True)
    calendar = calendar_cycle(calendar_name(document.id) or "")
    if calendar is not None and cycle.title == in_words(document.id.rsplit("/", 1)[-1]):
        cycle = replace(cycle, title=calendar.title)
    return cycle


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
