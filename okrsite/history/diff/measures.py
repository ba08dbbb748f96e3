"""How key results are measured, as far as changes depend on it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from okrsite.history.diff import show
from okrsite.history.diff.matching import comparable, pair_milestones
from okrsite.history.diff.model import Sentence
from okrsite.history.diff.sentences import ChangeSentences, Name, named
from okrsite.i18n import message, messages
from okrsite.language.wording import Words
from okrsite.project.model import Figure, KeyResult, Reading
from okrsite.project.model.measures import Keep, Kind, Metric, Milestone, Milestones
from okrsite.scores.explanation import range_in_words

KINDS = {
    (Kind.METRIC, False): message("by a number"),
    (Kind.KEEP, False): message("by a range to stay in"),
    (Kind.MILESTONE, True): message("as done or not"),
    (Kind.MILESTONE, False): message("by milestones"),
    (Kind.ROLL_UP, False): message("by its supporting objectives"),
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
        case Keep(range=range_):
            shown = range_in_words(words, range_, result.unit)
            return sentences.say("%(title)s %(range)s", title=title, range=shown)
        case Milestones(milestones=milestones, single=False):
            texts = messages(
                "%(title)s with %(number)s milestone", "%(title)s with %(number)s milestones"
            )
            return sentences.count(*texts, len(milestones), title=title)
    return named(result.title)


def value_in_words(words: Words, value: float | None, result: KeyResult) -> str:
    """Write a value of a key result; what has no unit is written as a score."""
    if result.measure.in_units:
        return words.quantity(value, result.unit, result.measure.goals)
    return words.score(value)


def starts_at_reading(result: KeyResult) -> bool:
    """Whether a key result starts at a reading of its KPI."""
    metric = result.measure if isinstance(result.measure, Metric) else None
    return result.kpi is not None and metric is not None and not (metric.start or metric.scale)


def edited_readings(
    before: Iterable[Reading], after: Iterable[Reading]
) -> tuple[tuple[date, float | None, float | None], ...]:
    """Return the days whose readings were changed, removed or added afterwards, with the values
    before and after; what follows the last reading isn't an edit."""
    old, new = ({reading.date: reading.value for reading in side} for side in (before, after))
    last = max(old, default=date.min)
    days = sorted(day for day in {*old, *new} if day <= last and old.get(day) != new.get(day))
    return tuple((day, old.get(day), new.get(day)) for day in days)


def start_by_kpi(
    sentences: ChangeSentences, result: KeyResult, before: float | None, after: float | None
) -> Sentence:
    """Return that a reading was edited which a key result starts at."""
    was, now = (show.quantity(sentences, show.InUnit(v, result.unit)) for v in (before, after))
    text = message("Start of %(result)s, by the KPI: %(before)s → %(after)s")
    return sentences.say(text, result=Name(result.title), before=was, after=now)


def same_measure(before: KeyResult, after: KeyResult) -> bool:
    """Whether nothing changed by which a score is computed from values."""
    was, now = ((r.kind, r.measure.goalposts, r.kpi) for r in (before, after))
    return was == now


def against_old_goalposts(before: KeyResult, after: KeyResult) -> KeyResult | None:
    """Return a key result with new values and old goalposts; None where they don't fit."""
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
        id(old): new for old, new in pair_milestones(before, after) if old and new
    }
    milestones = (
        replace(m, done=now[id(m)].done, progress=now[id(m)].progress) if id(m) in now else m
        for m in before.milestones
    )
    return replace(before, milestones=tuple(milestones))
