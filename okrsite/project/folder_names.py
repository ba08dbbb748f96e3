"""What the name of a folder may have been meant for, where it names nothing."""

from collections.abc import Iterator

from okrsite.project.meanings import TYPES_OF, NameKind
from okrsite.project.model.cycles import calendar_name, meant_calendar_name
from okrsite.project.names import FOLDER_OWNERS, NamedDocument, Names
from okrsite.project.references import MOST_CANDIDATES, cycle_names


def folder_like_owner(names: Names, uri: str) -> tuple[str, NamedDocument] | None:
    """Return a folder above a file that is called nearly like an owner, and that owner."""
    for name in _folders(uri):
        near = names.among(FOLDER_OWNERS).nearest(name)
        if near and (owner := names.document(NameKind.OWNER, near)):
            return name, owner
    return None


def folder_of_several(names: Names, uri: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a folder above a file that is called after several owners, and their ids."""
    among = names.among(FOLDER_OWNERS)
    for name in _folders(uri):
        if len(found := among.all(name)) > 1:
            return name, tuple(found[: MOST_CANDIDATES - 1])
    return None


def folder_like_cycle(names: Names, uri: str) -> tuple[str, str] | None:
    """Return a folder above a file that is called nearly like a cycle, and its name."""
    for name in _folders(uri):
        near = meant_calendar_name(name, names.fiscal_year) or names.among(
            TYPES_OF[NameKind.CYCLE]
        ).nearest(name)
        if near is not None:
            return name, near.rsplit("/", 1)[-1]
    return None


def folder_like_fiscal(uri: str) -> str | None:
    """Return a folder above a file that is named after a period of a fiscal year."""
    folders = _folders(uri)
    return next((n for n in folders if n[:2].lower() == "fy" and calendar_name(n.lower())), None)


def broken_folder_cycle(names: Names, uri: str) -> bool:
    """Whether a folder above a file is named after a cycle whose document has an error."""
    folder = uri.rpartition("/")[0]
    while folder:
        if any(map(names.only_cycle, cycle_names(folder))):
            return True
        folder = folder.rpartition("/")[0]
    return False


def _folders(uri: str) -> Iterator[str]:
    """Return the names of the folders above a file, the nearest first."""
    return reversed(uri.split("/")[:-1])
