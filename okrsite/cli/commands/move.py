"""`okrsite move`: another owner for an objective, in its file and its folder."""

import posixpath

import click

from okrsite.cli.commands.rename import DRY_RUN
from okrsite.cli.common import LoadedSite, SiteOptions, open_site, site_options
from okrsite.cli.completion import OBJECTIVES, OWNERS, Existing
from okrsite.cli.editing import Refused, one_writer, read_file
from okrsite.cli.objective_edits import refuse_closed, refused_edit
from okrsite.cli.renames import Wish, carry_out, finished, plan_rename
from okrsite.cli.typed_names import TypedNames
from okrsite.documents.source import id_of_uri
from okrsite.editing.fields import fields_of, with_field
from okrsite.editing.source_file import EditError
from okrsite.project.model import Objective, Owner
from okrsite.project.names import COMPANY, NameKind, Names

_EXAMPLE = """\b
Example:
  okrsite move grow-base --owner support --dry-run
"""
_OWNER = "Who owns it from now on."
_ANYWAY = "Move an objective of a closed cycle too."


@click.command(epilog=_EXAMPLE)
@click.argument("objective", type=Existing(OBJECTIVES))
@click.option("--owner", type=Existing(OWNERS), required=True, help=_OWNER)
@click.option("--dry-run", is_flag=True, help=DRY_RUN)
@click.option("--anyway", is_flag=True, help=_ANYWAY)
@site_options
def move(given: SiteOptions, objective: str, owner: str, dry_run: bool, anyway: bool) -> None:
    """Move OBJECTIVE to another owner.

    If it is in a folder named after its owner, the file moves to the new owner's folder, and
    references, links, mkdocs.yml and CODEOWNERS are updated. Otherwise its `owner` field is set.

    Exit status: 0 success, 1 the documents would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    words = ("move", objective, "--owner", owner)
    one_writer(given.config_file.parent, finishing=True)
    if finished(given.config_file, words, dry_run):
        return
    site = open_site(given)
    names = TypedNames(site.project, site.current_cycle)
    found, whose = names.objective(objective), names.owner(owner)
    refuse_closed(site, found, anyway, "move it")
    if len(found.owners) > 1:
        message = f"`{found.id}` has several owners"
        raise Refused(f"{message}: set them, like okrsite set {found.id}.owners=sales,support")
    if found.owners == (whose.id,):
        raise Refused(f"{whose.title} already owns `{found.id}`; nothing written")
    wish = _wish(site, names, found, whose)
    id = found.id
    if wish.files and found.id == id_of_uri(found.page.uri):
        id = id_of_uri(wish.files[found.page.uri])
    plan = plan_rename(site, given.config_file, wish, f"objective {id}")
    owners = plan.after.project.objectives[id].owners
    if owners != (whose.id,):
        raise Refused(f"the owner would not be {whose.title}: write `owner` by hand")
    carry_out(plan, given.config_file, words, dry_run, f"Move {found.id} to {whose.title}")


def _wish(site: LoadedSite, names: TypedNames, objective: Objective, owner: Owner) -> Wish:
    """Return where the file goes, and which owner it names."""
    uri = objective.page.uri
    content = read_file(site, uri)
    reference = names.reference(NameKind.OWNER, owner.id)
    parts = uri.split("/")
    at = _owner_folder(site, objective, parts[:-1])
    try:
        written = [name for name in ("owners", "owner") if name in fields_of(content)]
        if at is None or written:
            name = written[0] if written else "owner"
            content = with_field(content, (name,), reference)
    except EditError as error:
        raise refused_edit(objective.page.path, error) from None
    files = {}
    if at is not None:
        own = COMPANY if reference == COMPANY else owner.id.rpartition("/")[2]
        files[uri] = posixpath.join(*parts[:at], own, *parts[at + 1 :])
    return Wish(files, {}, {uri: content} if written or at is None else {})


def _owner_folder(site: LoadedSite, objective: Objective, parts: list[str]) -> int | None:
    """Return which folder above an objective is called after its owner; None where none is."""
    names = Names.of_project(site.project)
    nearest = names.folder_owner(objective.page.uri)
    if nearest is None or nearest not in objective.owners:
        return None
    own = COMPANY if nearest == names.company else nearest.rpartition("/")[2]
    places = [n for n, part in enumerate(parts) if part.lower() == own]
    return places[-1] if places else None
