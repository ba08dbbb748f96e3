"""The progress of long work: nothing for two seconds, then a line that counts.

On a terminal the line is updated in place; elsewhere, as in CI, a line is added now and then.
"""

import io
import sys
import time
from collections.abc import Callable
from typing import TextIO

PATIENCE = 2.0
"""Seconds after which progress is shown."""

_TERMINAL_STEP, _QUIET_STEP = 0.1, 10.0


class Progress:
    """Shows how much of some work is done; `clock` returns seconds."""

    def __init__(
        self, what: str, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        # There is no stderr where it was closed.
        self._stream = stream or sys.stderr or io.StringIO()
        self._clock = clock
        self._began = clock()
        self._shown_at = self._began
        self._shown = False

    def at(self, done: int, total: int) -> None:
        """Show how much is done, if it is time to."""
        now = self._clock()
        terminal = self._stream.isatty()
        step = _TERMINAL_STEP if terminal else _QUIET_STEP
        if now - self._began < PATIENCE or (self._shown and now - self._shown_at < step):
            return
        self._shown_at, self._shown = now, True
        line = f"{self._what}: {done:,} of {total:,}"
        self._stream.write(f"\r\x1b[K{line}" if terminal else f"{line}\n")
        self._stream.flush()

    def end(self) -> None:
        """Remove the line, so that what is printed next replaces it."""
        if self._shown and self._stream.isatty():
            self._stream.write("\r\x1b[K")
            self._stream.flush()
        self._shown = False
