"""How many objectives and KPIs stand how, and what explains the company's score."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from okrsite.pages.parts import Mark, PageContext
from okrsite.pages.parts.statuses import HEALTHS_IN_SENTENCES, STATUSES_IN_SENTENCES
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle
from okrsite.scores.explanation import Explanation, explain_owner
from okrsite.scores.status import Health, Status

_NOT_COUNTED = (Status.DRAFT, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many objectives have a status."""

    mark: Mark
    text: str


def company_explained(context: PageContext, cycle: Cycle) -> Explanation | None:
    """Explain the company's score in a cycle."""
    site = context.site
    return explain_owner(context.words, site.project, site.scorecard, site.company.id, cycle)


def status_counts(context: PageContext, objectives: Iterable[Objective]) -> tuple[StatusCount, ...]:
    """Count objectives by status, in the order of the statuses; drafts and cancelled ones last."""
    found = Counter(context.site.scorecard.objectives[o.id].status for o in objectives)
    order = [*[s for s in Status if s not in _NOT_COUNTED], *_NOT_COUNTED]
    return tuple(
        StatusCount(mark, _counted(context, found[status], STATUSES_IN_SENTENCES[status]))
        for status in order
        if found[status] and (mark := context.status(status))
    )


def health_counts(context: PageContext) -> tuple[StatusCount, ...]:
    """Count KPIs by health."""
    found = Counter(figures.health for figures in context.site.scorecard.kpis.values())
    return tuple(
        StatusCount(
            context.health(health), _counted(context, found[health], HEALTHS_IN_SENTENCES[health])
        )
        for health in Health
        if found[health]
    )


def _counted(context: PageContext, number: int, word: str) -> str:
    return f"{context.words.number(number)} {context.say(word)}"
