"""Documents that a process reads again and again, as a preview does: each content once."""

from collections.abc import Callable
from dataclasses import replace

from okrsite.documents.source import Source, read_source
from okrsite.documents.validate import Document, validate_document
from okrsite.findings.finding import Finding

Typed = tuple[Document, list[Finding]]
"""A document without the lists and mappings as written, and the findings about its fields."""


Typing = Callable[[Source, list[Finding]], Typed]
"""Returns the document of a source, as `typed_document` does."""


def typed_document(source: Source, found: list[Finding]) -> Typed:
    """Return the document of a source, and the findings about its fields."""
    document, problems = validate_document(source, found)
    return _without_values(document), problems


def _without_values(document: Document) -> Document:
    """Return a document without the lists and mappings as written, which are typed by now."""
    source = document.source
    fields = {name: v if isinstance(v, str) else None for name, v in source.fields.items()}
    return replace(document, source=replace(source, fields=fields))


class KeptDocuments:
    """What this process has read of a site; only what changes is read again."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[bytes, tuple[Source | None, list[Finding]]]] = {}
        self._typed: dict[str, tuple[Source, Typed]] = {}

    def source(self, uri: str, path: str, content: bytes) -> tuple[Source | None, list[Finding]]:
        """Return the source in a file and its findings, as `read_source` does."""
        known = self._read.get(uri)
        if known is None or known[0] != content:
            known = self._read[uri] = content, read_source(uri, path, content)
        source, findings = known[1]
        return source, list(findings)

    def typed(self, source: Source, found: list[Finding]) -> Typed:
        """Return the document of a source, as `typed_document` does."""
        known = self._typed.get(source.uri)
        if known is None or known[0] is not source:
            known = self._typed[source.uri] = source, typed_document(source, found)
        return known[1]
