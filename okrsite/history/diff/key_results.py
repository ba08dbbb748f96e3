"""The changes of one key result."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from okrsite.documents.values import Aggregate
from okrsite.history.diff import show
from okrsite.history.diff.effects import Effect
from okrsite.history.diff.fields import About, Field, References, Table, compare_fields, later
from okrsite.history.diff.grades import compare_grades
from okrsite.history.diff.measures import KINDS, kind_of, value_in_words
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


def _of(
    kind: type[Kind], read: Callable[[Kind, str | None], object]
) -> Callable[[KeyResult], object]:
    """Return what reads a field that only one kind has, from the measure and the unit."""
    return lambda r: read(r.measure, r.unit) if isinstance(r.measure, kind) else None


@dataclass(frozen=True, slots=True)
class _Target:
    """A target; `falling` is whether it lies below its start, None where nobody knows."""

    amount: show.InUnit
    unit: str | None
    falling: bool | None = field(compare=False)


def _target(result: KeyResult) -> _Target:
    metric = result.measure if isinstance(result.measure, Metric) else None
    if metric is None or metric.target is None:
        return _Target(show.InUnit(None, None), None, None)
    start = metric.start.value if metric.start else None
    if start is None and result.kpi is None:
        start = 0.0
    elif start is None and result.readings:
        start = min(result.readings, key=lambda reading: reading.date).value
    falling = None if start is None else metric.target.value < start
    return _Target(show.in_unit(metric.target, result.unit), result.unit, falling)


def _target_text(before: _Target, after: _Target) -> str:
    was, now = before.amount.value, after.amount.value
    comparable = was is not None and now is not None and before.unit == after.unit
    if not comparable or before.falling is None or before.falling is not after.falling:
        return message("Target of %(result)s: %(before)s → %(after)s")
    if before.falling:
        # “Raised” and “lowered” would say the opposite of what it means.
        if now > was:
            return message("Target of %(result)s made easier: %(before)s → %(after)s")
        return message("Target of %(result)s made harder: %(before)s → %(after)s")
    if now < was:
        return message("Target of %(result)s lowered from %(before)s to %(after)s")
    return message("Target of %(result)s raised from %(before)s to %(after)s")


def _scale(sentences: ChangeSentences, scale: show.InUnit) -> Sentence:
    words = sentences.words
    if not scale.value:
        return sentences.say("a straight line")
    return sentences.listing(
        sentences.say(
            "%(value)s is %(score)s", value=words.limit_of(value, scale.unit),
            score=words.score(score),
        )
        for value, score in scale.value
    )  # fmt: skip


_FIELDS: Table[KeyResult] = (
    Field(ChangeKind.TITLE, "title", message("Key result %(before)s is now called %(after)s"),
          lambda r: r.title, show.title),
    (
        Field(ChangeKind.TEXT, "measured_by",
              message("How %(result)s is measured is said in other words"),
              lambda r: r.measured_by),
        Field(ChangeKind.TEXT, "description", message("Description of %(result)s changed"),
              lambda r: r.description),
    ),
    References(ChangeKind.OWNER, "owner", message("Owner of %(result)s: %(before)s → %(after)s"),
               "owner", lambda r: r.owners, none=None,
               when=lambda before, after: "owner" in before.lines or "owner" in after.lines),
    Field(ChangeKind.KEY_RESULT_CANCELLED, "status", message("Key result %(result)s cancelled"),
          lambda r: r.cancelled, goalpost=True, when=lambda _, after: after.cancelled),
    Field(ChangeKind.KEY_RESULT_RESUMED, "",
          message("Key result %(result)s is no longer cancelled"), lambda r: r.cancelled,
          when=lambda before, _: before.cancelled),
    Field(ChangeKind.WEIGHT, "weight", message("Weight of %(result)s: %(before)s → %(after)s"),
          lambda r: r.weight.value, show.exact, goalpost=True),
    Field(ChangeKind.DUE, "due", message("Due day of %(result)s: %(before)s → %(after)s"),
          lambda r: r.due, show.due_day, goalpost=later(lambda r: r.due)),
)  # fmt: skip

_KIND: Table[KeyResult] = (
    Field(ChangeKind.MEASURE, "",
          message("%(result)s is measured in another way: %(before)s → %(after)s"),
          kind_of, show.one_of(KINDS), goalpost=True),
)  # fmt: skip

_MEASURE: Table[KeyResult] = (
    References(ChangeKind.MEASURE, "kpi",
               message("Values of %(result)s come from elsewhere: %(before)s → %(after)s"), "kpi",
               lambda r: (r.kpi,) if r.kpi else (), message("its own check-ins"), single=True,
               goalpost=True),
    Field(ChangeKind.TARGET, "to", _target_text, _target,
          lambda sentences, target: show.quantity(sentences, target.amount), goalpost=True),
    Field(ChangeKind.START, "from", message("Start of %(result)s: %(before)s → %(after)s"),
          _of(Metric, lambda m, unit: show.in_unit(m.start, unit)), show.quantity, goalpost=True),
    Field(ChangeKind.SCALE, "scale", message("Scale of %(result)s: %(before)s → %(after)s"),
          _of(Metric, lambda m, unit: show.InUnit(m.scale, unit)), _scale, goalpost=True),
    Field(ChangeKind.PLAN, "plan", message("Plan of %(result)s changed"),
          _of(Metric, lambda m, _: m.plan), goalpost=True),
    Field(ChangeKind.MEASURE, "aggregate",
          message("What the readings of %(result)s make: %(before)s → %(after)s"),
          _of(Metric, lambda m, _: m.aggregate), show.one_of(_AGGREGATES), goalpost=True),
    Field(ChangeKind.BAND, "keep", message("Band of %(result)s: %(before)s → %(after)s"),
          _of(Keep, lambda m, unit: show.bounds(m.band, unit)), show.band, goalpost=True),
)  # fmt: skip


def compare_key_result(
    sentences: ChangeSentences, before: KeyResult, after: KeyResult, state: State,
    effect: Effect | None = None,
) -> list[Change]:  # fmt: skip
    """Return the changes of a key result.

    `state` is that of its cycle at the change: goalposts move once it has opened. Without an
    `effect` the sentences have no values and scores as of a day.
    """
    name = Name(after.title)
    about = About(after.line, state is not State.UPCOMING, after.id, {"result": name})
    masked = before.masked or after.masked
    changes = list(compare_fields(sentences, _FIELDS, before, after, about))
    measure: list[Change] = []
    progress: list[Change] = []
    if not masked:
        measure += compare_fields(sentences, _KIND, before, after, about)
        if not measure:
            measure += compare_fields(sentences, _MEASURE, before, after, about)
        for change in compare_milestones(sentences, before, after, about):
            (progress if change.kind is ChangeKind.PROGRESS else measure).append(change)
    if effect is not None:
        if not masked:
            progress += _value(sentences, before, after, effect)
        between = effect.between if measure else effect.after
        progress = _scored(sentences, after, progress, effect.before, between)
        measure = _scored(sentences, after, measure, between, effect.after)
    grades = compare_grades(sentences, before.grade, after.grade, about, state)
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
    name = Name(after.title)
    shown = value_in_words(sentences, now, after)
    if was is None:
        text = sentences.say("First value of %(result)s: %(after)s", result=name, after=shown)
    elif now is None:
        text = sentences.say("%(result)s has no value any more", result=name)
    else:
        text = sentences.say(
            "Value of %(result)s moved from %(before)s to %(after)s", result=name,
            before=value_in_words(sentences, was, before), after=shown,
        )  # fmt: skip
    place = effect.place or (after.current.place if after.current else after.place)
    yield Change(ChangeKind.VALUE, text, place, key_result=after.id)


def _scored(
    sentences: ChangeSentences, result: KeyResult, changes: list[Change], before: float | None,
    after: float | None,
) -> list[Change]:  # fmt: skip
    """Add what the changes together did to the score: to the sentence of the last goalpost or the
    last change, or as a change of its own where there is none."""
    words = sentences.words
    if words.score(before) == words.score(after):
        return changes
    moved = {"before": words.score(before), "after": words.score(after)}
    if changes:
        carrier = next((c for c in reversed(changes) if c.goalpost), changes[-1])
        text = sentences.say(
            "%(what)s: score %(before)s → %(after)s", what=carrier.sentence, **moved
        )
        scored = replace(carrier, sentence=text, before=before, after=after)
        return [scored if change is carrier else change for change in changes]
    name = Name(result.title)
    if isinstance(result.measure, RollUp):
        text = sentences.say(
            "Score of %(result)s, by what aligns to it: %(before)s → %(after)s", result=name,
            **moved,
        )  # fmt: skip
    else:
        text = sentences.say("Score of %(result)s: %(before)s → %(after)s", result=name, **moved)
    return [Change(ChangeKind.SCORE, text, result.place, False, result.id, before, after)]
