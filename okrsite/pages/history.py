"""Who changed what and when, and the goalposts that moved, as pages show them."""

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.history.diff.model import Part
from okrsite.history.diff.text import clean
from okrsite.history.log import Moved, Remark, Told
from okrsite.history.log.goalposts import original_score
from okrsite.history.log.resolve_old_references import GONE
from okrsite.pages.parts import Link, PageContext
from okrsite.project.model import Objective, Owner
from okrsite.project.model.cycles import newest_first

ANCHOR = "okr-history"
"""The id of the change log on a page."""

_MOST_ROWS = 30
_MOST_SIGNS = 2_900
"""So much HTML of sentences stands on a page; the rest is counted. A page has to stay light."""

_MOST_REMARKS = 8
_SHOWN, _MOST_MOVED, _MOST_TOLD = 12, 50, 5
_SHORT = 7
"""So many signs of a commit's id are shown."""

_LONGEST_NAME, _LEAST_OF_ROW = 60, 200
_EMAIL = re.compile(r"([^\s@<>]+)@[^\s<>]+")


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One change in words; `goalpost` says so where it moved what a score is measured by."""

    text: Markup
    goalpost: str | None


@dataclass(frozen=True, slots=True)
class TellingRow:
    """What one commit changed; `about` names the document where it is another one's page."""

    day: str
    iso: str | None
    author: str
    about: Link | None
    remarks: tuple[RemarkRow, ...]
    more: str | None
    commit: Link


@dataclass(frozen=True, slots=True)
class HistoryPanel:
    """The change log of a page, the newest first; `more` says how many are left out."""

    title: str
    note: str
    rows: tuple[TellingRow, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class GoalpostRow:
    """An objective whose goalposts moved: its score, and the one against the original targets."""

    objective: Link
    owners: tuple[Link, ...]
    cycle: Link
    score: str
    original: str
    told: tuple[TellingRow, ...]


@dataclass(frozen=True, slots=True)
class GoalpostList:
    """All objectives whose goalposts moved, the first of them and the rest."""

    anchor: str
    title: str
    why: str
    count: str
    first: tuple[GoalpostRow, ...]
    rest: tuple[GoalpostRow, ...]
    rest_said: str


def document_history(context: PageContext, uri: str) -> HistoryPanel | None:
    """Show the change log of one document; None where nothing is known of it."""
    told = context.site.history.documents.get(uri, ())
    return _panel(context, [(one, None) for one in told])


def owner_history(context: PageContext, owner: Owner) -> HistoryPanel | None:
    """Show the change log of an owner: of its own document, its objectives and its KPIs."""
    site, documents = context.site, context.site.history.documents
    if not documents:
        return None
    found: list[tuple[Told, Link | None]] = []
    if owner.page is not None:
        found += [(told, None) for told in documents.get(owner.page.uri, ())]
    for objective in site.by_owner.get(owner.id, ()):
        if told_of := documents.get(objective.page.uri, ()):
            link = context.objective(objective.id)
            found += [(told, link) for told in told_of]
    for kpi in site.kpis_by_owner.get(owner.id, ()):
        if told_of := documents.get(kpi.page.uri, ()):
            link = context.kpi(kpi.id)
            found += [(told, link) for told in told_of]
    found.sort(key=lambda item: item[0].place)
    return _panel(context, found)


def goalpost_list(context: PageContext) -> GoalpostList | None:
    """List the objectives whose goalposts moved after their cycle had opened, the newest first."""
    site = context.site
    moved = [
        (site.project.objectives[id], moved) for id, moved in site.history.goalposts.items()
        if site.project.objectives[id].active
    ]  # fmt: skip
    if not moved:
        return None
    order = {cycle.id: place for place, cycle in enumerate(newest_first(site.cycles))}
    moved.sort(key=lambda item: (order[item[0].cycle], item[1].told[0].place, item[0].id))
    rows = tuple(
        _goalpost_row(context, objective, found) for objective, found in moved[:_MOST_MOVED]
    )
    rest = rows[_SHOWN:]
    rest_said = context.say("and %(number)s more", number=context.words.number(len(moved) - _SHOWN))
    if len(moved) > len(rows):
        rest_said = context.say(
            "and %(number)s more, of which the latest %(shown)s are listed",
            number=context.words.number(len(moved) - _SHOWN), shown=context.words.number(len(rest)),
        )  # fmt: skip
    return GoalpostList(
        anchor="okr-goalposts",
        title=context.say("Goalposts moved after the cycle opened"),
        why=context.say(
            "A target may have to change. Beside the score stands the one against the goalposts "
            "that the cycle began with, so that both can be talked about."
        ),
        count=context.words.number(len(moved)),
        first=rows[:_SHOWN],
        rest=rest,
        rest_said=rest_said,
    )


def _panel(context: PageContext, told: list[tuple[Told, Link | None]]) -> HistoryPanel | None:
    if not told:
        return None
    rows: list[TellingRow] = []
    signs = 0
    for one, about in told[:_MOST_ROWS]:
        row = _row(context, one, about)
        signs += _LEAST_OF_ROW + sum(len(remark.text) for remark in row.remarks)
        if rows and signs > _MOST_SIGNS:
            break
        rows.append(row)
    left = len(told) - len(rows)
    more = None
    if left > 0:
        more = context.words.count(
            "and %(number)s older change", "and %(number)s older changes", left
        )
    return HistoryPanel(
        title=context.words.count("%(number)s change", "%(number)s changes", len(told)),
        note=context.say("From git, in its order; the days are those of the authors."),
        rows=tuple(rows),
        more=more,
    )


def _row(context: PageContext, told: Told, about: Link | None = None) -> TellingRow:
    address = context.site.history.address
    shown = told.remarks[:_MOST_REMARKS]
    left = len(told.remarks) - len(shown)
    more = None
    if left:
        more = context.words.count("and %(number)s more", "and %(number)s more", left)
    return TellingRow(
        day=context.words.day(told.day) if told.day else context.say("no date"),
        iso=told.day.isoformat() if told.day else None,
        author=_author(told.author) or context.say("somebody"),
        about=about,
        remarks=tuple(_remark(context, remark) for remark in shown),
        more=more,
        commit=Link(escape(told.commit[:_SHORT]), f"{address}{told.commit}" if address else None),
    )


def _author(name: str) -> str:
    """Make a name fit to be shown; of an e-mail address only what stands before the sign."""
    shown = _EMAIL.sub(r"\1", clean(name)).strip()
    return f"{shown[:_LONGEST_NAME]}…" if len(shown) > _LONGEST_NAME else shown


def _remark(context: PageContext, remark: Remark) -> RemarkRow:
    said = Markup("").join(_part(context, part) for part in remark.sentence)
    return RemarkRow(said, context.say("goalpost moved") if remark.goalpost else None)


def _part(context: PageContext, part: Part) -> Markup:
    """Show a piece of a sentence; another document by what it is called now."""
    if part.means is not None:
        return _linked(context, *part.means)
    text = escape(clean(part.text))
    return Markup(context.say("“%(name)s”", name="%s")) % text if part.name else text


def _linked(context: PageContext, kind: str, id: str) -> Markup:
    project = context.site.project
    match kind:
        case "owner":
            if id in project.owners:
                return _anchor(context.owner(id))
            return escape(context.say("somebody who is no longer here"))
        case "objective":
            if id in project.objectives:
                return _anchor(context.objective(id))
            return escape(context.say("an objective that is no longer here"))
        case "kpi":
            if id in project.kpis:
                return _anchor(context.kpi(id))
            return escape(context.say("a KPI that is no longer here"))
        case _:
            if id in project.cycles:
                return _anchor(context.cycle(project.cycles[id]))
            return escape(clean(id.removeprefix(GONE)))


def _anchor(link: Link) -> Markup:
    return Markup('<a href="%s">%s</a>') % (link.href, link.text)


def _goalpost_row(context: PageContext, objective: Objective, moved: Moved) -> GoalpostRow:
    site, words = context.site, context.words
    cycle, figures = site.project.cycles[objective.cycle], site.scorecard.objectives[objective.id]
    original = original_score(moved, objective, figures, cycle, site.as_of)
    return GoalpostRow(
        objective=context.objective(objective.id),
        owners=context.owners(objective.owners),
        cycle=context.cycle(cycle),
        score=words.score(figures.score),
        original=words.score(original),
        told=tuple(_row(context, told) for told in moved.told[:_MOST_TOLD]),
    )
