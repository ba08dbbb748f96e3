"""Where a build says what it noticed."""

from typing import Protocol


class Log(Protocol):
    """Where a build says what it noticed; warnings end a strict one."""

    def info(self, message: str, /) -> None:
        """Say something that is worth knowing."""

    def warning(self, message: str, /) -> None:
        """Say what is wrong."""
