"""How far long work is: nothing for two seconds, then a line that counts.

On a terminal the line counts in place; elsewhere, as in CI, a line is added now and then.
"""

import sys
import time
from collections.abc import Callable
from typing import TextIO

PATIENCE = 2.0
"""Seconds after which work says how far it is."""

_TERMINAL_STEP, _QUIET_STEP = 0.1, 10.0


class Progress:
    """Counts what is done of one kind of work; `clock` gives seconds."""

    def __init__(
        self, what: str, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        self._stream = stream or sys.stderr
        self._clock = clock
        self._began = clock()
        self._said = self._began
        self._shown = False

    def at(self, done: int, total: int) -> None:
        """Say that so much is done, if it is time to say something."""
        now = self._clock()
        terminal = self._stream.isatty()
        step = _TERMINAL_STEP if terminal else _QUIET_STEP
        if now - self._began < PATIENCE or (self._shown and now - self._said < step):
            return
        self._said, self._shown = now, True
        line = f"{self._what}: {done:,} of {total:,}"
        self._stream.write(f"\r\x1b[K{line}" if terminal else f"{line}\n")
        self._stream.flush()

    def end(self) -> None:
        """Take the line away; what comes next stands where it stood."""
        if self._shown and self._stream.isatty():
            self._stream.write("\r\x1b[K")
            self._stream.flush()
        self._shown = False
