"""`okrsite rename`: another id for a document, in its file and everything that refers to it."""

import posixpath
import re
from collections.abc import Iterator

import click

from okrsite.cli.common import LoadedSite, SiteOptions, open_site, site_options
from okrsite.cli.completion import KPIS, OBJECTIVES, OWNERS, Existing
from okrsite.cli.editing import Refused, one_writer, read_file
from okrsite.cli.objective_edits import refused_edit
from okrsite.cli.renames import Wish, carry_out, finished, plan_rename
from okrsite.cli.typed_names import NamingError, TypedNames, UnknownNameError
from okrsite.documents.source import check_id
from okrsite.editing.fields import fields_of, with_field
from okrsite.editing.readings import data_file
from okrsite.editing.source_file import EditError
from okrsite.findings.report import visible
from okrsite.project.model import Page, Project
from okrsite.project.model.cycles import calendar_cycle
from okrsite.project.names import COMPANY, NameKind, Names, unknown
from okrsite.util.spelling import normal_form

_EXAMPLE = """\b
Examples:
  okrsite rename teams/sales commercial --dry-run
  okrsite rename 2026-q4/sales/grow-base win-back-guests
"""
DRY_RUN = "Show the plan, and write nothing."
_UNUSABLE = re.compile(r"""[\s\\:*?"<>|%\[\]{}]""")


@click.command(epilog=_EXAMPLE)
@click.argument("what", type=Existing(OWNERS, OBJECTIVES, KPIS), metavar="NAME")
@click.argument("new", metavar="NEW_NAME")
@click.option("--dry-run", is_flag=True, help=DRY_RUN)
@site_options
def rename(given: SiteOptions, what: str, new: str, dry_run: bool) -> None:
    """Change the id of a team, person, objective, KPI or pillar, and everything that names it.

    NEW_NAME replaces the last part of the id, or all of it if it has a slash. The file is renamed,
    and so are folders named after an owner. References, links, mkdocs.yml and CODEOWNERS are
    updated. Nothing is written if anything else would change; titles stay.

    A command that was killed can be run again: it finishes what it had begun.

    Exit status: 0 success, 1 the documents would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    words = ("rename", what, new)
    one_writer(given.config_file.parent, finishing=True)
    if finished(given.config_file, words, dry_run):
        return
    site = open_site(given)
    kind, page = _document(site, TypedNames(site.project, site.current_cycle), what)
    id = _new_id(page.id, new)
    if kind is NameKind.OWNER:
        _refuse_owner_name(id.rpartition("/")[2])
    taken = Names.of_project(site.project).document(kind, id)
    if taken is not None:
        raise Refused(f"{taken.path} is already called `{id}`; nothing written")
    plan = plan_rename(site, given.config_file, _wish(site, kind, page, id))
    carry_out(plan, given.config_file, words, dry_run, f"Rename {page.id} to {id}")


def _document(site: LoadedSite, names: TypedNames, typed: str) -> tuple[NameKind, Page]:
    """Find the one document that has a name."""
    found: list[tuple[NameKind, Page]] = []
    near: list[str] = []
    for kind in NameKind:
        try:
            id = names.find(kind, typed)
        except UnknownNameError as error:
            near += error.suggestions
            continue
        page = _page(site.project, kind, id)
        if kind is NameKind.CYCLE:
            instead = "set its title instead, like okrsite set 2026-q4.title=Autumn"
            raise Refused(f"`{visible(typed[:80])}` is a cycle: {instead}")
        if page is not None:
            found.append((kind, page))
    if not found:
        raise UnknownNameError(unknown(typed, tuple(NameKind), tuple(near)))
    if len(found) > 1:
        paths = " and ".join(page.path for _, page in found)
        raise NamingError(f"`{typed}` is ambiguous: it means {paths}: write the path of the file")
    kind, page = found[0]
    if kind is NameKind.OWNER and site.project.owners[page.id].type == "company":
        raise Refused("the company is always called `company`: set its title instead")
    return kind, page


def _page(project: Project, kind: NameKind, id: str) -> Page | None:
    if kind is NameKind.OBJECTIVE:
        return project.objectives[id].page
    if kind is NameKind.KPI:
        return project.kpis[id].page
    if kind is NameKind.PILLAR:
        return project.pillars[id].page
    return project.owners[id].page if kind is NameKind.OWNER else project.cycle_pages.get(id)


def _refuse_owner_name(name: str) -> None:
    """Refuse a name whose folder would mean something else than an owner."""
    if name == COMPANY:
        raise Refused("`company` always means the company: choose another name")
    if calendar_cycle(name) is not None:
        raise Refused(f"`{name}` is a calendar period: choose another name")


def _new_id(old: str, typed: str) -> str:
    name = normal_form(typed.strip())
    wrong = check_id(name)
    if wrong is not None:
        raise Refused(str(wrong))
    if unusable := _UNUSABLE.search(name):
        raise Refused(f"`{unusable[0]}` can't be part of a file name: write {_slugged(name)}")
    if name.rpartition("/")[2] in ("index", "readme"):
        raise Refused(f"`{name}` is the page of a folder: choose another name")
    id = name if "/" in name else posixpath.join(posixpath.dirname(old), name)
    if id == old:
        raise Refused(f"it is already called `{old}`; nothing written")
    return id


def _slugged(name: str) -> str:
    return "`" + (re.sub(r"[^\w/-]+", "-", name).strip("-") or "another-name") + "`"


def _wish(site: LoadedSite, kind: NameKind, page: Page, id: str) -> Wish:
    """Return which files and folders move, and what the document says about itself."""
    old_name, new_name = page.id.rpartition("/")[2], id.rpartition("/")[2]
    contents: dict[str, bytes] = {}
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    content = read_file(site, page.uri)
    folder, _, file = page.uri.rpartition("/")
    stem, _, ending = file.rpartition(".")
    try:
        if fields_of(content).get("id") is not None:
            content = contents[page.uri] = with_field(content, ("id",), id)
            if normal_form(stem) == old_name:
                files[page.uri] = posixpath.join(folder, f"{new_name}.{ending}")
        elif stem in ("index", "README"):
            folders[folder] = id
        else:
            files[page.uri] = f"{id}.{ending}"
        if kind is NameKind.KPI and page.uri in files:
            data = data_file(site.project.kpis[page.id], site.configuration.folder)
            moved = _beside(page.uri, files[page.uri], data, old_name, new_name)
            if data is not None and moved is not None:
                files[data] = moved
                contents[page.uri] = with_field(content, ("data",), posixpath.basename(moved))
    except EditError as error:
        raise refused_edit(page.path, error) from None
    if kind is NameKind.OWNER and old_name != new_name:
        for old, new in _owner_folders(site, page.id, old_name, new_name):
            folders.setdefault(old, new)
    files = {o: n for o, n in files.items() if not o.startswith(tuple(f"{f}/" for f in folders))}
    return Wish(files, folders, contents)


def _beside(uri: str, new: str, data: str | None, old_name: str, new_name: str) -> str | None:
    """Return the new path of a data file that is called like its document, next to it."""
    if data is None or posixpath.dirname(data) != posixpath.dirname(uri):
        return None
    stem, point, ending = posixpath.basename(data).rpartition(".")
    if normal_form(stem) != old_name:
        return None
    return posixpath.join(posixpath.dirname(new), f"{new_name}{point}{ending}")


def _owner_folders(
    site: LoadedSite, owner: str, old_name: str, new_name: str
) -> Iterator[tuple[str, str]]:
    """Yield the folders called after an owner from which documents take theirs."""
    names = Names.of_project(site.project)
    seen: set[str] = set()
    project = site.project
    pages = [one.page for one in project.objectives.values()]
    pages += [kpi.page for kpi in project.kpis.values()]
    pages += [document.page for document in project.check_in_documents.values()]
    for page in pages:
        uri = page.uri
        if names.folder_owner(uri) != owner:
            continue
        parts = uri.split("/")[:-1]
        last = max(n for n, part in enumerate(parts) if normal_form(part) == old_name)
        folder = "/".join(parts[: last + 1])
        if folder not in seen and old_name != COMPANY:
            seen.add(folder)
            yield folder, "/".join([*parts[:last], new_name])
