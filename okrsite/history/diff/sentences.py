"""Sentences about changes: texts of the interface with names and figures put in as pieces."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from okrsite.history.diff.model import DocumentId, Sentence, SentencePart
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.project.model import Project

_LONGEST_NAME = 120
_MOST_NAMES = 5
# No text of a document has it, because sentences are put together before texts are put in.
_MARK = "\x00"


@dataclass(frozen=True, slots=True)
class Name:
    """A title as written, in inline Markdown, and the other document that has it, if any."""

    title: str
    document: DocumentId | None = None


Value = str | Name | Sentence

Titles = Mapping[DocumentId, str]
"""The titles of documents; a document without one is named by the end of its id."""

Renames = Mapping[DocumentId, str]
"""The new ids of documents whose id changed."""


def titles_of(*projects: Project) -> Titles:
    """Return the titles of projects; those of a later one win."""
    found: dict[DocumentId, str] = {}
    for project in projects:
        found |= {("owner", owner.id): owner.title for owner in project.owners.values()}
        found |= {("cycle", cycle.id): cycle.title for cycle in project.cycles.values()}
        found |= {("objective", o.id): o.page.title for o in project.objectives.values()}
        found |= {("kpi", kpi.id): kpi.page.title for kpi in project.kpis.values()}
        found |= {("pillar", pillar.id): pillar.page.title for pillar in project.pillars.values()}
    return found


@dataclass(frozen=True, slots=True)
class HiddenIds:
    """The documents and files that are never mentioned, because they are private on one side."""

    owners: frozenset[str] = frozenset()
    objectives: frozenset[str] = frozenset()
    kpis: frozenset[str] = frozenset()
    pillars: frozenset[str] = frozenset()
    uris: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()

    def of(self, sort: str) -> frozenset[str]:
        """Return the ids of the hidden documents of a sort; cycles are never hidden."""
        hidden = {"owner": self.owners, "objective": self.objectives, "kpi": self.kpis}
        return hidden.get(sort, self.pillars if sort == "pillar" else frozenset())


@dataclass(frozen=True, slots=True)
class ChangeSentences:
    """Makes the sentences about changes, and names the documents that appear in them."""

    words: Words
    titles: Titles = field(default_factory=dict)
    renames: Renames = field(default_factory=dict)
    hidden: HiddenIds = HiddenIds()

    def say(self, text: str, **values: Value) -> Sentence:
        """Return a sentence; values are put in as they are."""
        marked = {name: f"{_MARK}{name}{_MARK}" for name in values}
        return _put_in(self.words.say(text, **marked), values)

    def count(self, one: str, many: str, number: int, **values: Value) -> Sentence:
        """Return a sentence with a number that may be one or many."""
        text = self.words.translations.ngettext(one, many, number)
        marked = {name: f"{_MARK}{name}{_MARK}" for name in values}
        return _put_in(text % {"number": self.words.number(number), **marked}, values)

    def listing(self, sentences: Iterable[Sentence]) -> Sentence:
        """Join the first few sentences by commas, and count the others."""
        every = list(sentences)
        parts: list[SentencePart] = []
        for sentence in every[:_MOST_NAMES]:
            parts += [SentencePart(", "), *sentence] if parts else sentence
        if len(every) > _MOST_NAMES:
            more = len(every) - _MOST_NAMES
            parts += self.count(" and %(number)s more", " and %(number)s more", more)
        return tuple(parts)

    def name(self, sort: str, id: str) -> Name:
        """Return the name of a document."""
        document = sort, id
        return Name(self.titles.get(document, id.rsplit("/", 1)[-1]), document)

    def names(self, sort: str, ids: Iterable[str]) -> Sentence:
        """Return the names of documents of one sort, joined by commas."""
        names = (self.name(sort, id) for id in ids)
        return self.listing(named(name.title, name.document) for name in names)

    def new_id(self, sort: str, id: str) -> str:
        """Return the id that a document has after the change."""
        return self.renames.get((sort, id), id)


def named(title: str, document: DocumentId | None = None) -> Sentence:
    """Return a title as a piece of a sentence."""
    return (SentencePart(short_title(title), name=True, document=document),)


def short_title(title: str) -> str:
    """Return a title without marks and not too long."""
    text = plain(title)
    return f"{text[: _LONGEST_NAME - 1].rstrip()}…" if len(text) > _LONGEST_NAME else text


def _put_in(marked: str, values: Mapping[str, Value]) -> Sentence:
    parts: list[SentencePart] = []
    for index, piece in enumerate(marked.split(_MARK)):
        value = values[piece] if index % 2 else piece
        if isinstance(value, Name):
            parts += named(value.title, value.document)
        elif not isinstance(value, str):
            parts += value
        elif value or index % 2:
            parts.append(SentencePart(value))
    return tuple(parts)
