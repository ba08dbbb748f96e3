"""One document as Markdown, with its figures."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from okrsite.cli.assistant.answers import cell, limited, table
from okrsite.cli.assistant.reading import find_page, objectives_table, results_table
from okrsite.cli.assistant.site import VisibleSite
from okrsite.embeds.filters import ResultItem
from okrsite.findings import report
from okrsite.language.inline import plain
from okrsite.project.model import CheckIn, Objective, Owner, Page

_MOST_CHECK_INS, _MOST_READINGS = 12, 24
_ELSEWHERE = ("title", "url", "path", "key_results", "initiatives", "last_check_in", "description")
"""The fields of the data that a document doesn't list: they follow in sections, or its head."""


def show(seen: VisibleSite, document: str) -> str:
    """Return a document as Markdown."""
    page = find_page(seen, document)
    lines = [f"# {cell(plain(page.title))}", ""]
    if page.description:
        lines += [cell(plain(page.description)), ""]
    lines += [f"- file: {page.path}", f"- page: {seen.address(page.uri)}"]
    lines += _of_kind(seen, page)
    findings = [finding for finding in seen.findings if finding.path == page.path]
    if findings:
        lines += ["", "## Findings", "", report.to_text(findings).rstrip("\n")]
    if body := seen.body(page):
        lines += ["", "## Text", "", body]
    return limited("\n".join(lines), "`list` with check_ins or key_results shows parts of it")


def _of_kind(seen: VisibleSite, page: Page) -> Iterator[str]:
    """Yield the lines of what is special to a kind of document."""
    project, data, uri = seen.project, seen.data, page.uri
    for objective in project.objectives.values():
        if objective.page.uri == uri:
            yield from _objective(seen, objective, data["objectives"][objective.id])
            return
    for kpi in project.kpis.values():
        if kpi.page.uri == uri:
            yield from _fields("KPI", kpi.id, data["kpis"][kpi.id])
            yield from _readings(seen, kpi.id)
            return
    for owner in project.owners.values():
        if owner.page is not None and owner.page.uri == uri and owner.id in data["owners"]:
            yield from _owner(seen, owner, data["owners"][owner.id])
            return
    for pillar in project.pillars.values():
        if pillar.page.uri == uri:
            yield from _fields("pillar", pillar.id, data["pillars"][pillar.id])
            return
    for id, cycle_page in project.cycle_pages.items():
        if cycle_page.uri == uri:
            yield from _fields("cycle", id, data["cycles"].get(id, {}))
            in_it = [one for one in project.objectives.values() if one.cycle == id]
            yield from _section("Objectives", objectives_table(seen, in_it) if in_it else [])
            return
    for document in project.check_in_documents.values():
        if document.page.uri == uri:
            about = {"date": document.date, "owner": document.owner}
            yield from _fields("check-in", page.id, about)
            every = [c for o in project.objectives.values() for c in o.check_ins if c.uri == uri]
            yield from _check_ins(every)
            return
    yield "- This document has errors and isn't counted."


def _fields(kind: str, id: str, fields: Mapping[str, Any]) -> Iterator[str]:
    yield f"- {kind}: `{id}`"
    for name, value in fields.items():
        if name in _ELSEWHERE or value is None or value in ([], {}):
            continue
        if isinstance(value, dict):
            value = [f"{key} {cell(one)}" for key, one in value.items()]
        elif isinstance(value, list) and isinstance(value[0], dict):
            value = [joined_pairs(one) for one in value]
        yield f"- {name.replace('_', ' ')}: {cell(value)}"


def joined_pairs(fields: Mapping[str, Any]) -> str:
    """Return a small mapping as text, without what is missing."""
    return " ".join(f"{name} {cell(one)}" for name, one in fields.items() if one is not None)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    if listed := list(lines):
        yield from ("", f"## {title}", "", *listed)


def _objective(seen: VisibleSite, objective: Objective, data: Mapping[str, Any]) -> Iterator[str]:
    yield from _fields("objective", objective.id, data)
    items = [ResultItem(objective, result) for result in objective.key_results]
    yield from _section("Key results", results_table(seen, items) if items else [])
    heads = ("title", "owners", "status", "key_result", "due", "progress", "url")
    rows = [[one[name] for name in heads] for one in data["initiatives"]]
    yield from _section("Initiatives", table(heads, rows) if rows else [])
    yield from _check_ins(c for c in objective.check_ins if c.date <= seen.loaded.as_of)


def _check_ins(check_ins: Iterable[CheckIn]) -> Iterator[str]:
    newest = sorted(check_ins, key=lambda check_in: check_in.date, reverse=True)
    lines: list[str] = []
    for one in newest[:_MOST_CHECK_INS]:
        confidence = None if one.confidence is None else f"confidence {one.confidence:g}"
        values = [f"{v.key_result}={v.text}" for v in one.values if v.text is not None]
        head = ", ".join(part for part in (confidence, *values) if part)
        lines.append(f"- {one.date}{': ' if head else ''}{cell(head)}")
        texts = {"note": (one.note,), "wins": one.wins, "blockers": one.blockers, "next": one.next}
        for name, several in texts.items():
            lines += [f"    - {name}: {cell(plain(text))}" for text in several if text]
    if len(newest) > _MOST_CHECK_INS:
        lines.append(f"({len(newest) - _MOST_CHECK_INS} older ones left out: `list` check_ins)")
    yield from _section("Check-ins, newest first", lines)


def _readings(seen: VisibleSite, kpi: str) -> Iterator[str]:
    unit = seen.project.kpis[kpi].unit
    newest = list(reversed(seen.loaded.scorecard.kpis[kpi].readings))
    words = seen.loaded.words
    rows = [
        (one.date, words.quantity(one.value, unit), plain(one.note or ""))
        for one in newest[:_MOST_READINGS]
    ]
    lines = table(("date", "value", "note"), rows) if rows else []
    if len(newest) > _MOST_READINGS:
        lines += ["", f"({len(newest) - _MOST_READINGS} older ones left out)"]
    yield from _section("Readings, newest first", lines)


def _owner(seen: VisibleSite, owner: Owner, data: Mapping[str, Any]) -> Iterator[str]:
    yield from _fields("owner", owner.id, data)
    for name, text in (("mission", owner.mission), ("vision", owner.vision)):
        if text:
            yield f"- {name}: {cell(plain(text))}"
    cycle = seen.site.home_cycle
    if cycle is not None:
        own = [o for o in seen.site.by_owner.get(owner.id, ()) if o.cycle == cycle.id]
        title = f"Objectives in {cycle.title}"
        yield from _section(title, objectives_table(seen, own) if own else [])
