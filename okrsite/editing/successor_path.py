"""Where the file of an objective's successor belongs, by the way the folders are laid out."""

import posixpath
import re
from collections.abc import Callable

from okrsite.project.model.cycles import Cycle, spellings
from okrsite.util.markdown_files import without_ending

CycleOf = Callable[[str], str | None]
Taken = Callable[[str], bool]


def successor_uri(
    uri: str, old: Cycle, new: Cycle, cycle_of: CycleOf, beside: str | None, taken: Taken
) -> str:
    """Return the address, relative to docs_dir, of an objective's successor in another cycle.

    If a folder is named after the old cycle, it is the same place below the new one's folder.
    Otherwise it is `beside`, the folder of an objective of the new cycle, or the old one's own,
    and the file's name says the cycle where the same name is `taken`. `cycle_of` gives the
    id of the cycle that a file in a folder is in by the folders' names.
    """
    folder, name = posixpath.split(uri)
    parts = folder.split("/") if folder else []
    depth = _naming_depth(parts, old.id, cycle_of)
    if depth:
        return "/".join([*_renamed(parts, depth, _tail(old), _tail(new)), name])
    place = folder if beside is None else beside
    made = posixpath.join(place, name)
    return posixpath.join(place, _named_after(name, old, new)) if taken(made) else made


def _naming_depth(parts: list[str], cycle: str, cycle_of: CycleOf) -> int:
    """Return the depth at which the folders begin to name a cycle, or 0."""
    depth = len(parts)
    if not depth or cycle_of("/".join(parts)) != cycle:
        return 0
    while depth > 1 and cycle_of("/".join(parts[: depth - 1])) == cycle:
        depth -= 1
    return depth


def _renamed(parts: list[str], depth: int, old: str, new: str) -> list[str]:
    head, last, rest = parts[: depth - 1], parts[depth - 1], parts[depth:]
    if last.lower() in spellings(old):
        return [*head, _in_case(_spelt(new, like=last), last), *rest]
    year = re.fullmatch(r"((?:fy)?[0-9]{4})-(.+)", new)
    if year is not None and head:
        named = _in_case(_spelt(year[1], like=head[-1]), head[-1])
        return [*head[:-1], named, _in_case(year[2], last), *rest]
    return [*head[:-1], new, *rest]


def _spelt(new: str, like: str) -> str:
    """Return a cycle's name, a short one where it is to be like the short one of a fiscal year."""
    return spellings(new)[-1] if re.match(r"fy[0-9]{2}(?![0-9])", like.lower()) else new


def _in_case(new: str, like: str) -> str:
    return new.upper() if like.isupper() else new


def _named_after(name: str, old: Cycle, new: Cycle) -> str:
    stem = without_ending(name)
    if _tail(old) in stem.lower():
        return re.sub(re.escape(_tail(old)), _tail(new), stem, flags=re.IGNORECASE) + ".md"
    return f"{stem}-{_tail(new)}.md"


def _tail(cycle: Cycle) -> str:
    return cycle.id.rsplit("/", 1)[-1]
