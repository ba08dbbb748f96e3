"""Where a build says what it noticed."""

from typing import Protocol


class Log(Protocol):
    """Where a build says what it noticed; warnings end a strict one."""

    def info(self, message: str, /) -> None:
        """Note something that is worth knowing."""

    def warning(self, message: str, /) -> None:
        """Note what is wrong."""
