"""Who changed what and when, and the goalposts that moved, as pages show them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from markupsafe import Markup, escape

from okrsite.history.diff.model import SentencePart
from okrsite.history.diff.text import clean
from okrsite.history.log.goalposts import moved_between, original_score
from okrsite.history.log.model import GONE, LogEntry, LoggedChange, MovedGoalposts
from okrsite.i18n import message
from okrsite.language.wording import Words
from okrsite.pages.parts import Link, ObjectiveRow, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Objective, Owner, Project
from okrsite.project.model.cycles import Cycle, newest_first

_MOST_ROWS = 30
_MOST_SIGNS = 2_900
"""So much HTML of sentences stands on a page; the rest is counted. A page has to stay light."""

_MOST_CHANGES = 8
_MOST_MOVED, _MOST_ENTRIES = 50, 5
_SHORT = 7
"""So many signs of a commit's id are shown."""

_LONGEST_NAME, _LEAST_OF_ROW = 60, 200
_EMAIL = re.compile(r"([^\s@<>]+)@[^\s<>]+")


@dataclass(frozen=True, slots=True)
class LogRow:
    """What one commit changed; `about` names the document where it is another one's page.

    `changes` are those that are shown, each with its sentence, of an `author` whose name is fit to
    be shown.
    """

    entry: LogEntry
    author: str
    about: Link | None
    changes: tuple[tuple[LoggedChange, Markup], ...]
    commit: Link


@dataclass(frozen=True, slots=True)
class HistoryPanel:
    """The change log of a page, the newest first; `number` is how many changes there are."""

    number: int
    rows: tuple[LogRow, ...]


@dataclass(frozen=True, slots=True)
class GoalpostRow:
    """An objective whose goalposts moved, and its score against the original targets: those of the
    cycle's first day, or of a later one on which it became active, or was first there: `baseline`
    says which."""

    row: ObjectiveRow
    original: float | None
    baseline: str
    log: tuple[LogRow, ...]


@dataclass(frozen=True, slots=True)
class GoalpostChange:
    """Goalposts of an objective that moved in one commit, with the score against the original ones;
    None where that is the same, or nobody knows it."""

    row: ObjectiveRow
    original: float | None
    log: LogRow


@dataclass(frozen=True, slots=True)
class GoalpostList:
    """The cycles whose days moved and the objectives whose goalposts did, the latest of the
    `number` that there are."""

    number: int
    cycles: tuple[tuple[Cycle, tuple[LogRow, ...]], ...]
    rows: tuple[GoalpostRow, ...]


def document_history(context: PageContext, uri: str) -> HistoryPanel | None:
    """Return the change log of one document; None where nothing is known of it."""
    entries = context.site.history.documents.get(uri, ())
    return _panel(context, [(entry, None) for entry in entries])


def owner_history(context: PageContext, owner: Owner) -> HistoryPanel | None:
    """Return the change log of an owner: of its own document, its objectives and its KPIs."""
    site, documents = context.site, context.site.history.documents
    if not documents:
        return None
    found: list[tuple[LogEntry, Link | None]] = []
    if owner.page is not None:
        found += [(entry, None) for entry in documents.get(owner.page.uri, ())]
    pages = [(o.page.uri, context.objective(o.id)) for o in site.by_owner.get(owner.id, ())]
    pages += [(kpi.page.uri, context.kpi(kpi.id)) for kpi in site.kpis_by_owner.get(owner.id, ())]
    for uri, link in pages:
        found += [(entry, link) for entry in documents.get(uri, ())]
    found.sort(key=lambda item: item[0].place)
    return _panel(context, found)


def goalpost_list(context: PageContext) -> GoalpostList | None:
    """Return the objectives whose goalposts moved in an open cycle, the newest first."""
    site = context.site
    moved = [
        (site.project.objectives[id], moved)
        for id, moved in site.history.goalposts.items()
        if site.project.objectives[id].active
        and (moved.entries or _scored_differently(site, site.project.objectives[id], moved))
    ]
    cycles = site.history.cycles
    if not (moved or cycles):
        return None
    in_order = newest_first(site.cycles)
    order = {cycle.id: place for place, cycle in enumerate(in_order)}
    moved.sort(key=lambda item: (order[item[0].cycle], _entries(site, *item)[0].place, item[0].id))
    rows = (_goalpost_row(context, *found) for found in moved[:_MOST_MOVED])
    cycle_rows = tuple(
        (cycle, _log(context, cycles[cycle.id].entries)) for cycle in in_order if cycle.id in cycles
    )
    return GoalpostList(len(moved) + len(cycle_rows), cycle_rows, tuple(rows))


def goalposts_moved(context: PageContext, since: date, until: date) -> tuple[GoalpostChange, ...]:
    """Return the goalposts of active objectives that moved after a day, up to another one."""
    site = context.site
    found = []
    between = moved_between(site.history, site.project, since, until)
    for objective, moved, entry in islice(between, _MOST_MOVED):
        row, original = context.objective_row(objective), _original(site, objective, moved)
        if site.words.score(original) == site.words.score(row.figures.score):
            original = None
        found.append(GoalpostChange(row, original, _row(context, entry)))
    return tuple(found)


def _goalpost_row(context: PageContext, objective: Objective, moved: MovedGoalposts) -> GoalpostRow:
    site = context.site
    original, entries = _original(site, objective, moved), _entries(site, objective, moved)
    row = context.objective_row(objective)
    if moved.since is None:
        cycle = moved.cycle or site.project.cycles[objective.cycle]
        day = site.words.day(cycle.start)
        baseline = context.say("of %(day)s, the first day of the cycle", day=day)
    elif moved.late:
        baseline = context.say("as first set on %(day)s", day=site.words.day(moved.since))
    else:
        day = site.words.day(moved.since)
        baseline = context.say("of %(day)s, when it became active", day=day)
    return GoalpostRow(row, original, baseline, _log(context, entries))


def _scored_differently(site: Site, objective: Objective, moved: MovedGoalposts) -> bool:
    """Whether the days of a cycle, which moved, make another score."""
    score, figures = site.words.score, site.scorecard.objectives[objective.id]
    return score(_original(site, objective, moved)) != score(figures.score)


def _original(site: Site, objective: Objective, moved: MovedGoalposts) -> float | None:
    cycle, figures = site.project.cycles[objective.cycle], site.scorecard.objectives[objective.id]
    return original_score(moved, objective, figures, cycle, site.as_of)


def _entries(site: Site, objective: Objective, moved: MovedGoalposts) -> tuple[LogEntry, ...]:
    return moved.entries or site.history.cycles[objective.cycle].entries


def _log(context: PageContext, entries: Sequence[LogEntry]) -> tuple[LogRow, ...]:
    return tuple(_row(context, entry) for entry in entries[:_MOST_ENTRIES])


def _panel(
    context: PageContext, entries: list[tuple[LogEntry, Link | None]]
) -> HistoryPanel | None:
    if not entries:
        return None
    rows: list[LogRow] = []
    signs = 0
    for entry, about in entries[:_MOST_ROWS]:
        row = _row(context, entry, about)
        signs += _LEAST_OF_ROW + sum(len(sentence) for _, sentence in row.changes)
        if rows and signs > _MOST_SIGNS:
            break
        rows.append(row)
    return HistoryPanel(len(entries), tuple(rows))


def _row(context: PageContext, entry: LogEntry, about: Link | None = None) -> LogRow:
    address = context.site.history.address
    return LogRow(
        entry=entry,
        author=author_name(entry.author),
        about=about,
        changes=tuple(
            (change, Markup("").join(_part(context, part) for part in change.sentence))
            for change in entry.changes[:_MOST_CHANGES]
        ),
        commit=Link(escape(entry.commit[:_SHORT]), f"{address}{entry.commit}" if address else None),
    )


def author_name(name: str) -> str:
    """Return a name fit to be shown; of an e-mail address only what is before the sign."""
    shown = _EMAIL.sub(r"\1", clean(name)).strip()
    return f"{shown[:_LONGEST_NAME]}…" if len(shown) > _LONGEST_NAME else shown


def _part(context: PageContext, part: SentencePart) -> Markup:
    """Return a piece of a sentence as HTML; other documents by their current titles."""
    if part.document is not None:
        return _linked(context, *part.document)
    text = escape(clean(part.text))
    return Markup(context.say("“%(name)s”", name="%s")) % text if part.name else text


def _linked(context: PageContext, kind: str, id: str) -> Markup:
    project = context.site.project
    if title_of(project, kind, id) is None:
        return escape(gone(context.words, kind, id))
    match kind:
        case "owner":
            return escape(context.owner(id))
        case "objective":
            return escape(context.objective(id))
        case "kpi":
            return escape(context.kpi(id))
        case "pillar":
            return escape(context.pillar(id))
        case _:
            return escape(context.cycle(project.cycles[id]))


def title_of(project: Project, kind: str, id: str) -> str | None:
    """Return the title of a document that a change speaks of; None where it no longer exists."""
    match kind:
        case "owner":
            found: Owner | Cycle | None = project.owners.get(id)
        case "cycle":
            found = project.cycles.get(id)
        case "objective":
            return project.objectives[id].page.title if id in project.objectives else None
        case "kpi":
            return project.kpis[id].page.title if id in project.kpis else None
        case _:
            return project.pillars[id].page.title if id in project.pillars else None
    return found.title if found else None


_GONE = {
    "owner": message("someone no longer here"),
    "objective": message("an objective that no longer exists"),
    "kpi": message("a KPI that no longer exists"),
    "pillar": message("a pillar that no longer exists"),
}


def gone(words: Words, kind: str, id: str) -> str:
    """Return what to call a document that no longer exists."""
    return words.say(_GONE[kind]) if kind in _GONE else clean(id.removeprefix(GONE))
