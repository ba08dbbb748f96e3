"""Git's history to the change log of a site: one pass over the log, each version read once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from okrsite.documents.quantity import InvalidValueError, parse_quantity, parse_share
from okrsite.documents.types import Type
from okrsite.history.diff.matching import match_cycles, match_key_results
from okrsite.history.diff.measures import against_old_goalposts, starts_at_reading
from okrsite.history.diff.model import ChangeKind
from okrsite.history.git.log import Commit
from okrsite.history.log.cache import Pair, pair_name, version_name
from okrsite.history.log.document_changes import (
    DocumentComparison,
    in_common,
    in_cycle,
)
from okrsite.history.log.model import (
    History,
    LogEntry,
    LoggedChange,
    MovedCycle,
    MovedGoalposts,
    OriginalKeyResult,
)
from okrsite.history.log.renames import Step, follow
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.version_reader import HistorySource, VersionReader
from okrsite.history.log.versions import Content, DocumentCheckIns, VersionFacts, VersionKey
from okrsite.language.wording import Words
from okrsite.project.model import CheckIn, Figure, KeyResult, Kpi, Objective, Project, Reading
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Kind, Metric
from okrsite.project.names import Names
from okrsite.settings import Settings
from okrsite.util.markdown_files import MARKDOWN

Steps = Mapping[str, Sequence[Step]]
"""The steps of each document, by its file relative to docs_dir, the newest first."""


def read_history(
    source: HistorySource, names: Names, everything: Project, published: Project,
    settings: Settings, words: Words,
) -> History:  # fmt: skip
    """Return who changed what in the published documents.

    `names` and `everything` are the documents as they are now, private ones included. Raises
    RepositoryError where git cannot read its history.
    """
    current = CurrentNames(names, everything, published)
    return _HistoryReader(source, current, settings, words).history()


@dataclass(frozen=True, slots=True)
class _Dropped:
    """A key result that is gone: the last version that had it, its position there, and the place
    and day of the commit that dropped it."""

    version: VersionKey
    position: int
    place: int
    day: date | None


_Positions = tuple[int | _Dropped, ...] | None
"""Where each key result of an original version is in a later one; None is where it was."""


@dataclass(frozen=True, slots=True)
class _DocumentLog:
    """The entries of one document, and what its goalposts are compared with: the version that its
    cycle began with and the newest one, as far as they were read, and where the key results of the
    first are in the second. `place` is that of the commit of the first, `late` whether the
    document was written after the cycle began. `milestones` are the versions in between after which
    goalposts of milestones moved, the oldest first, with where these key results are in them."""

    entries: tuple[LogEntry, ...]
    original: tuple[VersionKey, Content | None] | None
    place: int
    last: VersionKey | None
    positions: _Positions
    late: bool
    milestones: Mapping[VersionKey, _Positions]


class _HistoryReader:
    """Reads one history."""

    def __init__(
        self, source: HistorySource, current: CurrentNames, settings: Settings, words: Words
    ) -> None:
        self._versions = VersionReader(source, current, settings)
        self._current = current
        self._private_too = settings.include_private
        self._address = source.address
        self._cache = source.cache
        self._comparison = DocumentComparison(words, current)
        self._hidden: set[str] = set(current.hidden.owners)
        self._cycles: Mapping[str, MovedCycle] = {}

    def history(self) -> History:
        """Read everything: owners first, then KPIs, because the rest depends on who is private.

        Other files come last: a check-in document is logged with its objectives, a data file with
        its KPI.
        """
        project = self._current.published
        owners = {o.page.uri: o.type for o in project.owners.values() if o.page is not None}
        kpis = {kpi.page.uri: Type.KPI for kpi in project.kpis.values()}
        objectives = {o.page.uri: o for o in project.objectives.values()}
        cycle_pages = [page.uri for page in project.cycle_pages.values()]
        steps = self._steps(
            (
                *owners, *kpis, *objectives, *cycle_pages, *project.check_in_documents,
                *self._current.kpi_of_data,
            )
        )  # fmt: skip
        if self._current.rename(self._former_names(steps)):
            self._versions.clear()
        self._hidden |= {
            o.id for o in project.owners.values() if o.page and self._was_private(steps[o.page.uri])
        }
        private = [k.id for k in project.kpis.values() if self._was_private(steps[k.page.uri])]
        if self._current.mask(private):
            self._versions.clear()
        entries: defaultdict[str, list[LogEntry]] = defaultdict(list)
        for uri, type in {**owners, **kpis}.items():
            entries[uri] += self._log(steps[uri], type).entries
        for uri, kpi in self._current.kpi_of_data.items():
            since, _ = self._public_since(steps[kpi.page.uri], data=uri)
            entries[kpi.page.uri] += self._log(_from(steps[uri], since), Type.KPI).entries
        cycles = self._cycles = self._moved_cycles(steps)
        stated = _StatedValues(
            self._versions, self._public,
            lambda: {
                **self._steps(self._deleted(steps)),
                **{uri: steps[uri] for uri in project.check_in_documents},
            },
        )  # fmt: skip
        goalposts: dict[str, MovedGoalposts] = {}
        for uri, objective in objectives.items():
            start = self._as_begun(project.cycles[objective.cycle]).start
            log = self._log(steps[uri], Type.OBJECTIVE, start)
            edits = self._edited_starts(objective, entries, log.place)
            entries[uri] += (*log.entries, *edits)
            if moved := self._moved_goalposts(objective, log, edits, stated, cycles):
                goalposts[objective.id] = moved
        for uri, entry in self._check_ins(steps):
            entries[uri].append(entry)
        documents = {uri: _by_commit(found) for uri, found in entries.items() if found}
        return History(documents, goalposts, cycles, self._address)

    def _steps(self, uris: Iterable[str]) -> Steps:
        versions = self._versions
        found = follow(versions.commits, map(versions.path, uris), versions.renames)
        return {versions.uri(path): steps for path, steps in found.items()}

    def _former_names(self, steps: Steps) -> dict[tuple[str, str], str]:
        """Return the ids of owners and KPIs by their sort and former files, without ending."""
        project = self._current.published
        documents = [("owner", o.page, o.id) for o in project.owners.values() if o.page is not None]
        documents += [("kpi", kpi.page, kpi.id) for kpi in project.kpis.values()]
        return {
            (kind, uri.removesuffix(".md")): id
            for kind, page, id in documents
            for step in steps[page.uri]
            if step.after is not None and (uri := self._versions.uri(step.after[0])) != page.uri
        }

    def _deleted(self, steps: Steps) -> dict[str, VersionKey]:
        """Return the files that are there no more, with their last versions; check-ins and cycles
        may have been among them."""
        hidden = self._current.hidden.uris
        return {
            uri: (file.path, id)
            for commit in reversed(self._versions.commits)
            for file in commit.files
            if file.path.endswith(MARKDOWN) and file.after is None
            if (uri := self._versions.uri(file.path)) not in steps and uri not in hidden
            if (id := next(filter(None, file.before), None)) is not None
        }

    def _check_ins(self, steps: Steps) -> Iterator[tuple[str, LogEntry]]:
        """Return the entries of check-in documents, with the file of the objective of each."""
        project = self._current.published
        since: dict[str, int] = {}
        for objective in project.objectives.values():
            place, began = self._public_since(steps[objective.page.uri])
            since[objective.id] = place if began else place - 1
        for uri in project.check_in_documents:
            for entry in self._log(steps[uri], Type.CHECK_IN).entries:
                by_objective: defaultdict[str, list[LoggedChange]] = defaultdict(list)
                for change in entry.changes:
                    if change.about in since and entry.place <= since[change.about]:
                        by_objective[change.about].append(change)
                for id, changes in by_objective.items():
                    page = project.objectives[id].page
                    yield page.uri, replace(entry, changes=tuple(changes))

    # Privacy

    def _public_since(self, steps: Sequence[Step], data: str | None = None) -> tuple[int, bool]:
        """Return the place of the commit since which a document was public without a break, and a
        KPI had its readings in the file `data`; and whether it began there.

        What was there before that commit is not shown.
        """
        since = -1
        for step in steps:
            facts = self._versions.facts_of(step.after) if step.after is not None else None
            if facts is None or not self._public(facts) or (data and facts.data != data):
                return since, False
            since = step.place
        return since, True

    def _was_private(self, steps: Iterable[Step]) -> bool:
        if self._private_too:
            return False
        return any(step.after and self._versions.facts_of(step.after).private for step in steps)

    def _public(self, facts: VersionFacts) -> bool:
        return self._private_too or facts.public(self._hidden)

    def _counts(self, key: VersionKey, type: Type) -> bool:
        """Whether a version is a public document of a type, without errors."""
        facts = self._versions.facts_of(key)
        return facts.type is type and self._public(facts)

    # The changes of one document

    def _log(self, steps: Sequence[Step], type: Type, start: date | None = None) -> _DocumentLog:
        """Return the log of a document; `start` is the first day of an objective's cycle."""
        entries: list[LogEntry] = []
        original: tuple[VersionKey, Content | None] | None = None
        positions: dict[VersionKey, _Positions] = {}
        last: VersionKey | None = None
        milestones: dict[VersionKey, _Positions] = {}
        broken = late = False
        began = -1
        for step, key in self._versions.in_order(steps):
            commit = self._versions.commits[step.place]
            if key is None:
                if type is Type.CYCLE and last is not None:
                    found = self._without_document(last, commit.day)
                    entries += [_entry(step, commit, found)] if found else []
                    last = None
                continue
            if not self._counts(key, type):
                facts = self._versions.facts_of(key)
                if last is not None and facts.broken and self._public(facts) and not broken:
                    broken = True
                    entries.append(_entry(step, commit, (self._comparison.broken(),)))
                continue
            bases = [key for key in step.before if key and self._counts(key, type)]
            if len(bases) < len(step.before) or not bases:
                bases = [last] if last is not None else []
            base = bases[0] if bases else None
            # A merge of what one branch has under another name: both branches have logged it.
            merged = None in step.before and any(step.before)
            changes: tuple[LoggedChange, ...] = ()
            if not commit.boundary:
                found = () if merged else self._changes(bases, key)
                changes = tuple(self._in_cycle(c, base or key, commit.day, type) for c in found)
                if broken:
                    changes = (self._comparison.mended(), *changes)
                if changes:
                    entries.append(_entry(step, commit, changes))
            if base is not None and base in positions:
                if any(c.goalpost and c.kind is ChangeKind.MILESTONE for c in changes):
                    milestones[base] = positions[base]
                pairing = self._cache.pairings.get(pair_name((base, key)))
                positions[key] = _followed(positions[base], pairing, base, step.place, commit.day)
            broken, last = False, key
            if type is Type.CYCLE:  # until it begins by the days that it had before
                start = self._versions.facts_of(base or key).opens
            early = start is not None and commit.day is not None and commit.day <= start
            if early or original is None or self._versions.facts_of(original[0]).draft:
                late = original is None and not early
                original, began = (key, self._versions.content_at_hand(key)), step.place
                positions, milestones = {key: None}, {}
        now = positions.get(last) if last else None
        return _DocumentLog(tuple(entries[::-1]), original, began, last, now, late, milestones)

    def _changes(self, bases: Sequence[VersionKey], key: VersionKey) -> tuple[LoggedChange, ...]:
        """Return the changes between a version and the ones before it."""
        changes = self._compared((bases[0] if bases else None, key))
        for other in bases[1:]:
            changes = in_common(changes, self._compared((other, key)))
        return changes

    def _without_document(self, key: VersionKey, day: date | None) -> tuple[LoggedChange, ...]:
        """Return the changes of a cycle whose document was deleted: the calendar's days hold."""
        cycle = self._versions.content_of(key)
        calendar = self._comparison.calendar_of(cycle) if isinstance(cycle, Cycle) else None
        if calendar is None:
            return ()
        found = self._comparison.compare(cycle, calendar)
        return tuple(self._in_cycle(change, key, day, Type.CYCLE) for change in found)

    def _compared(self, pair: Pair) -> tuple[LoggedChange, ...]:
        before, after = pair
        if before == after:
            return ()
        versions = self._versions
        if not versions.is_new(after) and not versions.is_new(before):
            known = self._cache.changes.get(pair_name(pair))
            if known is not None:
                self._cache.pairings.get(pair_name(pair))
                return known
        was = versions.content_of(before) if before is not None else None
        now = versions.content_of(after)
        found: tuple[LoggedChange, ...] = ()
        if was is None and isinstance(now, Kpi) and versions.uri(after[0]) != now.page.uri:
            found = self._comparison.added(now)
        elif now is not None:
            found = self._comparison.compare(was, now)
        self._cache.changes.put(pair_name(pair), found)
        if isinstance(was, Objective) and isinstance(now, Objective):
            pairing = _pairing(was.key_results, now.key_results)
            if pairing != tuple(range(len(pairing))):
                self._cache.pairings.put(pair_name(pair), pairing)
        return found

    def _in_cycle(
        self, change: LoggedChange, before: VersionKey, day: date | None, type: Type
    ) -> LoggedChange:
        """Return a change as one of a goalpost if the cycle of the version before had begun."""
        if not change.goalpost:
            return change
        facts = self._versions.facts_of(before)
        if type is Type.CYCLE:
            return in_cycle(change, bool(day and facts.opens and day >= facts.opens), closed=False)
        cycle = self._current.cycle(facts.cycle)
        if not cycle or day is None:
            return in_cycle(change, opened=False, closed=False)
        return in_cycle(change, day >= self._as_begun(cycle).start, day > cycle.closing_day)

    def _as_begun(self, cycle: Cycle) -> Cycle:
        """Return a cycle with the days that it began with."""
        moved = self._cycles.get(cycle.id)
        return moved.original if moved else cycle

    # Goalposts

    def _moved_cycles(self, steps: Steps) -> dict[str, MovedCycle]:
        """Return the cycles whose days moved back after they had opened."""
        published = self._current.published
        histories = self._deleted_cycles(steps)
        for id, page in published.cycle_pages.items():
            histories.setdefault(id, []).extend(steps[page.uri])
        found: dict[str, MovedCycle] = {}
        for id, history in histories.items():
            log = self._log(_one_document(history), Type.CYCLE)
            moved = _goalposts_in(log.entries)
            if not moved or log.original is None:
                continue
            key, content = log.original
            original = content if content is not None else self._versions.content_of(key)
            if isinstance(original, Cycle):
                calendar = self._comparison.calendar_of(original) if log.late else None
                began = replace(calendar or original, title=original.title)
                found[id] = MovedCycle(moved, began)
        return found

    def _deleted_cycles(self, steps: Steps) -> dict[str, list[Step]]:
        """Return the steps of the deleted documents of cycles, by the ids of the cycles now."""
        deleted = {
            uri: content
            for uri, key in self._deleted(steps).items()
            if self._versions.facts_of(key).type is Type.CYCLE
            if isinstance(content := self._versions.content_of(key), Cycle)
        }
        former = {cycle.id: cycle for cycle in deleted.values()}
        now = match_cycles(former, self._current.published.cycles)
        found: defaultdict[str, list[Step]] = defaultdict(list)
        for uri, history in self._steps(deleted).items():
            id = now.get(deleted[uri].id)
            if id is not None:
                found[id] += history
        return dict(found)

    def _moved_goalposts(
        self, objective: Objective, log: _DocumentLog, edits: Sequence[LogEntry],
        stated: "_StatedValues", cycles: Mapping[str, MovedCycle],
    ) -> MovedGoalposts | None:  # fmt: skip
        entries = _by_commit(_goalposts_in((*log.entries, *edits)))
        cycle = cycles.get(objective.cycle)
        if not (entries or cycle) or log.original is None or log.last is None:
            return None
        original, last = self._originals(log), self._results(log.last)
        if original is None or last is None:
            return None
        starts = {change.key_result: change.start for e in edits for change in e.changes}
        today = _ids_today(last, objective.key_results)
        kept: list[OriginalKeyResult] = []
        at = log.positions if log.positions is not None else range(len(original))
        gone: list[tuple[int, KeyResult, _Dropped]] = []
        for result, position in zip(original, at, strict=False):
            if isinstance(position, int) and position in today:
                kept.append(self._kept(result, objective, today[position], starts))
            else:
                if isinstance(position, int):  # it is gone from files that are not committed
                    position = _Dropped(log.last, position, -1, None)
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
                kept[index] = self._dropped(result, objective, position, stated)
        return MovedGoalposts(entries, tuple(kept), cycle.original if cycle else None)

    def _originals(self, log: _DocumentLog) -> tuple[KeyResult, ...] | None:
        """Return the key results that the cycle began with.

        Their milestones have the progress of the last version in which each was seen: those that
        there are still get today's.
        """
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
        self, original: KeyResult, objective: Objective, now: str,
        starts: Mapping[str | None, float | None],
    ) -> OriginalKeyResult:  # fmt: skip
        """Return an original key result with the id that it has now.

        One that took its values from another KPI is measured by that KPI still.
        """
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
        self, original: KeyResult, objective: Objective, dropped: _Dropped, stated: "_StatedValues"
    ) -> OriginalKeyResult:
        """Return an original key result that was dropped, with the values that it had then."""
        if original.kpi is not None:
            values = self._by_kpi(original, dropped.day)
            return OriginalKeyResult(original, None, values, lost=values is None)
        content = self._versions.content_of(dropped.version)
        if not isinstance(content, Objective):
            return OriginalKeyResult(original, None, lost=True)
        last = content.key_results[dropped.position]
        readings = stated.of(objective.id, last, dropped.place)
        values = replace(last, readings=(*last.readings, *readings))
        return OriginalKeyResult(original, None, values)

    def _by_kpi(self, result: KeyResult, until: date | None) -> KeyResult | None:
        """Return a key result with the readings of its KPI up to a day; None where nobody may know
        them."""
        kpi = self._current.published.kpis.get(result.kpi or "")
        if kpi is None or result.masked:
            return None
        readings = tuple(r for r in kpi.readings if until is None or r.date <= until)
        return replace(result, readings=readings, unit=result.unit or kpi.unit)

    def _edited_starts(
        self, objective: Objective, entries: Mapping[str, Sequence[LogEntry]], began: int
    ) -> list[LogEntry]:
        """Return the entries that tell that a KPI's reading was edited which a key result starts
        at, once the cycle had opened and the objective was there: the newest first.

        `began` is the place of the commit since which its goalposts hold.
        """
        published = self._current.published
        first_day = self._as_begun(published.cycles[objective.cycle]).start
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
                    change = self._comparison.start_edited(result, was, now)
                    found.append(replace(entry, changes=(change,)))
        return sorted(found, key=lambda entry: entry.place)

    def _results(
        self, key: VersionKey, content: Content | None = None
    ) -> tuple[KeyResult, ...] | None:
        """Return the key results of a version, without readings."""
        if not self._versions.is_new(key):
            known = self._cache.originals.get(version_name(key))
            if known is not None:
                return known
        content = content if content is not None else self._versions.content_of(key)
        if not isinstance(content, Objective):
            return None
        results = tuple(replace(r, readings=(), confidences=()) for r in content.key_results)
        self._cache.originals.put(version_name(key), results)
        return results


class _StatedValues:
    """The values that check-in documents state, as they were before a commit."""

    def __init__(
        self, versions: VersionReader, public: Callable[[VersionFacts], bool],
        steps: Callable[[], Steps],
    ) -> None:  # fmt: skip
        self._versions = versions
        self._public = public
        self._read_steps = steps

    @cached_property
    def _steps(self) -> Steps:
        return self._read_steps()

    @cached_property
    def _about(self) -> Mapping[str, Sequence[str]]:
        """The check-in documents about each objective, by its id."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for uri in sorted(self._steps):
            for _, version in self._versions.in_order(self._steps[uri]):
                if version is not None:
                    for objective in self._versions.facts_of(version).objectives:
                        found[objective][uri] = None
        return {id: tuple(uris) for id, uris in found.items()}

    def of(self, objective: str, result: KeyResult, place: int) -> Iterator[Reading]:
        """Return the values of a key result before the commit at a place, which dropped it."""
        for uri in self._about.get(objective, ()):
            versions = [step.after for step in self._steps[uri] if step.place > place]
            facts = [
                self._versions.facts_of(key) for step in self._steps[uri] if (key := step.after)
            ]
            if not versions or versions[0] is None or not all(map(self._public, facts)):
                continue
            content = self._versions.content_of(versions[0])
            if not isinstance(content, DocumentCheckIns):
                continue
            for check_in in content.check_ins.get(objective, ()):
                for value in check_in.values:
                    if value.key_result == result.id and value.text is not None:
                        yield from _reading(result, check_in, value.text)


def _reading(result: KeyResult, check_in: CheckIn, text: str) -> Iterator[Reading]:
    try:
        value = parse_quantity(text).value if result.measure.in_units else parse_share(text)
    except InvalidValueError:
        return
    yield Reading(check_in.date, value, check_in.place, check_in.uri)


def _pairing(before: Sequence[KeyResult], after: Sequence[KeyResult]) -> tuple[int, ...]:
    """Return the positions that key results have after a change, -1 where they were dropped.

    One that takes its values from a KPI now no longer has those that check-ins had stated.
    """
    positions = {id(result): position for position, result in enumerate(after)}
    found = {
        id(old): positions[id(new)]
        for old, new in match_key_results(before, after)
        if old and new and not (old.kpi is None and new.kpi is not None)
    }
    return tuple(found.get(id(old), -1) for old in before)


def _followed(
    before: _Positions, pairing: tuple[int, ...] | None, version: VersionKey, place: int,
    day: date | None,
) -> _Positions:  # fmt: skip
    """Return the positions after a change of the version before."""
    if pairing is None:
        return before
    return tuple(
        position if isinstance(position, _Dropped)
        else pairing[position] if pairing[position] >= 0
        else _Dropped(version, position, place, day)
        for position in (before if before is not None else range(len(pairing)))
    )  # fmt: skip


def _ids_today(last: Sequence[KeyResult], today: Sequence[KeyResult]) -> Mapping[int, str]:
    """Return the ids that the key results of the newest version have in the files as they are."""
    pairing = _pairing(last, today)
    return {old: today[new].id for old, new in enumerate(pairing) if new >= 0}


def _come_back(dropped: KeyResult, free: Iterable[KeyResult]) -> KeyResult | None:
    """Return the key result of today that was dropped and restored."""
    named = "id" in dropped.lines
    alike = (
        r for r in free
        if r.title == dropped.title or (named and "id" in r.lines and r.id == dropped.id)
    )  # fmt: skip
    return next((r for r in alike if r.kpi == dropped.kpi), None)


def _start(readings: Mapping[date, float], first_day: date) -> float | None:
    """Return the value of a KPI that a way starts at."""
    before = [day for day in readings if day <= first_day]
    day = max(before) if before else min(readings, default=None)
    return readings[day] if day is not None else None


def _goalposts_in(entries: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    return tuple(
        replace(entry, changes=moved)
        for entry in entries
        if (moved := tuple(change for change in entry.changes if change.goalpost))
    )


def _entry(step: Step, commit: Commit, changes: tuple[LoggedChange, ...]) -> LogEntry:
    return LogEntry(step.place, commit.id, commit.author, commit.day, changes)


def _from(steps: Iterable[Step], since: int) -> list[Step]:
    """Leave out the steps before a commit; in that commit everything is new."""
    return [
        replace(step, before=(None,)) if step.place == since else step
        for step in steps
        if step.place <= since
    ]


def _one_document(steps: Iterable[Step]) -> list[Step]:
    """Return the steps of several files that described one cycle, the newest first.

    A commit that removes one of them and changes another has moved it.
    """
    known = {(step.place, step.after): step for step in steps}
    changed = {place for place, after in known if after is not None}
    found = (s for s in known.values() if s.after is not None or s.place not in changed)
    return sorted(found, key=lambda step: step.place)


def _by_commit(entries: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Join the entries of the same commit, the newest first."""
    found: dict[int, LogEntry] = {}
    for entry in sorted(entries, key=lambda entry: entry.place):
        known = found.get(entry.place)
        changes = (*known.changes, *entry.changes) if known else entry.changes
        found[entry.place] = replace(entry, changes=changes)
    return tuple(found.values())
