"""A site that is previewed: loaded after every save, its pages made when they are asked for."""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


class PreviewError(RuntimeError):
    """The site cannot be made as it is now; the text says why, in one sentence or a few lines."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser is sent."""

    content: bytes
    type: str


def type_of(name: str) -> str:
    """Return the media type of a file by its name; machines may be wrong about scripts."""
    ending = name.rpartition(".")[2]
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "wasm": "application/wasm",
    "md": "text/markdown",
    "atom": "application/atom+xml",
    "ics": "text/calendar",
}

LATER = Answer(b"", "")
"""The answer for what is only there once everything else has been made."""


class Preview(Protocol):
    """A site under way. Only one thread at a time calls it."""

    def load(self) -> tuple[str, ...]:
        """Read what is on disk now, and return what is to be warned of; PreviewError if it fails.

        After an error the site is as it was before.
        """
        ...

    def answer(self, path: str) -> Answer | None:
        """Return what is at a path below the site's root; None where nothing is, or LATER."""
        ...

    def rest(self) -> Iterator[None]:
        """Make everything that nobody has asked for yet, a little with every step."""
        ...
