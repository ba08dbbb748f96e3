"""Python's search for unused objects, kept away from what is built to stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept() -> Iterator[None]:
    """Build something large that stays: it is not searched for unused objects, now or later.

    All of it is in use until the end, so that searching it takes time and finds nothing. What an
    earlier build in the same process left behind is searched again.
    """
    was_on = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
