"""What is different between two versions of one document, as it is remembered and told."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from okrsite.history.diff import (
    Change,
    ChangeKind,
    ChangeSentences,
    compare_check_ins,
    compare_kpi,
    compare_objective,
)
from okrsite.history.diff import compare_owner as _compare_owner
from okrsite.history.log.model import Remark
from okrsite.history.log.resolve_old_references import Present
from okrsite.history.log.versions import Thing, Updates
from okrsite.language.wording import Words
from okrsite.project.model import CheckIn, Kpi, Objective, Owner, Place

# What can be said of a document more than once in one commit, and of which only the very same
# sentence is the same thing.
_SEVERAL = frozenset(
    {
        ChangeKind.CHECK_IN, ChangeKind.INITIATIVE, ChangeKind.READINGS, ChangeKind.MILESTONE,
        ChangeKind.PROGRESS, ChangeKind.ALIGNMENT, ChangeKind.DEPENDENCY, ChangeKind.DRIVES,
    }
)  # fmt: skip


class Comparer:
    """Compares versions in the words of `okrsite diff`; other documents are named by their ids,
    and what they are called is put in when it is shown."""

    def __init__(self, words: Words, present: Present) -> None:
        self._sentences = ChangeSentences(words, hidden=present.unsaid)
        self._present = present

    def compare(self, before: Thing | None, after: Thing) -> tuple[Remark, ...]:
        """Say what is different. Goalposts are marked as if every cycle had begun."""
        if isinstance(after, Updates):
            return tuple(self._updates(before if isinstance(before, Updates) else None, after))
        return tuple(map(self._remark, self._changes(before, after)))

    def added(self, readings: Kpi) -> tuple[Remark, ...]:
        """Say what a new data file says: the KPI that it belongs to is told of by itself."""
        return self.compare(replace(readings, readings=()), readings)

    def _updates(self, before: Updates | None, after: Updates) -> Iterator[Remark]:
        was: Mapping[str, tuple[CheckIn, ...]] = before.check_ins if before else {}
        nowhere = Place("", 0)  # a change log names commits, not lines
        for id in sorted({*was, *after.check_ins}):
            changes = compare_check_ins(
                self._sentences, was.get(id, ()), after.check_ins.get(id, ()),
                self._present.results(id), nowhere,
            )  # fmt: skip
            for change in changes:
                yield Remark(change.kind, change.sentence, about=id)

    def broken(self) -> Remark:
        """Say that a document counts no more, for its errors."""
        text = self._sentences.say("It has errors now and counts in no figure")
        return Remark(ChangeKind.BROKEN, text)

    def mended(self) -> Remark:
        """Say that a document counts again."""
        text = self._sentences.say("Its errors are mended: it counts again")
        return Remark(ChangeKind.MENDED, text)

    def _changes(self, before: Thing | None, after: Thing) -> list[Change]:
        if isinstance(after, Objective):
            was = before if isinstance(before, Objective) else None
            return compare_objective(self._sentences, was, after)
        if isinstance(after, Kpi):
            return compare_kpi(self._sentences, before if isinstance(before, Kpi) else None, after)
        assert isinstance(after, Owner)
        return _compare_owner(self._sentences, before if isinstance(before, Owner) else None, after)

    def _remark(self, change: Change) -> Remark:
        sentence = change.sentence
        if change.kind is ChangeKind.MOVED:
            # A path names folders, and those may be called after somebody private.
            sentence = self._sentences.say("The file was moved")
        at_close = change.kind is ChangeKind.GRADE and change.before is None
        return Remark(change.kind, sentence, change.goalpost, at_close, change.key_result)


def in_common(remarks: tuple[Remark, ...], others: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Keep what a merge itself decided: what is different from each of its parents."""
    found = {_topic(remark) for remark in others}
    return tuple(remark for remark in remarks if _topic(remark) in found)


def in_cycle(remark: Remark, opened: bool, closed: bool) -> Remark:
    """Say whether a goalpost moved on a day on which the cycle had begun, or was over."""
    if remark.goalpost and (not opened or (closed and remark.at_close)):
        return replace(remark, goalpost=False)
    return remark


def _topic(remark: Remark) -> object:
    several = remark.sentence if remark.kind in _SEVERAL else None
    return remark.kind, remark.key_result, several
