"""How key results are measured, as far as changes depend on it."""

from collections.abc import Mapping
from dataclasses import replace

from okrsite.history.diff import show
from okrsite.history.diff.matching import comparable, pair_milestones
from okrsite.history.diff.model import Sentence
from okrsite.history.diff.sentences import ChangeSentences, Name, named
from okrsite.i18n import message
from okrsite.project.model import KeyResult, Kind, Milestone

KINDS = {
    (Kind.METRIC, False): message("by a number"),
    (Kind.KEEP, False): message("by a band to stay in"),
    (Kind.MILESTONE, True): message("as done or not"),
    (Kind.MILESTONE, False): message("by milestones"),
    (Kind.ROLL_UP, False): message("by what aligns to it"),
    (Kind.UNMEASURED, False): message("not at all"),
}
"""How a key result of each kind is measured."""


def kind_of(result: KeyResult) -> tuple[Kind, bool]:
    """Return the kind of a key result; a single milestone is a kind of its own."""
    return result.kind, result.single


def rolls_up(result: KeyResult) -> bool:
    """Whether the score comes from the objectives that align to a key result."""
    return result.kind is Kind.ROLL_UP


def has_milestones(result: KeyResult) -> bool:
    """Whether a key result has a list of milestones."""
    return result.kind is Kind.MILESTONE and not result.single


def with_measure(sentences: ChangeSentences, result: KeyResult) -> Sentence:
    """Name a key result with what it is measured by: `Double revenue from $5M to $10M`."""
    title = Name(result.title)
    if not result.masked:
        if result.kind is Kind.METRIC and result.target is not None:
            target = show.quantity(sentences, show.in_unit(result.target, result.unit))
            if result.start is None:
                return sentences.say("%(title)s to %(target)s", title=title, target=target)
            start = show.quantity(sentences, show.in_unit(result.start, result.unit))
            return sentences.say(
                "%(title)s from %(start)s to %(target)s", title=title, start=start, target=target
            )
        if result.kind is Kind.KEEP:
            shown = show.band(sentences, show.bounds(result.band, result.unit))
            return sentences.say("%(title)s %(band)s", title=title, band=shown)
        if has_milestones(result):
            return sentences.count(
                "%(title)s with %(number)s milestone", "%(title)s with %(number)s milestones",
                len(result.milestones), title=title,
            )  # fmt: skip
    return named(result.title)


def value_in_words(sentences: ChangeSentences, value: float | None, result: KeyResult) -> str:
    """Write a value of a key result; what has no unit is written as a score."""
    if result.kind in (Kind.METRIC, Kind.KEEP):
        return sentences.words.quantity(value, result.unit)
    return sentences.words.score(value)


def same_measure(before: KeyResult, after: KeyResult) -> bool:
    """Whether nothing changed by which a score is computed from values."""
    return _measure(before) == _measure(after)


def _measure(result: KeyResult) -> object:
    return (
        result.kind, show.in_unit(result.start, None), show.in_unit(result.target, None),
        result.scale, result.aggregate, show.bounds(result.band, None), result.kpi,
        None if result.single else [(m.title, m.weight) for m in result.milestones],
    )  # fmt: skip


def against_old_goalposts(before: KeyResult, after: KeyResult) -> KeyResult | None:
    """Return a key result with its new values and its old goalposts.

    None where one cannot be measured by the other.
    """
    if not comparable(before, after):
        return None
    if has_milestones(before) and has_milestones(after):
        return replace(before, milestones=_with_progress(before, after))
    if after.kind not in (Kind.METRIC, Kind.KEEP):
        return None
    return replace(
        after, start=before.start, target=before.target, scale=before.scale,
        aggregate=before.aggregate, band=before.band, kpi=before.kpi,
    )  # fmt: skip


def _with_progress(before: KeyResult, after: KeyResult) -> tuple[Milestone, ...]:
    now: Mapping[int, Milestone] = {
        id(old): new for old, new in pair_milestones(before, after) if old and new
    }
    return tuple(
        replace(m, done=now[id(m)].done, progress=now[id(m)].progress) if id(m) in now else m
        for m in before.milestones
    )
