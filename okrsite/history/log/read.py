"""Git's history to the change log of a site: one pass over the log, each version read once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from okrsite.documents.types import Type
from okrsite.history.diff.model import ChangeKind
from okrsite.history.git.log import Commit
from okrsite.history.log.cache import Pair, pair_name, version_name
from okrsite.history.log.document_changes import DocumentComparison, in_common, in_cycle
from okrsite.history.log.model import History, LogEntry, LoggedChange, MovedGoalposts
from okrsite.history.log.renames import Step, follow
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.version_reader import HistorySource, VersionReader
from okrsite.history.log.versions import Content, VersionFacts, VersionKey
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Kpi, Objective, Project
from okrsite.project.names import Names
from okrsite.settings import Settings

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
class _DocumentLog:
    """The entries of one document, and what its goalposts are compared with: the version that its
    cycle began with, as far as it was read, and by the id of each key result that was dropped the
    last version that had it."""

    entries: tuple[LogEntry, ...]
    original: tuple[VersionKey, Content | None] | None
    dropped: Mapping[str, VersionKey]


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

    def history(self) -> History:
        """Read everything: owners first, then KPIs, because the rest depends on who is private.

        Other files come last: a check-in document is logged with its objectives, a data file with
        its KPI.
        """
        project = self._current.published
        owners = {o.page.uri: o.type for o in project.owners.values() if o.page is not None}
        kpis = {kpi.page.uri: Type.KPI for kpi in project.kpis.values()}
        objectives = {o.page.uri: o for o in project.objectives.values()}
        steps = self._steps(
            (*owners, *kpis, *objectives, *project.check_in_documents, *self._current.kpi_of_data)
        )
        self._hidden |= {
            o.id for o in project.owners.values() if o.page and self._was_private(steps[o.page.uri])
        }
        private = [k.id for k in project.kpis.values() if self._was_private(steps[k.page.uri])]
        if self._current.mask(private):
            self._versions.clear()
        entries: defaultdict[str, list[LogEntry]] = defaultdict(list)
        for uri, type in {**owners, **kpis}.items():
            entries[uri] += self._log(steps[uri], type).entries
        goalposts: dict[str, MovedGoalposts] = {}
        for uri, objective in objectives.items():
            start = project.cycles[objective.cycle].start
            log = self._log(steps[uri], Type.OBJECTIVE, start)
            entries[uri] += log.entries
            if moved := self._moved_goalposts(log):
                goalposts[objective.id] = moved
        for uri, kpi in self._current.kpi_of_data.items():
            since, _ = self._public_since(steps[kpi.page.uri], data=uri)
            entries[kpi.page.uri] += self._log(_from(steps[uri], since), Type.KPI).entries
        for uri, entry in self._check_ins(steps):
            entries[uri].append(entry)
        documents = {uri: _by_commit(found) for uri, found in entries.items() if found}
        return History(documents, goalposts, self._address)

    def _steps(self, uris: Iterable[str]) -> Steps:
        versions = self._versions
        found = follow(versions.commits, map(versions.path, uris), versions.renames)
        return {versions.uri(path): steps for path, steps in found.items()}

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
        """Return the log of a document; `start` is the first day of its cycle."""
        entries: list[LogEntry] = []
        original: tuple[VersionKey, Content | None] | None = None
        dropped: dict[str, VersionKey] = {}
        last: VersionKey | None = None
        broken = False
        for step, key in self._versions.in_order(steps):
            if key is None:
                continue
            commit = self._versions.commits[step.place]
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
            if not commit.boundary:
                found = () if merged else self._changes(bases, key)
                changes = tuple(self._in_cycle(change, base, commit.day) for change in found)
                if broken:
                    changes = (self._comparison.mended(), *changes)
                if changes:
                    entries.append(_entry(step, commit, changes))
                for change in changes:
                    if base and change.goalpost and change.kind is ChangeKind.KEY_RESULT_DROPPED:
                        dropped[change.key_result or ""] = base
            broken, last = False, key
            early = start is not None and commit.day is not None and commit.day <= start
            if early or original is None or self._versions.facts_of(original[0]).draft:
                original = key, self._versions.content_at_hand(key)
        return _DocumentLog(tuple(entries[::-1]), original, dropped)

    def _changes(self, bases: Sequence[VersionKey], key: VersionKey) -> tuple[LoggedChange, ...]:
        """Return the changes between a version and the ones before it."""
        changes = self._compared((bases[0] if bases else None, key))
        for other in bases[1:]:
            changes = in_common(changes, self._compared((other, key)))
        return changes

    def _compared(self, pair: Pair) -> tuple[LoggedChange, ...]:
        before, after = pair
        if before == after:
            return ()
        versions = self._versions
        if not versions.is_new(after) and not versions.is_new(before):
            known = self._cache.changes.get(pair_name(pair))
            if known is not None:
                return known
        was = versions.content_of(before) if before is not None else None
        now = versions.content_of(after)
        found: tuple[LoggedChange, ...] = ()
        if was is None and isinstance(now, Kpi) and versions.uri(after[0]) != now.page.uri:
            found = self._comparison.added(now)
        elif now is not None:
            found = self._comparison.compare(was, now)
        self._cache.changes.put(pair_name(pair), found)
        return found

    def _in_cycle(
        self, change: LoggedChange, before: VersionKey | None, day: date | None
    ) -> LoggedChange:
        """Return a change as one of a goalpost if the cycle of the version before had begun."""
        if not change.goalpost:
            return change
        cycle = before and self._current.cycle(self._versions.facts_of(before).cycle)
        if not cycle or day is None:
            return in_cycle(change, opened=False, closed=False)
        return in_cycle(change, day >= cycle.start, day > cycle.closing_day)

    # Goalposts

    def _moved_goalposts(self, log: _DocumentLog) -> MovedGoalposts | None:
        entries = tuple(
            replace(entry, changes=moved)
            for entry in log.entries
            if (moved := tuple(change for change in entry.changes if change.goalpost))
        )
        original = self._original(log) if entries else None
        if original is None:
            return None
        dropped: dict[str, KeyResult] = {}
        for id, key in log.dropped.items():
            content = self._versions.content_of(key)
            if isinstance(content, Objective):
                dropped |= {result.id: result for result in content.key_results if result.id == id}
        return MovedGoalposts(entries, original, tuple(dropped.values()))

    def _original(self, log: _DocumentLog) -> tuple[KeyResult, ...] | None:
        """Return the key results that the cycle began with, without readings."""
        if log.original is None:
            return None
        key, content = log.original
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


def _entry(step: Step, commit: Commit, changes: tuple[LoggedChange, ...]) -> LogEntry:
    return LogEntry(step.place, commit.id, commit.author, commit.day, changes)


def _from(steps: Iterable[Step], since: int) -> list[Step]:
    """Leave out the steps before a commit; in that commit everything is new."""
    return [
        replace(step, before=(None,)) if step.place == since else step
        for step in steps
        if step.place <= since
    ]


def _by_commit(entries: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Join the entries of the same commit, the newest first."""
    found: dict[int, LogEntry] = {}
    for entry in sorted(entries, key=lambda entry: entry.place):
        known = found.get(entry.place)
        changes = (*known.changes, *entry.changes) if known else entry.changes
        found[entry.place] = replace(entry, changes=changes)
    return tuple(found.values())
