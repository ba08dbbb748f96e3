"""The changes of the check-ins on an objective."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from okrsite.history.diff import show
from okrsite.history.diff.fields import Field, Table, Thing, differences
from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import ChangeSentences, Name
from okrsite.i18n import message
from okrsite.project.model import CheckIn, KeyResult, Objective, Place, StatedValue

_field = partial(Field, ChangeKind.CHECK_IN, "")
_VALUE: Table[StatedValue] = (
    _field(message("%(result)s %(before)s → %(after)s"), lambda v: v.text, show.text),
)
_SURE_OF = message("confidence in %(result)s %(before)s → %(after)s")
_STATED: Table[StatedValue] = (
    _field(_SURE_OF, lambda v: v.confidence, show.confidence),
    _field(message("another note on %(result)s"), lambda v: v.note),
)
_SURE = message("confidence %(before)s → %(after)s")
_CONFIDENCE: Table[CheckIn] = (_field(_SURE, lambda c: c.confidence, show.confidence),)
_TEXTS: Table[CheckIn] = (
    _field(message("another note"), lambda c: c.note),
    _field(message("other wins"), lambda c: c.wins),
    _field(message("other blockers"), lambda c: c.blockers),
    _field(message("other next steps"), lambda c: c.next),
)

CheckIns = Iterable[CheckIn]
Results = Mapping[str, Name]


def compare_check_ins(
    sentences: ChangeSentences,
    before: CheckIns,
    after: CheckIns,
    results: Results,
    place: Place,
    ids: Mapping[str, str],
) -> Iterator[Change]:
    """Return which check-ins on an objective were added, removed or changed.

    They are known by their dates, several of one date by their order. Only values of `results`, key
    results by id, are mentioned. `place` is where removed ones were. `ids` are the ids that key
    results have now, by those before, as `ids_now` returns them.
    """
    say, day = sentences.say, sentences.words.day
    moved = {was: now for was, now in ids.items() if was != now}
    if moved:
        before = (_renumbered(check_in, moved) for check_in in before)
    old, new = _by_date(sentences, before), _by_date(sentences, after)
    for key, check_in in sorted(new.items()):
        was = old.get(key)
        if was is None:
            text = say("Check-in for %(day)s added", day=day(check_in.date))
            details = _content(sentences, check_in, results)
        elif _content_of(was) != _content_of(check_in):
            text = say("Check-in for %(day)s changed", day=day(check_in.date))
            details = _differences(sentences, was, check_in, results)
        else:
            continue
        if listed := sentences.listing(details):
            text = say("%(check_in)s: %(said)s", check_in=text, said=listed)
        yield Change(ChangeKind.CHECK_IN, text, check_in.place)
    for date_and_order in sorted(old.keys() - new.keys()):
        text = say("Check-in for %(day)s removed", day=day(date_and_order[0]))
        yield Change(ChangeKind.CHECK_IN, text, place)


def public_results(objective: Objective) -> dict[str, Name]:
    """Return the names of the key results whose values may be mentioned, by id."""
    return {result.id: Name(result.title) for result in objective.key_results if not result.masked}


def ids_now(pairs: Iterable[tuple[KeyResult | None, KeyResult | None]]) -> dict[str, str]:
    """Return the ids that key results have after a change by those before; of dropped ones none."""
    return {old.id: new.id if new else "" for old, new in pairs if old}


def _renumbered(check_in: CheckIn, ids: Mapping[str, str]) -> CheckIn:
    """Return a check-in with today's ids, without the values of dropped key results."""
    values = [replace(v, key_result=ids.get(v.key_result, v.key_result)) for v in check_in.values]
    return replace(check_in, values=tuple(value for value in values if value.key_result))


def _by_date(
    sentences: ChangeSentences, check_ins: Iterable[CheckIn]
) -> dict[tuple[date, int], CheckIn]:
    found: defaultdict[date, list[CheckIn]] = defaultdict(list)
    for check_in in check_ins:
        if check_in.uri not in sentences.hidden.uris:
            found[check_in.date].append(check_in)
    return {(day, i): c for day, same in found.items() for i, c in enumerate(same)}


def _content_of(check_in: CheckIn) -> object:
    """Return what a check-in says, whatever its place."""
    texts = check_in.note, check_in.wins, check_in.blockers, check_in.next
    return check_in.confidence, check_in.values, texts


def _content(
    sentences: ChangeSentences, check_in: CheckIn, results: Mapping[str, Name]
) -> Iterator[Sentence]:
    if check_in.confidence is not None:
        shown = sentences.words.confidence(check_in.confidence)
        yield sentences.say("confidence %(confidence)s", confidence=shown)
    for value in check_in.values:
        if value.text is not None and value.key_result in results:
            name = results[value.key_result]
            yield sentences.say("%(result)s %(value)s", result=name, value=value.text)
    if check_in.blockers:
        number = len(check_in.blockers)
        yield sentences.count("%(number)s blocker", "%(number)s blockers", number)


def _differences(
    sentences: ChangeSentences, before: CheckIn, after: CheckIn, results: Mapping[str, Name]
) -> Iterator[Sentence]:
    yield from _texts(sentences, _CONFIDENCE, before, after)
    old = {value.key_result: value for value in before.values}
    new = {value.key_result: value for value in after.values}
    for id in dict.fromkeys([*new, *old]):
        if id in results:
            none = StatedValue(id, None, None, None)
            was, now = old.get(id, none), new.get(id, none)
            yield from _texts(sentences, _VALUE, was, now, result=results[id])
            if id in old and id in new:
                yield from _texts(sentences, _STATED, was, now, result=results[id])
    yield from _texts(sentences, _TEXTS, before, after)


def _texts(
    sentences: ChangeSentences, table: Table[Thing], before: Thing, after: Thing, **names: Name
) -> Iterator[Sentence]:
    return (text for _, (text, _) in differences(sentences, table, before, after, names))
