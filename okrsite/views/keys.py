"""What stands for an owner in an address."""

from collections.abc import Iterable, Iterator


def owner_keys(owners: Iterable[str]) -> dict[str, str]:
    """Give each owner the shortest tail of their id that no other owner's id ends in."""
    ids = list(owners)
    tails: dict[str, int] = {}
    for id in ids:
        for tail in _tails(id):
            tails[tail] = tails.get(tail, 0) + 1
    return {id: next((tail for tail in _tails(id) if tails[tail] == 1), id) for id in ids}


def _tails(id: str) -> Iterator[str]:
    """Give the tails of an id, cut at its slashes, the shortest first."""
    parts = id.split("/")
    return ("/".join(parts[-length:]) for length in range(1, len(parts) + 1))
