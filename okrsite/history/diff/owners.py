"""The changes of the company, a team or a person."""

from okrsite.documents.types import Type
from okrsite.history.diff import show
from okrsite.history.diff.fields import About, Field, RefersTo, Table, at, compare_fields
from okrsite.history.diff.model import Change, ChangeKind
from okrsite.history.diff.sentences import ChangeSentences
from okrsite.i18n import message
from okrsite.project.model import Owner, Place

_ADDED = {
    Type.COMPANY: message("New company"),
    Type.TEAM: message("New team"),
    Type.PERSON: message("New person"),
}
_REMOVED = {
    Type.COMPANY: message("Company removed"),
    Type.TEAM: message("Team removed"),
    Type.PERSON: message("Person removed"),
}


def _parent(owner: Owner) -> tuple[str, ...]:
    return (owner.parent,) if owner.parent is not None else ()


def _have_pages(before: Owner, after: Owner) -> bool:
    return before.page is not None and after.page is not None


_FIELDS: Table[Owner] = (
    Field(ChangeKind.TITLE, "title", message("Renamed from %(before)s"),
          lambda o: o.title, show.title),
    Field(ChangeKind.MOVED, "", message("File moved from %(path)s"),
          lambda o: o.page and o.page.path, show.text, when=_have_pages,
          placeholders=("path", "after")),
    RefersTo(ChangeKind.PARENT, "parent", message("Team above: %(before)s → %(after)s"), "owner",
               _parent, message("nobody"), single=True,
               when=lambda _, after: after.type is not Type.PERSON),
    RefersTo(ChangeKind.PARENT, "team", message("Team: %(before)s → %(after)s"), "owner",
               _parent, message("nobody"), single=True,
               when=lambda _, after: after.type is Type.PERSON),
    Field(ChangeKind.MISSION, "mission", message("Mission: %(before)s → %(after)s"),
          lambda o: o.mission, show.sentence),
    Field(ChangeKind.VISION, "vision", message("Vision: %(before)s → %(after)s"),
          lambda o: o.vision, show.sentence),
    Field(ChangeKind.STATUS, "until", message("Until: %(before)s → %(after)s"),
          lambda o: o.until, show.day),
    Field(ChangeKind.NOTIFY, "notify", message("Reminders go to: %(before)s → %(after)s"),
          lambda o: o.notify, show.text),
    Field(ChangeKind.TEXT, "", message("Text changed"),
          lambda o: o.page and (o.page.description, o.page.body.strip()), when=_have_pages),
)  # fmt: skip


def compare_owner(
    sentences: ChangeSentences, before: Owner | None, after: Owner | None
) -> list[Change]:
    """Return the changes of the company, a team or a person."""
    if before is not None and after is not None:
        return list(compare_fields(sentences, _FIELDS, before, after, _about(after)))
    if after is not None:
        return [_about(after).change(ChangeKind.ADDED, sentences.say(_ADDED[after.type]))]
    if before is not None:
        return [_about(before).change(ChangeKind.DROPPED, sentences.say(_REMOVED[before.type]))]
    return []


def _about(owner: Owner) -> About:
    page = owner.page
    return About(page.line if page else at(Place("", 1)))
