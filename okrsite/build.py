"""Documents to a site that is ready to be rendered: loaded, published, scored and judged."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from okrsite.checks.registry import all_findings
from okrsite.documents.code_owners import NOBODY, CodeOwners
from okrsite.documents.kept import KeptDocuments
from okrsite.documents.trees import ObservedTree, Tree
from okrsite.embeds.findings import BlockCollector, embedded_findings
from okrsite.findings.finding import Finding, Severity
from okrsite.history.log.model import History
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.all import SitePage, site_pages
from okrsite.pages.site import Site
from okrsite.project.calendar import check_cycle
from okrsite.project.left_out import LeftOut
from okrsite.project.load import read_documents, resolve
from okrsite.project.model import Project
from okrsite.project.names import Names
from okrsite.project.published import private_files, publish
from okrsite.scores import score_project
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class Built:
    """A site before it is rendered.

    `findings` are those about everything that is written; they are not published. `private` are
    the files, relative to docs_dir, that must not be published. `everything` is the project with
    what is private.
    """

    site: Site
    pages: dict[str, SitePage]
    findings: tuple[Finding, ...]
    private: frozenset[str]
    everything: Project


Recall = Callable[[Names, Project, Project], History]
"""A function from a site's names, with and without private ones, to its change log."""


def build(
    tree: Tree,
    settings: Settings,
    site_name: str,
    as_of: date,
    words: Words,
    addresses: Addresses,
    recall: Recall | None = None,
    code_owners: CodeOwners = NOBODY,
    kept: KeptDocuments | None = None,
) -> Built:
    """Make the site of a tree of documents as of a day; SettingsError if its cycle is unknown.

    `kept` is what earlier builds of this process have read.
    """
    collector = BlockCollector()
    how = (kept.source, kept.typed) if kept is not None else ()
    documents, found = read_documents(ObservedTree(tree, collector), *how)
    project, around = resolve(tree, documents, found, settings, site_name, keep=False)
    check_cycle(settings, project.cycles.values())
    everything = score_project(project, settings, as_of)
    embedded = embedded_findings(collector, tree, project)
    left_out = LeftOut.of(tree, embedded)
    read = [*project.findings, *left_out.taken_from(embedded), *left_out.findings]
    findings = all_findings(project, settings, everything, read)
    published = publish(project, settings.include_private)
    scorecard, advice = everything, findings
    if published is not project:  # otherwise nothing is private
        scorecard = score_project(published, settings, as_of)
        advice = all_findings(published, settings, scorecard)
    history = recall(around.registry.names, project, published) if recall is not None else History()
    del around  # it holds on to every check-in document
    of_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in advice:
        of_path[finding.path].append(finding)
    site = Site(
        project=published,
        settings=settings,
        words=words,
        addresses=addresses,
        computed=scorecard,
        advice=tuple(f for f in advice if f.severity is not Severity.ERROR),
        findings={path: tuple(found) for path, found in of_path.items()},
        history=history,
        code_owners=code_owners,
    )
    private = frozenset() if settings.include_private else private_files(project)
    pages: dict[str, SitePage] = {}
    for page in site_pages(site):
        pages.setdefault(page.uri, page)
    return Built(site, pages, tuple(findings), private, project)
