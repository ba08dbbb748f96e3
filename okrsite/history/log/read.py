"""Git's history to the change log of a site: one pass over the log, each version read once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from okrsite.documents.types import Type
from okrsite.history.diff.model import ChangeKind
from okrsite.history.git.log import Commit
from okrsite.history.log.archive import Archive, Journal
from okrsite.history.log.cache import Pair
from okrsite.history.log.compared import Comparer, in_common, in_cycle
from okrsite.history.log.model import History, Moved, Remark, Told
from okrsite.history.log.renames import Step, follow
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.versions import Facts, Key, Thing
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Kpi, Objective, Project
from okrsite.project.names import Names
from okrsite.settings import Settings


def read_history(
    journal: Journal, names: Names, everything: Project, published: Project,
    settings: Settings, words: Words,
) -> History:  # fmt: skip
    """Read who changed what in the published documents.

    `names` and `everything` are the documents as they are now, with what is private. Raises
    RepositoryError where git cannot give what is needed.
    """
    current = CurrentNames(names, everything, published)
    archive = Archive(journal, current, settings)
    return _Reading(journal, archive, current, settings, words).history()


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
        self, journal: Journal, archive: Archive, current: CurrentNames, settings: Settings,
        words: Words,
    ) -> None:  # fmt: skip
        self._archive = archive
        self._current = current
        self._private_too = settings.include_private
        self._address = journal.address
        self._memory = journal.remembered
        self._comparer = Comparer(words, current)
        self._hidden: set[str] = set(current.unsaid.owners)

    def history(self) -> History:
        """Read everything: owners first, then KPIs, because the rest depends on who is private.

        What stands in other files comes last: a check-in document is told where its objectives
        are, a data file where its KPI is.
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
            self._archive.forget()
        told: defaultdict[str, list[Told]] = defaultdict(list)
        for uri, type in {**owners, **kpis}.items():
            told[uri] += self._line(steps[uri], type).told
        goalposts: dict[str, Moved] = {}
        for uri, objective in objectives.items():
            start = project.cycles[objective.cycle].start
            line = self._line(steps[uri], Type.OBJECTIVE, start)
            told[uri] += line.told
            moved = self._moved(line)
            if moved is not None:
                goalposts[objective.id] = moved
        for uri, kpi in self._current.kpi_of_data.items():
            since, _ = self._public_since(steps[kpi.page.uri], data=uri)
            told[kpi.page.uri] += self._line(_from(steps[uri], since), Type.KPI).told
        self._tell_updates(steps, told)
        return History(
            {uri: _by_commit(found) for uri, found in told.items() if found},
            goalposts,
            self._address,
        )

    def _steps(self, uris: Iterable[str]) -> dict[str, list[Step]]:
        archive = self._archive
        found = follow(archive.commits, map(archive.path, uris), archive.renames)
        return {archive.uri(path): steps for path, steps in found.items()}

    def _tell_updates(
        self, steps: Mapping[str, Sequence[Step]], told: Mapping[str, list[Told]]
    ) -> None:
        """Tell of each objective what check-in documents say of it."""
        project = self._current.published
        since = {
            o.id: since if began else since - 1
            for o in project.objectives.values()
            for since, began in [self._public_since(steps[o.page.uri])]
        }  # fmt: skip
        for uri in project.check_in_documents:
            for one in self._line(steps[uri], Type.CHECK_IN).told:
                about: defaultdict[str, list[Remark]] = defaultdict(list)
                for remark in one.remarks:
                    if remark.about in since and one.place <= since[remark.about]:
                        about[remark.about].append(remark)
                for id, remarks in about.items():
                    page = project.objectives[id].page
                    told[page.uri].append(replace(one, remarks=tuple(remarks)))

    def _public_since(self, steps: Sequence[Step], data: str | None = None) -> tuple[int, bool]:
        """Return the place of the commit since which a document was public without a break, and a
        KPI had its readings in the file `data`; and whether it began there.

        What was there before that commit may not be said.
        """
        since = -1
        for step in steps:
            facts = self._archive.facts_of(step.after) if step.after is not None else None
            if facts is None or not self._public(facts) or (data and facts.data != data):
                return since, False
            since = step.place
        return since, True

    def _was_private(self, steps: Iterable[Step]) -> bool:
        if self._private_too:
            return False
        return any(step.after and self._archive.facts_of(step.after).private for step in steps)

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
        for step, key in self._archive.in_order(steps):
            if key is None:
                continue
            facts = self._archive.facts_of(key)
            commit = self._archive.commits[step.place]
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
            if early or original is None or self._archive.facts_of(original[0]).draft:
                original = key, self._archive.at_hand(key)
        return _Line(tuple(told[::-1]), original, tuple(dropped.items()))

    def _counts(self, key: Key | None, type: Type) -> bool:
        if key is None:
            return False
        facts = self._archive.facts_of(key)
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
        if not self._archive.is_new(after) and not self._archive.is_new(before):
            known = self._memory.remarks(pair)
            if known is not None:
                return known
        was = self._archive.thing(before) if before is not None else None
        now = self._archive.thing(after)
        found: tuple[Remark, ...] = ()
        if was is None and isinstance(now, Kpi) and self._archive.uri(after[0]) != now.page.uri:
            found = self._comparer.added(now)
        elif now is not None:
            found = self._comparer.compare(was, now)
        self._memory.keep_remarks(pair, found)
        return found

    def _judged(self, remark: Remark, bases: Sequence[Key | None], day: date | None) -> Remark:
        """See whether the cycle of the version before had begun on the day of the commit."""
        if not remark.goalpost:
            return remark
        before = bases[0] if bases else None
        cycle = (
            self._current.cycle(self._archive.facts_of(before).cycle)
            if before is not None
            else None
        )
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
            thing = self._archive.thing(key)
            if isinstance(thing, Objective):
                gone |= {result.id: result for result in thing.key_results if result.id == id}
        return Moved(told, original, tuple(gone.values()))

    def _original(self, line: _Line) -> tuple[KeyResult, ...] | None:
        if line.original is None:
            return None
        key, thing = line.original
        if not self._archive.is_new(key):
            known = self._memory.original(key)
            if known is not None:
                return known
        thing = thing if thing is not None else self._archive.thing(key)
        if not isinstance(thing, Objective):
            return None
        results = tuple(replace(r, readings=(), confidences=()) for r in thing.key_results)
        self._memory.keep_original(key, results)
        return results


def _told(step: Step, commit: Commit, remarks: tuple[Remark, ...]) -> Told:
    return Told(step.place, commit.id, commit.author, commit.day, remarks)


def _from(steps: Iterable[Step], since: int) -> list[Step]:
    """Leave out what was before a commit, in that commit too."""
    return [
        replace(step, before=(None,)) if step.place == since else step
        for step in steps
        if step.place <= since
    ]


def _by_commit(told: Iterable[Told]) -> tuple[Told, ...]:
    """Join what is told of the same commit, the newest first."""
    found: dict[int, Told] = {}
    for one in sorted(told, key=lambda one: one.place):
        known = found.get(one.place)
        remarks = (*known.remarks, *one.remarks) if known else one.remarks
        found[one.place] = replace(one, remarks=remarks)
    return tuple(found.values())
