"""Pairs of the same document in two states, even where it was moved or renamed.

Every step looks documents up by a key, so that the time grows with their number and not with its
square; what is left ambiguous is paired in the order of the paths.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from okrsite.language.inline import plain
from okrsite.project.model import KeyResult, Kpi, Objective, Owner, Pillar
from okrsite.project.model.cycles import Cycle, calendar_name, spellings
from okrsite.project.model.measures import Milestone, Milestones

Thing = TypeVar("Thing")
Other = TypeVar("Other")
Keys = Sequence[Callable[[Thing], Hashable | None]]
Items = Sequence[Thing]
Parts = Mapping[str, Collection[str]]
PairOthers = Callable[[Mapping[str, Thing], Mapping[str, Thing]], Iterable[tuple[str, str]]]

Belongings = Mapping[str, frozenset[str]]
"""What each owner has, by titles."""


def _none(before: object, after: object) -> tuple[()]:
    return ()


# A title that more documents than this share does not tell which one is meant.
_COMMON = 20


def match_objectives(
    before: Mapping[str, Objective], after: Mapping[str, Objective]
) -> dict[str, str]:
    """Pair the ids of objectives, before to after.

    The same id comes first; then the same title and owners, with the same end of the id before
    others; then those that share most of their key results.
    """
    keys: Keys[Objective] = (
        lambda o: (_title(o.page.title), o.owners, _end(o.id)),
        lambda o: (_title(o.page.title), o.owners),
        lambda o: (_title(o.page.title), _end(o.id)),
    )
    pairs = match(before, after, keys)
    return pairs | dict(_by_key_results(*_left(pairs, before, after)))


def match_kpis(before: Mapping[str, Kpi], after: Mapping[str, Kpi]) -> dict[str, str]:
    """Pair the ids of KPIs, before to after."""
    keys: Keys[Kpi] = (
        lambda k: (_title(k.page.title), k.owner),
        lambda k: _title(k.page.title),
    )
    return match(before, after, keys)


def match_pillars(before: Mapping[str, Pillar], after: Mapping[str, Pillar]) -> dict[str, str]:
    """Pair the ids of pillars, before to after."""
    keys: Keys[Pillar] = (lambda p: _title(p.page.title),)
    return match(before, after, keys)


def match_cycles(before: Mapping[str, Cycle], after: Mapping[str, Cycle]) -> dict[str, str]:
    """Pair the ids of cycles, before to after; those of different ids have to share a day."""
    keys: Keys[Cycle] = (
        lambda c: max(spellings(name), key=len) if (name := calendar_name(c.id)) else None,
        lambda c: _title(c.title),
        lambda c: _end(c.id),
    )
    pairs = match(before, after, keys)
    return {a: b for a, b in pairs.items() if a == b or before[a].overlaps(after[b])}


def match_owners(
    before: Mapping[str, Owner], after: Mapping[str, Owner], had: Belongings, has: Belongings
) -> dict[str, str]:
    """Pair the ids of owners, before to after, at last those that have most of what one `had`."""
    keys: Keys[Owner] = (
        lambda o: (o.type, _title(o.title), o.parent),
        lambda o: (o.type, _title(o.title)),
        lambda o: o.type if o.parent is None and o.type == "company" else None,
        lambda o: (o.type, o.page.body.strip()) if o.page and o.page.body.strip() else None,
    )
    pairs = match(before, after, keys)
    left, new = _left(pairs, before, after)
    heirs = _by_share({id: had.get(id, ()) for id in left}, {id: has.get(id, ()) for id in new})
    return pairs | {old: id for old, id in heirs if before[old].type == after[id].type}


def belongings(objectives: Iterable[Objective], owners: Iterable[Owner]) -> Belongings:
    """Return the titles of the objectives, people and teams that each owner has."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for objective in objectives:
        for owner in objective.owners:
            found[owner].add(_title(objective.page.title))
    for owned in owners:
        if owned.parent is not None:
            found[owned.parent].add(_title(owned.title))
    return {id: frozenset(titles) for id, titles in found.items()}


def match_key_results(
    before: Sequence[KeyResult], after: Sequence[KeyResult]
) -> list[tuple[KeyResult | None, KeyResult | None]]:
    """Pair key results by id, then by title, then by place if they are alike.

    An id that follows from the position (`kr2`) says less than a title does. Where
    neither title nor goalposts are alike it is another key result: one was dropped, one is new.
    """
    keys: Keys[KeyResult] = (
        lambda r: r.id if "id" in r.lines else None,
        lambda r: (r.id, _title(r.title)),
        lambda r: _title(r.title),
    )

    def by_place(
        old: Mapping[str, KeyResult], new: Mapping[str, KeyResult]
    ) -> Iterator[tuple[str, str]]:
        placed = {result.id: id for id, result in new.items()}
        same_id = {id: placed[result.id] for id, result in old.items() if result.id in placed}
        pairs = {id: other for id, other in same_id.items() if _alike(old[id], new[other])}
        if len(before) == len(after):
            left = zip(*_left(pairs, old, new), strict=True)
            pairs |= {id: other for id, other in left if _alike(old[id], new[other])}
        yield from pairs.items()

    return pair(before, after, keys, by_place)


def _alike(before: KeyResult, after: KeyResult) -> bool:
    """Whether one key result can be the other, whose title is not the same."""
    if not comparable(before, after):
        return False
    if same_words(before.title, after.title):
        return True
    if not before.measure.in_units:  # its goalposts are those of any other
        return False
    was, now = ((r.measure.goalposts, r.kpi, r.unit) for r in (before, after))
    return was == now and not ("id" in before.lines and "id" in after.lines)


def same_words(before: str, after: str) -> bool:
    """Whether two titles have at least half of their words in common."""
    words, others = (set(_title(title).split()) for title in (before, after))
    return 2 * len(words & others) >= len(words | others)


def pair_milestones(
    before: Milestones, after: Milestones
) -> list[tuple[Milestone | None, Milestone | None]]:
    """Pair the milestones of a key result by their titles, then by most words of these."""
    return pair(before.milestones, after.milestones, (lambda m: _title(m.title),), _by_words)


def _by_words(
    before: Mapping[str, Milestone], after: Mapping[str, Milestone]
) -> Iterator[tuple[str, str]]:
    old, new = ({id: set(_title(m.title).split()) for id, m in s.items()} for s in (before, after))
    return _by_share(old, new)


def comparable(before: KeyResult, after: KeyResult) -> bool:
    """Whether values of one key result can be measured by the goalposts of the other."""
    return before.kind is after.kind and before.unit == after.unit


def pair(
    before: Items[Thing], after: Items[Thing], keys: Keys[Thing], others: PairOthers[Thing] = _none
) -> list[tuple[Thing | None, Thing | None]]:
    """Pair the items of two lists, in the order of the second; what was dropped comes last."""
    old, new = ({str(i): item for i, item in enumerate(side)} for side in (before, after))
    pairs = match(old, new, keys, same_id=False)
    pairs |= dict(others(*_left(pairs, old, new)))
    came_from = {b: old[a] for a, b in pairs.items()}
    found: list[tuple[Thing | None, Thing | None]] = [
        (came_from.get(id), item) for id, item in new.items()
    ]
    return found + [(item, None) for id, item in old.items() if id not in pairs]


def _left(
    pairs: Mapping[str, str], before: Mapping[str, Other], after: Mapping[str, Other]
) -> tuple[dict[str, Other], dict[str, Other]]:
    """Return what has no pair yet, of both sides."""
    taken = set(pairs.values())
    old = {id: thing for id, thing in before.items() if id not in pairs}
    return old, {id: thing for id, thing in after.items() if id not in taken}


def match(
    before: Mapping[str, Thing], after: Mapping[str, Thing], keys: Keys[Thing], same_id: bool = True
) -> dict[str, str]:
    """Pair ids by the first key that both share; a key that is None pairs nothing."""
    pairs = {id: id for id in before if id in after} if same_id else {}
    taken = set(pairs.values())
    for key in keys:
        waiting: defaultdict[Hashable, list[str]] = defaultdict(list)
        for id in list(before)[::-1]:
            if id not in pairs and (value := key(before[id])) is not None:
                waiting[value].append(id)
        for id, thing in after.items():
            if id not in taken and (value := key(thing)) is not None and waiting[value]:
                pairs[waiting[value].pop()] = id
                taken.add(id)
    return pairs


def _by_key_results(
    before: Mapping[str, Objective], after: Mapping[str, Objective]
) -> Iterator[tuple[str, str]]:
    """Pair objectives of which more than half of the key results are the same."""
    old, new = ({id: _titles(o.key_results) for id, o in s.items()} for s in (before, after))
    return _by_share(old, new, {id: len(o.key_results) for id, o in before.items()})


def _by_share(
    before: Parts, after: Parts, sizes: Mapping[str, int] | None = None
) -> Iterator[tuple[str, str]]:
    """Pair ids that have more than half of their titles in common; `sizes` are how many parts those
    before have where some of them have no title of their own."""
    having: defaultdict[str, list[str]] = defaultdict(list)
    for id, titles in before.items():
        for title in titles:
            having[title].append(id)
    taken: set[str] = set()
    for id, titles in after.items():
        shared = Counter(
            other
            for title in titles
            if len(having[title]) <= _COMMON
            for other in having[title]
            if other not in taken
        )
        # max() keeps the first of equals, and those come in the order of the paths.
        best = max(shared, key=lambda other: shared[other], default=None)
        if best is not None:
            larger = max(len(titles), (sizes or {}).get(best, len(before[best])))
            if 2 * shared[best] > larger:
                taken.add(best)
                yield best, id


def _titles(results: Iterable[KeyResult]) -> list[str]:
    return list(dict.fromkeys(_title(result.title) for result in results))


def _title(title: str) -> str:
    return " ".join(plain(title).lower().split())


def _end(id: str) -> str:
    return id.rsplit("/", 1)[-1]
