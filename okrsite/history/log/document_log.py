"""The change log of one document: what each commit changed in it, as far as it was public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from okrsite.documents.types import Type
from okrsite.history.diff.matching import match_key_results
from okrsite.history.diff.model import ChangeKind
from okrsite.history.git.log import Commit
from okrsite.history.log.cache import Pair, pair_name, version_name
from okrsite.history.log.document_changes import DocumentComparison, in_common, in_cycle
from okrsite.history.log.model import LogEntry, LoggedChange, MovedCycle
from okrsite.history.log.numbering import NumberedVersion, Numbering
from okrsite.history.log.renames import Step
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.version_reader import HistorySource, VersionReader
from okrsite.history.log.versions import Content, VersionFacts, VersionKey
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Kpi, Objective
from okrsite.project.model.cycles import Cycle
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class Dropped:
    """A key result that a commit dropped, with the last version that had it, and its position."""

    version: VersionKey
    position: int
    place: int
    day: date | None


Positions = tuple[int | Dropped, ...] | None
"""Where each key result of an original version is in a later one; None is where it was."""


@dataclass(frozen=True, slots=True)
class DocumentLog:
    """The entries of one document, and what its goalposts are compared with: the version that its
    cycle began with and the newest one, as far as they were read, and where the key results of the
    first are in the second. `place` is that of the commit of the first, `late` whether the
    document was written after the cycle began. `milestones` are the versions in between after which
    goalposts of milestones moved, the oldest first, with where these key results are in them;
    `numbering` tells where key results were in each version."""

    entries: tuple[LogEntry, ...]
    original: tuple[VersionKey, Content | None] | None
    place: int
    last: VersionKey | None
    positions: Positions
    late: bool
    milestones: Mapping[VersionKey, Positions]
    numbering: Numbering


class DocumentLogs:
    """Reads the log of one document after the other.

    `hidden` are the owners who were or are private, `cycles` those whose days moved, `numberings`
    those of the objectives whose key results did not stay where they were.
    """

    def __init__(
        self, source: HistorySource, current: CurrentNames, settings: Settings, words: Words
    ) -> None:
        self.versions = VersionReader(source, current, settings)
        self.current = current
        self.comparison = DocumentComparison(words, current)
        self.cache = source.cache
        self.hidden: set[str] = set(current.hidden.owners)
        self.cycles: Mapping[str, MovedCycle] = {}
        self.numberings: Mapping[str, Numbering] = {}
        self._private_too = settings.include_private

    def public_since(self, steps: Sequence[Step], data: str | None = None) -> tuple[int, bool]:
        """Return the place of the commit since which a document was public without a break, and a
        KPI had its readings in the file `data`; and whether it began there.

        What was there before that commit is not shown.
        """
        since = -1
        for step in steps:
            facts = self.versions.facts_of(step.after) if step.after is not None else None
            if facts is None or not self.public(facts) or (data and facts.data != data):
                return since, False
            since = step.place
        return since, True

    def was_private(self, steps: Iterable[Step]) -> bool:
        """Whether a document was private at any time."""
        if self._private_too:
            return False
        return any(step.after and self.versions.facts_of(step.after).private for step in steps)

    def public(self, facts: VersionFacts) -> bool:
        """Whether a version may be shown."""
        return self._private_too or facts.public(self.hidden)

    def _counts(self, key: VersionKey, type: Type) -> bool:
        """Whether a version is a public document of a type, without errors."""
        facts = self.versions.facts_of(key)
        return facts.type is type and self.public(facts)

    def log(self, steps: Sequence[Step], type: Type, start: date | None = None) -> DocumentLog:
        """Return the log of a document; `start` is the first day of an objective's cycle."""
        entries: list[LogEntry] = []
        original: tuple[VersionKey, Content | None] | None = None
        positions: dict[VersionKey, Positions] = {}
        last: VersionKey | None = None
        milestones: dict[VersionKey, Positions] = {}
        numbered: list[NumberedVersion] = []
        broken = late = False
        began = -1
        for step, key in self.versions.in_order(steps):
            commit = self.versions.commits[step.place]
            if key is None:
                if type is Type.CYCLE and last is not None:
                    found = self._without_document(last, commit.day)
                    entries += [_entry(step, commit, found)] if found else []
                    last = None
                continue
            if not self._counts(key, type):
                facts = self.versions.facts_of(key)
                if last is not None and facts.broken and self.public(facts) and not broken:
                    broken = True
                    entries.append(_entry(step, commit, (self.comparison.broken(),)))
                continue
            bases = [key for key in step.before if key and self._counts(key, type)]
            if len(bases) < len(step.before) or not bases:
                bases = [last] if last is not None else []
            base = bases[0] if bases else None
            # A merge of what one branch has under another name: both branches have logged it.
            merged = None in step.before and any(step.before)
            changes: tuple[LoggedChange, ...] = ()
            if not commit.boundary:
                found = () if merged else self._changes(bases, key, step.place)
                changes = tuple(self._in_cycle(c, base or key, commit.day, type) for c in found)
                if broken:
                    changes = (self.comparison.mended(), *changes)
                if changes:
                    entries.append(_entry(step, commit, changes))
            pairing = None
            if base is not None and base in positions:
                if any(c.goalpost and c.kind is ChangeKind.MILESTONE for c in changes):
                    milestones[base] = positions[base]
                pairing = self.cache.pairings.get(pair_name((base, key)))
                dropped = Dropped(base, -1, step.place, commit.day)
                positions[key] = _followed(positions[base], pairing, dropped)
            if type is Type.OBJECTIVE:
                numbered.append(NumberedVersion(step.place, key, pairing))
            broken, last = False, key
            if type is Type.CYCLE:  # until it begins by the days that it had before
                start = self.versions.facts_of(base or key).opens
            early = start is not None and commit.day is not None and commit.day <= start
            if early or original is None or self.versions.facts_of(original[0]).draft:
                late = original is None and not early
                original, began = (key, self.versions.content_at_hand(key)), step.place
                positions, milestones = {key: None}, {}
        now = positions.get(last) if last else None
        numbering, newest_first = Numbering(tuple(numbered)), tuple(entries[::-1])
        return DocumentLog(newest_first, original, began, last, now, late, milestones, numbering)

    def _changes(
        self, bases: Sequence[VersionKey], key: VersionKey, place: int
    ) -> tuple[LoggedChange, ...]:
        """Return the changes between a version and the ones before it; `place` is its commit's."""
        changes = self._compared((bases[0] if bases else None, key), place)
        for other in bases[1:]:
            changes = in_common(changes, self._compared((other, key), place))
        return changes

    def _without_document(self, key: VersionKey, day: date | None) -> tuple[LoggedChange, ...]:
        """Return the changes of a cycle whose document was deleted: the calendar's days hold."""
        cycle = self.versions.content_of(key)
        calendar = self.comparison.calendar_of(cycle) if isinstance(cycle, Cycle) else None
        if calendar is None:
            return ()
        found = self.comparison.compare(cycle, calendar)
        return tuple(self._in_cycle(change, key, day, Type.CYCLE) for change in found)

    def _compared(self, pair: Pair, place: int) -> tuple[LoggedChange, ...]:
        before, after = pair
        if before == after:
            return ()
        versions = self.versions
        about = self._about(pair, place)
        name = " ".join(
            [pair_name(pair), *(version_name(key) for v in about.values() for key in v)]
        )
        if not versions.is_new(after) and not versions.is_new(before):
            known = self.cache.changes.get(name)
            if known is not None:
                self.cache.pairings.get(pair_name(pair))
                return known
        was = versions.content_of(before) if before is not None else None
        now = versions.content_of(after)
        found: tuple[LoggedChange, ...] = ()
        if was is None and isinstance(now, Kpi) and versions.uri(after[0]) != now.page.uri:
            found = self.comparison.added(now)
        elif now is not None:
            held = {id: tuple(map(versions.content_of, keys)) for id, keys in about.items()}
            found = self.comparison.compare(was, now, held)
        self.cache.changes.put(name, found)
        if isinstance(was, Objective) and isinstance(now, Objective):
            pairing = pairing_of(was.key_results, now.key_results)
            if pairing != tuple(range(len(pairing))):
                self.cache.pairings.put(pair_name(pair), pairing)
        return found

    def _about(self, pair: Pair, place: int) -> dict[str, tuple[VersionKey, VersionKey]]:
        """Return the versions, before and after a commit, of the objectives that a check-in
        document is about and whose ids of key results may not be those of today."""
        if not self.numberings:
            return {}
        facts = [self.versions.facts_of(key) for key in pair if key is not None]
        found: dict[str, tuple[VersionKey, VersionKey]] = {}
        for id in sorted({id for fact in facts for id in fact.objectives} & set(self.numberings)):
            now = self.numberings[id].at(place)
            if now is not None:
                found[id] = self.numberings[id].at(place + 1) or now, now
        return found

    def _in_cycle(
        self, change: LoggedChange, before: VersionKey, day: date | None, type: Type
    ) -> LoggedChange:
        """Return a change as one of a goalpost if the cycle of the version before had begun."""
        if not change.goalpost:
            return change
        facts = self.versions.facts_of(before)
        if type is Type.CYCLE:
            return in_cycle(change, bool(day and facts.opens and day >= facts.opens), closed=False)
        cycle = self.current.cycle(facts.cycle)
        if not cycle or day is None:
            return in_cycle(change, opened=False, closed=False)
        return in_cycle(change, day >= self.as_begun(cycle).start, day > cycle.closing_day)

    def as_begun(self, cycle: Cycle) -> Cycle:
        """Return a cycle with the days that it began with."""
        moved = self.cycles.get(cycle.id)
        return moved.original if moved else cycle


def pairing_of(before: Sequence[KeyResult], after: Sequence[KeyResult]) -> tuple[int, ...]:
    """Return the positions of key results after a change, -1 where dropped or moved to a KPI."""
    positions = {id(result): position for position, result in enumerate(after)}
    found = {
        id(old): positions[id(new)]
        for old, new in match_key_results(before, after)
        if old and new and not (old.kpi is None and new.kpi is not None)
    }
    return tuple(found.get(id(old), -1) for old in before)


def _followed(before: Positions, pairing: tuple[int, ...] | None, dropped: Dropped) -> Positions:
    """Return the positions after a change; `dropped` is what it drops, at any position."""
    if pairing is None:
        return before
    found: list[int | Dropped] = []
    for position in before if before is not None else range(len(pairing)):
        if not isinstance(position, Dropped):
            after = pairing[position]
            position = after if after >= 0 else replace(dropped, position=position)
        found.append(position)
    return tuple(found)


def _entry(step: Step, commit: Commit, changes: tuple[LoggedChange, ...]) -> LogEntry:
    return LogEntry(step.place, commit.id, commit.author, commit.day, changes)
