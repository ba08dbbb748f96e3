"""Read, create and replace files for the commands that write, or refuse to."""

import os
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

import click

from okrsite.cli.command_line import Refused as Refused
from okrsite.cli.common import LoadedSite
from okrsite.cli.interrupted import refuse_interrupted
from okrsite.documents.source import normal_newlines
from okrsite.findings.finding import Finding
from okrsite.findings.report import to_text, visible
from okrsite.util.locking import locked
from okrsite.util.writing import write_whole

CHANGED = "was changed by someone else in the meantime; run the command again"


def one_writer(folder: Path, finishing: bool = False) -> None:
    """Keep other commands from writing in a folder until this command ends.

    Between reading a document and replacing it nobody else must replace it. Call it before the
    documents are read, and, where questions are asked, after the last answer. Where a rename was
    killed, only a command that is `finishing` it may write.
    """
    click.get_current_context().with_resource(locked(folder))
    if not finishing:
        refuse_interrupted(folder)


def read_file(site: LoadedSite, uri: str) -> bytes:
    """Read a document that is to be edited."""
    try:
        return site.configuration.folder.read(uri)
    except PermissionError:
        raise Refused(f"{_path(site, uri)} is a link that leaves the project") from None
    except OSError as error:
        raise _cannot(site, uri, "read", error) from None


def replace_file(site: LoadedSite, uri: str, before: bytes, after: bytes) -> None:
    """Replace a document, whole or not at all, unless it has changed since it was read."""
    file = replaceable_file(site, uri, before)
    try:
        write_whole(file, after.decode())
    except OSError as error:
        raise _cannot(site, uri, "written", error) from None


def replaceable_file(site: LoadedSite, uri: str, before: bytes) -> Path:
    """Return the file of a document; refuse if it is read-only or has changed since it was read.

    A file that its user may not write could still be renamed over, where its folder may be written.
    People make a file read-only to keep it, so that is refused, as an editor would.
    """
    try:
        file = site.configuration.folder.file(uri)
        if not os.access(file, os.W_OK):
            raise Refused(f"{_path(site, uri)} is read-only; nothing was written")
        if file.read_bytes() != before:
            raise Refused(f"{_path(site, uri)} {CHANGED}")
        return file
    except OSError as error:
        raise _cannot(site, uri, "written", error) from None


def create_file(site: LoadedSite, uri: str, text: str) -> None:
    """Write a new document; refuse if the file exists."""
    try:
        write_whole(new_file(site, uri), text)
    except OSError as error:
        raise _cannot(site, uri, "written", error) from None


def create_files(site: LoadedSite, texts: Mapping[str, str]) -> None:
    """Write new documents, all or none; refuse if a file exists."""
    written: list[Path] = []
    try:
        for uri, text in texts.items():
            file = new_file(site, uri)
            create_file(site, uri, text)
            written.append(file)
    except BaseException:
        for file in written:
            file.unlink(missing_ok=True)
        raise


def new_file(site: LoadedSite, uri: str) -> Path:
    """Return the file of a new document; refuse if it exists or would leave the project."""
    try:
        return site.configuration.folder.new_file(uri)
    except FileExistsError:
        raise Refused(f"{_path(site, uri)} already exists; nothing written") from None
    except PermissionError:
        raise Refused(f"{_path(site, uri)} would leave the project") from None
    except OSError as error:
        raise _cannot(site, uri, "written", error) from None


def refuse_findings(findings: list[Finding]) -> None:
    """End the command with status 1 where what would be written has errors or warnings."""
    if findings:
        click.echo(to_text(findings), nl=False, err=True)
        click.echo("Nothing was written: lint would report the lines above.", err=True)
        raise click.exceptions.Exit(1)


def shown(path: str, line: int, added: str) -> str:
    """Return what was added to a file, as in a diff."""
    lines = "\n".join(f"+ {line}".rstrip() for line in added.split("\n"))
    return f"{path}:{line}\n{lines}"


def shown_change(path: str, before: bytes, after: bytes) -> str:
    """Return how the lines of a file have changed, as in a diff without context."""
    old, new = (normal_newlines(text.decode("utf-8-sig")).split("\n") for text in (before, after))
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    same = min(len(old), len(new)) if same is None else same
    lines = [f"{path}:{same + 1}"]
    matcher = SequenceMatcher(None, old[same:], new[same:], autojunk=False)
    for change, i, j, k, end in matcher.get_opcodes():
        if change != "equal":
            lines += [f"- {line}".rstrip() for line in old[same:][i:j]]
            lines += [f"+ {line}".rstrip() for line in new[same:][k:end]]
    return "\n".join(map(visible, lines))


def _path(site: LoadedSite, uri: str) -> str:
    return site.configuration.folder.path(uri)


def _cannot(site: LoadedSite, uri: str, done: str, error: OSError) -> Refused:
    return Refused(f"{_path(site, uri)} cannot be {done}: {error.strerror or error}")
