"""Grades: scores that are given by hand."""

from collections.abc import Iterator

from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import Name, Voice
from okrsite.project.model import Grade, Place


def compare_grades(
    voice: Voice, before: Grade | None, after: Grade | None, place: Place, opened: bool,
    closed: bool, name: Name | None = None,
) -> Iterator[Change]:  # fmt: skip
    """Say what changed in a grade; `name` is the key result's, None for the objective's own.

    At the close a grade is what one expects; while the cycle runs, and where one is changed or
    taken back, it moves what is measured by.
    """
    if _of(before) == _of(after):
        return
    words = voice.words
    what: Sentence = voice.say("Grade of %(result)s", result=name) if name else voice.say("Grade")
    goalpost = opened and (before is not None or not closed)
    was, is_ = before.score if before else None, after.score if after else None
    if after is None:
        text = voice.say("%(what)s %(before)s taken back", what=what, before=words.score(was))
    elif before is None:
        text = voice.say("%(what)s given: %(after)s", what=what, after=words.score(is_))
    elif before.score != after.score:
        text = voice.say(
            "%(what)s changed from %(before)s to %(after)s",
            what=what, before=words.score(was), after=words.score(is_),
        )  # fmt: skip
    else:
        text = voice.say("%(what)s has another reason", what=what)
        goalpost = False
    if after is not None and after.reason and (before is None or before.score != after.score):
        text = voice.say("%(what)s (%(reason)s)", what=text, reason=Name(after.reason))
    yield Change(ChangeKind.GRADE, text, after.place if after else place, goalpost, None, was, is_)


def _of(grade: Grade | None) -> object:
    return (grade.score, grade.reason) if grade else None
