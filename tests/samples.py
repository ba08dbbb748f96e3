"""Small sites for the tests, kept in memory: documents in, project, figures and findings out."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from okrsite.checks.registry import all_findings
from okrsite.documents.trees import MemoryTree as Shelf
from okrsite.exports.model import export
from okrsite.findings.finding import Finding
from okrsite.project import load
from okrsite.project.model import Project
from okrsite.project.published import publish
from okrsite.scores import Scorecard, score_project
from okrsite.settings import read_settings

AS_OF = date(2026, 11, 15)
"""The middle of the fourth quarter of 2026: half of it is over at the end of this day."""

Files = Mapping[str, str | bytes]


def document(type: str, *lines: str, body: str = "") -> str:
    """Write a document: its type, then the lines of its front matter, then its body."""
    return "\n".join(["---", f"type: {type}", *lines, "---", body])


def objective(*key_results: str, body: str = "", **fields: str) -> str:
    """Write an objective of the company in 2026 Q4; a named field replaces the usual one."""
    written = {"title": "Grow", "cycle": "2026-q4", "owner": "company", **fields}
    lines = [f"{name}: {value}" for name, value in written.items()]
    return document("objective", *lines, "key_results:", *_items(key_results), body=body)


def project_of(files: Files, site_name: str = "Acme", **options: Any) -> Project:
    """Load a site."""
    return load(Shelf(files), read_settings(options), site_name)


def scorecard_of(files: Files, as_of: date = AS_OF, **options: Any) -> Scorecard:
    """Work out the figures of a site as it is published."""
    settings = read_settings(options)
    return score_project(
        publish(project_of(files, **options), settings.include_private), settings, as_of
    )


def export_of(files: Files, as_of: date = AS_OF, **options: Any) -> dict[str, Any]:
    """Return what a site publishes as data."""
    settings = read_settings(options)
    published = publish(project_of(files, **options), settings.include_private)
    return export(published, score_project(published, settings, as_of), lambda uri: uri)


def findings_of(
    files: Files, as_of: date = AS_OF, language: str = "en", **options: Any
) -> list[Finding]:
    """Return the findings on a site's documents and settings."""
    settings = read_settings(options, language)
    project = project_of(files, **options)
    return all_findings(project, settings, score_project(project, settings, as_of))


def places(findings: Iterable[Finding]) -> list[str]:
    """Write findings shortly: `OKR104 grow.md:7`."""
    return [f"{f.code} {f.path.removeprefix('content/')}:{f.line}" for f in findings]


def codes(findings: Iterable[Finding]) -> list[str]:
    """Return the codes of findings, sorted, each once."""
    return sorted({f.code for f in findings})


def _items(key_results: Iterable[str]) -> Iterator[str]:
    yield from (f"  - {{{key_result}}}" for key_result in key_results)
