"""`okrsite init`: a new site that builds at once."""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import click

from okrsite import __version__
from okrsite.cli import asking
from okrsite.cli.asking import answer_to, given_or_asked, words
from okrsite.cli.common import Day
from okrsite.cli.configuration import USUAL_FILES
from okrsite.cli.editing import Refused, one_writer
from okrsite.editing.new.sample import DOCS
from okrsite.editing.new.starter import (
    GITHUB,
    GITLAB,
    NONE,
    VSCODE,
    VSCODE_SCHEMA,
    Remote,
    Wishes,
    job_files,
    remote,
    requirement,
    starter_files,
)
from okrsite.settings import Settings, SettingsError, as_of_day
from okrsite.util.writing import write_whole

_LISTS = (".gitattributes", ".gitignore")
"""Files of git that many may add lines to."""
_CI = [GITHUB, GITLAB, NONE]
_USUAL_NAME = "Our company"
_PIPELINE = "The pipeline; default: the one for git's remote."
_EDITORS = click.Choice([VSCODE, VSCODE_SCHEMA, NONE])
_EDITOR = "The editor to set up."
_NOTIFY = "Add a scheduled job that runs `okrsite notify`; in an existing site, only the job."
_PULL = "Add a scheduled job that runs `okrsite pull`; in an existing site, only the job."

_SETTINGS = {
    "notify": ["notify: OKRSITE_NOTIFY  # the variable with the address, never the address"],
    "pull": [
        "pull:",
        "  hosts: [metrics.example.com]  # what may be asked",
        "  connections: [WAREHOUSE_URL]  # variables with addresses of databases, or tokens",
    ],
}
"""The settings that a job needs, as lines of the plugin's entry."""

_COMPLETE = """
Before you share it, write in requirements.txt where okrsite comes from: it was installed by name,
and elsewhere that name could belong to someone else's package."""

_EXAMPLE = """\
\b
Example:
  okrsite init my-okrs --name "Acme" --ci github"""


@click.command(epilog=_EXAMPLE)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("."))
@click.option("--name", metavar="TEXT", help="The organisation's name.")
@click.option("--ci", type=click.Choice(_CI), help=_PIPELINE)
@click.option("--editor", type=_EDITORS, default=VSCODE, show_default=True, help=_EDITOR)
@click.option("--pull", "jobs", flag_value="pull", multiple=True, help=_PULL)
@click.option("--notify", "jobs", flag_value="notify", multiple=True, help=_NOTIFY)
@click.option("--as-of", type=Day(), metavar="DATE", help="A date in the objectives' quarter.")
def init(
    folder: Path,
    name: str | None,
    ci: str | None,
    editor: str,
    jobs: tuple[str, ...],
    as_of: date | None,
) -> None:
    """Create a site that builds right away, with a first objective for the current quarter.

    Nothing is ever overwritten: if one of the files exists, nothing at all is written. Only
    .gitignore and .gitattributes are extended by the lines they lack.
    """
    try:
        day = as_of_day(Settings(), as_of)
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    address = _git(folder, "remote", "get-url", "origin")
    there, branch = remote(address) if address else None, _branch(folder)
    begun = bool(jobs) and any((folder / name).is_file() for name in USUAL_FILES)
    name = _USUAL_NAME if begun else _name(name)
    ci = ci or _pipeline(there)
    if jobs and ci == NONE:
        raise click.UsageError(f"--{jobs[0]} needs a pipeline: add --ci github or --ci gitlab")
    edit_uri = there.edit_uri(branch, DOCS) if there else None
    wishes = Wishes(name, day, __version__, ci, editor, _origin(), edit_uri, branch, jobs)
    made = job_files(wishes) if begun else starter_files(wishes)
    one_writer(folder)
    if not begun:
        made |= _added(folder, made)
    own = () if begun else USUAL_FILES
    _refuse(folder, (*own, *(path for path in made if path not in _LISTS)))
    _write(folder, made)
    click.echo("\n".join(str(folder / path) for path in made))
    if begun:
        click.echo(_job_steps(folder, wishes), err=True)
        return
    click.echo(_next_steps(folder, ci, there is not None), err=True)
    if wishes.origin is None:
        click.echo(_COMPLETE, err=True)


def _added(folder: Path, made: Mapping[str, str]) -> dict[str, str]:
    """Return the lists of git that are there, with the lines added that they lack."""
    found = {}
    for path in _LISTS:
        file = folder / path
        if file.is_file():
            try:
                there = file.read_bytes().decode()
            except UnicodeDecodeError:
                raise Refused(f"nothing was written: {file} is not UTF-8") from None
            lines = {line.strip() for line in there.splitlines()}
            lacking = [line for line in made[path].splitlines() if line not in lines]
            entries = any(not line.startswith("#") for line in lacking)
            end = "" if there.endswith("\n") or not there else "\n"
            more = "".join(f"{line}\n" for line in lacking) if entries else ""
            found[path] = f"{there}{end}{more}" if more else there
        elif os.path.lexists(file):
            _refuse(folder, [path])
    return found


def _name(given: str | None) -> str:
    if given is None and not asking.on_terminal():
        return _USUAL_NAME
    question = "What is the organisation called"
    return given_or_asked(given, question, "--name", words, _USUAL_NAME)


def _pipeline(there: Remote | None) -> str:
    found = there.kind if there else NONE
    if not asking.on_terminal():
        return found
    return answer_to(f"Which pipeline builds the site ({', '.join(_CI)})", "--ci", _known_ci, found)


def _known_ci(answer: str) -> str:
    answer = answer.strip().lower()
    if answer not in _CI:
        raise ValueError(f"write one of {', '.join(_CI)}")
    return answer


def _origin() -> str | None:
    """Return the address that okrsite was installed from, as PEP 610 notes it.

    None where it was installed by its name.
    """
    try:
        written = json.loads(distribution("okrsite").read_text("direct_url.json") or "null")
        address, vcs = written["url"], written.get("vcs_info")
    except (PackageNotFoundError, ValueError, TypeError, KeyError):
        return None
    if vcs:
        address = f"{vcs['vcs']}+{address}@{vcs['commit_id']}"
    elif "#" not in address and (inside := written.get("subdirectory")):
        address = f"{address}#subdirectory={inside}"
    return str(address)


def _branch(folder: Path) -> str:
    """Return the default branch of the remote, else the one that is checked out."""
    shared = _git(folder, "symbolic-ref", "--short", "refs/remotes/origin/HEAD") or ""
    current = _git(folder, "symbolic-ref", "--short", "HEAD")
    return shared.removeprefix("origin/") or current or "main"


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git prints; None without git, a repository or an answer."""
    if not (folder / ".git").exists():
        return None
    words = ["git", "-C", str(folder), *arguments]
    try:
        answer = subprocess.run(words, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return answer.stdout.strip() or None


def _refuse(folder: Path, made: Iterable[str]) -> None:
    """Refuse if one of the files exists already."""
    in_the_way = []
    for path in made:
        parts = Path(path).parts
        above = [folder.joinpath(*parts[:depth]) for depth in range(1, len(parts))]
        blocked = next((p for p in above if os.path.lexists(p) and not p.is_dir()), None)
        if blocked is not None or os.path.lexists(folder / path):
            in_the_way.append(str(blocked or folder / path))
    if in_the_way:
        listed = "\n".join(f"  {path}" for path in dict.fromkeys(in_the_way))
        message = f"nothing was written, because these files already exist:\n{listed}"
        raise Refused(f"{message}\nChoose another folder, or move them away.")


def _write(folder: Path, made: Mapping[str, str]) -> None:
    """Write all files or none: after a failure all is again as it was."""
    files: list[Path] = []
    folders: list[Path] = []
    before: dict[Path, bytes] = {}
    try:
        for path, text in made.items():
            file = folder / path
            folders += reversed([above for above in file.parents if not above.exists()])
            if file.exists():
                before[file] = file.read_bytes()
            else:
                files.append(file)
            if before.get(file) != text.encode():
                write_whole(file, text)
    except BaseException as error:
        for file in files:
            file.unlink(missing_ok=True)
        for file, content in before.items():
            write_whole(file, content.decode())
        for made_folder in reversed(folders):
            if made_folder.is_dir():
                made_folder.rmdir()
        if isinstance(error, OSError):
            message = f"{error.filename or folder} cannot be written: {error.strerror}"
            raise Refused(f"nothing was written: {message}") from None
        raise


def _job_steps(folder: Path, wishes: Wishes) -> str:
    """Return the next steps for jobs that were added to a site."""
    steps = [
        f"set `{requirement(wishes.version, wishes.origin, wishes.jobs)}` in requirements.txt",
        "follow the comment at the top of each file",
    ]
    if wishes.ci == GITLAB:
        names = ", ".join(f"`- local: .gitlab/okr-{job}.yml`" for job in wishes.jobs)
        steps.insert(1, f"add {names} below `include:` in .gitlab-ci.yml")
    if lacking := _lacking_settings(folder, wishes.jobs):
        entry = "".join(f"\n         {line}" for line in ("plugins:", "  - okrsite:", *lacking))
        steps.insert(1, f"add to the plugin's entry in mkdocs.yml, with your own names:{entry}")
    lines = (f"  {number}. {step}" for number, step in enumerate(steps, 1))
    return "\n".join(["", "What comes next:", *lines])


def _lacking_settings(folder: Path, jobs: Iterable[str]) -> list[str]:
    """Return the lines of the settings that jobs need and mkdocs.yml does not have."""
    try:
        there = (folder / "mkdocs.yml").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        there = ""
    lacking = [job for job in jobs if not re.search(rf"^\s+{job}:", there, re.MULTILINE)]
    return [f"      {line}" for job in lacking for line in _SETTINGS[job]]


def _next_steps(folder: Path, ci: str, shared: bool) -> str:
    """Return the next steps; `shared` is whether there is a remote to push to."""
    enter = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    publish = {
        GITHUB: "git push; then choose “GitHub Actions” under Settings, Pages, Source",
        GITLAB: "git push; then add a daily schedule under Build, Pipeline schedules",
        NONE: "okrsite build --strict, and copy the folder site/ to your web server",
    }[ci]
    if ci != NONE and not shared:
        publish = f"git init, commit, add the remote, {publish}"
    return (
        "\nWhat comes next:\n"
        f"  1. Look at it:       {enter}okrsite serve\n"
        f"  2. Make it yours:    change {DOCS}/company.md, the teams and the objectives;"
        " okrsite new objective adds one\n"
        f"  3. Share it:         {publish}"
    )
