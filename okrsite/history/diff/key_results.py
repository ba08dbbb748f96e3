"""The changes of one key result."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from okrsite.documents.values import Aggregate
from okrsite.history.diff import show
from okrsite.history.diff.effects import Effect
from okrsite.history.diff.fields import About, Field, RefersTo, Table, compare_fields, later
from okrsite.history.diff.grades import compare_grades
from okrsite.history.diff.measures import KINDS, kind_of, start_by_kpi, value_in_words
from okrsite.history.diff.milestones import compare_milestones
from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import ChangeSentences, Name
from okrsite.i18n import message
from okrsite.project.model import KeyResult
from okrsite.project.model.cycles import State
from okrsite.project.model.measures import Keep, MeasureOfKind, Metric, RollUp

_AGGREGATES = {
    Aggregate.LAST: message("the last one"),
    Aggregate.SUM: message("their sum"),
    Aggregate.MEAN: message("their mean"),
    Aggregate.MAX: message("the largest"),
    Aggregate.MIN: message("the smallest"),
}


Kind = TypeVar("Kind", bound=MeasureOfKind)
Scores = tuple[float | None, float | None]
Target = tuple[show.InUnit, str | None]


def _of(
    kind: type[Kind], read: Callable[[Kind, str | None], object]
) -> Callable[[KeyResult], object]:
    """Return what reads a field that only one kind has, from the measure and the unit."""
    return lambda r: read(r.measure, r.unit) if isinstance(r.measure, kind) else None


def _target(result: KeyResult) -> Target:
    metric = result.measure if isinstance(result.measure, Metric) else None
    target = metric.target if metric else None
    return show.in_unit(target, result.unit), result.unit if target else None


def _falls(result: KeyResult, start: float | None) -> bool | None:
    """Whether a target is below the start; None if unknown."""
    metric = result.measure if isinstance(result.measure, Metric) else None
    if metric is None or metric.target is None or start is None:
        return None
    return metric.target.value < start


def _written_start(result: KeyResult) -> float | None:
    """Return where a metric starts as far as its document says; None by a KPI."""
    start = result.measure.start if isinstance(result.measure, Metric) else None
    return start.value if start else 0.0 if result.kpi is None else None


_HIGHER_OR_LOWER = {
    (False, False): message("Target of %(result)s raised from %(before)s to %(after)s"),
    (False, True): message("Target of %(result)s lowered from %(before)s to %(after)s"),
    # “Raised” and “lowered” would say the opposite of what it means.
    (True, False): message("Target of %(result)s made easier: %(before)s → %(after)s"),
    (True, True): message("Target of %(result)s made harder: %(before)s → %(after)s"),
}
"""The sentences about targets, by whether they are below their start, and are lower than before."""


def _target_text(falls: bool | None) -> Callable[[Target, Target], str]:
    """Return what chooses the sentence about a target."""

    def text(before: Target, after: Target) -> str:
        (was, unit), (now, other_unit) = before, after
        if falls is None or None in (was.value, now.value) or unit != other_unit:
            return message("Target of %(result)s: %(before)s → %(after)s")
        return _HIGHER_OR_LOWER[falls, now.value < was.value]

    return text


def _scale(sentences: ChangeSentences, scale: show.InUnit) -> Sentence:
    words = sentences.words
    if not scale.value:
        return sentences.say("a straight line")
    written = [(words.limit_of(value, scale.unit), words.score(s)) for value, s in scale.value]
    return sentences.listing(
        sentences.say("%(value)s is %(score)s", value=value, score=score)
        for value, score in written
    )


_FIELDS: Table[KeyResult] = (
    Field(ChangeKind.TITLE, "title", message("Key result %(before)s renamed %(after)s"),
          lambda r: r.title, show.title),
    (
        Field(ChangeKind.TEXT, "measured_by",
              message("Measure of %(result)s reworded"),
              lambda r: r.measured_by),
        Field(ChangeKind.TEXT, "description", message("Description of %(result)s changed"),
              lambda r: r.description),
    ),
    RefersTo(ChangeKind.OWNER, "owner", message("Owner of %(result)s: %(before)s → %(after)s"),
               "owner", lambda r: r.owners, none=None,
               when=lambda before, after: "owner" in before.lines or "owner" in after.lines),
    Field(ChangeKind.KEY_RESULT_CANCELLED, "status", message("Key result %(result)s cancelled"),
          lambda r: r.cancelled, goalpost=True, when=lambda _, after: after.cancelled),
    Field(ChangeKind.KEY_RESULT_RESUMED, "",
          message("Key result %(result)s is no longer cancelled"), lambda r: r.cancelled,
          when=lambda before, _: before.cancelled),
    Field(ChangeKind.WEIGHT, "weight", message("Weight of %(result)s: %(before)s → %(after)s"),
          lambda r: r.weight.value, show.exact, goalpost=True),
    RefersTo(ChangeKind.MOVES, "moves",
               message("KPIs that %(result)s should move: %(before)s → %(after)s"), "kpi",
               lambda r: r.moves, message("none")),
    Field(ChangeKind.DUE, "due", message("Due date of %(result)s: %(before)s → %(after)s"),
          lambda r: r.due, show.due_day, goalpost=later(lambda r: r.due)),
)  # fmt: skip

_OTHER_WAY = message("%(result)s is measured differently: %(before)s → %(after)s")
_KIND: Table[KeyResult] = (
    Field(ChangeKind.MEASURE, "", _OTHER_WAY, kind_of, show.one_of(KINDS), goalpost=True),
)


def _measure_fields(falls: bool | None) -> Table[KeyResult]:
    """Return the fields by which a key result is measured, with a target that falls or not."""
    return (
        RefersTo(ChangeKind.MEASURE, "kpi",
                   message("Source of values for %(result)s: %(before)s → %(after)s"),
                   "kpi", lambda r: (r.kpi,) if r.kpi else (), message("its own check-ins"),
                   single=True, goalpost=True),
        Field(ChangeKind.TARGET, "to", _target_text(falls), _target,
              lambda sentences, target: show.quantity(sentences, target[0]), goalpost=True),
        Field(ChangeKind.START, "from", message("Start of %(result)s: %(before)s → %(after)s"),
              _of(Metric, lambda m, unit: show.in_unit(m.start, unit)), show.quantity,
              goalpost=True),
        Field(ChangeKind.SCALE, "scale", message("Scale of %(result)s: %(before)s → %(after)s"),
              _of(Metric, lambda m, unit: show.InUnit(m.scale, unit)), _scale, goalpost=True),
        Field(ChangeKind.PLAN, "plan", message("Plan of %(result)s changed"),
              _of(Metric, lambda m, _: m.plan), goalpost=True),
        Field(ChangeKind.MEASURE, "aggregate",
              message("Aggregation of %(result)s: %(before)s → %(after)s"),
              _of(Metric, lambda m, _: m.aggregate), show.one_of(_AGGREGATES), goalpost=True),
        Field(ChangeKind.RANGE, "keep",
              show.easier_or_harder(
                  message("Range of %(result)s: %(before)s → %(after)s"),
                  message("Range of %(result)s made easier: %(before)s → %(after)s"),
                  message("Range of %(result)s made harder: %(before)s → %(after)s"),
              ),
              _of(Keep, lambda m, unit: show.bounds(m.range, unit)), show.range_of, goalpost=True),
    )  # fmt: skip


_MEASURE = {falls: _measure_fields(falls) for falls in (None, False, True)}


def compare_key_result(
    sentences: ChangeSentences,
    before: KeyResult,
    after: KeyResult,
    state: State,
    effect: Effect | None,
) -> list[Change]:
    """Return the changes of a key result.

    `state` is that of its cycle at the change: goalposts move once it has opened. Without an
    `effect` the sentences have no values and scores as of a day.
    """
    name = Name(after.title)
    about = About(after.line, state, after.id, {"result": name})
    masked = before.masked or after.masked
    changes = list(compare_fields(sentences, _FIELDS, before, after, about))
    measure: list[Change] = []
    progress: list[Change] = []
    if not masked:
        measure += compare_fields(sentences, _KIND, before, after, about)
        if not measure:
            starts = effect.starts if effect else tuple(map(_written_start, (before, after)))
            falls = {_falls(r, start) for r, start in zip((before, after), starts, strict=True)}
            table = _MEASURE[falls.pop() if len(falls) == 1 else None]
            measure += compare_fields(sentences, table, before, after, about)
        if effect is not None and effect.start_edited:
            text = start_by_kpi(sentences, after, *effect.starts)
            measure.append(about.change(ChangeKind.START, text, goalpost=True))
        for change in compare_milestones(sentences, before, after, about):
            (progress if change.kind is ChangeKind.PROGRESS else measure).append(change)
    if effect is not None:
        if not masked:
            progress += _value(sentences, before, after, effect)
        between = effect.between if measure else effect.after
        progress = _scored(sentences, after, progress, (effect.before, between))
        measure = _scored(sentences, after, measure, (between, effect.after))
    grades = compare_grades(sentences, before.grade, after.grade, about)
    return [*changes, *measure, *progress, *grades]


def _value(
    sentences: ChangeSentences, before: KeyResult, after: KeyResult, effect: Effect
) -> Iterator[Change]:
    """Return how the value of a key result moved, as of the day that both sides are scored for."""
    was, now = effect.value_before, effect.value_after
    if was == now and (was is None or before.unit == after.unit):
        return
    if after.measure.values_from is not None:
        return
    name, words = Name(after.title), sentences.words
    if was is None:
        shown = value_in_words(words, now, after)
        text = sentences.say("First value of %(result)s: %(after)s", result=name, after=shown)
    elif now is None:
        text = sentences.say("%(result)s no longer has a value", result=name)
    else:
        shown, then = value_in_words(words, now, after), value_in_words(words, was, before)
        if shown == then:
            then, shown = words.both(was, now, after.unit, after.measure.goals)
        moved = {"before": then, "after": shown}
        text = sentences.say(
            "Value of %(result)s moved from %(before)s to %(after)s", result=name, **moved
        )
    place = effect.place or (after.current.place if after.current else after.place)
    yield Change(ChangeKind.VALUE, text, place, key_result=after.id)


def _scored(
    sentences: ChangeSentences, result: KeyResult, changes: list[Change], scores: Scores
) -> list[Change]:
    """Add what the changes did to the score, to the last goalpost or change, else by itself."""
    before, after = scores
    moved = {"before": sentences.words.score(before), "after": sentences.words.score(after)}
    if moved["before"] == moved["after"]:
        return changes
    if changes:
        carrier = next((c for c in reversed(changes) if c.goalpost), changes[-1])
        text = sentences.say(
            "%(what)s: score %(before)s → %(after)s", what=carrier.sentence, **moved
        )
        scored = replace(carrier, sentence=text, before=before, after=after)
        return [scored if change is carrier else change for change in changes]
    by = message("Score of %(result)s: %(before)s → %(after)s")
    if isinstance(result.measure, RollUp):
        by = message("Score of %(result)s, from its supporting objectives: %(before)s → %(after)s")
    text = sentences.say(by, result=Name(result.title), **moved)
    return [Change(ChangeKind.SCORE, text, result.place, False, result.id, before, after)]
