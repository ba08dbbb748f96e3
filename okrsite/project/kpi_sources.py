"""Where KPIs' values are pulled from: what is written, checked without looking there."""

from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

from okrsite.documents.links import is_readable
from okrsite.documents.models import KpiSourceFields
from okrsite.documents.source import Source
from okrsite.documents.validate import Document
from okrsite.findings.finding import Finding
from okrsite.i18n import phrase
from okrsite.project.model import KpiSource, Place

_FITTING = {
    "sql": {"connection"},
    "url": {"select", "token", "sheet", "column", "date"},
    "file": {"sheet", "column", "date"},
}


def kpi_source(source: Source, fields: KpiSourceFields | None) -> KpiSource | None:
    """Return the source that is written in a KPI's document, or None."""
    if fields is None:
        return None
    return KpiSource(place=Place(source.path, source.line("source")), **fields.model_dump())


def check_kpi_source(document: Document, fields: KpiSourceFields | None) -> Iterator[Finding]:
    """Yield what is wrong with a source, whose fields are valid one by one."""
    if fields is None or document.damages("source"):
        return
    source, written = document.source, fields.model_dump(exclude_none=True)
    kinds = [kind for kind in _FITTING if kind in written]
    if len(kinds) != 1:
        message = phrase("`source` needs one of `sql`, `url` and `file`")
        hint = phrase("write where the values are: a query, an address or a file")
        yield source.finding("OKR104", ("source",), message, hint)
        return
    kind = kinds[0]
    if fields.sql is not None and fields.connection is None:
        message = phrase("`connection` is missing in a `source` with `sql`")
        hint = phrase("add `connection:` with the name of an environment variable")
        yield source.finding("OKR103", ("source",), message, hint)
    for name in written:
        if name != kind and name not in _FITTING[kind]:
            message = phrase("`%(name)s` has no meaning with `%(kind)s`", name=name, kind=kind)
            yield source.finding("OKR104", ("source", name), message, phrase("remove it"))
    if fields.url is not None and not _is_web_address(fields.url):
        message = phrase("the address of a `source` must begin with http:// or https://")
        hint = phrase("write the address as a browser shows it")
        yield source.finding("OKR104", ("source", "url"), message, hint)
    elif fields.url is not None and "@" in urlsplit(fields.url).netloc:
        message = phrase("the address of a `source` contains a user name or a password")
        hint = phrase("remove it, and let `token` name an environment variable")
        yield source.finding("OKR104", ("source", "url"), message, hint)
    if fields.file is not None and _leaves(fields.file):
        message = phrase("the file of a `source` is outside the project")
        hint = phrase("write its path relative to the folder of mkdocs.yml")
        yield source.finding("OKR104", ("source", "file"), message, hint)


def _is_web_address(url: str) -> bool:
    return url.lower().startswith(("http://", "https://")) and is_readable(url)


def _leaves(path: str) -> bool:
    posix, windows = PurePosixPath(path), PureWindowsPath(path)
    return bool(posix.is_absolute() or windows.anchor or ".." in windows.parts)
