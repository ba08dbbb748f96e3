"""Find what is wrong in the blocks and references of documents and ordinary pages."""

import re
from collections.abc import Iterator
from dataclasses import replace

from okrsite.documents.front_matter import closing_line
from okrsite.documents.source import read_text
from okrsite.documents.trees import Tree
from okrsite.embeds.filters import BlockContext
from okrsite.embeds.page_names import PageNames
from okrsite.embeds.query import read_query
from okrsite.embeds.scan import MARKS, Block, scan
from okrsite.findings.finding import Finding, finding
from okrsite.i18n import phrase
from okrsite.project.model import Page, Project
from okrsite.project.names import NotFound

_MARKS = re.compile(MARKS.pattern.encode(), re.IGNORECASE)


class BlockCollector:
    """Observes a tree, and keeps the pages with `okr` blocks or references, to read them once.

    `pages` holds their contents by their paths relative to docs_dir.
    """

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}

    def __call__(self, uri: str, content: bytes) -> None:
        """Keep a file that may have a block or reference."""
        if _MARKS.search(content):
            self.pages[uri] = content


def embedded_findings(collector: BlockCollector, tree: Tree, project: Project) -> list[Finding]:
    """Check the blocks and references of collected pages against everything that is written.

    `tree` is the one that the project was read from.
    """
    if not collector.pages:
        return []
    cycles = {page.uri: cycle for page, cycle in pages_with_cycles(project)}
    objectives = {objective.page.uri: objective.id for objective in project.objectives.values()}
    names = PageNames(project)
    findings: list[Finding] = []
    for uri in sorted(collector.pages):
        text = without_front_matter(read_text(collector.pages[uri])[0])
        context = BlockContext(names, cycles.get(uri))
        findings += _of_page(tree.path(uri), text, context, objectives.get(uri))
    return findings


def without_front_matter(text: str) -> str:
    """Return a text with the lines of front matter empty, so that the others keep their number."""
    closing = closing_line(text) if text.startswith("---") else None
    if closing is None:
        return text
    return "\n" * text.count("\n", 0, closing.end()) + text[closing.end() :]


def pages_with_cycles(project: Project) -> Iterator[tuple[Page, str | None]]:
    """Return every document's page, with the cycle that references in its text are written in."""
    for document in project.broken:
        yield document.page, None
    for objective in project.objectives.values():
        yield objective.page, objective.cycle
    for kpi in project.kpis.values():
        yield kpi.page, None
    for check_in in project.check_in_documents.values():
        yield check_in.page, None
    for id, page in project.cycle_pages.items():
        yield page, id
    for owner in project.owners.values():
        if owner.page is not None:
            yield owner.page, None


def _of_page(path: str, text: str, context: BlockContext, itself: str | None) -> Iterator[Finding]:
    for found in scan(text):
        if isinstance(found, Block):
            if not found.closed:
                hint = phrase("close it with a line like the one that opens it")
                yield finding("OKR101", path, found.line, phrase("the block is never closed"), hint)
                continue
            for problem in read_query(found.text, context)[1]:
                problem = problem.below(found.line)
                yield finding(problem.code, path, problem.line, problem.message, problem.hint)
            continue
        named = context.names.find_any(found.target, context.cycle, itself)
        if isinstance(named, NotFound):
            wrong = finding(named.code, path, found.line, named.message, named.hint)
            yield replace(wrong, missing=named.missing)
