"""Means, shares, lines through points, and fewer points of a long series."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

MOST_STEPS = 120
"""So many days of a series are shown: one a day in the longest quarter, fewer of a longer one."""

_Item = TypeVar("_Item")


def clamp(share: float) -> float:
    """Return a share held between 0 and 1."""
    return min(1.0, max(0.0, share))


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Return the mean of (weight, value) pairs; None for none."""
    total = weights = 0.0
    for weight, value in pairs:
        total += weight * value
        weights += weight
    return total / weights if weights else None


def interpolate(at: float, points: Sequence[tuple[float, float]]) -> float:
    """Return the height of a line through points of rising position, flat outside them."""
    if at <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if at <= right:
            value = low + (high - low) * ((at - left) / (right - left))
            # Rounding must not lead past the end of the line: a score is at most 1.
            return min(max(value, min(low, high)), max(low, high))
    return points[-1][1]


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
