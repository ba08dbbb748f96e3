"""Coaching on the site: a panel for each objective, and a summary by owner for the insights."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from okrsite.checks.coach import (
    ACRONYMS,
    CRITERIA,
    Assessment,
    Criterion,
    Share,
    Verdict,
    coach,
    is_outcome,
    is_output,
    shares,
    verdicts,
    wording_hints,
)
from okrsite.documents.values import WrittenStatus
from okrsite.i18n import message
from okrsite.pages.broken_document import FindingRow, finding_row
from okrsite.pages.parts import PageContext
from okrsite.pages.site import Site
from okrsite.project.model import KeyResult, Objective
from okrsite.project.model.cycles import State


@dataclass(frozen=True, slots=True)
class CoachPanel:
    """How an objective is written and kept: the assessments by acronym, each with its criterion.

    It is `over` for one that is cancelled or closed; `note` is about advice that comes too late, or
    just in time. `hints` are on the wording, and `findings` those of its document.
    """

    shares: Mapping[str, Share]
    note: str | None
    over: bool
    groups: Mapping[str, tuple[tuple[Criterion, Assessment], ...]]
    outcomes: int
    outputs: int
    hints: tuple[str, ...]
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class CoachRow:
    """An owner's objectives together, or everybody's; `shares` are in the order of CRITERIA."""

    owner: str | None
    depth: int
    objectives: int
    outcomes: int
    outputs: int
    shares: tuple[Share, ...]

    @property
    def misses(self) -> bool:
        """Whether some objective does not meet a criterion."""
        return any(share.unmet for share in self.shares)


@dataclass(frozen=True, slots=True)
class CoachSummary:
    """How the objectives under way are written, by owner in the order of the organisation.

    `missed` are the criteria that some objective does not meet, each with its position.
    `without_kpi` are owners with the number of their objectives.
    """

    criteria: Mapping[str, tuple[Criterion, ...]]
    missed: tuple[tuple[int, Criterion], ...]
    rows: tuple[CoachRow, ...]
    everybody: CoachRow
    without_kpi: tuple[tuple[str, int], ...]


def coach_panel(context: PageContext, objective: Objective) -> CoachPanel:
    """Return the panel of an objective."""
    site = context.site
    given = site.words, site.project, site.scorecard, site.settings, objective
    assessments = coach(*given)
    pairs = tuple(zip(CRITERIA, assessments, strict=True))
    closed = site.project.cycles[objective.cycle].state(site.as_of) is State.CLOSED
    to_do = any(assessment.verdict is Verdict.TO_DO for assessment in assessments)
    return CoachPanel(
        shares=shares(assessments),
        note=_note(objective.status, closed) if to_do else None,
        over=closed or objective.status is WrittenStatus.CANCELLED,
        groups={a: tuple(pair for pair in pairs if pair[0].acronym == a) for a in ACRONYMS},
        outcomes=_number(is_outcome, site, [objective]),
        outputs=_number(is_output, site, [objective]),
        hints=wording_hints(*given),
        findings=tuple(
            finding_row(context, finding, objective)
            for finding in site.findings.get(objective.page.path, ())
        ),
    )


def _note(status: WrittenStatus, closed: bool) -> str | None:
    """Return a note on advice that comes too late, or just in time."""
    if status is WrittenStatus.CANCELLED:
        return message("It was cancelled. This advice is for the next one.")
    if closed:
        return message("Its cycle is closed. This advice is for the next one.")
    if status is WrittenStatus.DRAFT:
        return message("It is a draft: the best time to improve its wording.")
    return None


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
    everybody = _row(site, None, 0, alive, judged)
    return CoachSummary(
        criteria={a: tuple(c for c in CRITERIA if c.acronym == a) for a in ACRONYMS},
        missed=tuple(
            (at, criterion)
            for at, (criterion, share) in enumerate(zip(CRITERIA, everybody.shares, strict=False))
            if share.unmet
        ),
        rows=tuple(
            _row(site, owner.id, depth, owned[owner.id], judged)
            for owner, depth in site.organisation
            if owned[owner.id]
        ),
        everybody=everybody,
        without_kpi=tuple(
            (owner, len(objectives))
            for owner, objectives in owned.items()
            if objectives and not site.kpis_by_owner.get(owner)
        ),
    )


def _alive(site: Site, objective: Objective) -> bool:
    state = site.project.cycles[objective.cycle].state(site.as_of)
    return objective.active and state is State.OPEN


def _row(
    site: Site,
    owner: str | None,
    depth: int,
    objectives: Sequence[Objective],
    judged: Mapping[str, Sequence[Verdict]],
) -> CoachRow:
    by_criterion = zip(*(judged[objective.id] for objective in objectives), strict=True)
    return CoachRow(
        owner=owner,
        depth=depth,
        objectives=len(objectives),
        outcomes=_number(is_outcome, site, objectives),
        outputs=_number(is_output, site, objectives),
        shares=tuple(map(Share.of, by_criterion)),
    )


def _number(
    kind: Callable[[KeyResult, str], bool], site: Site, objectives: Sequence[Objective]
) -> int:
    """Return the number of key results of a kind, such as outcomes."""
    results = [result for objective in objectives for result in objective.counting]
    return sum(kind(result, site.settings.language) for result in results)
