"""The changes of the milestones of one key result."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from okrsite.history.diff import show
from okrsite.history.diff.fields import About, Field, Table, at, compare_fields, later
from okrsite.history.diff.matching import pair_milestones
from okrsite.history.diff.model import Change, ChangeKind
from okrsite.history.diff.sentences import ChangeSentences, Name
from okrsite.i18n import message
from okrsite.project.model import KeyResult
from okrsite.project.model.measures import Milestone, Milestones


def _done_text(before: bool | date | None, after: bool | date | None) -> str:
    if not after:
        return message("%(what)s is no longer done")
    if isinstance(after, date):
        return message("%(what)s done on %(day)s")
    return message("%(what)s done")


_DONE: Table[Milestone] = (
    (
        Field(ChangeKind.PROGRESS, "", _done_text, lambda m: m.done or None,
              lambda sentences, done: sentences.words.day(done) if isinstance(done, date) else "",
              placeholders=("before", "day")),
        Field(ChangeKind.PROGRESS, "",
              message("Progress of milestone %(milestone)s of %(result)s: "
                      "%(before)s → %(after)s"),
              lambda m: m.progress,
              lambda sentences, progress: sentences.words.percent(progress or 0.0),
              when=lambda _, after: not after.done),
    ),
)  # fmt: skip

_FIELDS: Table[Milestone] = (
    Field(ChangeKind.MILESTONE, "",
          message("Milestone %(before)s of %(result)s renamed %(after)s"),
          lambda m: m.title, show.title),
    *_DONE,
    Field(ChangeKind.MILESTONE, "",
          message("Weight of milestone %(milestone)s of %(result)s: %(before)s → %(after)s"),
          lambda m: m.weight, show.exact, goalpost=True),
    Field(ChangeKind.DUE, "",
          message("Due date of milestone %(milestone)s of %(result)s: %(before)s → %(after)s"),
          lambda m: m.due, show.due_day, goalpost=later(lambda m: m.due)),
)  # fmt: skip


def compare_milestones(
    sentences: ChangeSentences, before: KeyResult, after: KeyResult, about: About
) -> Iterator[Change]:
    """Return the changes of the milestones; a list that became a single one is another measure."""
    result = about.names["result"]
    was, now = before.measure, after.measure
    if not (isinstance(was, Milestones) and isinstance(now, Milestones)):
        return
    if was.single and now.single:
        milestone = now.milestones[0]
        what = sentences.say("Key result %(result)s", result=result)
        single = replace(
            about,
            line=at(milestone.place),
            names={"what": what, "milestone": Name(milestone.title), "result": result},
        )
        yield from compare_fields(sentences, _DONE, was.milestones[0], milestone, single)
    if was.single or now.single:
        return
    for old, new in pair_milestones(was, now):
        shown = new or old
        assert shown is not None
        title, place = Name(shown.title), new.place if new else after.place
        names = {"milestone": title, "result": result}
        here = replace(about, line=at(place), names=names)
        if old is None:
            text = sentences.say("Milestone %(milestone)s of %(result)s added", **names)
            yield here.change(ChangeKind.MILESTONE, text)
        elif new is None:
            text = sentences.say("Milestone %(milestone)s of %(result)s removed", **names)
            yield here.change(ChangeKind.MILESTONE, text, goalpost=True)
        else:
            what = sentences.say("Milestone %(milestone)s of %(result)s", **names)
            here = replace(here, names={**names, "what": what})
            yield from compare_fields(sentences, _FIELDS, old, new, here)
