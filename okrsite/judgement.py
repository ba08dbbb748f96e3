"""All findings about a project, as the settings and the documents want to hear them."""

from collections.abc import Iterable

from okrsite.findings import Finding
from okrsite.model import Page, Project
from okrsite.rules import judge
from okrsite.scorecard import Scorecard
from okrsite.settings import Settings


def all_findings(
    project: Project, settings: Settings, scorecard: Scorecard, more: Iterable[Finding] = ()
) -> list[Finding]:
    """Give what was found while reading, `more`, and what the rules see, sorted by place."""
    found = [*project.findings, *more, *judge(project, scorecard)]
    return settings.wanted(found, ignored_codes(project))


def ignored_codes(project: Project) -> dict[str, tuple[str, ...]]:
    """Give the codes that documents do not want reported, by their paths."""
    pages: list[Page] = [document.page for document in project.objectives.values()]
    pages += [document.page for document in project.kpis.values()]
    pages += [document.page for document in project.check_in_documents.values()]
    pages += project.cycle_pages.values()
    pages += [owner.page for owner in project.owners.values() if owner.page]
    pages += [document.page for document in project.broken]
    return {page.path: page.ignore for page in pages if page.ignore}
