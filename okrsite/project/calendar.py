"""The cycles of a site: those with a document, and the calendar's that objectives are in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import cast

from okrsite.documents.models import CycleFields
from okrsite.documents.validate import Document, in_words
from okrsite.findings.finding import Finding, shorten
from okrsite.project.model.cycles import (
    Cycle,
    calendar_cycle,
    calendar_name,
    containing,
    cycle_called,
    meant_calendar_name,
    newest_first,
)
from okrsite.project.references import Ambiguous, References, Resolution, Resolved
from okrsite.settings import Settings, SettingsError
from okrsite.util.spelling import nearest


class Calendar:
    """Finds cycles by reference, by folder and by day. `known` grows while objectives are placed
    and is complete before anything asks which cycles contain one."""

    def __init__(self, documents: Iterable[Document]) -> None:
        documents = list(documents)
        self.known: dict[str, Cycle] = {}
        self.findings: list[Finding] = []
        self._references = References((document.id, None) for document in documents)
        for document in documents:
            if not document.broken:
                self._add(document)
        self._around: dict[tuple[str, date, date], list[Cycle]] = {}

    def follow(self, reference: str) -> Cycle | Resolution | None:
        """Find the cycle a reference means; None where its document has an error."""
        resolution = self._references.resolve(reference)
        if isinstance(resolution, Resolved):
            return self._of_document(resolution.id)
        if isinstance(resolution, Ambiguous):
            return resolution
        return self._of_calendar(reference) or resolution

    def of_folder(self, folder: str) -> Cycle | None:
        """Find the cycle that a folder is called after: `2026-q4`, `2026/q4`, `spring-season`."""
        segments = folder.lower().split("/")
        for name in (segments[-1], "-".join(segments[-2:]), "/".join(segments[-2:])):
            only = self._references.only(name)
            found = self._of_document(only) if only else self._of_calendar(name)
            if found is not None:
                return found
        return None

    def like(self, folder: str) -> tuple[str, str] | None:
        """Find a folder above a file that is called nearly like a cycle, and that cycle's name."""
        for name in reversed(folder.split("/")):
            near = meant_calendar_name(name) or self._references.like(name)
            if near is not None:
                return name, near.rsplit("/", 1)[-1]
        return None

    def containing(self, cycle: Cycle) -> list[Cycle]:
        """List the known cycles that contain one, the shortest first."""
        period = (cycle.id, cycle.start, cycle.end)
        if period not in self._around:
            self._around[period] = containing(cycle, self.known.values())
        return self._around[period]

    def _of_document(self, id: str) -> Cycle | None:
        # A calendar period whose document has an error falls back to the calendar: one typing
        # error must not take a whole quarter out of the site.
        return self.known.get(id) or self._of_calendar(calendar_name(id) or "")

    def _of_calendar(self, name: str) -> Cycle | None:
        name = name.strip().lower()
        return self.known.get(name) or calendar_cycle(name)

    def _add(self, document: Document) -> None:
        fields = cast(CycleFields, document.fields)
        for name in ("end", "closed"):
            day = getattr(fields, name)
            if day is not None and day < fields.start:
                message = f"`{name}` lies before `start`"
                self.findings.append(document.source.finding("OKR104", (name,), message))
                return
        cycle = Cycle(document.id, document.title, fields.start, fields.end, fields.closed, True)
        calendar = calendar_cycle(calendar_name(document.id) or "")
        if calendar is not None and cycle.title == in_words(document.id.rsplit("/", 1)[-1]):
            cycle = replace(cycle, title=calendar.title)
        self.known[cycle.id] = cycle


def check_cycle(settings: Settings, cycles: Iterable[Cycle]) -> None:
    """See that the cycle of the home page is one of those there are, unless there are none yet.

    Raise SettingsError where it is not.
    """
    known = newest_first(cycles)
    if settings.cycle is None or not known or cycle_called(known, settings.cycle):
        return
    near = nearest(settings.cycle.lower(), sorted(cycle.id for cycle in known))
    hint = f"did you mean `{near}`?" if near else f"write {shorten(c.id for c in known)}"
    raise SettingsError(
        f"the okrsite option `cycle` is wrong: there is no cycle `{settings.cycle}`; {hint}"
    )
