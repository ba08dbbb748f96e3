"""The addresses at which other sites find badges, and frames of objectives."""

from dataclasses import dataclass
from urllib.parse import quote

from okrsite.pages.site import Site

_LONGEST_ID = 1000


@dataclass(frozen=True, slots=True)
class EmbedAddresses:
    """The addresses of an objective's badge and frame: whole where the site's own is known, else
    relative to its root."""

    badge: str | None
    frame: str | None


def embed_addresses(site: Site, id: str) -> EmbedAddresses | None:
    """Return where another site finds an objective; None where its id cannot name a file."""
    badge, frame = badge_file("objective", id), frame_address(id)
    if badge is None and frame is None:
        return None
    root = f"{site.addresses.site.rstrip('/')}/" if site.addresses.site else ""
    return EmbedAddresses(
        f"{root}{quote(badge)}" if badge else None, f"{root}{frame}" if frame else None
    )


def badge_file(kind: str, id: str) -> str | None:
    """Return the file of a badge; None where the id cannot name a file."""
    return _file(f"badges/{kind}", id, ".svg")


def frame_file(id: str) -> str | None:
    """Return the file of an objective's frame; None where the id cannot name a file.

    A folder for each would take more time to write than the frame itself.
    """
    return _file("embed", id, ".html")


def frame_address(id: str) -> str | None:
    """Return the address of an objective's frame, relative to the site's root."""
    file = frame_file(id)
    return quote(file) if file else None


def _file(folder: str, id: str, ending: str) -> str | None:
    """Return the file that an id names, unless it is too long or another's file may be its folder.

    The file of `sales.svg` is where the folder of `sales.svg/grow` would be.
    """
    if len(id.encode()) > _LONGEST_ID or any(f.endswith(ending) for f in id.split("/")[:-1]):
        return None
    return f"{folder}/{id}{ending}"
