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
from okrsite.pages.parts import Desk, Link, Mark
from okrsite.pages.site import Site
from okrsite.project.model import Kpi, Objective
from okrsite.project.model.cycles import State
from okrsite.project.model.measures import Keep, Metric, Milestones

ANCHOR = "okr-coach"
"""The id of the summary on the page of the insights."""

OUTCOMES = (Metric, Keep)
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


def coach_panel(desk: Desk, objective: Objective) -> CoachPanel:
    """Make the panel of an objective."""
    site = desk.site
    judgements = coach(site.words, site.project, site.scorecard, site.settings, objective)
    said = {
        acronym: desk.say(
            "%(acronym)s %(met)s of %(asked)s",
            acronym=acronym, met=desk.words.number(share.met), asked=desk.words.number(share.asked),
        )
        for acronym, share in shares(judgements).items()
    }  # fmt: skip
    over = _over(site, objective)
    insights = desk.page(desk.say("What each letter asks"), "insights/index.md")
    rows = _rows(desk, judgements, over)
    title = desk.say("How this objective is written: %(shares)s", shares=", ".join(said.values()))
    found = site.said.get(objective.page.path, ())
    if found:
        count = desk.words.count("%(number)s finding", "%(number)s findings", len(found))
        title = f"{title}, {count}"
    return CoachPanel(
        title=title,
        note=_note(desk, objective, judgements),
        groups=tuple(CriteriaGroup(acronym, tuple(rows[acronym])) for acronym in ACRONYMS),
        findings=tuple(finding_row(desk, finding, objective) for finding in found),
        more=Link(insights.text, f"{insights.href}#{ANCHOR}"),
    )


def _over(site: Site, objective: Objective) -> bool:
    """Whether advice comes too late for an objective: it is cancelled, or its cycle closed."""
    closed = site.project.cycles[objective.cycle].state(site.as_of) is State.CLOSED
    return closed or objective.status is WrittenStatus.CANCELLED


def _note(desk: Desk, objective: Objective, judgements: Iterable[Judgement]) -> str | None:
    """Say what becomes of advice that comes too late, or just in time."""
    if all(judgement.verdict is not Verdict.TO_DO for judgement in judgements):
        return None
    if objective.status is WrittenStatus.CANCELLED:
        return desk.say("It was cancelled. What is advised here is for the next one.")
    if _over(desk.site, objective):
        return desk.say("Its cycle is closed. What is advised here is for the next one.")
    if objective.status is WrittenStatus.DRAFT:
        return desk.say("It is a draft: the best time to change how it is written.")
    return None


def _rows(desk: Desk, judgements: Sequence[Judgement], over: bool) -> dict[str, list[CriterionRow]]:
    words = {**_WORDS, Verdict.TO_DO: message("Not met")} if over else _WORDS
    rows: dict[str, list[CriterionRow]] = {acronym: [] for acronym in ACRONYMS}
    for criterion, judgement in zip(CRITERIA, judgements, strict=True):
        row = CriterionRow(
            name=desk.say(criterion.name),
            key=str(judgement.verdict),
            word=desk.say(words[judgement.verdict]),
            judged_by=inline(judgement.judged_by),
            wanted=inline(judgement.wanted) if judgement.wanted else None,
        )
        rows[criterion.acronym].append(row)
    return rows


def coach_summary(desk: Desk) -> CoachSummary | None:
    """Sum up the active objectives of open cycles; None where there are no objectives at all."""
    site = desk.site
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
        _row(desk, desk.owner(owner.id), depth, owned[owner.id], judged)
        for owner, depth in site.organisation
        if owned[owner.id]
    )
    return CoachSummary(
        groups=tuple(_asked(desk)),
        rows=tuple(rows),
        everybody=_row(desk, None, 0, alive, judged),
        without_kpi=_list(desk, _without_kpi(desk, owned)),
        in_need=_list(desk, _in_need(desk)),
    )


def _alive(site: Site, objective: Objective) -> bool:
    state = site.project.cycles[objective.cycle].state(site.as_of)
    return objective.active and state is State.OPEN


def _asked(desk: Desk) -> Iterator[AskedGroup]:
    for acronym in ACRONYMS:
        letters = (
            Asked(criterion.letter, desk.say(criterion.name), desk.say(criterion.asked))
            for criterion in CRITERIA
            if criterion.acronym == acronym
        )
        yield AskedGroup(acronym, tuple(letters))


def _row(
    desk: Desk, link: Link | None, depth: int, objectives: Sequence[Objective],
    judged: Mapping[str, Sequence[Verdict]],
) -> CoachRow:  # fmt: skip
    number = desk.words.number
    measures = [result.measure for objective in objectives for result in objective.counting]
    by_criterion = zip(*(judged[objective.id] for objective in objectives), strict=True)
    return CoachRow(
        link=link,
        depth=depth,
        objectives=number(len(objectives)),
        outcomes=number(sum(isinstance(measure, OUTCOMES) for measure in measures)),
        outputs=number(sum(isinstance(measure, Milestones) for measure in measures)),
        shares=tuple(_share(desk, Share.of(column)) for column in by_criterion),
    )


def _share(desk: Desk, share: Share) -> ShareCell:
    if not share.asked:
        return ShareCell(NONE, False)
    text = f"{desk.words.number(share.met)}/{desk.words.number(share.asked)}"
    if share.asked >= _MANY:
        text = desk.words.percent(share.met / share.asked)
    return ShareCell(text, share.met < share.asked)


def _without_kpi(desk: Desk, owned: Mapping[str, Sequence[Objective]]) -> Iterator[CoachItem]:
    """List who has objectives and no KPI, in the order of the organisation."""
    for owner, objectives in owned.items():
        if objectives and not desk.site.kpis_by_owner.get(owner):
            words = desk.count_objectives(len(objectives))
            yield CoachItem(desk.owner(owner), None, words, None)


def _in_need(desk: Desk) -> Iterator[CoachItem]:
    """List the KPIs that are not healthy and that nobody works on."""
    site = desk.site
    for kpi in _by_owner(site):
        figures = site.scorecard.kpis[kpi.id]
        if needs_objective(figures):
            owner = desk.owner(kpi.owner) if kpi.owner is not None else None
            value = desk.words.quantity(figures.last.value if figures.last else None, kpi.unit)
            yield CoachItem(desk.kpi(kpi.id), desk.health(figures.health), value, owner)


def _by_owner(site: Site) -> Iterator[Kpi]:
    """Return the KPIs in the order of the organisation, last those whose owner is not shown."""
    for owner, _ in site.organisation:
        yield from site.kpis_by_owner.get(owner.id, ())
    yield from site.kpis_by_owner.get(None, ())


def _list(desk: Desk, items: Iterable[CoachItem]) -> CoachList:
    every = tuple(items)
    rest = every[_SHOWN:]
    said = desk.say("and %(number)s more", number=desk.words.number(len(rest)))
    return CoachList(desk.words.number(len(every)), every[:_SHOWN], rest, said)
