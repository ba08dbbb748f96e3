"""Long series made short: what a drawing or a table can hold of them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")


def thinned(items: Sequence[_Item], most: int, value: Callable[[_Item], float]) -> Sequence[_Item]:
    """Keep at most so many of a series, evenly spread.

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
