"""Find ids by what is written for them: the whole id, or a tail of it, cut at a slash."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby, islice

from okrsite.project.model.cycles import Cycle
from okrsite.util.markdown_files import MARKDOWN, without_ending
from okrsite.util.spelling import alike, normal_form

MOST_CANDIDATES = 6
"""So many ids are looked at to see that a reference is ambiguous; a longer list helps nobody."""

_MOST_COMPARISONS = 2_000_000
_MOST_ALIKE = 20
_LINK = re.compile(r"\[[^\[\]]*\]\(<?([^()<>]*)>?\)|\[\[([^\[\]|]*)(?:\|[^\[\]]*)?\]\]|<([^<>]*)>")
_INDEX = re.compile(r"/(?:index|readme)$")


class References:
    """An index of the ids of documents that one reference can lead to.

    `documents` are pairs of an id and the id of the document's cycle, or None where it has none.
    """

    def __init__(self, documents: Iterable[tuple[str, str | None]]) -> None:
        # Every list of candidates is in the order of the ids, because this one is.
        documents = sorted(documents, key=lambda document: _natural(document[0]))
        self._ids: dict[str, str | None] = {}
        self._by_tail: defaultdict[str, list[str]] = defaultdict(list)
        self._by_cycle: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._near: dict[str, list[str]] = {}
        self._comparisons = _MOST_COMPARISONS
        for id, cycle in documents:
            self._ids[id] = cycle
            for tail in tails(id):
                self._by_tail[tail].append(id)
                if cycle is not None:
                    self._by_cycle[cycle, tail].append(id)

    def candidates(
        self,
        reference: str,
        itself: str | None = None,
        cycle: str | None = None,
        containing: Sequence[Cycle] = (),
    ) -> tuple[str, ...]:
        """Return the ids that a reference can mean: one, none, or the first of several.

        `itself` is the document that it is written in, which it never means, and `cycle` the one
        that it is written in. The first step that finds any decides: the same id; a tail in the
        same cycle; a tail in a cycle that contains this one, the shortest first, those of one
        length together; a tail anywhere.
        """
        wanted = normal(reference)
        if wanted in self._ids and wanted != itself:
            return (wanted,)
        steps: list[Sequence[str]] = []
        if cycle is not None:
            steps.append(self._by_cycle.get((cycle, wanted), ()))
        for _, around in groupby(containing, key=lambda one: one.days):
            steps.append([id for c in around for id in self._by_cycle.get((c.id, wanted), ())])
        steps.append(self._by_tail.get(wanted, ()))
        for step in steps:
            found = tuple(islice((id for id in step if id != itself), MOST_CANDIDATES))
            if found:
                return found
        return ()

    def only(self, name: str) -> str | None:
        """Return the one id that a name is a tail of, or None."""
        found = self.all(name)
        return found[0] if len(found) == 1 else None

    def all(self, name: str) -> Sequence[str]:
        """Return every id that a name is a tail of."""
        return self._by_tail.get(normal_form(name), ())

    def of_path(self, written: str, itself: str | None = None) -> str | None:
        """Return the one id that the path of a file, an address or a link leads to, or None."""
        link = _LINK.fullmatch(written.strip())
        path = next(filter(None, link.groups()), "") if link else written.strip()
        if link is None and "/" not in path and not path.lower().endswith(MARKDOWN):
            return None
        path = re.split("[?#|]", path)[0].replace("\\", "/").removesuffix("/index.html").strip("/ ")
        path = _INDEX.sub("", normal(without_ending(path)))
        found = (self.only(tail) for tail in tails(path) if tail.strip("."))
        return next((id for id in found if id is not None and id != itself), None)

    def nearest(
        self, reference: str, itself: str | None = None, cycles: Mapping[str, int] | None = None
    ) -> str | None:
        """Return the id that is spelled most like a reference that leads nowhere, or None.

        Of several that are spelled nearly as much like it, it is the nearest one of the cycle with
        the lowest rank in `cycles`. Each reference is compared with every document, so the number
        of comparisons is bounded: a site in which thousands of references lead nowhere has other
        troubles than their spelling.
        """
        wanted = normal(reference)
        if wanted not in self._near:
            known = self._last_segments if "/" not in wanted else self._longer_tails
            self._comparisons -= len(known)
            self._near[wanted] = (
                alike(wanted, known, len(known), _MOST_ALIKE) if self._comparisons >= 0 else []
            )
        ranks = cycles or {}
        others = (id for near in self._near[wanted] for id in self._by_tail[near] if id != itself)
        return min(others, key=lambda id: ranks.get(self._ids[id] or "", len(ranks)), default=None)

    def shortest(self, id: str) -> str:
        """Return the shortest tail that means this id alone, wherever it is written."""
        return next((t for t in reversed(tails(id)) if self._by_tail.get(t) == [id]), id)

    @cached_property
    def _longer_tails(self) -> list[str]:
        return sorted(tail for tail in self._by_tail if "/" in tail)

    @cached_property
    def _last_segments(self) -> list[str]:
        return sorted({id.rsplit("/", 1)[-1] for id in self._ids})


def _natural(id: str) -> list[tuple[int, str]]:
    """Return the key by which ids are sorted: `o2` before `o10`."""
    parts = ((part.isdigit(), part.lstrip("0")) for part in re.split("([0-9]+)", id))
    return [(len(text) if number else 0, text) for number, text in parts]


def tails(id: str) -> list[str]:
    """List what may be written for an id: all of it, then one segment less at a time."""
    segments = id.split("/")
    return ["/".join(segments[start:]) for start in range(len(segments))]


def owner_keys(owners: Iterable[str]) -> dict[str, str]:
    """Return each owner the shortest tail of their id that no other owner's id ends in."""
    ids = list(owners)
    references = References((id, None) for id in ids)
    return {id: references.shortest(id) for id in ids}


def normal(reference: str) -> str:
    """Return a reference in the form in which ids are compared."""
    return normal_form(reference.strip().strip("/"))


def cycle_names(folder: str) -> tuple[str, ...]:
    """Return the cycles that a folder may be called after."""
    segments = normal_form(folder).split("/")
    return segments[-1], "-".join(segments[-2:]), "/".join(segments[-2:])
