"""Where other sites find what they may show of this one: badges, and frames of objectives."""

from dataclasses import dataclass
from urllib.parse import quote

from okrsite.pages.site import Site

_LONGEST_ID = 1000


@dataclass(frozen=True, slots=True)
class EmbedAddresses:
    """The addresses of an objective's badge and frame: whole where the site knows its own, else
    relative to its root."""

    badge: str | None
    frame: str | None


def embed_addresses(site: Site, id: str) -> EmbedAddresses | None:
    """Return where another site finds an objective; None where its id cannot be a file's name."""
    badge, frame = badge_file("objective", id), frame_address(id)
    if badge is None and frame is None:
        return None
    root = f"{site.addresses.site.rstrip('/')}/" if site.addresses.site else ""
    return EmbedAddresses(
        f"{root}{quote(badge)}" if badge else None, f"{root}{frame}" if frame else None
    )


def badge_file(kind: str, id: str) -> str | None:
    """Return the file of a badge, or None where the id cannot be a file's name.

    An id in which a folder is called like a badge could stand where another badge is a file.
    """
    if len(id.encode()) > _LONGEST_ID:
        return None
    if any(name.endswith(".svg") for name in id.split("/")[:-1]):
        return None
    return f"badges/{kind}/{id}.svg"


def frame_file(id: str) -> str | None:
    """Return the file of an objective's frame, or None where the id cannot be a file's name.

    A folder for each would cost more time than the frame itself. An id in which a folder is called
    like a page could stand where another frame is a file.
    """
    if len(id.encode()) > _LONGEST_ID or any(name.endswith(".html") for name in id.split("/")[:-1]):
        return None
    return f"embed/{id}.html"


def frame_address(id: str) -> str | None:
    """Return the address of an objective's frame, relative to the site's root."""
    file = frame_file(id)
    return quote(file) if file else None
