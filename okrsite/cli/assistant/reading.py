"""The questions about a whole site: lists, a cycle, explanations, findings, changes, a search."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from unicodedata import combining, normalize

import yaml

from okrsite.cli.assistant.answers import QuestionError, cell, drawn, limited, table
from okrsite.cli.assistant.site import VisibleSite
from okrsite.cli.commands.diff import compared
from okrsite.cli.commands.explain import drawing_of
from okrsite.cli.commands.status import nothing_in
from okrsite.cli.common import SiteOptions
from okrsite.cli.overview import Overview, groups_of
from okrsite.cli.terminal import joined
from okrsite.cli.terminal import title as on_one_line
from okrsite.embeds.answer import answer
from okrsite.embeds.filters import BlockContext, QueryData, ResultItem
from okrsite.embeds.lists import Listed
from okrsite.embeds.query import read_query
from okrsite.findings import report
from okrsite.history.diff.markdown import to_markdown
from okrsite.history.git import RepositoryError
from okrsite.language.inline import plain
from okrsite.pages.parts import HEALTH_WORDS, STATUS_WORDS
from okrsite.project.model import CheckIn, Kpi, Objective, Owner, Page
from okrsite.project.names import NameKind
from okrsite.scores import Scorecard
from okrsite.scores.status import Status
from okrsite.settings import covers, wrong_code

_AROUND = 80
"""The most characters of a text before and after a word that was found."""


def list_items(
    seen: VisibleSite, what: str, where: Mapping[str, Any], sort: str | None, limit: int
) -> str:
    """Return some of the objectives, key results, KPIs, owners, check-ins or cycles as a table."""
    if what == "cycles":
        return _cycles(seen, where, limit)
    asked = {"list": what, "where": dict(where) or None, "sort": sort, "limit": limit}
    text = yaml.safe_dump({name: value for name, value in asked.items() if value is not None})
    query, problems = read_query(text, BlockContext(seen.page_names))
    if query is None:
        first = problems[0]
        hint = f": {first.hint}" if first.hint else ""
        raise QuestionError(f"{first.message}{hint}")
    found = answer(query, QueryData(seen.project, seen.site.scorecard, seen.site.home_cycle))
    if not found.items:
        return f"No {what.replace('_', ' ')} match. They are as of {seen.loaded.as_of}.\n"
    lines = _tables(seen, query.listed, found.items)
    if found.more:
        lines += ["", f"({found.more} more left out: narrow `where`, or raise `limit`)"]
    return limited("\n".join(lines), "narrow `where`, or lower `limit`")


def _tables(seen: VisibleSite, listed: Listed, items: Iterable[Any]) -> list[str]:
    match listed:
        case Listed.OBJECTIVES:
            return objectives_table(seen, items)
        case Listed.KEY_RESULTS:
            return results_table(seen, items)
        case Listed.KPIS:
            return _kpis(seen, items)
        case Listed.OWNERS:
            return _owners(seen, items)
        case Listed.CHECK_INS:
            return _check_ins(items)


def status_word(seen: VisibleSite, status: Status | None) -> str:
    """Return a status in words."""
    return seen.loaded.words.say(STATUS_WORDS[status]) if status else ""


def objectives_table(seen: VisibleSite, objectives: Iterable[Objective]) -> list[str]:
    """Return objectives with their figures as a table."""
    heads = ("id", "title", "owners", "cycle", "score", "expected", "status", "confidence")
    words, figures = seen.loaded.words, seen.site.scorecard.objectives
    return table(
        heads,
        (
            (
                objective.id,
                plain(objective.page.title),
                objective.owners,
                objective.cycle,
                words.score(one.score),
                words.score(one.expected),
                status_word(seen, one.status),
                words.confidence(one.confidence.value) if one.confidence else None,
            )
            for objective in objectives
            for one in [figures[objective.id]]
        ),
    )


def results_table(seen: VisibleSite, items: Iterable[ResultItem]) -> list[str]:
    """Return key results with their figures as a table."""
    heads = ("id", "title", "owners", "progress", "score", "expected", "status", "due")
    words, figures = seen.loaded.words, seen.site.scorecard.objectives
    rows = []
    for item in items:
        one, result = figures[item.objective.id].key_results[item.result.id], item.result
        start, value, target, measure = seen.context.way(item.objective, result)
        way = joined([" → ".join(part for part in (start, value, target) if part), measure])
        row = (result.reference, plain(result.title), result.owners, way, words.score(one.score))
        status = one.status if item.objective.active else Status(item.objective.status)
        rows.append((*row, words.score(one.expected), status_word(seen, status), result.due))
    return table(heads, rows)


def _kpis(seen: VisibleSite, kpis: Iterable[Kpi]) -> list[str]:
    heads = ("id", "title", "owner", "value", "of", "health", "reading overdue", "status")
    words = seen.loaded.words
    return table(
        heads,
        (
            (
                kpi.id,
                plain(kpi.page.title),
                kpi.owner,
                words.quantity(one.last.value if one.last else None, kpi.unit, kpi.limits),
                one.last.date if one.last else None,
                words.say(HEALTH_WORDS[one.health]),
                one.overdue,
                str(kpi.status),
            )
            for kpi in kpis
            for one in [seen.loaded.scorecard.kpis[kpi.id]]
        ),
    )


def _owners(seen: VisibleSite, owners: Iterable[Owner]) -> list[str]:
    cycle = seen.site.home_cycle
    period = cycle.id if cycle else ""
    heads = ("id", "title", "type", "parent", f"score {period}".strip(), "expected", "status")
    rows, words = [], seen.loaded.words
    for owner in owners:
        one = seen.site.scorecard.owners.get(owner.id, {}).get(period)
        row = (owner.id, plain(owner.title), str(owner.type), owner.parent)
        status = status_word(seen, one.status if one else None)
        score, expected = (one.score, one.expected) if one else (None, None)
        rows.append((*row, words.score(score), words.score(expected), status))
    return table(heads, rows)


def _check_ins(check_ins: Iterable[CheckIn]) -> list[str]:
    heads = ("date", "objective", "confidence", "note", "blockers", "next")
    return table(
        heads,
        (
            (
                one.date,
                one.objective,
                one.confidence,
                plain(one.note or ""),
                [plain(text) for text in one.blockers],
                [plain(text) for text in one.next],
            )
            for one in check_ins
        ),
    )


def _cycles(seen: VisibleSite, where: Mapping[str, Any], limit: int) -> str:
    if where:
        raise QuestionError("cycles have no filters: leave `where` out")
    objectives = [objective.cycle for objective in seen.project.objectives.values()]
    day, cycles = seen.loaded.as_of, [*seen.site.cycles]
    heads = ("id", "title", "first day", "last day", "state", "objectives")
    rows = (
        (c.id, plain(c.title), c.start, c.end, str(c.state(day)), objectives.count(c.id))
        for c in cycles[:limit]
    )
    lines = table(heads, rows)
    if len(cycles) > limit:
        lines += ["", f"({len(cycles) - limit} more left out: raise `limit`)"]
    return limited("\n".join(lines), "lower `limit`")


def status(seen: VisibleSite, cycle: str | None, owner: str | None) -> str:
    """Return a cycle as `okrsite status` draws it."""
    asked = seen.names.cycle(cycle) if cycle else seen.loaded.current_cycle
    one = seen.names.owner(owner) if owner else None
    if asked is None:
        return "No objectives yet.\n"
    groups = groups_of(seen.site, asked, one)
    if not groups:
        return f"{nothing_in(seen.site, seen.names, asked, one)}\n"
    published: Scorecard = seen.site.scorecard
    text = drawn(
        lambda console: Overview(console, seen.context, seen.names, asked, published).draw(groups)
    )
    return limited(text, "name an `owner` to see only theirs")


def explain(seen: VisibleSite, what: str, cycle: str | None) -> str:
    """Return the explanation of a figure, as `okrsite explain` draws it."""
    return limited(drawn(drawing_of(seen.loaded, what, cycle)), "name one key result")


def lint(seen: VisibleSite, codes: Iterable[str], document: str | None, limit: int) -> str:
    """Return findings, with hints; only of some codes or of one document if asked for."""
    wanted = tuple(codes)
    for code in wanted:
        if problem := wrong_code(code):
            raise QuestionError(problem)
    found = [one for one in seen.findings if not wanted or covers(wanted, one.code)]
    if document is not None:
        path = find_page(seen, document).path
        found = [one for one in found if one.path == path]
    lines = [report.to_text(found[:limit]).rstrip("\n"), "", report.summary(found)]
    if len(found) > limit:
        lines.append(f"({len(found) - limit} more left out: select `codes`, or raise `limit`)")
    return limited("\n".join(lines), "select `codes`, or lower `limit`")


def diff(given: SiteOptions, base: str, head: str | None) -> str:
    """Return what changed between two revisions, as `okrsite diff --format markdown` says it."""
    try:
        words, changes, sides = compared(given, base, head, False)
    except RepositoryError as error:
        raise QuestionError(str(error)) from None
    return limited(to_markdown(words, changes, sides), "compare revisions closer to each other")


def find_page(seen: VisibleSite, typed: str) -> Page:
    """Return the page of a document by its path, id, the end of its id, or its title."""
    pages = {page.uri: page for _, _, page, _ in _documents(seen)}
    pages |= {document.page.uri: document.page for document in seen.project.broken}
    wanted = typed.strip().replace("\\", "/")
    for page in pages.values():
        if wanted in (page.path, page.uri, page.id):
            return page
    found = seen.page_names.find_any(wanted)
    kind, id = getattr(found, "kind", None), getattr(found, "id", None)
    for other, key, page, _ in _documents(seen):
        if (other, key) == (kind, id):
            return page
    near = getattr(found, "hint", None)
    hint = str(near) if near else "`search` finds documents by their words"
    raise QuestionError(f"there is no document `{cell(typed)[:80]}`: {hint}")


_Texts = tuple[tuple[str, str | None], ...]


def _documents(seen: VisibleSite) -> Iterator[tuple[NameKind | None, str, Page, _Texts]]:
    """Yield the kind, id, page and own texts of every document that counts."""
    project, as_of = seen.project, seen.loaded.as_of
    for objective in project.objectives.values():
        texts: list[tuple[str, str | None]] = []
        for result in objective.key_results:
            texts += [(f"key result #{result.id}", result.title)]
            texts += [(f"key result #{result.id}", result.description)]
        texts += [("initiative", initiative.title) for initiative in objective.initiatives]
        for check_in in objective.check_ins:
            if check_in.date <= as_of:
                several = (*check_in.wins, *check_in.blockers, *check_in.next)
                notes = (value.note for value in check_in.values)
                label = f"check-in of {check_in.date}"
                texts += [(label, text) for text in (check_in.note, *several, *notes)]
        yield NameKind.OBJECTIVE, objective.id, objective.page, tuple(texts)
    for kpi in project.kpis.values():
        notes = (reading.note for reading in seen.loaded.scorecard.kpis[kpi.id].readings)
        yield NameKind.KPI, kpi.id, kpi.page, tuple(("reading", note) for note in notes)
    for owner in project.owners.values():
        if owner.page is not None:
            more = (("mission", owner.mission), ("vision", owner.vision))
            yield NameKind.OWNER, owner.id, owner.page, more
    for pillar in project.pillars.values():
        yield NameKind.PILLAR, pillar.id, pillar.page, ()
    for id, page in project.cycle_pages.items():
        yield NameKind.CYCLE, id, page, ()
    for document in project.check_in_documents.values():
        yield None, document.page.id, document.page, ()


def search(seen: VisibleSite, words: str, limit: int) -> str:
    """Return the documents that have all words, those with them in the title first."""
    wanted = _folded(words).split()
    if not wanted:
        raise QuestionError("`words` is empty: say what to look for")
    found: list[tuple[int, str]] = []
    for kind, id, page, own in _documents(seen):
        common = (("title", page.title), ("id", id), ("description", page.description))
        texts = [(label, plain(text)) for label, text in (*common, *own) if text]
        texts.append(("text", seen.body(page)))
        folded = [(label, text, _folded(text)) for label, text in texts]
        if not all(any(word in text for _, _, text in folded) for word in wanted):
            continue
        best = max(folded, key=lambda one: sum(word in one[2] for word in wanted))
        in_title = sum(word in folded[0][2] for word in wanted)
        name = str(kind).replace("_", " ") if kind else "check-in"
        line = f"- {name} `{id}`: {on_one_line(page.title)}"
        if best[0] not in ("title", "id"):
            line += f" ({best[0]}: {_excerpt(best[1], wanted)})"
        found.append((-in_title, line))
    found.sort(key=lambda one: one[0])
    if not found:
        return f"Nothing has all of these words: {cell(words)[:200]}. Try fewer or shorter ones.\n"
    lines = [line for _, line in found[:limit]]
    if len(found) > limit:
        lines += ["", f"({len(found) - limit} more left out: use more words, or raise `limit`)"]
    return limited("\n".join(lines), "use more words")


def _folded(text: str) -> str:
    """Return a text without case and accents."""
    apart = normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not combining(sign))


def _excerpt(text: str, wanted: list[str]) -> str:
    """Return the part of a text around the first word that was found."""
    line = cell(re.sub(r"\s+", " ", text))
    folded = _folded(line)
    at = min((place for word in wanted if (place := folded.find(word)) >= 0), default=0)
    first, last = max(0, at - _AROUND), at + _AROUND
    before, after = "…" if first else "", "…" if last < len(line) else ""
    return f"{before}{line[first:last]}{after}"
