"""Sentences about changes: texts of the interface with names and figures put in as pieces."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from okrsite.history.diff.model import Change, ChangeKind, Part, Sentence
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.project.model import Place, Project

_LONGEST_NAME = 120
_MOST_NAMES = 5
# No text of a document has it, because sentences are put together before texts are put in.
_MARK = "\x00"


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody called something: inline Markdown as written.

    `means` tells which other document is named: what sort of thing it is, and its id.
    """

    title: str
    means: tuple[str, str] | None = None


Value = str | Name | Sentence


@dataclass(frozen=True, slots=True)
class Titles:
    """What ids are called, by the kind of thing; an unknown one is called by the end of its id."""

    owners: Mapping[str, str] = field(default_factory=dict)
    cycles: Mapping[str, str] = field(default_factory=dict)
    objectives: Mapping[str, str] = field(default_factory=dict)
    kpis: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, *projects: Project) -> "Titles":
        """Take the titles of projects; what a later one says wins."""
        return cls(
            {o.id: o.title for p in projects for o in p.owners.values()},
            {c.id: c.title for p in projects for c in p.cycles.values()},
            {o.id: o.page.title for p in projects for o in p.objectives.values()},
            {k.id: k.page.title for p in projects for k in p.kpis.values()},
        )


@dataclass(frozen=True, slots=True)
class Moves:
    """What documents were called before and are called now, for those whose id changed."""

    owners: Mapping[str, str] = field(default_factory=dict)
    objectives: Mapping[str, str] = field(default_factory=dict)
    kpis: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Ids and files of which not a word is said, because they are private on one side."""

    owners: frozenset[str] = frozenset()
    objectives: frozenset[str] = frozenset()
    kpis: frozenset[str] = frozenset()
    uris: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Voice:
    """Says what changed: in which words, what things are called, and what is kept quiet."""

    words: Words
    titles: Titles = Titles()
    moves: Moves = Moves()
    unsaid: Unsaid = Unsaid()

    def say(self, text: str, **values: Value) -> Sentence:
        """Make a sentence; values stand in it as they are."""
        marked = {name: f"{_MARK}{name}{_MARK}" for name in values}
        return self._put_in(self.words.say(text, **marked), values)

    def count(self, one: str, many: str, number: int, **values: Value) -> Sentence:
        """Make a sentence with a number that may be one or many."""
        said = self.words.translations.ngettext(one, many, number)
        marked = {name: f"{_MARK}{name}{_MARK}" for name in values}
        filled = said % {"number": self.words.number(number), **marked}
        return self._put_in(filled, values)

    def listing(self, sentences: Iterable[Sentence]) -> Sentence:
        """Join sentences by commas, the first few of them."""
        every = list(sentences)
        parts: list[Part] = []
        for sentence in every[:_MOST_NAMES]:
            parts += [Part(", "), *sentence] if parts else sentence
        if len(every) > _MOST_NAMES:
            more = len(every) - _MOST_NAMES
            parts += self.count(" and %(number)s more", " and %(number)s more", more)
        return tuple(parts)

    def owners(self, ids: Iterable[str]) -> Sentence:
        """Name owners."""
        return self.listing(
            named(self.titles.owners.get(id, _end(id)), ("owner", id)) for id in ids
        )

    def objective(self, id: str) -> Name:
        """Name an objective."""
        return Name(self.titles.objectives.get(id, _end(id)), ("objective", id))

    def kpi(self, id: str) -> Name:
        """Name a KPI."""
        return Name(self.titles.kpis.get(id, _end(id)), ("kpi", id))

    def cycle(self, id: str) -> Name:
        """Name a cycle."""
        return Name(self.titles.cycles.get(id, _end(id)), ("cycle", id))

    def day(self, day: date | None) -> str:
        """Write a day that may not be there."""
        return self.words.say("none") if day is None else self.words.day(day)

    def _put_in(self, marked: str, values: Mapping[str, Value]) -> Sentence:
        parts: list[Part] = []
        for index, piece in enumerate(marked.split(_MARK)):
            if index % 2 == 0:
                parts += [Part(piece)] if piece else []
                continue
            value = values[piece]
            if isinstance(value, Name):
                parts += named(value.title, value.means)
            else:
                parts += [Part(value)] if isinstance(value, str) else value
        return tuple(parts)


def change(
    kind: ChangeKind, sentence: Sentence, place: Place, key_result: str | None = None,
    goalpost: bool = False,
) -> Change:  # fmt: skip
    """Make a change that moves no score by itself."""
    return Change(kind, sentence, place, goalpost, key_result)


def named(title: str, means: tuple[str, str] | None = None) -> Sentence:
    """Return a title as a piece of a sentence, without marks and not too long."""
    text = plain(title)
    if len(text) > _LONGEST_NAME:
        text = f"{text[: _LONGEST_NAME - 1].rstrip()}…"
    return (Part(text, name=True, means=means),)


def _end(id: str) -> str:
    return id.rsplit("/", 1)[-1]
