"""References to documents: the whole id, or an unambiguous tail of one, cut at a slash."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from okrsite.project.model.cycles import Cycle
from okrsite.util.spelling import nearest


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference led to exactly one document."""

    id: str


MOST_CANDIDATES = 6
"""So many documents are looked at to see that a reference is ambiguous; more help nobody."""

_MOST_COMPARISONS = 2_000_000


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A step of the search had several candidates: these are the first of them by id."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A reference led nowhere; `nearest` is the id that is spelled most like it."""

    nearest: str | None


Resolution = Resolved | Ambiguous | Unknown


class References:
    """The documents of one type, found by what people write for them.

    `documents` are pairs of an id and the id of the document's cycle, or None where it has none.
    """

    def __init__(self, documents: Iterable[tuple[str, str | None]]) -> None:
        # Every list of candidates is in the order of the ids, because this one is.
        documents = sorted(documents, key=lambda document: document[0])
        self._ids: dict[str, None] = {}
        self._by_tail: defaultdict[str, list[str]] = defaultdict(list)
        self._by_cycle: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._near: dict[str, str | None] = {}
        self._comparisons = _MOST_COMPARISONS
        for id, cycle in documents:
            self._ids[id] = None
            for tail in tails(id):
                self._by_tail[tail].append(id)
                if cycle is not None:
                    self._by_cycle[cycle, tail].append(id)

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def resolve(
        self,
        reference: str,
        itself: str | None = None,
        cycle: str | None = None,
        containing: Sequence[Cycle] = (),
    ) -> Resolution:
        """Follow a reference that stands in the document `itself`, of the cycle `cycle`.

        The first step that leaves exactly one candidate wins: the same id; a tail in the same
        cycle; a tail in a cycle that contains this one, the shortest first; a tail anywhere.
        """
        wanted = reference.strip().strip("/").lower()
        if wanted in self._ids and wanted != itself:
            return Resolved(wanted)
        steps = [self._by_cycle.get((cycle, wanted), [])] if cycle is not None else []
        steps += [self._by_cycle.get((around.id, wanted), []) for around in containing]
        steps.append(self._by_tail.get(wanted, []))
        for step in steps:
            candidates = list(islice((id for id in step if id != itself), MOST_CANDIDATES))
            if len(candidates) == 1:
                return Resolved(candidates[0])
            if candidates:
                return Ambiguous(tuple(candidates))
        return Unknown(self._nearest(wanted, itself))

    def only(self, name: str) -> str | None:
        """Return the one document whose last segment is `name`, or None."""
        found = self._by_tail.get(name.lower(), [])
        return found[0] if len(found) == 1 else None

    def like(self, name: str) -> str | None:
        """Return the id whose last segment is spelled most like a name, or None."""
        return self._nearest(name.lower(), None)

    def _nearest(self, wanted: str, itself: str | None) -> str | None:
        """Return the id that is spelled most like the reference that led nowhere.

        Each is compared with every document, so the number of comparisons is bounded: a site in
        which thousands of references lead nowhere has other troubles than their spelling.
        """
        if wanted not in self._near:
            known = self._last_segments if "/" not in wanted else self._sorted_tails
            self._comparisons -= len(known)
            self._near[wanted] = (
                nearest(wanted, known, len(known)) if self._comparisons >= 0 else None
            )
        others = (id for id in self._by_tail.get(self._near[wanted] or "", ()) if id != itself)
        return next(others, None)

    def shortest(self, id: str) -> str:
        """Return the shortest tail that means this document alone, wherever it is written."""
        return next((t for t in reversed(tails(id)) if len(self._by_tail[t]) == 1), id)

    @cached_property
    def _sorted_tails(self) -> list[str]:
        return sorted(tail for tail in self._by_tail if "/" in tail)

    @cached_property
    def _last_segments(self) -> list[str]:
        return sorted({id.rsplit("/", 1)[-1] for id in self._ids})


def tails(id: str) -> list[str]:
    """List what may be written for an id: all of it, then one segment less at a time."""
    segments = id.split("/")
    return ["/".join(segments[start:]) for start in range(len(segments))]


def owner_keys(owners: Iterable[str]) -> dict[str, str]:
    """Return each owner the shortest tail of their id that no other owner's id ends in."""
    ids = list(owners)
    tails: dict[str, int] = {}
    for id in ids:
        for tail in _tails(id):
            tails[tail] = tails.get(tail, 0) + 1
    return {id: next((tail for tail in _tails(id) if tails[tail] == 1), id) for id in ids}


def _tails(id: str) -> Iterator[str]:
    """Return the tails of an id, cut at its slashes, the shortest first."""
    parts = id.split("/")
    return ("/".join(parts[-length:]) for length in range(1, len(parts) + 1))
