"""The goalposts of objectives that moved, and what their key results had been."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from okrsite.history.diff.measures import against_old_goalposts, starts_at_reading
from okrsite.history.log.cache import version_name
from okrsite.history.log.document_log import DocumentLog, DocumentLogs, Dropped, pairing_of
from okrsite.history.log.model import (
    LogEntry,
    MovedGoalposts,
    OriginalKeyResult,
    by_commit,
    goalposts_in,
)
from okrsite.history.log.numbering import Numbering
from okrsite.history.log.stated_values import StatedValues
from okrsite.history.log.versions import Content, VersionKey
from okrsite.project.model import Figure, KeyResult, Objective
from okrsite.project.model.measures import Kind, Metric

Starts = Mapping[str | None, float | None]
"""What key results started at before a reading of their KPI was edited, by id."""


class GoalpostReader:
    """Finds the goalposts that moved, one objective after the other."""

    def __init__(self, logs: DocumentLogs, stated: StatedValues) -> None:
        self._logs = logs
        self._versions = logs.versions
        self._published = logs.current.published
        self._stated = stated

    def moved(
        self, objective: Objective, log: DocumentLog, edits: Sequence[LogEntry]
    ) -> MovedGoalposts | None:
        """Return the goalposts of an objective that moved, if any; `edits` are those of starts."""
        entries = by_commit(goalposts_in((*log.entries, *edits)))
        cycle = self._logs.cycles.get(objective.cycle)
        if not (entries or cycle) or log.original is None or log.last is None:
            return None
        original, last = self._originals(log), self._results(log.last)
        if original is None or last is None:
            return None
        starts = {change.key_result: change.start for e in edits for change in e.changes}
        today = _ids_today(last, objective.key_results)
        kept: list[OriginalKeyResult] = []
        at = log.positions if log.positions is not None else range(len(original))
        gone: list[tuple[int, KeyResult, Dropped]] = []
        for result, position in zip(original, at, strict=False):
            if isinstance(position, int) and position in today:
                kept.append(self._kept(result, objective, today[position], starts))
            else:
                if isinstance(position, int):  # it is gone from files that are not committed
                    position = Dropped(log.last, position, -1, None)
                gone.append((len(kept), result, position))
                kept.append(OriginalKeyResult(result, None))
        free = {r.id: r for r in objective.key_results}
        for known in kept:
            free.pop(known.now or "", None)
        for index, result, position in gone:
            back = _come_back(result, free.values())
            if back is not None:
                del free[back.id]
                kept[index] = self._kept(result, objective, back.id, starts)
            else:
                kept[index] = self._dropped(result, objective, position, log.numbering)
        day = self._versions.commits[log.place].day
        start = self._logs.as_begun(self._published.cycles[objective.cycle]).start
        since = day if day is not None and day > start else None
        began = cycle.original if cycle else None
        return MovedGoalposts(entries, tuple(kept), began, since, log.late)

    def _originals(self, log: DocumentLog) -> tuple[KeyResult, ...] | None:
        """Return the key results of the beginning, their milestones as they were last seen."""
        results = self._results(*log.original) if log.original is not None else None
        if results is None:
            return None
        reached = list(results)
        versions = dict(log.milestones)
        if log.last is not None and any(r.kind is Kind.MILESTONE for r in results):
            versions[log.last] = log.positions  # one may be gone from files that are not committed
        for version, positions in versions.items():
            content = self._versions.content_of(version)
            if not isinstance(content, Objective):
                continue
            at = positions if positions is not None else range(len(results))
            for number, position in enumerate(at):
                if isinstance(position, int) and reached[number].kind is Kind.MILESTONE:
                    now = content.key_results[position]
                    reached[number] = against_old_goalposts(reached[number], now) or reached[number]
        return tuple(reached)

    def _kept(
        self, original: KeyResult, objective: Objective, now: str, starts: Starts
    ) -> OriginalKeyResult:
        """Return an original key result with today's id, measured by its original KPI still."""
        result = next(r for r in objective.key_results if r.id == now)
        if original.kpi == result.kpi:
            if now in starts and isinstance(original.measure, Metric):
                begin = starts[now]
                figure = Figure(begin, original.place) if begin is not None else None
                original = replace(original, measure=replace(original.measure, start=figure))
            return OriginalKeyResult(original, now)
        values = self._by_kpi(original, None)
        return OriginalKeyResult(original, now, values, lost=values is None)

    def _dropped(
        self, original: KeyResult, objective: Objective, dropped: Dropped, numbering: Numbering
    ) -> OriginalKeyResult:
        """Return an original key result that was dropped, with the values that it had then."""
        if original.kpi is not None:
            values = self._by_kpi(original, dropped.day)
            return OriginalKeyResult(original, None, values, lost=values is None)
        content = self._versions.content_of(dropped.version)
        if not isinstance(content, Objective):
            return OriginalKeyResult(original, None, lost=True)
        last = content.key_results[dropped.position]
        readings = self._stated.of(objective.id, last, dropped, numbering)
        values = replace(last, readings=(*last.readings, *readings))
        return OriginalKeyResult(original, None, values)

    def _by_kpi(self, result: KeyResult, until: date | None) -> KeyResult | None:
        """Return a key result with its KPI's readings up to a day; None if nobody may know them."""
        kpi = self._published.kpis.get(result.kpi or "")
        if kpi is None or result.masked:
            return None
        readings = tuple(r for r in kpi.readings if until is None or r.date <= until)
        return replace(result, readings=readings, unit=result.unit or kpi.unit)

    def edited_starts(
        self, objective: Objective, entries: Mapping[str, Sequence[LogEntry]], began: int
    ) -> list[LogEntry]:
        """Return the entries that tell that a KPI's reading was edited which a key result starts
        at, once the cycle had opened and the objective was there: the newest first.

        `began` is the place of the commit since which its goalposts hold.
        """
        published = self._published
        first_day = self._logs.as_begun(published.cycles[objective.cycle]).start
        found: list[LogEntry] = []
        for result in objective.key_results:
            kpi = published.kpis.get(result.kpi or "")
            if kpi is None or result.masked or not starts_at_reading(result):
                continue
            readings = {reading.date: reading.value for reading in kpi.readings}
            for entry in sorted(entries.get(kpi.page.uri, ()), key=lambda entry: entry.place):
                edited = [edit for change in entry.changes for edit in change.edited]
                if not edited:
                    continue
                now = _start(readings, first_day)
                for day, before, _ in edited:
                    readings.pop(day, None)
                    if before is not None:
                        readings[day] = before
                was = _start(readings, first_day)
                opened = entry.day is not None and entry.day >= first_day
                if was != now and opened and entry.place < began:
                    change = self._logs.comparison.start_edited(result, was, now)
                    found.append(replace(entry, changes=(change,)))
        return sorted(found, key=lambda entry: entry.place)

    def _results(
        self, key: VersionKey, content: Content | None = None
    ) -> tuple[KeyResult, ...] | None:
        """Return the key results of a version, without readings."""
        if not self._versions.is_new(key):
            known = self._logs.cache.originals.get(version_name(key))
            if known is not None:
                return known
        content = content if content is not None else self._versions.content_of(key)
        if not isinstance(content, Objective):
            return None
        results = tuple(replace(r, readings=(), confidences=()) for r in content.key_results)
        self._logs.cache.originals.put(version_name(key), results)
        return results


def _ids_today(last: Sequence[KeyResult], today: Sequence[KeyResult]) -> Mapping[int, str]:
    """Return the ids that the key results of the newest version have in the files as they are."""
    pairing = pairing_of(last, today)
    return {old: today[new].id for old, new in enumerate(pairing) if new >= 0}


def _come_back(dropped: KeyResult, free: Iterable[KeyResult]) -> KeyResult | None:
    """Return the key result of today that was dropped and restored."""
    for result in free:
        named = "id" in dropped.lines and "id" in result.lines and result.id == dropped.id
        if (named or result.title == dropped.title) and result.kpi == dropped.kpi:
            return result
    return None


def _start(readings: Mapping[date, float], first_day: date) -> float | None:
    """Return the value of a KPI that a way starts at."""
    before = [day for day in readings if day <= first_day]
    day = max(before) if before else min(readings, default=None)
    return readings[day] if day is not None else None
