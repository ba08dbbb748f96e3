"""Documents that MkDocs leaves out of the site, where somebody would look for them."""

import re
from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from okrsite.documents.source import read_source
from okrsite.documents.trees import Tree
from okrsite.findings.finding import Finding, finding
from okrsite.project.references import normal, tails

_REFERENCE = re.compile(r"`([^`#]+)(?:#[^`]*)?` points to no")


@runtime_checkable
class TreeWithRest(Tree, Protocol):
    """A tree that knows which Markdown files are left out of it."""

    def left_out(self) -> Iterable[str]:
        """Return the Markdown files that MkDocs leaves out, relative to docs_dir."""
        ...


def explain_left_out(tree: Tree, found: Iterable[Finding]) -> list[Finding]:
    """Return findings with those about documents that MkDocs leaves out.

    A document that something points to is reported itself, instead of the references to it. A
    `README.md` is reported whatever points to it: `index.md` stands next to it.
    """
    findings = list(found)
    missing = {_lost(one) for one in findings} - {None}
    explained: set[str | None] = set()
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
        names = missing.intersection(tails(source.id))
        if readme:
            message = "this document is left out of the site: `index.md` stands beside it"
            findings.append(finding("OKR109", path, 1, message, "give it another name"))
        elif names:
            message = "a reference leads to this document, and `exclude_docs` or `draft_docs` in "
            message += "mkdocs.yml leaves it out of the site"
            hint = "take it out of that setting, or take the reference away"
            findings.append(finding("OKR109", path, 1, message, hint))
        explained |= names
    return [one for one in findings if _lost(one) not in explained]


def _lost(found: Finding) -> str | None:
    """Return the reference that leads nowhere, where that is what was found."""
    reference = _REFERENCE.match(found.message) if found.code == "OKR201" else None
    return normal(reference[1]) if reference else None
