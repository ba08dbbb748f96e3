"""The changes between two versions of one document, as they are cached and logged."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from okrsite.history.diff.check_ins import compare_check_ins, ids_now
from okrsite.history.diff.cycles import compare_cycle
from okrsite.history.diff.kpis import compare_kpi
from okrsite.history.diff.matching import match_key_results
from okrsite.history.diff.measures import edited_readings, start_by_kpi
from okrsite.history.diff.model import Change, ChangeKind
from okrsite.history.diff.objectives import compare_objective
from okrsite.history.diff.owners import compare_owner
from okrsite.history.diff.pillars import compare_pillar
from okrsite.history.diff.sentences import ChangeSentences
from okrsite.history.log.model import LoggedChange
from okrsite.history.log.resolve_old_references import CurrentNames, titles_of_stated
from okrsite.history.log.versions import Content, DocumentCheckIns
from okrsite.language.wording import Words
from okrsite.project.model import CheckIn, KeyResult, Kpi, Objective, Owner, Pillar, Place
from okrsite.project.model.cycles import Cycle, calendar_cycle, calendar_name

# Kinds of which a document may have several changes in one commit: only the same sentence is the
# same change.
_SEVERAL = frozenset(
    {
        ChangeKind.CHECK_IN,
        ChangeKind.INITIATIVE,
        ChangeKind.READINGS,
        ChangeKind.MILESTONE,
        ChangeKind.PROGRESS,
        ChangeKind.ALIGNMENT,
        ChangeKind.DEPENDENCY,
        ChangeKind.DRIVES,
    }
)
Held = Mapping[str, tuple[Content | None, ...]]
"""The contents of documents, by their ids."""

_NOWHERE = Place("", 0)  # a change log has commits, not lines


class DocumentComparison:
    """Compares versions as `okrsite diff` does; other documents are named by their ids, so that
    they get the titles that they have when the log is shown."""

    def __init__(self, words: Words, current: CurrentNames) -> None:
        self._sentences = ChangeSentences(words, hidden=current.hidden)
        self._current = current

    def compare(
        self, before: Content | None, after: Content, about: Held | None = None
    ) -> tuple[LoggedChange, ...]:
        """Return the changes. Goalposts are marked as if every cycle was open.

        `about` are objectives before and after by which the ids in check-ins are understood, by
        their ids of today; others are understood by today's.
        """
        if isinstance(after, DocumentCheckIns):
            was = before if isinstance(before, DocumentCheckIns) else DocumentCheckIns({})
            return tuple(self._check_ins(was.check_ins, after.check_ins, about or {}))
        found = tuple(map(self._logged, self._changes(before, after)))
        if isinstance(before, Kpi) and isinstance(after, Kpi):
            edited = edited_readings(before.readings, after.readings)
            return tuple(
                replace(change, edited=edited) if change.kind is ChangeKind.READINGS else change
                for change in found
            )
        return found

    def added(self, readings: Kpi) -> tuple[LoggedChange, ...]:
        """Return the changes of a new data file; its KPI has a log entry of its own."""
        return self.compare(replace(readings, readings=()), readings)

    def start_edited(
        self, result: KeyResult, before: float | None, after: float | None
    ) -> LoggedChange:
        """Return that the reading of a KPI was edited which a key result starts at."""
        text = start_by_kpi(self._sentences, result, before, after)
        return LoggedChange(ChangeKind.START, text, True, key_result=result.id, start=before)

    def calendar_of(self, cycle: Cycle) -> Cycle | None:
        """Return the cycle of the calendar that a document describes, if any."""
        return calendar_cycle(calendar_name(cycle.id) or "", self._current.published.fiscal_year)

    def broken(self) -> LoggedChange:
        """Return that a document is not counted any more, for its errors."""
        text = self._sentences.say("Has errors and is not counted")
        return LoggedChange(ChangeKind.BROKEN, text)

    def mended(self) -> LoggedChange:
        """Return that a document is counted again."""
        text = self._sentences.say("Errors fixed; counted again")
        return LoggedChange(ChangeKind.MENDED, text)

    def _check_ins(
        self,
        before: Mapping[str, tuple[CheckIn, ...]],
        after: Mapping[str, tuple[CheckIn, ...]],
        about: Held,
    ) -> Iterator[LoggedChange]:
        for id in sorted({*before, *after}):
            sides, results = (before.get(id, ()), after.get(id, ())), self._current.results(id)
            ids: Mapping[str, str] = {}
            match about.get(id):
                case Objective() as was, Objective() as now if (
                    id in self._current.published.objectives
                ):
                    results = titles_of_stated(now)
                    ids = ids_now(match_key_results(was.key_results, now.key_results))
            for change in compare_check_ins(self._sentences, *sides, results, _NOWHERE, ids):
                yield LoggedChange(change.kind, change.sentence, about=id)

    def _changes(self, before: Content | None, after: Content) -> list[Change]:
        if isinstance(after, Objective):
            was = before if isinstance(before, Objective) else None
            return compare_objective(self._sentences, was, after)
        if isinstance(after, Kpi):
            return compare_kpi(self._sentences, before if isinstance(before, Kpi) else None, after)
        if isinstance(after, Pillar):
            pillar = before if isinstance(before, Pillar) else None
            return compare_pillar(self._sentences, pillar, after)
        if isinstance(after, Cycle):
            # Without a document the cycle was the calendar's.
            was_cycle = before if isinstance(before, Cycle) else self.calendar_of(after)
            return compare_cycle(self._sentences, was_cycle, after, _NOWHERE, date.max)
        assert isinstance(after, Owner)
        owner = before if isinstance(before, Owner) else None
        return compare_owner(self._sentences, owner, after)

    def _logged(self, change: Change) -> LoggedChange:
        sentence = change.sentence
        if change.kind is ChangeKind.MOVED:
            # A path has the names of folders, and those may be the names of somebody private.
            sentence = self._sentences.say("File moved")
        at_close = change.kind is ChangeKind.GRADE and change.before is None
        return LoggedChange(change.kind, sentence, change.goalpost, at_close, change.key_result)


def in_common(
    changes: tuple[LoggedChange, ...], others: tuple[LoggedChange, ...]
) -> tuple[LoggedChange, ...]:
    """Return what a merge itself changed: what is different from each of its parents."""
    found = {_identity(change) for change in others}
    return tuple(change for change in changes if _identity(change) in found)


def in_cycle(change: LoggedChange, opened: bool, closed: bool) -> LoggedChange:
    """Return a change as none of a goalpost if it came before the cycle, or belongs to its end."""
    if change.goalpost and (not opened or (closed and change.at_close)):
        return replace(change, goalpost=False)
    return change


def _identity(change: LoggedChange) -> object:
    several = change.sentence if change.kind in _SEVERAL else None
    return change.kind, change.key_result, several
