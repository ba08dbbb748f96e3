"""What a name can mean, and the sentences about those that mean nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.findings.finding import Missing, shorten
from okrsite.i18n import Phrase, alternatives, phrase
from okrsite.language.inline import plain
from okrsite.project.references import normal
from okrsite.util.spelling import invisible_character, nearest


class NameKind(StrEnum):
    """What can be named, in the order in which a reference in a text is looked up."""

    OBJECTIVE = "objective"
    KPI = "KPI"
    OWNER = "owner"
    CYCLE = "cycle"
    PILLAR = "pillar"


TYPES_OF: dict[NameKind, frozenset[Type]] = {
    NameKind.OBJECTIVE: frozenset({Type.OBJECTIVE}),
    NameKind.KPI: frozenset({Type.KPI}),
    NameKind.OWNER: OWNER_TYPES,
    NameKind.CYCLE: frozenset({Type.CYCLE}),
    NameKind.PILLAR: frozenset({Type.PILLAR}),
}
KINDS: Mapping[Type | None, NameKind] = {type: kind for kind in TYPES_OF for type in TYPES_OF[kind]}
"""What a document of a type is named as; check-ins cannot be named."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a name means; `key_result` is what is written behind a `#`."""

    kind: NameKind
    id: str
    key_result: str | None = None

    @property
    def reference(self) -> str:
        """The reference in full."""
        return f"{self.id}#{self.key_result}" if self.key_result else self.id


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why a name means nothing, and what to write instead.

    `suggestions` are the names in the hint, `files` the paths of the documents they belong to.
    `itself` says that the name means only the document that it is written in, `missing` what there
    is no document of.
    """

    code: ClassVar[str]

    message: str
    hint: str | None = None
    suggestions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    itself: bool = False
    missing: Missing | None = field(default=None, compare=False)

    @property
    def sentence(self) -> str:
        """Message and hint in one line."""
        return f"{self.message}: {self.hint}" if self.hint else self.message


class Ambiguous(NotFound):
    """A name that several documents have."""

    __slots__ = ()
    code = "OKR202"


class Unknown(NotFound):
    """A name that no document has."""

    __slots__ = ()
    code = "OKR201"


class Unseen(Unknown):
    """A name with an invisible character."""

    __slots__ = ()
    code = "OKR104"


Meaning = Found | Ambiguous | Unknown
"""What a name means, or why it means nothing."""


def unknown(written: str, kinds: Sequence[NameKind], suggestions: tuple[str, ...] = ()) -> Unknown:
    """Return that a name means nothing of some kinds, and what may have been meant."""
    hint = None
    if suggestions:
        names = alternatives(f"`{suggestion}`" for suggestion in suggestions)
        hint = phrase("did you mean %(names)s?", names=names)
    missing = Missing(tuple(map(str, kinds)), (normal(written.partition("#")[0]),))
    message = _TO_NONE[tuple(kinds)].having(written=shown(written))
    return Unknown(message, hint, suggestions, missing=missing)


_TO_NONE: dict[tuple[NameKind, ...], Phrase] = {
    (NameKind.OBJECTIVE,): phrase("there is no objective %(written)s"),
    (NameKind.KPI,): phrase("there is no KPI %(written)s"),
    (NameKind.OWNER,): phrase("there is no owner %(written)s"),
    (NameKind.CYCLE,): phrase("there is no cycle %(written)s"),
    (NameKind.PILLAR,): phrase("there is no pillar %(written)s"),
    (NameKind.OBJECTIVE, NameKind.OWNER, NameKind.KPI): phrase(
        "there is no objective, owner or KPI %(written)s"
    ),
    tuple(NameKind): phrase("there is no objective, KPI, owner, cycle or pillar %(written)s"),
}


def its_id(ids: Sequence[str], titled: bool) -> Phrase:
    """Return the hint to write an id instead of a title, else instead of a path."""
    names = alternatives(f"`{id}`" for id in ids)
    if titled:
        return phrase("that is a title: write its id, %(names)s", names=names)
    return phrase("that is a path or a link: write its id, %(names)s", names=names)


def unknown_key_result(objective: str, name: str, known: Mapping[str, str]) -> Unknown:
    """Return the sentence that an objective has no key result of a name.

    `known` are the ids that there are, with the titles.
    """
    near = nearest(name, known)
    hint = phrase("write one of %(names)s", names=shorten(known) or phrase("none"))
    if near:
        hint = phrase("did you mean `%(name)s`?", name=near)
    wanted = plain(name.strip()).casefold()
    titled = [id for id, title in known.items() if plain(title).casefold() == wanted]
    if titled:
        hint = its_id(titled, titled=True)
    if unseen := invisible_character(name):
        hint = phrase("it contains the invisible character %(unseen)s: retype it", unseen=unseen)
    message = phrase(
        "`%(objective)s` has no key result `%(name)s`", objective=objective, name=name[:60]
    )
    return Unknown(message, hint, tuple(titled))


def shown(written: str) -> str:
    """Return what was written, as a sentence quotes it."""
    return f"`{written[:80]}`"
