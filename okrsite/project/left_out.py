"""Why a reference leads nowhere: MkDocs leaves its document out, or it is none yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from okrsite.documents.source import Source, id_of_uri, read_source
from okrsite.documents.trees import Tree
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding, Severity, finding
from okrsite.i18n import phrase
from okrsite.project.meanings import KINDS
from okrsite.project.references import tails
from okrsite.util.markdown_files import MARKDOWN


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The documents that MkDocs leaves out and references lead to: their kinds with their names,
    and the findings about them."""

    names: frozenset[tuple[str, str]] = frozenset()
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, tree: Tree, findings: Sequence[Finding]) -> "LeftOut":
        """Find the documents that are missing in findings.

        A document that its own name leaves out is reported whatever points to it.
        """
        wanted = {name for f in findings if f.missing for name in f.missing.names}
        names: set[tuple[str, str]] = set()
        about: list[Finding] = []
        for source, by_name in _left_out(tree, bool(wanted)):
            kind = str(KINDS.get(source.type))
            meant = {(kind, name) for name in tails(source.id) if name in wanted}
            names |= meant
            if meant or by_name:
                about.append(_finding(source, by_name))
        return cls(frozenset(names), tuple(about))

    def taken_from(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings without the references to these documents."""
        return [found for found in findings if not self._explains(found)]

    def _explains(self, found: Finding) -> bool:
        if found.code != "OKR201" or found.missing is None:
            return False
        return any((k, n) in self.names for k in found.missing.kinds for n in found.missing.names)


def with_misspelt(documents: Iterable[Document], findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with a hint of their own where what is missing has only a wrong `type`."""
    if not any(found.missing for found in findings):
        return list(findings)
    paths: dict[str, tuple[str, str]] = {}
    for document in documents:
        if document.type is None:
            for name in tails(document.id):
                paths.setdefault(name, ("OKR102", document.source.path))
    for found in findings:
        if found.code == "OKR109":
            for name in tails(id_of_uri(found.path)):
                paths.setdefault(name, ("OKR109", found.path))
    return [_with_hint(found, paths) if found.missing else found for found in findings]


def _with_hint(found: Finding, paths: Mapping[str, tuple[str, str]]) -> Finding:
    names = found.missing.names if found.missing else ()
    code, path = next((paths[name] for name in names if name in paths), ("", ""))
    if not path:
        return found
    hint = phrase(
        "you probably mean %(path)s: correct its front matter first (%(code)s)",
        path=path,
        code=code,
    )
    return replace(found, hint=hint, mentions=(*found.mentions, path))


def _finding(source: Source, by_name: bool) -> Finding:
    name = source.uri.rpartition("/")[2]
    if not name.endswith(MARKDOWN):
        ending = f".{name.rpartition('.')[2]}"
        message = phrase(
            "this document is left off the site: MkDocs doesn't make a page from `%(ending)s`",
            ending=ending,
        )
        hint = phrase("write its extension in lower case: `%(ending)s`", ending=ending.lower())
        if ending.lower() not in MARKDOWN:
            hint = phrase("rename it so that it ends in `.md`")
        severity = Severity.ERROR if source.private else Severity.WARNING
        return replace(finding("OKR109", source.path, 1, message, hint), severity=severity)
    message = phrase("this document is left off the site: `index.md` is next to it")
    hint = phrase("give it a different name")
    if not by_name:
        message = phrase(
            "a reference points to this document, but `exclude_docs` or `draft_docs` in mkdocs.yml "
            "keeps it off the site"
        )
        hint = phrase("remove it from that setting, or remove the reference")
    return finding("OKR109", source.path, 1, message, hint)


def _left_out(tree: Tree, everything: bool) -> Iterator[tuple[Source, bool]]:
    """Yield the documents that are left out of a tree, and whether their own name is the reason.

    Without `everything` only those are read whose name is.
    """
    uris: Iterable[str] = getattr(tree, "left_out", tuple)()
    for uri in sorted(uris):
        by_name = uri.rpartition("/")[2] == "README.md" or not uri.endswith(MARKDOWN)
        if not everything and not by_name:
            continue
        try:
            source, _ = read_source(uri, tree.path(uri), tree.read(uri))
        except OSError:
            continue
        if source is not None and (source.type is not None or source.private):
            yield source, by_name
