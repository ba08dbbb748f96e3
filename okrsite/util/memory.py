"""Python's garbage collector, paused where it would only cost time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector while a large, long-lived structure is built.

    All of it is in use until the end, so that searching it takes time and finds nothing, now or
    later. What an earlier build in the same process left behind is searched again.
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


def free_frozen() -> None:
    """Free what builds before this one left behind, in a process that builds again and again.

    What is frozen is not searched: without this it would stay, and grow with every build.
    """
    gc.unfreeze()
    gc.collect()
