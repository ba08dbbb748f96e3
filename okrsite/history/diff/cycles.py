"""The changes of one cycle."""

from datetime import date

from okrsite.history.diff import show
from okrsite.history.diff.fields import About, Field, Table, at, compare_fields, later
from okrsite.history.diff.model import Change, ChangeKind
from okrsite.history.diff.sentences import ChangeSentences
from okrsite.i18n import message
from okrsite.project.model import Place
from okrsite.project.model.cycles import Cycle

_FIELDS: Table[Cycle] = (
    Field(ChangeKind.TITLE, "", message("Renamed from %(before)s"), lambda c: c.title,
          show.title),
    Field(ChangeKind.DATES, "", message("First day: %(before)s → %(after)s"), lambda c: c.start,
          show.day, goalpost=later(lambda c: c.start)),
    Field(ChangeKind.DATES, "", message("Last day: %(before)s → %(after)s"), lambda c: c.end,
          show.day, goalpost=later(lambda c: c.end)),
    Field(ChangeKind.DATES, "", message("Closed on: %(before)s → %(after)s"), lambda c: c.closed,
          show.day, goalpost=later(lambda c: c.closing_day)),
)  # fmt: skip


def compare_cycle(
    sentences: ChangeSentences, before: Cycle | None, after: Cycle | None, place: Place, as_of: date
) -> list[Change]:
    """Return the changes of a cycle; one that has opened moves goalposts if its days move back."""
    if before is not None and after is not None:
        about = About(at(place), before.state(as_of))
        return list(compare_fields(sentences, _FIELDS, before, after, about))
    if after is not None and after.document:
        return [Change(ChangeKind.ADDED, sentences.say("New cycle"), place)]
    if before is not None and before.document:
        return [Change(ChangeKind.DROPPED, sentences.say("Cycle removed"), place)]
    return []
