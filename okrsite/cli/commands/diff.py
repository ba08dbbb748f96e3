"""`okrsite diff`: what a change means, in the words of OKRs."""

from datetime import date
from pathlib import Path

import click

from okrsite.cli.common import SiteOptions, format_option, site_options
from okrsite.cli.configuration import ConfigurationError
from okrsite.cli.revisions import SiteFiles, site_of_commit, site_of_folder
from okrsite.documents.trees import ObservedTree
from okrsite.history.diff.compare import compare
from okrsite.history.diff.json import to_json
from okrsite.history.diff.markdown import to_markdown
from okrsite.history.diff.model import Changes
from okrsite.history.diff.sections import Sides
from okrsite.history.diff.state import SiteState
from okrsite.history.diff.text import to_text
from okrsite.history.git import Repository, RepositoryError
from okrsite.language.wording import Words
from okrsite.project.cache import KnownDocuments
from okrsite.project.load import resolve
from okrsite.settings import SettingsError, as_of_day
from okrsite.util.memory import gc_paused
from okrsite.util.progress import Progress

_EXAMPLE = """\
\b
Examples:
  okrsite diff main
  okrsite diff HEAD~1 HEAD
  okrsite diff --merge-base origin/main HEAD --format markdown"""
_MERGE_BASE = "Compare with the last commit both have in common, not with BASE itself."


@click.command(epilog=_EXAMPLE)
@click.argument("base")
@click.argument("head", required=False)
@site_options
@format_option(["text", "markdown", "json"], "text", "The format of the changes.")
@click.option("--merge-base", is_flag=True, help=_MERGE_BASE)
def diff(given: SiteOptions, base: str, head: str | None, format_: str, merge_base: bool) -> None:
    """Show what changes in the OKRs from one git revision to another, or to the current files.

    Both sides are compared for the same date, and nothing private is shown.

    Exit status: 0 success, with or without changes, 2 usage error.
    """
    try:
        words, changes, sides = compared(given, base, head, merge_base)
    except RepositoryError as error:
        raise click.UsageError(str(error)) from None
    if format_ == "json":
        text = to_json(changes, sides)
    else:
        text = (to_markdown if format_ == "markdown" else to_text)(words, changes, sides)
    click.echo(text, nl=False)


def compared(
    given: SiteOptions, base: str, head: str | None, merge_base: bool
) -> tuple[Words, Changes, Sides]:
    """Load both sides and compare them."""
    config_file = given.config_file
    with Repository.of(config_file.resolve().parent) as repository:
        old = repository.commit(base)
        new = repository.commit(head) if head is not None else None
        before_name = _shown(base, old)
        if merge_base:
            old = repository.merge_base(old, new or repository.commit("HEAD"))
            before_name = f"{old[:7]}, the merge base with {base}"
        after = _after(repository, config_file, head, new, old)
        before = _before(repository, config_file, base, old, after)
        try:
            day = as_of_day(after.settings, given.as_of)
        except SettingsError as error:
            raise click.UsageError(str(error)) from None
        known = KnownDocuments(lambda tree: ObservedTree(tree, progress=Progress("Documents read")))
        with gc_paused():
            was = _state(known if before else None, before or after, day)
            now = _state(known, after, day)
            words = Words.of("en", after.settings.thresholds, after.settings.figures)
            changes = compare(words, was, now)
    after_name = _shown(head, new) if head and new else "the working tree"
    return words, changes, Sides(before_name, after_name)


def _after(
    repository: Repository, config_file: Path, head: str | None, commit: str | None, base: str
) -> SiteFiles:
    if commit is None:
        return site_of_folder(config_file, base)
    try:
        site = site_of_commit(repository, config_file, commit)
    except ConfigurationError as error:
        raise click.UsageError(f"at {head}: {error}") from None
    if site is None:
        message = f"there is no {config_file} at {head}: name the one that exists with -f"
        raise click.UsageError(message)
    return site


def _before(
    repository: Repository, config_file: Path, base: str, commit: str, after: SiteFiles
) -> SiteFiles | None:
    """Return the site as it was, or None where it did not exist yet.

    Where its configuration cannot be used, that of the other side is.
    """
    try:
        site = site_of_commit(repository, config_file, commit)
    except ConfigurationError as error:
        now = "the other side's mkdocs.yml is used for both"
        click.echo(f"At {base}: {error}; {now}.", err=True)
        return site_of_commit(repository, config_file, commit, after.written)
    if site is None:
        click.echo(f"There is no {config_file} at {base}: everything is new.", err=True)
    return site


def _state(known: KnownDocuments | None, site: SiteFiles, day: date) -> SiteState:
    """Return the state of a site, or of one without any document."""
    documents, findings = known.read(site.tree) if known else ([], [])
    project, _ = resolve(site.tree, documents, findings, site.settings, site.site_name)
    return SiteState.of(project, site.settings, day)


def _shown(name: str, commit: str) -> str:
    return commit[:7] if commit.startswith(name) else f"{name} ({commit[:7]})"
