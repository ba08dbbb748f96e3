"""How key results are measured, as far as changes depend on it."""

from collections.abc import Mapping
from dataclasses import replace

from okrsite.history.diff.matching import comparable, pair_milestones, same_words
from okrsite.history.diff.model import Sentence
from okrsite.history.diff.sentences import ChangeSentences, Name, named
from okrsite.i18n import message
from okrsite.project.model import Figure, KeyResult
from okrsite.project.model.measures import Keep, Kind, Metric, Milestone, Milestones
from okrsite.scores.explanation import band_in_words

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
    return result.kind, isinstance(result.measure, Milestones) and result.measure.single


def with_measure(sentences: ChangeSentences, result: KeyResult) -> Sentence:
    """Name a key result with what it is measured by: `Double revenue from $5M to $10M`."""
    title, words = Name(result.title), sentences.words
    if result.masked:
        return named(result.title)
    match result.measure:
        case Metric(start=None, target=Figure(value=goal)):
            target = words.limit_of(goal, result.unit)
            return sentences.say("%(title)s to %(target)s", title=title, target=target)
        case Metric(start=Figure(value=begin), target=Figure(value=goal)):
            start, target = words.limit_of(begin, result.unit), words.limit_of(goal, result.unit)
            return sentences.say(
                "%(title)s from %(start)s to %(target)s", title=title, start=start, target=target
            )
        case Keep(band=band):
            shown = band_in_words(words, band, result.unit)
            return sentences.say("%(title)s %(band)s", title=title, band=shown)
        case Milestones(milestones=milestones, single=False):
            return sentences.count(
                "%(title)s with %(number)s milestone", "%(title)s with %(number)s milestones",
                len(milestones), title=title,
            )  # fmt: skip
    return named(result.title)


def value_in_words(sentences: ChangeSentences, value: float | None, result: KeyResult) -> str:
    """Write a value of a key result; what has no unit is written as a score."""
    if result.measure.in_units:
        return sentences.words.quantity(value, result.unit, result.measure.goals)
    return sentences.words.score(value)


def same_measure(before: KeyResult, after: KeyResult) -> bool:
    """Whether nothing changed by which a score is computed from values."""
    was, now = ((r.kind, r.measure.goalposts, r.kpi) for r in (before, after))
    return was == now


def against_old_goalposts(before: KeyResult, after: KeyResult) -> KeyResult | None:
    """Return a key result with its new values and its old goalposts.

    None where one cannot be measured by the other.
    """
    if not comparable(before, after):
        return None
    match before.measure, after.measure:
        case Milestones(single=False) as was, Milestones(single=False) as now:
            return replace(before, measure=_with_progress(was, now))
    if not after.measure.in_units:
        return None
    return replace(after, measure=before.measure, kpi=before.kpi)


def _with_progress(before: Milestones, after: Milestones) -> Milestones:
    # One that was dropped is not the new one in its place: it stays as far as it had come.
    now: Mapping[int, Milestone] = {
        id(old): new
        for old, new in pair_milestones(before, after)
        if old and new and same_words(old.title, new.title)
    }
    milestones = (
        replace(m, done=now[id(m)].done, progress=now[id(m)].progress) if id(m) in now else m
        for m in before.milestones
    )
    return replace(before, milestones=tuple(milestones))
