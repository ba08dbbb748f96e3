"""How many objectives and KPIs stand how, and what explains the company's score."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from okrsite.pages.parts import Desk, Explained, Mark
from okrsite.pages.parts.statuses import HEALTHS_IN_SENTENCES, STATUSES_IN_SENTENCES
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle
from okrsite.scores.explanation import explain_owner
from okrsite.scores.status import Health, Status

_NOT_COUNTED = (Status.DRAFT, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many objectives have a status."""

    mark: Mark
    text: str


def company_explained(desk: Desk, cycle: Cycle) -> Explained | None:
    """Explain the company's score in a cycle."""
    site = desk.site
    return desk.explained(
        explain_owner(desk.words, site.project, site.scorecard, site.company.id, cycle)
    )


def status_counts(desk: Desk, objectives: Iterable[Objective]) -> tuple[StatusCount, ...]:
    """Count objectives by status, in the order of the statuses; drafts and cancelled ones last."""
    found = Counter(desk.site.scorecard.objectives[o.id].status for o in objectives)
    order = [*[s for s in Status if s not in _NOT_COUNTED], *_NOT_COUNTED]
    return tuple(
        StatusCount(mark, _counted(desk, found[status], STATUSES_IN_SENTENCES[status]))
        for status in order
        if found[status] and (mark := desk.status(status))
    )


def health_counts(desk: Desk) -> tuple[StatusCount, ...]:
    """Count KPIs by health."""
    found = Counter(figures.health for figures in desk.site.scorecard.kpis.values())
    return tuple(
        StatusCount(
            desk.health(health), _counted(desk, found[health], HEALTHS_IN_SENTENCES[health])
        )
        for health in Health
        if found[health]
    )


def _counted(desk: Desk, number: int, word: str) -> str:
    return f"{desk.words.number(number)} {desk.say(word)}"
