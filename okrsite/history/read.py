"""Git's history to the change log of a site: one pass over the log, each version read once."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from okrsite.changes.matching import match_kpis, match_objectives, match_owners
from okrsite.changes.model import ChangeKind
from okrsite.history.compared import Comparer, in_common, in_cycle
from okrsite.history.lines import Step, follow
from okrsite.history.model import History, Moved, Remark, Told
from okrsite.history.present import Present
from okrsite.history.remembered import Pair, Remembered
from okrsite.history.versions import Facts, Key, Reader, Thing, Version
from okrsite.model import KeyResult, Kpi, Objective, Owner, Project
from okrsite.project.registry import Registry
from okrsite.repository import Repository
from okrsite.repository.log import Commit, FileChange, read_log
from okrsite.settings import Settings
from okrsite.source import Type
from okrsite.wording import Words

# A version is compared with the one before it, and branches go back a little further.
_ALIVE = 4

Kind = TypeVar("Kind", Objective, Kpi, Owner)


@dataclass(frozen=True, slots=True)
class Journal:
    """Where a history is read: which commit it leads to, and where docs_dir is in the repository.

    `folder` is relative to the top of the repository; `address` is what the id of a commit is put
    behind to show it on the web.
    """

    repository: Repository
    commit: str
    folder: str
    remembered: Remembered
    address: str | None = None


def read_history(
    journal: Journal, registry: Registry, everything: Project, published: Project,
    settings: Settings, words: Words,
) -> History:  # fmt: skip
    """Read who changed what in the published documents.

    `registry` and `everything` are the documents as they are now, with what is private. Raises
    RepositoryError where git cannot give what is needed.
    """
    return _Reading(journal, Present(registry, everything, published), settings, words).history()


@dataclass(frozen=True, slots=True)
class _Line:
    """What is told of one document, and what its goalposts are judged by: the version that its
    cycle began with, as far as it was read, and of each key result that was dropped the last one
    that had it."""

    told: tuple[Told, ...]
    original: tuple[Key, Thing | None] | None
    dropped: tuple[tuple[str, Key], ...]


class _Reading:
    """The reading of one history."""

    def __init__(
        self, journal: Journal, present: Present, settings: Settings, words: Words
    ) -> None:
        self._journal = journal
        self._present = present
        self._private_too = settings.include_private
        self._memory = journal.remembered
        self._reader = Reader(present, settings.commitment)
        self._comparer = Comparer(words, present)
        self._facts: dict[Key, Facts] = {}
        self._new: set[Key] = set()
        self._alive: OrderedDict[Key, Version] = OrderedDict()
        self._hidden: set[str] = set(present.unsaid.owners)
        self._commits = self._log()
        self._prefix = f"{journal.folder}/" if journal.folder else ""

    def history(self) -> History:
        """Read everything: owners first, then KPIs, because the rest depends on who is private."""
        project = self._present.published
        owners = {o.page.uri: o.type for o in project.owners.values() if o.page is not None}
        kpis = {kpi.page.uri: Type.KPI for kpi in project.kpis.values()}
        objectives = {o.page.uri: o for o in project.objectives.values()}
        documents = [f"{self._prefix}{uri}" for uri in (*owners, *kpis, *objectives)]
        steps = {
            path.removeprefix(self._prefix): found
            for path, found in follow(self._commits, documents, self._renames).items()
        }
        told: dict[str, tuple[Told, ...]] = {}
        self._hidden |= {
            o.id for o in project.owners.values() if o.page and self._was_private(steps[o.page.uri])
        }
        private = [k.id for k in project.kpis.values() if self._was_private(steps[k.page.uri])]
        if self._present.mask(private):
            # What was read until now may say too much.
            self._facts.clear()
            self._alive.clear()
        for uri, type in {**owners, **kpis}.items():
            told[uri] = self._line(steps[uri], type).told
        goalposts: dict[str, Moved] = {}
        for uri, objective in objectives.items():
            start = project.cycles[objective.cycle].start
            line = self._line(steps[uri], Type.OBJECTIVE, start)
            told[uri] = line.told
            moved = self._moved(line)
            if moved is not None:
                goalposts[objective.id] = moved
        return History(
            {uri: found for uri, found in told.items() if found}, goalposts, self._journal.address
        )

    def _log(self) -> list[Commit]:
        journal = self._journal
        known = self._memory.log(journal.commit, journal.folder)
        if known is not None:
            return known
        commits = list(read_log(journal.repository, journal.commit, journal.folder))
        self._memory.keep_log(journal.commit, journal.folder, commits)
        return commits

    # Versions

    def _facts_of(self, key: Key) -> Facts:
        """Give the facts of a version: as they were remembered, if all that it names is the same,
        else by reading it."""
        known = self._known_facts(key)
        return known if known is not None else self._take(key, self._content(key)).facts

    def _known_facts(self, key: Key) -> Facts | None:
        if key not in self._facts:
            known = self._memory.facts(key)
            if known is None or not known.holds(self._present):
                return None
            self._facts[key] = known
            self._memory.keep_facts(key, known, new=False)
        return self._facts[key]

    def _thing(self, key: Key) -> Thing | None:
        if key not in self._alive:
            self._take(key, self._content(key))
        self._alive.move_to_end(key)
        return self._alive[key].thing

    def _take(self, key: Key, content: bytes | None) -> Version:
        """Read a version, and keep it for a while."""
        version = self._reader.read(key[0].removeprefix(self._prefix), content)
        if self._facts.get(key) != version.facts:
            self._facts[key] = version.facts
            self._new.add(key)
            self._memory.keep_facts(key, version.facts, new=True)
        self._alive[key] = version
        while len(self._alive) > _ALIVE:
            self._alive.popitem(last=False)
        return version

    def _content(self, key: Key) -> bytes | None:
        [(_, content)] = self._journal.repository.objects.read_all([key[1]], keep=False)
        return content

    def _was_private(self, steps: Iterable[Step]) -> bool:
        if self._private_too:
            return False
        return any(step.after and self._facts_of(step.after).private for step in steps)

    def _public(self, facts: Facts) -> bool:
        return self._private_too or facts.public(self._hidden)

    # What is told

    def _line(self, steps: Sequence[Step], type: Type, start: date | None = None) -> _Line:
        """Go through the commits of a document; `start` is the first day of its cycle."""
        told: list[Told] = []
        original: tuple[Key, Thing | None] | None = None
        dropped: dict[str, Key] = {}
        last: Key | None = None
        broken = False
        for step, key in self._versions(steps):
            if key is None:
                continue
            facts = self._facts_of(key)
            commit = self._commits[step.place]
            if not (facts.type is type and self._public(facts)):
                if last is not None and facts.broken and self._public(facts) and not broken:
                    broken = True
                    told.append(_told(step, commit, (self._comparer.broken(),)))
                continue
            bases = [before for before in step.before if self._counts(before, type)]
            if len(bases) < len(step.before) or not bases:
                bases = [last] if last is not None else []
            remarks = self._remarks(bases, key)
            if None in step.before and any(step.before):
                remarks = ()  # a merge of what one branch knows by another name: both have told it
            if not commit.boundary:
                judged = tuple(self._judged(r, bases, commit.day) for r in remarks)
                if broken:
                    judged = (self._comparer.mended(), *judged)
                if judged:
                    told.append(_told(step, commit, judged))
                for remark in judged:
                    base = bases[0] if bases else None
                    if base and remark.goalpost and remark.kind is ChangeKind.KEY_RESULT_DROPPED:
                        dropped[remark.key_result or ""] = base
            broken, last = False, key
            early = start is not None and commit.day is not None and commit.day <= start
            if early or original is None or self._facts_of(original[0]).draft:
                original = key, self._alive[key].thing if key in self._alive else None
        return _Line(tuple(told[::-1]), original, tuple(dropped.items()))

    def _versions(self, steps: Sequence[Step]) -> Iterator[tuple[Step, Key | None]]:
        """Give the steps from the oldest on; what has to be read is asked for at once."""
        order = list(steps[::-1])
        unknown = [
            step.after for step in order
            if step.after is not None and self._known_facts(step.after) is None
        ]  # fmt: skip
        contents = self._journal.repository.objects.read_all((id for _, id in unknown), keep=False)
        waiting = iter(unknown)
        coming = next(waiting, None)
        for step in order:
            if coming is not None and step.after == coming:
                _, content = next(contents)
                if coming not in self._alive:
                    self._take(coming, content)
                coming = next(waiting, None)
            yield step, step.after

    def _counts(self, key: Key | None, type: Type) -> bool:
        if key is None:
            return False
        facts = self._facts_of(key)
        return facts.type is type and self._public(facts)

    def _remarks(self, bases: Sequence[Key | None], key: Key) -> tuple[Remark, ...]:
        if not bases:
            return self._compared((None, key))
        remarks = self._compared((bases[0], key))
        for other in bases[1:]:
            remarks = in_common(remarks, self._compared((other, key)))
        return remarks

    def _compared(self, pair: Pair) -> tuple[Remark, ...]:
        before, after = pair
        if before == after:
            return ()
        if after not in self._new and before not in self._new:
            known = self._memory.remarks(pair)
            if known is not None:
                return known
        was = self._thing(before) if before is not None else None
        now = self._thing(after)
        found = self._comparer.compare(was, now) if now is not None else ()
        self._memory.keep_remarks(pair, found)
        return found

    def _judged(self, remark: Remark, bases: Sequence[Key | None], day: date | None) -> Remark:
        """See whether the cycle of the version before had begun on the day of the commit."""
        if not remark.goalpost:
            return remark
        before = bases[0] if bases else None
        cycle = self._present.cycle(self._facts_of(before).cycle) if before is not None else None
        if cycle is None or day is None:
            return in_cycle(remark, opened=False, closed=False)
        return in_cycle(remark, day >= cycle.start, day > cycle.closing_day)

    # Goalposts

    def _moved(self, line: _Line) -> Moved | None:
        told = tuple(
            Told(t.place, t.commit, t.author, t.day, remarks)
            for t in line.told
            if (remarks := tuple(remark for remark in t.remarks if remark.goalpost))
        )
        original = self._original(line) if told else None
        if original is None:
            return None
        gone: dict[str, KeyResult] = {}
        for id, key in line.dropped:
            thing = self._thing(key)
            if isinstance(thing, Objective):
                gone |= {result.id: result for result in thing.key_results if result.id == id}
        return Moved(told, original, tuple(gone.values()))

    def _original(self, line: _Line) -> tuple[KeyResult, ...] | None:
        if line.original is None:
            return None
        key, thing = line.original
        if key not in self._new:
            known = self._memory.original(key)
            if known is not None:
                return known
        thing = thing if thing is not None else self._thing(key)
        if not isinstance(thing, Objective):
            return None
        results = tuple(replace(r, readings=(), confidences=()) for r in thing.key_results)
        self._memory.keep_original(key, results)
        return results

    # Names

    def _renames(
        self, commit: Commit, gone: Sequence[FileChange], new: Sequence[FileChange]
    ) -> Mapping[str, str]:
        """Pair files by what they say, as `okrsite diff` does."""
        known = self._memory.renames(commit.id)
        if known is not None:
            return known
        old = self._things((file.path, file.before[0]) for file in gone)
        made = self._things((file.path, file.after) for file in new)
        found: dict[str, str] = {}
        found |= _matched(match_objectives, _of(old, Objective), _of(made, Objective))
        found |= _matched(match_kpis, _of(old, Kpi), _of(made, Kpi))
        found |= _matched(match_owners, _of(old, Owner), _of(made, Owner))
        self._memory.keep_renames(commit.id, found)
        return found

    def _things(self, files: Iterable[tuple[str, str | None]]) -> list[tuple[str, Thing]]:
        found: list[tuple[str, Thing]] = []
        for path, id in files:
            thing = self._thing((path, id)) if id is not None else None
            if thing is not None:
                found.append((path, thing))
        return found


def _of(things: Iterable[tuple[str, Thing]], kind: type[Kind]) -> dict[str, tuple[str, Kind]]:
    return {thing.id: (path, thing) for path, thing in things if isinstance(thing, kind)}


def _matched(
    match: Callable[[Mapping[str, Kind], Mapping[str, Kind]], Mapping[str, str]],
    before: Mapping[str, tuple[str, Kind]], after: Mapping[str, tuple[str, Kind]],
) -> dict[str, str]:  # fmt: skip
    """Pair things, and give the new path of each to its old one."""
    was, now = ({id: thing for id, (_, thing) in side.items()} for side in (before, after))
    return {after[new][0]: before[old][0] for old, new in match(was, now).items()}


def _told(step: Step, commit: Commit, remarks: tuple[Remark, ...]) -> Told:
    return Told(step.place, commit.id, commit.author, commit.day, remarks)
