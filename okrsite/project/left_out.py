"""Documents that MkDocs leaves out of the site, where somebody would look for them."""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from okrsite.documents.source import read_source
from okrsite.documents.trees import Tree
from okrsite.findings.finding import Finding, finding
from okrsite.project.model import Project
from okrsite.project.references import normal, tails

_REFERENCE = re.compile(r"`([^`#]+)(?:#[^`]*)?` points to no")


@runtime_checkable
class TreeWithRest(Tree, Protocol):
    """A tree that knows which Markdown files are left out of it."""

    def left_out(self) -> Iterable[str]:
        """Return the Markdown files that MkDocs leaves out, relative to docs_dir."""
        ...


def left_out_findings(tree: Tree, project: Project) -> Iterator[Finding]:
    """Yield a finding for each document that is left out though something points to it.

    A `README.md` that is a document is reported whatever points to it: `index.md` stands beside it.
    """
    missing = {
        normal(found[1])
        for finding in project.findings
        if finding.code == "OKR201" and (found := _REFERENCE.match(finding.message))
    }
    for uri in sorted(tree.left_out()) if isinstance(tree, TreeWithRest) else ():
        readme = uri.rpartition("/")[2] == "README.md"
        if not missing and not readme:
            continue
        path = tree.path(uri)
        try:
            source, _ = read_source(uri, path, tree.read(uri))
        except OSError:
            continue
        if source is None or source.type is None:
            continue
        if readme:
            message = "this document is left out of the site: `index.md` stands beside it"
            yield finding("OKR109", path, 1, message, "give it another name")
        elif not missing.isdisjoint(tails(source.id)):
            message = "a reference leads to this document, and `exclude_docs` or `draft_docs` in "
            message += "mkdocs.yml leaves it out of the site"
            hint = "take it out of that setting, or take the reference away"
            yield finding("OKR109", path, 1, message, hint)
