"""What new documents are called, and what they name.

It needs the names of documents alone, not the resolved project: a new document is checked within
one resolution, its own.
"""

import re
from collections.abc import Collection
from datetime import date

from anyascii import anyascii

from okrsite.project.model.cycles import Cycle, State, current_cycle
from okrsite.project.names import Found, Meaning, NameKind, Names, errors_in


def find_owner(names: Names, typed: str) -> str:
    """Return the id of the company, a team or a person; raise ValueError where there is none."""
    return _found(names.find_typed(NameKind.OWNER, typed)).id


def find_team(names: Names, typed: str) -> str:
    """Return the id of a team, or the company's; raise ValueError where there is none."""
    return _found(names.find_typed_team(typed)).id


def find_kpi(names: Names, typed: str) -> str:
    """Return the id of a KPI; raise ValueError where there is none."""
    return _found(names.find_typed(NameKind.KPI, typed)).id


def find_objective(names: Names, typed: str, cycle: Cycle | None) -> str:
    """Return the reference in full of an objective, or of the key result behind a `#`.

    Objectives of the cycle, then of those that contain it, come first. Raise ValueError where there
    is none.
    """
    found = names.find_typed(NameKind.OBJECTIVE, typed, cycle)
    return _found(names.check_key_result(found, typed)).reference


def find_cycle(names: Names, typed: str) -> Cycle:
    """Return a cycle with a document, or a period of the calendar; raise ValueError if neither."""
    id = _found(names.find_typed(NameKind.CYCLE, typed)).id
    cycle = names.cycle(id)
    if cycle is None:
        document = names.document(NameKind.CYCLE, id)
        assert document is not None
        raise ValueError(errors_in(document))
    return cycle


def cycle_of_today(names: Names, asked: str | None, day: date) -> Cycle:
    """Return the cycle that people work in on a day.

    It is that of the home page if it is open, else the quarter of the calendar.
    """
    current = current_cycle(names.cycles.values(), asked, day)
    if current is not None and current.state(day) is State.OPEN:
        return current
    quarter = names.fiscal_year.quarter_of(day) if names.fiscal_year else quarter_of(day)
    return find_cycle(names, quarter)


def quarter_of(day: date) -> str:
    """Return the name of the quarter that contains a day: `2026-q4`."""
    return f"{day.year}-q{(day.month + 2) // 3}"


def _found(meaning: Meaning) -> Found:
    if isinstance(meaning, Found):
        return meaning
    raise ValueError(meaning.sentence)


LONGEST = 60
"""A name is cut, between two words, where it would be longer than this."""


def slug(title: str, otherwise: str, longest: int = LONGEST) -> str:
    """Write a title as a name; where nothing of it is left, it is `otherwise`."""
    text = re.sub(r"['’]", "", anyascii(title)).lower()
    words = re.findall(r"[a-z0-9]+", text)
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:longest]
        if len(longer) > longest:
            break
        name = longer
    return name or otherwise


def free(name: str, taken: Collection[str]) -> str:
    """Return the name, or the first of `name-2`, `name-3`, … that is not taken."""
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate


class PublicNames(Names):
    """The names of a published project, each written in full.

    Nothing private may be told from such a document, not even that a shorter reference would be
    ambiguous.
    """

    def shortest(self, kind: NameKind, id: str) -> str:
        """Return the id."""
        return id
