"""Coaching on the site: a panel for each objective, and a summary by owner for the insights."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.checks.coach import (
    ACRONYMS,
    CRITERIA,
    Judgement,
    Share,
    Verdict,
    coach,
    shares,
    verdicts,
)
from okrsite.checks.kpis import needs_objective
from okrsite.documents.values import WrittenStatus
from okrsite.i18n import message
from okrsite.language.inline import inline
from okrsite.language.wording import NONE
from okrsite.pages.broken_document import FindingRow, finding_row
from okrsite.pages.parts import Link, Mark, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Kind, Kpi, Objective
from okrsite.project.model.cycles import State

ANCHOR = "okr-coach"
"""The id of the summary on the page of the insights."""

OUTCOMES = (Kind.METRIC, Kind.KEEP)
"""Key results that say what changes; a milestone says what is delivered."""

_MANY = 100
"""The share of so many objectives is shown in percent."""

_SHOWN = 12
"""So much of a list is shown at once; the rest stands in a fold."""

_WORDS = {
    Verdict.MET: message("Met"),
    Verdict.TO_DO: message("To do"),
    Verdict.NOT_YET: message("Not yet"),
    Verdict.NOT_ASKED: message("Not asked"),
}


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion of an objective: `key` gives the shape of the verdict, `word` says it."""

    name: str
    key: str
    word: str
    judged_by: Markup
    wanted: Markup | None


@dataclass(frozen=True, slots=True)
class CriteriaGroup:
    """The criteria of SMART, or of FAST."""

    name: str
    rows: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True)
class CoachPanel:
    """How an objective is written and kept; `note` tells of one that is no longer, or not yet.

    `findings` are what the checks say of its document.
    """

    title: str
    note: str | None
    groups: tuple[CriteriaGroup, ...]
    findings: tuple[FindingRow, ...]
    more: Link


@dataclass(frozen=True, slots=True)
class Asked:
    """One letter, and what it asks."""

    letter: str
    name: str
    asked: str


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """The letters of SMART, or of FAST."""

    name: str
    letters: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class ShareCell:
    """The share of objectives that meet a letter; `open` where some do not."""

    text: str
    open: bool


@dataclass(frozen=True, slots=True)
class CoachRow:
    """An owner's objectives together; `shares` are in the order of the letters."""

    link: Link | None
    depth: int
    objectives: str
    outcomes: str
    outputs: str
    shares: tuple[ShareCell, ...]


@dataclass(frozen=True, slots=True)
class CoachItem:
    """An owner or a KPI in a list, with a word on it."""

    link: Link
    mark: Mark | None
    words: str | None
    owner: Link | None


@dataclass(frozen=True, slots=True)
class CoachList:
    """A list whose rest is one fold away when it is long."""

    count: str
    first: tuple[CoachItem, ...]
    rest: tuple[CoachItem, ...]
    rest_said: str


@dataclass(frozen=True, slots=True)
class CoachSummary:
    """How the objectives under way are written, by owner in the order of the organisation."""

    groups: tuple[AskedGroup, ...]
    rows: tuple[CoachRow, ...]
    everybody: CoachRow
    without_kpi: CoachList
    in_need: CoachList


def coach_panel(context: PageContext, objective: Objective) -> CoachPanel:
    """Make the panel of an objective."""
    site = context.site
    judgements = coach(site.words, site.project, site.scorecard, site.settings, objective)
    said = {
        acronym: context.say(
            "%(acronym)s %(met)s of %(asked)s",
            acronym=acronym,
            met=context.words.number(share.met),
            asked=context.words.number(share.asked),
        )
        for acronym, share in shares(judgements).items()
    }
    over = _over(site, objective)
    insights = context.page(context.say("What each letter asks"), "insights/index.md")
    rows = _rows(context, judgements, over)
    title = context.say(
        "How this objective is written: %(shares)s", shares=", ".join(said.values())
    )
    found = site.said.get(objective.page.path, ())
    if found:
        count = context.words.count("%(number)s finding", "%(number)s findings", len(found))
        title = f"{title}, {count}"
    return CoachPanel(
        title=title,
        note=_note(context, objective, judgements),
        groups=tuple(CriteriaGroup(acronym, tuple(rows[acronym])) for acronym in ACRONYMS),
        findings=tuple(finding_row(context, finding, objective) for finding in found),
        more=Link(insights.text, f"{insights.href}#{ANCHOR}"),
    )


def _over(site: Site, objective: Objective) -> bool:
    """Whether advice comes too late for an objective: it is cancelled, or its cycle closed."""
    closed = site.project.cycles[objective.cycle].state(site.as_of) is State.CLOSED
    return closed or objective.status is WrittenStatus.CANCELLED


def _note(
    context: PageContext, objective: Objective, judgements: Iterable[Judgement]
) -> str | None:
    """Say what becomes of advice that comes too late, or just in time."""
    if all(judgement.verdict is not Verdict.TO_DO for judgement in judgements):
        return None
    if objective.status is WrittenStatus.CANCELLED:
        return context.say("It was cancelled. What is advised here is for the next one.")
    if _over(context.site, objective):
        return context.say("Its cycle is closed. What is advised here is for the next one.")
    if objective.status is WrittenStatus.DRAFT:
        return context.say("It is a draft: the best time to change how it is written.")
    return None


def _rows(
    context: PageContext, judgements: Sequence[Judgement], over: bool
) -> dict[str, list[CriterionRow]]:
    words = {**_WORDS, Verdict.TO_DO: message("Not met")} if over else _WORDS
    rows: dict[str, list[CriterionRow]] = {acronym: [] for acronym in ACRONYMS}
    for criterion, judgement in zip(CRITERIA, judgements, strict=True):
        row = CriterionRow(
            name=context.say(criterion.name),
            key=str(judgement.verdict),
            word=context.say(words[judgement.verdict]),
            judged_by=inline(judgement.judged_by),
            wanted=inline(judgement.wanted) if judgement.wanted else None,
        )
        rows[criterion.acronym].append(row)
    return rows


def coach_summary(context: PageContext) -> CoachSummary | None:
    """Sum up the active objectives of open cycles; None where there are no objectives at all."""
    site = context.site
    if not site.project.objectives:
        return None
    alive = [objective for objective in site.project.objectives.values() if _alive(site, objective)]
    judged = {
        objective.id: verdicts(site.project, site.scorecard, site.settings, objective)
        for objective in alive
    }
    owned = {
        owner.id: [o for o in site.by_owner.get(owner.id, ()) if o.id in judged]
        for owner, _ in site.organisation
    }
    rows = (
        _row(context, context.owner(owner.id), depth, owned[owner.id], judged)
        for owner, depth in site.organisation
        if owned[owner.id]
    )
    return CoachSummary(
        groups=tuple(_asked(context)),
        rows=tuple(rows),
        everybody=_row(context, None, 0, alive, judged),
        without_kpi=_list(context, _without_kpi(context, owned)),
        in_need=_list(context, _in_need(context)),
    )


def _alive(site: Site, objective: Objective) -> bool:
    state = site.project.cycles[objective.cycle].state(site.as_of)
    return objective.active and state is State.OPEN


def _asked(context: PageContext) -> Iterator[AskedGroup]:
    for acronym in ACRONYMS:
        letters = (
            Asked(criterion.letter, context.say(criterion.name), context.say(criterion.asked))
            for criterion in CRITERIA
            if criterion.acronym == acronym
        )
        yield AskedGroup(acronym, tuple(letters))


def _row(
    context: PageContext, link: Link | None, depth: int, objectives: Sequence[Objective],
    judged: Mapping[str, Sequence[Verdict]],
) -> CoachRow:  # fmt: skip
    number = context.words.number
    kinds = [result.kind for objective in objectives for result in objective.counting]
    by_criterion = zip(*(judged[objective.id] for objective in objectives), strict=True)
    return CoachRow(
        link=link,
        depth=depth,
        objectives=number(len(objectives)),
        outcomes=number(sum(kind in OUTCOMES for kind in kinds)),
        outputs=number(kinds.count(Kind.MILESTONE)),
        shares=tuple(_share(context, Share.of(column)) for column in by_criterion),
    )


def _share(context: PageContext, share: Share) -> ShareCell:
    if not share.asked:
        return ShareCell(NONE, False)
    text = f"{context.words.number(share.met)}/{context.words.number(share.asked)}"
    if share.asked >= _MANY:
        text = context.words.percent(share.met / share.asked)
    return ShareCell(text, share.met < share.asked)


def _without_kpi(
    context: PageContext, owned: Mapping[str, Sequence[Objective]]
) -> Iterator[CoachItem]:
    """List who has objectives and no KPI, in the order of the organisation."""
    for owner, objectives in owned.items():
        if objectives and not context.site.kpis_by_owner.get(owner):
            words = context.count_objectives(len(objectives))
            yield CoachItem(context.owner(owner), None, words, None)


def _in_need(context: PageContext) -> Iterator[CoachItem]:
    """List the KPIs that are not healthy and that nobody works on."""
    site = context.site
    for kpi in _by_owner(site):
        figures = site.scorecard.kpis[kpi.id]
        if needs_objective(figures):
            owner = context.owner(kpi.owner) if kpi.owner is not None else None
            value = context.words.quantity(figures.last.value if figures.last else None, kpi.unit)
            yield CoachItem(context.kpi(kpi.id), context.health(figures.health), value, owner)


def _by_owner(site: Site) -> Iterator[Kpi]:
    """Return the KPIs in the order of the organisation, last those whose owner is not shown."""
    for owner, _ in site.organisation:
        yield from site.kpis_by_owner.get(owner.id, ())
    yield from site.kpis_by_owner.get(None, ())


def _list(context: PageContext, items: Iterable[CoachItem]) -> CoachList:
    every = tuple(items)
    rest = every[_SHOWN:]
    said = context.say("and %(number)s more", number=context.words.number(len(rest)))
    return CoachList(context.words.number(len(every)), every[:_SHOWN], rest, said)
