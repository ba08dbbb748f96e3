"""What of a project is published: what is private counts for nothing in it."""

from collections.abc import Iterator

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
    return frozenset(uri for page in pages for uri in (page.uri, *page.files))


def _pages(project: Project) -> Iterator[Page]:
    for documents in (project.objectives, project.kpis, project.check_in_documents):
        for document in documents.values():
            yield document.page
    yield from (owner.page for owner in project.owners.values() if owner.page)
    yield from project.cycle_pages.values()
    yield from (document.page for document in project.broken)
