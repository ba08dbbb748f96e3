"""Means, shares and lines through points: the arithmetic that all kinds of key results share."""

from collections.abc import Iterable, Sequence
from itertools import pairwise


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
