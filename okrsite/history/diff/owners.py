"""What changed in who there is, in the cycles, and in the scores of owners."""

from collections.abc import Iterator, Mapping
from datetime import date

from okrsite.documents.types import Type
from okrsite.history.diff.model import Change, ChangeKind, OwnerScore
from okrsite.history.diff.sentences import Name, Voice, change
from okrsite.language.inline import plain
from okrsite.project.model import Owner, Page, Place
from okrsite.project.model.cycles import Cycle, State, newest_first
from okrsite.scores import OwnerFigures


def compare_owner(voice: Voice, before: Owner | None, after: Owner | None) -> list[Change]:
    """Say what is different in the company, a team or a person."""
    if before is None and after is None:
        return []
    if before is None:
        assert after is not None
        text = voice.say("New team") if after.type is Type.TEAM else voice.say("New person")
        if after.type is Type.COMPANY:
            text = voice.say("New company")
        return [change(ChangeKind.ADDED, text, _place(after))]
    if after is None:
        text = (
            voice.say("Team is gone") if before.type is Type.TEAM else voice.say("Person is gone")
        )
        if before.type is Type.COMPANY:
            text = voice.say("Company is gone")
        return [change(ChangeKind.DROPPED, text, _place(before))]
    return list(_differences(voice, before, after))


def _differences(voice: Voice, before: Owner, after: Owner) -> Iterator[Change]:
    if before.title != after.title:
        text = voice.say("It was called %(before)s before", before=Name(before.title))
        yield change(ChangeKind.TITLE, text, _place(after, "title"))
    if before.page and after.page and before.page.path != after.page.path:
        text = voice.say("The file was moved from %(path)s", path=before.page.path)
        yield change(ChangeKind.MOVED, text, _place(after))
    parents = {parent for parent in (before.parent, after.parent) if parent is not None}
    former = voice.moves.owners.get(before.parent or "", before.parent)
    if former != after.parent and voice.unsaid.owners.isdisjoint(parents):
        nobody = voice.say("nobody")
        values = {
            "before": voice.owners([before.parent]) if before.parent else nobody,
            "after": voice.owners([after.parent]) if after.parent else nobody,
        }
        text = voice.say("Team above: %(before)s → %(after)s", **values)
        field = "parent"
        if after.type is Type.PERSON:
            text, field = voice.say("Team: %(before)s → %(after)s", **values), "team"
        yield change(ChangeKind.PARENT, text, _place(after, field))
    if before.page and after.page and _words(before.page) != _words(after.page):
        yield change(ChangeKind.TEXT, voice.say("Text changed"), _place(after))


def _words(page: Page) -> object:
    return page.description, page.body.strip()


def _place(owner: Owner, field: str = "") -> Place:
    return owner.page.line(field) if owner.page else Place("", 1)


def compare_cycle(
    voice: Voice, before: Cycle | None, after: Cycle | None, place: Place, as_of: date
) -> list[Change]:
    """Say what is different in a cycle that has a document, or had one. An open or closed cycle
    whose end moves back gives everybody more time: that is a goalpost."""
    if before is None or after is None:
        if after is not None and after.document:
            return [change(ChangeKind.ADDED, voice.say("New cycle"), place)]
        if before is not None and before.document:
            return [change(ChangeKind.DROPPED, voice.say("Cycle dropped"), place)]
        return []
    said: list[Change] = []
    opened = before.state(as_of) is not State.UPCOMING
    if before.title != after.title:
        text = voice.say("It was called %(before)s before", before=Name(before.title))
        said.append(change(ChangeKind.TITLE, text, place))
    if before.start != after.start:
        text = voice.say(
            "First day: %(before)s → %(after)s",
            before=voice.day(before.start), after=voice.day(after.start),
        )  # fmt: skip
        said.append(change(ChangeKind.DATES, text, place))
    if before.end != after.end:
        text = voice.say(
            "Last day: %(before)s → %(after)s",
            before=voice.day(before.end), after=voice.day(after.end),
        )  # fmt: skip
        later = opened and after.end > before.end
        said.append(change(ChangeKind.DATES, text, place, None, later))
    if before.closed != after.closed:
        text = voice.say(
            "Closed on: %(before)s → %(after)s",
            before=voice.day(before.closed), after=voice.day(after.closed),
        )  # fmt: skip
        later = opened and after.closing_day > before.closing_day
        said.append(change(ChangeKind.DATES, text, place, None, later))
    return said


def compare_scores(
    voice: Voice,
    before: Mapping[str, Mapping[str, OwnerFigures]],
    after: Mapping[str, Mapping[str, OwnerFigures]],
    owners: Mapping[str, Owner],
    cycles: Mapping[str, Cycle],
) -> list[OwnerScore]:
    """List the scores that differ as they are shown: the newest cycle first, then by owner."""
    words = voice.words
    former: dict[str, Mapping[str, OwnerFigures]] = {
        voice.moves.owners.get(id, id): scores for id, scores in before.items()
    }
    found: list[OwnerScore] = []
    for cycle in newest_first(cycles.values()):
        for id, owner in owners.items():
            was, now = (
                side.get(id, {}).get(cycle.id) for side in (former, after)
            )  # fmt: skip
            score_before, score_after = was.score if was else None, now.score if now else None
            if id in voice.unsaid.owners or words.score(score_before) == words.score(score_after):
                continue
            found.append(
                OwnerScore(
                    id, plain(owner.title), cycle.id, plain(cycle.title), score_before, score_after
                )
            )
    return found
