"""The words that a document is found by, besides its title and its text: what check-ins say.

The search index is loaded whole, so it has a bounded number of words for each document: the newest
texts as they are, and of older ones each word once.
"""

import re
from collections.abc import Iterable, Iterator

from okrsite.language.inline import plain
from okrsite.pages.site import Site
from okrsite.project.model import CheckIn, KeyResult, Kpi, Objective
from okrsite.project.model.measures import Milestones

MOST_WORDS = 150
"""How many words of a document's fields are in the index as they are written."""

MOST_OLDER_WORDS = 200
"""How many different words of its older texts are in the index as well."""

_WORD = re.compile(r"[^\W_]{3,}")


def objective_texts(site: Site, objective: Objective) -> list[str]:
    """Return what an objective is found by: its description, initiatives and check-ins."""
    return bounded(map(plain, _of_objective(site, objective)))


def _of_objective(site: Site, objective: Objective) -> Iterator[str]:
    if objective.page.description:
        yield objective.page.description
    for initiative in objective.initiatives:
        yield initiative.title
    known = (check_in for check_in in objective.check_ins if check_in.date <= site.as_of)
    for check_in in sorted(known, key=lambda check_in: check_in.date, reverse=True):
        yield from _of_check_in(check_in)


def _of_check_in(check_in: CheckIn) -> Iterator[str]:
    if check_in.note:
        yield check_in.note
    yield from (*check_in.wins, *check_in.blockers, *check_in.next)
    yield from (stated.note for stated in check_in.values if stated.note)


def key_result_texts(result: KeyResult) -> list[str]:
    """Return what a key result is found by: its description and its milestones."""
    return bounded(map(plain, _of_key_result(result)))


def _of_key_result(result: KeyResult) -> Iterator[str]:
    if result.description:
        yield result.description
    if isinstance(result.measure, Milestones) and not result.measure.single:
        yield from (milestone.title for milestone in result.measure.milestones)


def kpi_texts(site: Site, kpi: Kpi) -> list[str]:
    """Return what a KPI is found by: its description, and the notes of its readings."""
    return bounded(map(plain, _of_kpi(site, kpi)))


def _of_kpi(site: Site, kpi: Kpi) -> Iterator[str]:
    if kpi.page.description:
        yield kpi.page.description
    readings = (one for one in kpi.readings if one.note and one.date <= site.as_of)
    for reading in sorted(readings, key=lambda reading: reading.date, reverse=True):
        yield reading.note or ""


def bounded(texts: Iterable[str]) -> list[str]:
    """Return the first texts, up to a number of words, and different words of the others."""
    kept: list[str] = []
    older: list[str] = []
    room = MOST_WORDS
    for text in dict.fromkeys(texts):
        size = text.count(" ") + 1
        if size <= room:
            kept.append(text)
            room -= size
        else:
            room = 0
            older.append(text)
    if older:
        said = {word.lower() for text in kept for word in _WORD.findall(text)}
        words: dict[str, str] = {}
        for text in older:
            for word in _WORD.findall(text):
                if word.lower() not in said:
                    words.setdefault(word.lower(), word)
        kept.append(" ".join(list(words.values())[:MOST_OLDER_WORDS]))
    return kept
