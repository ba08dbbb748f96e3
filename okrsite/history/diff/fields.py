"""Tables of fields: how each field of a document is read, compared and shown.

A new field needs one row in the table of its document.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any, Generic, TypeVar

from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import ChangeSentences, Value
from okrsite.history.diff.show import Show, literal, nothing
from okrsite.project.model import LinkTo, Place
from okrsite.project.model.cycles import State

Thing = TypeVar("Thing")
Test = Callable[[Thing, Thing], object]
Found = tuple[Sentence, Place | None]
Names = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Field(Generic[Thing]):
    """A field whose change is one sentence.

    `line` is its name in front matter. `text` is the sentence, or returns it for two values. `read`
    returns the value that is compared, and `show` writes it; `placeholders` are the names of the
    two values in the sentence. `goalpost` is whether a change moves a goalpost once the cycle is
    open, and `when` whether it is mentioned at all.
    """

    kind: ChangeKind
    line: str
    text: str | Callable[[Any, Any], str]
    read: Callable[[Thing], Any]
    show: Show = nothing
    goalpost: bool | Test[Thing] = False
    when: Test[Thing] | None = None
    placeholders: tuple[str, str] = ("before", "after")

    def changes(
        self, sentences: ChangeSentences, before: Thing, after: Thing, names: Names
    ) -> Iterator[Found]:
        """Return the sentence about a change; none has a place of its own."""
        was, now = self.read(before), self.read(after)
        if self.when is None or self.when(before, after):
            text = self.text if isinstance(self.text, str) else self.text(was, now)
            shown = (self.show(sentences, was), self.show(sentences, now))
            values = dict(zip(self.placeholders, shown, strict=True))
            yield sentences.say(text, **names, **values), None


@dataclass(frozen=True, slots=True)
class RefersTo(Generic[Thing]):
    """A field that names documents of a `sort`; hidden ones are left out.

    Of a `single` one no change is mentioned where it is hidden on either side. `none` is the text
    for no document; without it no change is mentioned where one side has none.
    """

    kind: ChangeKind
    line: str
    text: str
    sort: str
    read: Callable[[Thing], Sequence[str]]
    none: str | None
    single: bool = False
    goalpost: bool | Test[Thing] = False
    when: Test[Thing] | None = None

    def changes(
        self, sentences: ChangeSentences, before: Thing, after: Thing, names: Names
    ) -> Iterator[Found]:
        """Return the sentence about a change."""
        hidden = sentences.hidden.of(self.sort)
        sides = [self.read(before), self.read(after)]
        was, now = ([id for id in side if id not in hidden] for side in sides)
        if [sentences.new_id(self.sort, id) for id in was] == now:
            return
        if self.when is not None and not self.when(before, after):
            return
        if self.single and not hidden.isdisjoint((*sides[0], *sides[1])):
            return
        if self.none is None and not (was and now):
            return
        none = sentences.say(self.none) if self.none is not None else ()
        shown = {
            "before": sentences.names(self.sort, was) or none,
            "after": sentences.names(self.sort, now) or none,
        }
        yield sentences.say(self.text, **names, **shown), None


@dataclass(frozen=True, slots=True)
class Links(Generic[Thing]):
    """A field with links to documents of a `sort`: one sentence for each that is `added` or
    `removed`; hidden ones are left out.

    Of a `single` one no change is mentioned where it is hidden on either side, and of one that was
    replaced only its replacement.
    """

    kind: ChangeKind
    line: str
    added: str
    removed: str
    read: Callable[[Thing], Sequence[LinkTo]]
    sort: str = "objective"
    single: bool = False
    goalpost: bool | Test[Thing] = False

    def changes(
        self, sentences: ChangeSentences, before: Thing, after: Thing, names: Names
    ) -> Iterator[Found]:
        """Return a sentence for each link that was added or removed."""
        hidden = sentences.hidden.of(self.sort)
        sides = self.read(before), self.read(after)
        if self.single and any(link.objective in hidden for side in sides for link in side):
            return
        was, now = ([link for link in side if link.objective not in hidden] for side in sides)
        old = {(sentences.new_id(self.sort, k.objective), k.key_result): k for k in was}
        new = {(link.objective, link.key_result): link for link in now}
        added = [link for key, link in new.items() if key not in old]
        for link in added:
            yield sentences.say(self.added, **{self.sort: self._name(sentences, link)}), link.place
        if not (self.single and added):
            for key, link in old.items():
                if key not in new:
                    name = self._name(sentences, link)
                    yield sentences.say(self.removed, **{self.sort: name}), None

    def _name(self, sentences: ChangeSentences, link: LinkTo) -> Value:
        name = sentences.name(self.sort, link.objective)
        if link.key_result is None:
            return name
        result = literal(sentences, link.key_result)
        return sentences.say("%(objective)s (key result %(result)s)", objective=name, result=result)


Row = Field[Thing] | RefersTo[Thing] | Links[Thing]
Table = Sequence[Row[Thing] | tuple[Row[Thing], ...]]
"""The rows of a document; of a tuple of rows only the first that changed is mentioned."""


@dataclass(frozen=True, slots=True)
class About:
    """What changes are about: where its fields are, the state of its cycle at the change, the id of
    the key result, and the names that its sentences have."""

    line: Callable[[str], Place]
    state: State = State.UPCOMING
    key_result: str | None = None
    names: Names = field(default_factory=dict)

    def change(
        self, kind: ChangeKind, sentence: Sentence, line: str = "", goalpost: bool = False
    ) -> Change:
        """Return a change that moves no score by itself; before the cycle nothing is a goalpost."""
        goalpost = goalpost and self.state is not State.UPCOMING
        return Change(kind, sentence, self.line(line), goalpost, self.key_result)


def at(place: Place) -> Callable[[str], Place]:
    """Return what finds every field at one place."""
    return lambda _: place


def differences(
    sentences: ChangeSentences, table: Table[Thing], before: Thing, after: Thing, names: Names
) -> Iterator[tuple[Row[Thing], Found]]:
    """Return the sentences about all fields that changed, with their rows."""
    for row in table:
        if isinstance(row, tuple):
            yield from islice(differences(sentences, row, before, after, names), 1)
        elif row.read(before) != row.read(after):
            for found in row.changes(sentences, before, after, names):
                yield row, found


def compare_fields(
    sentences: ChangeSentences, table: Table[Thing], before: Thing, after: Thing, about: About
) -> Iterator[Change]:
    """Return the changes of all fields of a table."""
    for row, (sentence, place) in differences(sentences, table, before, after, about.names):
        moved = row.goalpost if isinstance(row.goalpost, bool) else row.goalpost(before, after)
        change = about.change(row.kind, sentence, row.line, bool(moved))
        yield change if place is None else replace(change, place=place)


def later(read: Callable[[Thing], date | None]) -> Test[Thing]:
    """Return whether a day moves back or is taken away."""

    def moved(before: Thing, after: Thing) -> bool:
        was, now = read(before), read(after)
        return was is not None and (now is None or now > was)

    return moved
