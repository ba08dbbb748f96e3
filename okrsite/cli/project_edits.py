"""Change several files of a project at once: read as they would be, judged, then written."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from okrsite.cli.common import LoadedSite, read_site
from okrsite.cli.editing import CHANGED, Refused, refuse_findings, replaceable_file
from okrsite.cli.terminal import shown as printable
from okrsite.editing.overlay import Overlay
from okrsite.findings.baseline import new_findings
from okrsite.findings.finding import Severity
from okrsite.history.diff.compare import compare
from okrsite.history.diff.state import SiteState
from okrsite.history.diff.text import as_text
from okrsite.settings import SettingsError
from okrsite.util.memory import gc_paused
from okrsite.util.writing import write_all

Edits = Mapping[str, tuple[bytes, bytes]]
"""The files that change, relative to docs_dir: what is in them, and what will be."""


def site_after(site: LoadedSite, edits: Edits) -> LoadedSite:
    """Return the site as it would be after edits; refuse those that the settings do not fit."""
    folder = site.configuration.folder
    overlay = Overlay(folder, {uri: after for uri, (_, after) in edits.items()})
    try:
        return read_site(site.configuration, overlay, site.as_of)
    except SettingsError as error:
        raise Refused(f"the settings would be wrong: {error}") from None


def refuse_new_findings(before: LoadedSite, after: LoadedSite, anyway: bool) -> None:
    """End the command with status 1 where edits bring errors, or, without `anyway`, warnings."""
    new = new_findings(before.findings(), after.findings())
    levels = {Severity.ERROR} if anyway else {Severity.ERROR, Severity.WARNING}
    refuse_findings([finding for finding in new if finding.severity in levels])


def changes_between(before: LoadedSite, after: LoadedSite) -> Iterator[str]:
    """Yield what edits change, in OKR terms; private documents are included.

    A goalpost that moves is marked by an exclamation mark.
    """
    settings = before.configuration.settings.model_copy(update={"include_private": True})
    with gc_paused():
        states = [SiteState.of(site.project, settings, site.as_of) for site in (before, after)]
        changes = compare(before.words, *states)
    for group in changes.groups:
        for change in group.changes:
            sentence = as_text(change.sentence)
            moved = "! Goalpost moved: " if change.goalpost else ""
            yield printable(f"{group.title}: {moved}{sentence}")


def write_edits(site: LoadedSite, edits: Edits) -> None:
    """Write all files or none of them; refuse one that is read-only or was changed meanwhile."""
    files: dict[Path, tuple[bytes | None, str]] = {}
    for uri, (before, after) in edits.items():
        files[replaceable_file(site, uri, before)] = (before, after.decode())
    try:
        write_all(files)
    except FileExistsError as error:
        raise Refused(f"{error.filename} {CHANGED}") from None
    except OSError as error:
        name = error.filename or "a file"
        raise Refused(f"{name} cannot be written: {error.strerror or error}") from None
