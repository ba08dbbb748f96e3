"""What of a project is published: what is private counts for nothing in it."""

from collections.abc import Iterator

from okrsite.documents.named_files import named_files
from okrsite.project.model import Page, Project


def publish(project: Project, include_private: bool = False) -> Project:
    """Return the project without what is private, or all of it where the settings include it."""
    return project if include_private or project.public is None else project.public


def private_files(project: Project) -> frozenset[str]:
    """Return the files, relative to docs_dir, of private documents, and those that they name."""
    if project.public is None:
        return frozenset()
    public = frozenset(page.uri for page in _pages(project.public))
    pages = [page for page in _pages(project) if page.uri not in public]
    named = {file for page in pages for file in page.files}
    # What is private for its owners was not known to be so when it was read.
    hidden = {page.uri for page in pages if not page.private}
    for uri, text in _texts(project) if hidden else ():
        if uri in hidden:
            named.update(named_files(uri, text))
    return frozenset(page.uri for page in pages) | named


def _texts(project: Project) -> Iterator[tuple[str, str]]:
    """Yield what public documents write where a file can be named, with the path of each."""
    for page in _pages(project):
        yield page.uri, f"{page.body}\n{page.description or ''}"
    for objective in project.objectives.values():
        uri = objective.page.uri
        for initiative in objective.initiatives:
            yield uri, f"{initiative.title}\n{initiative.url or ''}"
        for check_in in objective.check_ins:
            texts = (check_in.note or "", *check_in.wins, *check_in.blockers, *check_in.next)
            yield check_in.uri, "\n".join([*texts, *(v.note or "" for v in check_in.values)])


def _pages(project: Project) -> Iterator[Page]:
    groups = (project.objectives, project.kpis, project.pillars, project.check_in_documents)
    for documents in groups:
        for document in documents.values():
            yield document.page
    yield from (owner.page for owner in project.owners.values() if owner.page)
    yield from project.cycle_pages.values()
    yield from (document.page for document in project.broken)
