"""What changed in one key result, in the words of OKRs."""

from collections.abc import Iterator
from dataclasses import replace

from okrsite.documents.values import Aggregate
from okrsite.history.diff.effects import Effect
from okrsite.history.diff.grades import compare_grades
from okrsite.history.diff.milestones import compare_milestones, due_in_words, is_later
from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import Name, Voice, change
from okrsite.project.model import Figure, KeyResult, Place
from okrsite.project.model.measures import Keep, Metric, Milestones, RollUp
from okrsite.scores.explanation import band_in_words


def compare_key_result(
    voice: Voice, before: KeyResult, after: KeyResult, opened: bool, closed: bool = False,
    effect: Effect | None = None,
) -> list[Change]:  # fmt: skip
    """Say what is different in a key result.

    `opened` tells whether its cycle had begun, so that goalposts count as moved, and `closed`
    whether it was over, so that a grade is what one expects. Without an `effect` the sentences
    say nothing of values and scores as of a day.
    """
    masked = before.masked or after.masked
    said = [*_identity(voice, before, after), *_standing(voice, before, after, opened)]
    measure = [] if masked else list(_measure(voice, before, after, opened))
    values = [] if masked else list(compare_milestones(voice, before, after, opened))
    asked = [c for c in values if c.kind is not ChangeKind.PROGRESS]
    reached = [c for c in values if c.kind is ChangeKind.PROGRESS]
    measure += asked
    if effect is not None:
        if not masked:
            reached += _value(voice, after, before, effect)
        between = effect.between if measure and not masked else effect.after
        reached = _scored(voice, after, reached, effect.before, between)
        measure = _scored(voice, after, measure, between, effect.after)
    grades = compare_grades(
        voice, before.grade, after.grade, after.line("grade"), opened, closed, _name(after)
    )
    return said + measure + reached + [replace(g, key_result=after.id) for g in grades]


def with_measure(voice: Voice, result: KeyResult) -> Sentence:
    """Name a key result with what it is measured by: `Double revenue from $5M to $10M`."""
    title, words = Name(result.title), voice.words
    if result.masked:
        return voice.say("%(title)s", title=title)
    match result.measure:
        case Metric(start=None, target=Figure(value=goal)):
            target = words.quantity(goal, result.unit)
            return voice.say("%(title)s to %(target)s", title=title, target=target)
        case Metric(start=Figure(value=begin), target=Figure(value=goal)):
            start, target = words.quantity(begin, result.unit), words.quantity(goal, result.unit)
            return voice.say(
                "%(title)s from %(start)s to %(target)s", title=title, start=start, target=target
            )
        case Keep(band=band):
            shown = band_in_words(words, band, result.unit)
            return voice.say("%(title)s %(band)s", title=title, band=shown)
        case Milestones(milestones=milestones, single=False):
            return voice.count(
                "%(title)s with %(number)s milestone", "%(title)s with %(number)s milestones",
                len(milestones), title=title,
            )  # fmt: skip
    return voice.say("%(title)s", title=title)


def _identity(voice: Voice, before: KeyResult, after: KeyResult) -> Iterator[Change]:
    name = _name(after)
    if before.title != after.title:
        text = voice.say(
            "Key result %(before)s is now called %(after)s", before=_name(before), after=name
        )
        yield change(ChangeKind.TITLE, text, after.line("title"), after.id)
    if (before.description, before.measured_by) != (after.description, after.measured_by):
        field = "measured_by" if before.measured_by != after.measured_by else "description"
        text = voice.say("Description of %(result)s changed", result=name)
        if field == "measured_by":
            text = voice.say("How %(result)s is measured is said in other words", result=name)
        yield change(ChangeKind.TEXT, text, after.line(field), after.id)
    owners = [o for o in after.owners if o not in voice.unsaid.owners]
    former = [voice.moves.owners.get(o, o) for o in before.owners if o not in voice.unsaid.owners]
    written = "owner" in before.lines or "owner" in after.lines
    if written and owners and former and owners != former:
        text = voice.say(
            "Owner of %(result)s: %(before)s → %(after)s",
            result=name, before=voice.owners(before.owners), after=voice.owners(owners),
        )  # fmt: skip
        yield change(ChangeKind.OWNER, text, after.line("owner"), after.id)


def _standing(voice: Voice, before: KeyResult, after: KeyResult, opened: bool) -> Iterator[Change]:
    """Say what changed in how a key result counts."""
    name, words = _name(after), voice.words
    if after.cancelled and not before.cancelled:
        text = voice.say("Key result %(result)s cancelled", result=name)
        yield change(ChangeKind.KEY_RESULT_CANCELLED, text, after.line("status"), after.id, opened)
    if before.cancelled and not after.cancelled:
        text = voice.say("Key result %(result)s is no longer cancelled", result=name)
        yield change(ChangeKind.KEY_RESULT_RESUMED, text, after.place, after.id)
    if before.weight.value != after.weight.value:
        text = voice.say(
            "Weight of %(result)s: %(before)s → %(after)s", result=name,
            before=words.exact(before.weight.value), after=words.exact(after.weight.value),
        )  # fmt: skip
        yield change(ChangeKind.WEIGHT, text, after.line("weight"), after.id, opened)
    if before.due != after.due:
        text = voice.say(
            "Due day of %(result)s: %(before)s → %(after)s", result=name,
            before=due_in_words(voice, before.due), after=due_in_words(voice, after.due),
        )  # fmt: skip
        later = opened and is_later(before.due, after.due)
        yield change(ChangeKind.DUE, text, after.line("due"), after.id, later)


def _measure(voice: Voice, before: KeyResult, after: KeyResult, opened: bool) -> Iterator[Change]:
    """Say what changed in what a score is measured by."""
    name = _name(after)
    was, is_ = before.measure, after.measure
    if (was.kind, was.values_from) != (is_.kind, is_.values_from):
        text = voice.say(
            "%(result)s is measured in another way: %(before)s → %(after)s",
            result=name, before=_kind(voice, before), after=_kind(voice, after),
        )  # fmt: skip
        yield change(ChangeKind.MEASURE, text, after.place, after.id, opened)
        return
    former = voice.moves.kpis.get(before.kpi or "", before.kpi)
    if former != after.kpi and not {former, after.kpi} & voice.unsaid.kpis:
        source = voice.words.say("its own check-ins")
        text = voice.say(
            "Values of %(result)s come from elsewhere: %(before)s → %(after)s", result=name,
            before=voice.kpi(before.kpi) if before.kpi else source,
            after=voice.kpi(after.kpi) if after.kpi else source,
        )  # fmt: skip
        yield change(ChangeKind.MEASURE, text, after.line("kpi"), after.id, opened)
    match was, is_:
        case Metric(), Metric():
            yield from _metric(voice, before, was, after, is_, opened)
        case Keep(), Keep() if was.goalposts != is_.goalposts:
            text = voice.say(
                "Band of %(result)s: %(before)s → %(after)s", result=name,
                before=band_in_words(voice.words, was.band, before.unit),
                after=band_in_words(voice.words, is_.band, after.unit),
            )  # fmt: skip
            yield change(ChangeKind.BAND, text, is_.band.place, after.id, opened)


def _metric(
    voice: Voice, before: KeyResult, was: Metric, after: KeyResult, is_: Metric, opened: bool
) -> Iterator[Change]:
    name = _name(after)
    if _number(was.target) != _number(is_.target) or (
        is_.target and was.target and before.unit != after.unit
    ):
        text = _target(voice, before, was.target, after, is_.target)
        yield change(ChangeKind.TARGET, text, after.line("to"), after.id, opened)
    if _number(was.start) != _number(is_.start):
        text = voice.say(
            "Start of %(result)s: %(before)s → %(after)s", result=name,
            before=_quantity(voice, was.start, before),
            after=_quantity(voice, is_.start, after),
        )  # fmt: skip
        yield change(ChangeKind.START, text, after.line("from"), after.id, opened)
    if was.scale != is_.scale:
        text = voice.say(
            "Scale of %(result)s: %(before)s → %(after)s", result=name,
            before=_scale(voice, was, before.unit), after=_scale(voice, is_, after.unit),
        )  # fmt: skip
        yield change(ChangeKind.SCALE, text, after.line("scale"), after.id, opened)
    if was.plan != is_.plan:
        text = voice.say("Plan of %(result)s changed", result=name)
        yield change(ChangeKind.PLAN, text, after.line("plan"), after.id, opened)
    if was.aggregate is not is_.aggregate:
        text = voice.say(
            "What the readings of %(result)s make: %(before)s → %(after)s", result=name,
            before=_aggregate(voice, was.aggregate), after=_aggregate(voice, is_.aggregate),
        )  # fmt: skip
        yield change(ChangeKind.MEASURE, text, after.line("aggregate"), after.id, opened)


def _target(
    voice: Voice, before: KeyResult, old: Figure | None, after: KeyResult, new: Figure | None
) -> Sentence:
    name = _name(after)
    was, is_ = _quantity(voice, old, before), _quantity(voice, new, after)
    if old is None or new is None or before.unit != after.unit:
        return voice.say(
            "Target of %(result)s: %(before)s → %(after)s", result=name, before=was, after=is_
        )
    if new.value < old.value:
        return voice.say(
            "Target of %(result)s lowered from %(before)s to %(after)s",
            result=name, before=was, after=is_,
        )  # fmt: skip
    return voice.say(
        "Target of %(result)s raised from %(before)s to %(after)s",
        result=name, before=was, after=is_,
    )  # fmt: skip


def _value(voice: Voice, after: KeyResult, before: KeyResult, effect: Effect) -> Iterator[Change]:
    """Say that the value of a key result moved, as of the day that both sides are scored for."""
    was, is_ = effect.value_before, effect.value_after
    if was == is_ and (was is None or before.unit == after.unit):
        return
    if after.measure.values_from is not None:
        return
    name, place = _name(after), _reading_place(after, is_)
    if was is None:
        text = voice.say(
            "First value of %(result)s: %(after)s", result=name, after=_shown(voice, is_, after)
        )
    elif is_ is None:
        text = voice.say("%(result)s has no value any more", result=name)
    else:
        text = voice.say(
            "Value of %(result)s moved from %(before)s to %(after)s", result=name,
            before=_shown(voice, was, before), after=_shown(voice, is_, after),
        )  # fmt: skip
    yield change(ChangeKind.VALUE, text, place, after.id)


def _scored(
    voice: Voice, result: KeyResult, changes: list[Change], before: float | None,
    after: float | None,
) -> list[Change]:  # fmt: skip
    """Add what the changes together did to the score: to the last of them, as a sentence that
    says it once, or as a change of its own where nothing else says why."""
    words = voice.words
    if words.score(before) == words.score(after):
        return changes
    moved = {"before": words.score(before), "after": words.score(after)}
    if not changes:
        text = voice.say(
            "Score of %(result)s: %(before)s → %(after)s", result=_name(result), **moved
        )
        if isinstance(result.measure, RollUp):
            text = voice.say(
                "Score of %(result)s, by what aligns to it: %(before)s → %(after)s",
                result=_name(result), **moved,
            )  # fmt: skip
        return [Change(ChangeKind.SCORE, text, result.place, False, result.id, before, after)]
    carrier = next((c for c in reversed(changes) if c.goalpost), changes[-1])
    text = voice.say("%(what)s: score %(before)s → %(after)s", what=carrier.sentence, **moved)
    scored = replace(carrier, sentence=text, before=before, after=after)
    return [scored if c is carrier else c for c in changes]


def _name(result: KeyResult) -> Name:
    return Name(result.title)


def _number(figure: Figure | None) -> float | None:
    return figure.value if figure else None


def _quantity(voice: Voice, figure: Figure | None, result: KeyResult) -> str:
    if figure is None:
        return voice.words.say("none")
    return voice.words.quantity(figure.value, result.unit)


def _shown(voice: Voice, value: float | None, result: KeyResult) -> str:
    if result.measure.in_units:
        return voice.words.quantity(value, result.unit)
    return voice.words.score(value)


def _reading_place(result: KeyResult, value: float | None) -> Place:
    same = [reading for reading in result.readings if reading.value == value]
    if same:
        return max(same, key=lambda reading: reading.date).place
    return result.current.place if result.current else result.place


def _scale(voice: Voice, metric: Metric, unit: str | None) -> Sentence:
    words = voice.words
    if not metric.scale:
        return voice.say("a straight line")
    return voice.listing(
        voice.say("%(value)s is %(score)s", value=words.quantity(v, unit),
                  score=words.score(s))
        for v, s in metric.scale
    )  # fmt: skip


def _kind(voice: Voice, result: KeyResult) -> str:
    say = voice.words.say
    match result.measure:
        case Metric():
            return say("by a number")
        case Keep():
            return say("by a band to stay in")
        case Milestones(single=single):
            return say("as done or not") if single else say("by milestones")
        case RollUp():
            return say("by what aligns to it")
    return say("not at all")


def _aggregate(voice: Voice, aggregate: Aggregate) -> str:
    say = voice.words.say
    match aggregate:
        case Aggregate.LAST:
            return say("the last one")
        case Aggregate.SUM:
            return say("their sum")
        case Aggregate.MEAN:
            return say("their mean")
        case Aggregate.MAX:
            return say("the largest")
        case Aggregate.MIN:
            return say("the smallest")
