"""What changed in the milestones of one key result."""

from collections.abc import Iterator
from datetime import date

from okrsite.history.diff.effects import pair_milestones
from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import Name, Voice, change
from okrsite.project.model import KeyResult
from okrsite.project.model.measures import Milestone, Milestones


def compare_milestones(
    voice: Voice, before: KeyResult, after: KeyResult, opened: bool
) -> Iterator[Change]:
    """Say what is different in the milestones; a list that became one milestone is said elsewhere.

    What is dropped, weighs otherwise or is due later is a goalpost once the cycle has `opened`.
    """
    was, is_ = before.measure, after.measure
    if not isinstance(was, Milestones) or not isinstance(is_, Milestones):
        return
    if was.single != is_.single:
        return
    if is_.single:
        title = voice.say("Key result %(result)s", result=Name(after.title))
        yield from _done(voice, was.milestones[0], is_.milestones[0], after, title)
        return
    name = Name(after.title)
    for old, new in pair_milestones(was, is_):
        if old is None and new is not None:
            text = voice.say(
                "Milestone %(milestone)s of %(result)s added", milestone=Name(new.title),
                result=name,
            )  # fmt: skip
            yield change(ChangeKind.MILESTONE, text, new.place, after.id)
        elif old is not None and new is None:
            text = voice.say(
                "Milestone %(milestone)s of %(result)s dropped", milestone=Name(old.title),
                result=name,
            )  # fmt: skip
            yield change(ChangeKind.MILESTONE, text, after.place, after.id, opened)
        elif old is not None and new is not None:
            yield from _milestone(voice, old, new, after, opened)


def _milestone(
    voice: Voice, before: Milestone, after: Milestone, result: KeyResult, opened: bool
) -> Iterator[Change]:
    name, title, words = Name(result.title), Name(after.title), voice.words
    if before.title != after.title:
        text = voice.say(
            "Milestone %(before)s of %(result)s is now called %(after)s",
            before=Name(before.title), result=name, after=title,
        )  # fmt: skip
        yield change(ChangeKind.MILESTONE, text, after.place, result.id)
    what = voice.say("Milestone %(milestone)s of %(result)s", milestone=title, result=name)
    yield from _done(voice, before, after, result, what)
    if before.weight != after.weight:
        text = voice.say(
            "Weight of the milestone %(milestone)s of %(result)s: %(before)s → %(after)s",
            milestone=title, result=name,
            before=words.exact(before.weight), after=words.exact(after.weight),
        )  # fmt: skip
        yield change(ChangeKind.MILESTONE, text, after.place, result.id, opened)
    if before.due != after.due:
        text = voice.say(
            "Milestone %(milestone)s of %(result)s is due: %(before)s → %(after)s",
            milestone=title, result=name,
            before=due_in_words(voice, before.due), after=due_in_words(voice, after.due),
        )  # fmt: skip
        later = opened and is_later(before.due, after.due)
        yield change(ChangeKind.DUE, text, after.place, result.id, later)


def _done(
    voice: Voice, before: Milestone, after: Milestone, result: KeyResult, title: Sentence
) -> Iterator[Change]:
    if before.done != after.done and (before.done or after.done):
        if not after.done:
            text = voice.say("%(what)s is no longer done", what=title)
        elif isinstance(after.done, date):
            text = voice.say(
                "%(what)s done on %(day)s", what=title, day=voice.words.day(after.done)
            )
        else:
            text = voice.say("%(what)s done", what=title)
        yield change(ChangeKind.PROGRESS, text, after.place, result.id)
    elif before.progress != after.progress and not after.done:
        text = voice.say(
            "Progress of the milestone %(milestone)s of %(result)s: %(before)s → %(after)s",
            milestone=Name(after.title), result=Name(result.title),
            before=voice.words.percent(before.progress or 0.0),
            after=voice.words.percent(after.progress or 0.0),
        )  # fmt: skip
        yield change(ChangeKind.PROGRESS, text, after.place, result.id)


def due_in_words(voice: Voice, day: date | None) -> str:
    """Say when something is due; without a day of its own it is at the end."""
    return voice.words.say("at the end") if day is None else voice.words.day(day)


def is_later(before: date | None, after: date | None) -> bool:
    """Whether something has got more time."""
    return before is not None and (after is None or after > before)
