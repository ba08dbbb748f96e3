"""Plan and write what a renamed or moved document changes: files, ids and all that refers to it."""

import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from okrsite.cli.common import LoadedSite, read_site
from okrsite.cli.editing import CHANGED, Refused, read_file, refuse_findings, shown_change
from okrsite.cli.interrupted import NOTED, Step, checksum, interrupted, note
from okrsite.cli.objective_edits import refused_edit
from okrsite.documents.code_owners import PLACES
from okrsite.editing.other_files import renamed_configuration, renamed_owners
from okrsite.editing.overlay import Overlay
from okrsite.editing.renaming import Renaming, names_of_tree, shape_of
from okrsite.editing.source_file import EditError
from okrsite.findings.finding import Finding, Severity
from okrsite.findings.report import visible
from okrsite.settings import SettingsError
from okrsite.util.writing import write_whole

MOVED_FOLDER_FILES = 5
"""A folder that moves is listed with its files up to so many."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done: files and folders that move, and files that say something else.

    All paths are relative to docs_dir. `free` are the new ids of objectives whose owner changes.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    contents: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """All files that move or change; `moves` are old and new paths relative to docs_dir.

    `contents` has the new bytes of what changes, by the old path; `outside` those of files outside
    docs_dir, with what they hold now. `after` is the site as it will be.
    """

    site: LoadedSite
    after: LoadedSite
    wish: Wish
    moves: Mapping[str, str]
    contents: Mapping[str, tuple[bytes, bytes]]
    outside: Mapping[Path, tuple[bytes, bytes]]
    renaming: Renaming


def plan_rename(site: LoadedSite, config_file: Path, wish: Wish, changed: str = "") -> RenamePlan:
    """Return what a wish changes; end the command where it would break or change anything else.

    `changed` is the key of what is meant to be different, as `shape_of` has it.
    """
    moves = dict(_moves(site, wish))
    _refuse_taken(site, moves, wish)
    _refuse_left_out(site, moves)
    between = _read(site, moves, wish.contents)
    files = frozenset(_files(site.configuration.folder.docs))
    renaming = Renaming.of(site.project, between.project, moves, files)
    contents: dict[str, tuple[bytes, bytes]] = {}
    for uri in dict.fromkeys((*names_of_tree(site.configuration.folder), *wish.contents)):
        before = read_file(site, uri)
        try:
            after = renaming.content(uri, wish.contents.get(uri, before))
        except EditError as error:
            raise refused_edit(site.configuration.folder.path(uri), error) from None
        if after != before:
            contents[uri] = before, after
    made = _read(site, moves, {uri: after for uri, (_, after) in contents.items()})
    _refuse_new_findings(site, made, moves)
    _refuse_other_changes(site, made, renaming, changed)
    outside = dict(_outside(site, config_file, moves, wish))
    return RenamePlan(site, made, wish, moves, contents, outside, renaming)


def _moves(site: LoadedSite, wish: Wish) -> Iterator[tuple[str, str]]:
    """Yield every file that moves, those of folders too, with its new path."""
    folder = site.configuration.folder
    for old, new in wish.folders.items():
        top = folder.docs / old
        if top.is_symlink():
            raise Refused(f"{folder.path(old)} is a link: rename what it leads to by hand")
        for below in _files(top):
            yield f"{old}/{below}", f"{new}/{below}"
    yield from wish.files.items()


def _files(top: Path) -> Iterator[str]:
    """Yield the files below a folder, relative to it."""
    for here, folders, files in os.walk(top):
        folders.sort()
        below = os.path.relpath(here, top).replace(os.sep, "/")
        for name in sorted(files):
            yield name if below == "." else f"{below}/{name}"


def _refuse_taken(site: LoadedSite, moves: Mapping[str, str], wish: Wish) -> None:
    folder = site.configuration.folder
    for new in (*wish.folders.values(), *moves.values()):
        path = folder.docs / new
        if os.path.lexists(path) and not _same_file(path, folder.docs, moves, new):
            raise Refused(f"{folder.path(new)} already exists; nothing written")


def _refuse_left_out(site: LoadedSite, moves: Mapping[str, str]) -> None:
    """Refuse a place from which MkDocs takes no page."""
    folder = site.configuration.folder
    documents = set(folder.documents())
    for old, new in moves.items():
        if old in documents and folder.leaves_out(new):
            path = folder.path(new)
            raise Refused(f"MkDocs would leave out {path}: choose another name; nothing written")


def _same_file(path: Path, docs: Path, moves: Mapping[str, str], new: str) -> bool:
    """Whether a path is that of the file itself, on a disk that doesn't tell the case apart."""
    return any(target == new and path.samefile(docs / old) for old, target in moves.items())


def _read(site: LoadedSite, moves: Mapping[str, str], contents: Mapping[str, bytes]) -> LoadedSite:
    """Read the site with files in their new places and with new contents."""
    folder = site.configuration.folder
    files = {moves.get(uri, uri): content for uri, content in contents.items()}
    for old, new in moves.items():
        if new not in files:
            files[new] = (folder.docs / old).read_bytes()
    removed = frozenset(moves) - frozenset(files)
    try:
        return read_site(site.configuration, Overlay(folder, files, removed), site.as_of)
    except SettingsError as error:
        raise Refused(f"the settings would be wrong: {error}") from None


def _refuse_new_findings(site: LoadedSite, made: LoadedSite, moves: Mapping[str, str]) -> None:
    """Refuse errors and warnings that were not there; their words may name the new id."""
    path = site.configuration.folder.path
    places = {path(old): path(new) for old, new in moves.items()}
    had = Counter((f.code, places.get(f.path, f.path)) for f in _serious(site.findings()))
    new: list[Finding] = []
    for finding in _serious(made.findings()):
        key = finding.code, finding.path
        had[key] -= 1
        if had[key] < 0:
            new.append(finding)
    refuse_findings(new)


def _serious(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.severity is not Severity.ADVICE)


def _refuse_other_changes(
    site: LoadedSite, made: LoadedSite, renaming: Renaming, changed: str
) -> None:
    """Refuse a change to who owns, serves or measures what, but for what is meant to."""
    old, new = shape_of(site.project, renaming.ids), shape_of(made.project, {})
    for shape in (old, new):
        shape.pop(changed, None)
    if old != new:
        names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        some = ", ".join(sorted(names)[:3])
        message = f"this would change more than names ({visible(some)})"
        raise Refused(f"{message}: write the references there in full first")


def _outside(
    site: LoadedSite, config_file: Path, moves: Mapping[str, str], wish: Wish
) -> Iterator[tuple[Path, tuple[bytes, bytes]]]:
    """Yield the files outside docs_dir that name what moves: mkdocs.yml and CODEOWNERS."""
    folder = site.configuration.folder
    file = config_file.resolve()
    before = file.read_bytes()
    after = renamed_configuration(before, moves)
    if after != before:
        yield file, (before, after)
    around = (folder.project, *folder.project.parents)
    top = next((path for path in around if (path / ".git").exists()), folder.project)
    for place in PLACES:
        owners = top / place
        if owners.is_file() and owners.resolve().is_relative_to(top):
            docs = folder.docs.relative_to(top).as_posix()
            before = owners.read_bytes()
            after = renamed_owners(before, docs, moves, wish.folders)
            if after != before:
                yield owners, (before, after)
            return


def finished(config_file: Path, words: Sequence[str], dry_run: bool) -> bool:
    """Finish a command that was killed if these are its words; return whether it was finished."""
    found = interrupted(config_file.resolve().parent)
    if found is None:
        return False
    if found.words != tuple(words) or dry_run:
        raise Refused(f"`{found.command}` was interrupted: run it again to finish it first")
    found.finish()
    click.echo(f"Finished `{found.command}`, which was interrupted.")
    return True


def carry_out(
    plan: RenamePlan, config_file: Path, words: Sequence[str], dry_run: bool, commit: str
) -> None:
    """Print a plan, and write it unless that is a dry run.

    `words` are those of the command, by which it is finished if it is killed; `commit` is the
    message to suggest.
    """
    _show(plan)
    if dry_run:
        click.echo("Nothing was written (--dry-run).", err=True)
        return
    _write(plan, config_file.resolve().parent, words)
    click.echo(f"Next: git add -A, and commit “{commit}”.", err=True)


def _show(plan: RenamePlan) -> None:
    """Print the ids that change, the files that move, and the lines that change."""
    path = plan.site.configuration.folder.path
    for (kind, old), new in sorted(plan.renaming.ids.items()):
        click.echo(visible(f"{kind} {old} → {new}"))
    inside = tuple(f"{folder}/" for folder in plan.wish.folders)
    for old, new in plan.wish.folders.items():
        number = sum(uri.startswith(f"{old}/") for uri in plan.moves)
        files = "1 file" if number == 1 else f"{number} files"
        click.echo(visible(f"move {path(old)}/ → {path(new)}/ ({files})"))
    for old, new in plan.moves.items():
        if not old.startswith(inside) or not inside:
            click.echo(visible(f"move {path(old)} → {path(new)}"))
    for uri, (before, after) in plan.contents.items():
        click.echo(shown_change(path(plan.moves.get(uri, uri)), before, after))
    for file, (before, after) in plan.outside.items():
        name = os.path.relpath(file, plan.site.configuration.folder.project)
        click.echo(shown_change(name.replace(os.sep, "/"), before, after))


def _write(plan: RenamePlan, folder: Path, words: Sequence[str]) -> None:
    """Write the files in their new places; where one cannot be written, all are put back.

    A new file is written before the old one is removed, so that a killed command leaves both, and
    all that is to be written is noted before, so that it can be finished.
    """
    docs = plan.site.configuration.folder.docs
    undo: list[tuple[Path, Path | None, bytes | None]] = []
    try:
        _refuse_changed(plan, docs)
        note(folder, words, _steps(plan, docs))
        for old, new in plan.moves.items():
            source, target = docs / old, docs / new
            target.parent.mkdir(parents=True, exist_ok=True)
            content = plan.contents.get(old)
            if content is None:
                os.rename(source, target)
                undo.append((source, target, None))
            else:
                write_whole(target, content[1].decode())
                undo.append((source, target, content[0]))
                if not source.samefile(target):
                    source.unlink()
        for file, (before, after) in _in_place(plan, docs):
            undo.append((file, None, before))
            write_whole(file, after.decode())
    except BaseException as error:
        _put_back(undo)
        _remove_empty(docs, plan.moves.values())
        (folder / NOTED).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        name = error.filename or "a file"
        message = f"{name} cannot be written: {error.strerror or error}; nothing written"
        raise Refused(message) from None
    _remove_empty(docs, plan.moves)
    (folder / NOTED).unlink(missing_ok=True)


def _steps(plan: RenamePlan, docs: Path) -> Iterator[Step]:
    """Yield what is written, in its order."""
    for old, new in plan.moves.items():
        if (content := plan.contents.get(old)) is None:
            yield Step(docs / old, docs / new)
        else:
            yield Step(docs / old, docs / new, checksum(content[0]), content[1].decode())
    for file, (before, after) in _in_place(plan, docs):
        yield Step(file, file, checksum(before), after.decode())


def _in_place(plan: RenamePlan, docs: Path) -> Iterator[tuple[Path, tuple[bytes, bytes]]]:
    yield from plan.outside.items()
    for uri, content in plan.contents.items():
        if uri not in plan.moves:
            yield docs / uri, content


def _refuse_changed(plan: RenamePlan, docs: Path) -> None:
    moved = ((docs / uri, content) for uri, content in plan.contents.items())
    for file, (before, _) in (*moved, *plan.outside.items()):
        if not os.access(file, os.W_OK):
            raise Refused(f"{file} is read-only; nothing was written")
        if file.read_bytes() != before:
            raise Refused(f"{file} {CHANGED}")
    for old in plan.moves:
        if not os.access((docs / old).parent, os.W_OK):
            raise Refused(f"{(docs / old).parent} is read-only; nothing was written")


def _put_back(undo: list[tuple[Path, Path | None, bytes | None]]) -> None:
    for source, target, before in reversed(undo):
        if before is not None:
            write_whole(source, before.decode())
            if target is not None and not (target.exists() and target.samefile(source)):
                target.unlink(missing_ok=True)
        elif target is not None:
            os.rename(target, source)


def _remove_empty(docs: Path, moves: Iterable[str]) -> None:
    """Remove the folders that nothing is left in."""
    folders = {posixpath.dirname(uri) for uri in moves}
    for folder in sorted(folders, key=len, reverse=True):
        while folder and (docs / folder).is_dir() and not any((docs / folder).iterdir()):
            (docs / folder).rmdir()
            folder = posixpath.dirname(folder)
