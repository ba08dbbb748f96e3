"""What changed in the check-ins on an objective."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import Name, Voice, change
from okrsite.project.model import CheckIn, Objective, Place, StatedValue


def compare_check_ins(
    voice: Voice, before: Iterable[CheckIn], after: Iterable[CheckIn], results: Mapping[str, Name],
    place: Place,
) -> Iterator[Change]:  # fmt: skip
    """Say which check-ins on an objective came, went or say something else.

    They are known by their dates; several of one date by their order. Of `results`, the key results
    by id, values are said, and of no others. `place` is where those that went stood.
    """
    was, now = _by_date(voice, before), _by_date(voice, after)
    for key, check_in in sorted(now.items()):
        day = voice.words.day(check_in.date)
        if key not in was:
            text = voice.say("Check-in of %(day)s added", day=day)
            if said := voice.listing(_content(voice, check_in, results)):
                text = voice.say("%(check_in)s: %(said)s", check_in=text, said=said)
            yield change(ChangeKind.CHECK_IN, text, check_in.place)
        elif _what(was[key]) != _what(check_in):
            text = voice.say("Check-in of %(day)s changed", day=day)
            if said := voice.listing(_differences(voice, was[key], check_in, results)):
                text = voice.say("%(check_in)s: %(said)s", check_in=text, said=said)
            yield change(ChangeKind.CHECK_IN, text, check_in.place)
    for key, check_in in sorted(was.items()):
        if key not in now:
            text = voice.say("Check-in of %(day)s taken out", day=voice.words.day(check_in.date))
            yield change(ChangeKind.CHECK_IN, text, place)


def speakable(objective: Objective) -> dict[str, Name]:
    """Name the key results whose values may be said."""
    return {result.id: Name(result.title) for result in objective.key_results if not result.masked}


def _by_date(voice: Voice, check_ins: Iterable[CheckIn]) -> dict[tuple[date, int], CheckIn]:
    found: defaultdict[date, list[CheckIn]] = defaultdict(list)
    for check_in in check_ins:
        if check_in.uri not in voice.unsaid.uris:
            found[check_in.date].append(check_in)
    return {(day, i): c for day, same in found.items() for i, c in enumerate(same)}


def _what(check_in: CheckIn) -> object:
    """Return what a check-in says, wherever it stands."""
    return (
        check_in.confidence, check_in.values, check_in.note, check_in.blockers, check_in.next,
    )  # fmt: skip


def _content(voice: Voice, check_in: CheckIn, results: Mapping[str, Name]) -> Iterator[Sentence]:
    if check_in.confidence is not None:
        confidence = voice.words.confidence(check_in.confidence)
        yield voice.say("confidence %(confidence)s", confidence=confidence)
    for value in check_in.values:
        if value.text is not None and value.key_result in results:
            yield voice.say(
                "%(result)s %(value)s", result=results[value.key_result], value=value.text
            )
    if check_in.blockers:
        number = len(check_in.blockers)
        yield voice.count("%(number)s blocker", "%(number)s blockers", number)


def _differences(
    voice: Voice, before: CheckIn, after: CheckIn, results: Mapping[str, Name]
) -> Iterator[Sentence]:
    words = voice.words
    if before.confidence != after.confidence:
        yield voice.say(
            "confidence %(before)s → %(after)s",
            before=_confidence(voice, before.confidence),
            after=_confidence(voice, after.confidence),
        )
    old = {value.key_result: value for value in before.values}
    new = {value.key_result: value for value in after.values}
    for id in dict.fromkeys([*new, *old]):
        was, now = (side[id].text if id in side else None for side in (old, new))
        if was != now and id in results:
            yield voice.say(
                "%(result)s %(before)s → %(after)s", result=results[id],
                before=was or words.say("none"), after=now or words.say("none"),
            )  # fmt: skip
        if id in results and id in old and id in new:
            yield from _about(voice, old[id], new[id], results[id])
    if before.note != after.note:
        yield voice.say("another note")
    if before.blockers != after.blockers:
        yield voice.say("other blockers")
    if before.next != after.next:
        yield voice.say("other next steps")


def _about(
    voice: Voice, before: StatedValue, after: StatedValue, result: Name
) -> Iterator[Sentence]:
    """Say what else is said of one key result in a check-in."""
    if before.confidence != after.confidence:
        yield voice.say(
            "confidence in %(result)s %(before)s → %(after)s",
            result=result,
            before=_confidence(voice, before.confidence),
            after=_confidence(voice, after.confidence),
        )
    if before.note != after.note:
        yield voice.say("another note on %(result)s", result=result)


def _confidence(voice: Voice, confidence: float | None) -> str:
    words = voice.words
    return words.say("none") if confidence is None else words.confidence(confidence)
