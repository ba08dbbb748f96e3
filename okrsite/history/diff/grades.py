"""The changes of grades, which are scores given by hand."""

from collections.abc import Iterator
from dataclasses import replace

from okrsite.history.diff.fields import About
from okrsite.history.diff.model import Change, ChangeKind
from okrsite.history.diff.sentences import ChangeSentences, Name
from okrsite.project.model import Grade
from okrsite.project.model.cycles import State


def compare_grades(
    sentences: ChangeSentences, before: Grade | None, after: Grade | None, about: About
) -> Iterator[Change]:
    """Return the change of the grade of an objective or key result.

    A first grade is expected once the cycle is closed. While the cycle is open, and where a grade
    is changed or taken back, it moves a goalpost.
    """
    old, new = ((side.score, side.reason) if side else (None, None) for side in (before, after))
    if old == new:
        return
    say = sentences.say
    scores = {"before": sentences.words.score(old[0]), "after": sentences.words.score(new[0])}
    goalpost = before is not None or about.state is not State.CLOSED
    what = say("Grade of %(result)s", **about.names) if about.names else say("Grade")
    if after is None:
        text = say("%(what)s %(before)s withdrawn", what=what, **scores)
    elif before is None:
        text = say("%(what)s given: %(after)s", what=what, **scores)
    elif before.score != after.score:
        text = say("%(what)s changed from %(before)s to %(after)s", what=what, **scores)
    else:
        text, goalpost = say("%(what)s: reason changed", what=what), False
    if after is not None and after.reason and old[0] != new[0]:
        text = say("%(what)s (%(reason)s)", what=text, reason=Name(after.reason))
    change = about.change(ChangeKind.GRADE, text, "grade", goalpost)
    place = after.place if after else change.place
    yield replace(change, place=place, before=old[0], after=new[0])
