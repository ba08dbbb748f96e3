"""Which theme is installed: Material for MkDocs and MaterialX write into the same folder."""

import base64
import hashlib
import re
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder
from importlib.metadata import Distribution, distributions
from pathlib import Path

THEMES = frozenset({"material", "materialx"})
"""The names of the themes in the folder `material`."""

_DISTRIBUTIONS = ("mkdocs-material", "mkdocs-materialx")
_CODE = re.compile(r"^(material/[^,]+\.(?:py|html|yml)),([^,]+),", re.MULTILINE)


def shared_folder(path: Sequence[str] = sys.path) -> str | None:
    """Return a sentence on whose files are in place; None unless both are installed."""
    installed = _installed(path)
    if len(installed) < 2:
        return None
    files = [_recorded(distribution) for distribution in installed]
    differing = [name for name, hash in files[0].items() if files[1].get(name, hash) != hash]
    folder = _folder(path)
    here = {name: _hash(folder / name) for name in differing}
    both = " and ".join(f"{one.name} {one.version}" for one in installed)
    for distribution, recorded in zip(installed, files, strict=True):
        if all(recorded[name] == hash for name, hash in here.items()):
            return f"{both} share a folder; the theme in place is that of {distribution.name}"
    return f"{both} share a folder, and files of both are in place; {_again(installed[0].name)}"


def incomplete_theme(path: Sequence[str] = sys.path) -> str | None:
    """Return a sentence where files of the theme are missing; None if one of them is complete."""
    folder, missing = _folder(path), None
    for distribution in _installed(path):
        files = _recorded(distribution)
        lost = next((file for file in files if not (folder / file).is_file()), None)
        if lost is None:
            return None
        missing = missing or (
            f"the theme of {distribution.name} {distribution.version} is not complete: "
            f"there is no {lost}; {_again(distribution.name)}"
        )
    return missing


def _installed(path: Sequence[str]) -> list[Distribution]:
    """Return the distributions that write into the folder, each once."""
    found = (next(iter(distributions(name=n, path=[*path])), None) for n in _DISTRIBUTIONS)
    return [distribution for distribution in found if distribution is not None]


def _recorded(distribution: Distribution) -> dict[str, str]:
    """Return the hashes of the code and templates that a distribution installed."""
    return dict(_CODE.findall(distribution.read_text("RECORD") or ""))


def _folder(path: Sequence[str]) -> Path:
    """Return the folder that holds the package `material`, or would."""
    spec = PathFinder.find_spec("material", path)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0] if places else "material").parent


def _hash(file: Path) -> str:
    """Return the hash of a file as a RECORD writes it; nothing for a file that is not there."""
    if not file.is_file():
        return ""
    digest = hashlib.sha256(file.read_bytes()).digest()
    return f"sha256={base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def _again(name: str) -> str:
    return f"install the one you want again: `pip install --force-reinstall --no-deps {name}`"
