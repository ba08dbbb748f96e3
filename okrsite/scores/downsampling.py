"""Fewer points of a long series, without those that a reader would miss."""

from collections.abc import Callable, Sequence
from typing import TypeVar

MOST_STEPS = 120
"""So many days of a series are shown: one a day in the longest quarter, fewer of a longer one."""


_Item = TypeVar("_Item")


def downsample(
    items: Sequence[_Item], most: int, value: Callable[[_Item], float]
) -> Sequence[_Item]:
    """Return at most so many items of a series, evenly spread.

    The first and the last always stay, and so do the lowest and the highest: they are what a
    reader would miss. `most` is at least 4.
    """
    last = len(items) - 1
    if last < most:
        return items
    step = last / (most - 3)
    kept = {round(number * step) for number in range(most - 2)}
    kept.add(min(range(last + 1), key=lambda at: value(items[at])))
    kept.add(max(range(last + 1), key=lambda at: value(items[at])))
    return [items[at] for at in sorted(kept)]
