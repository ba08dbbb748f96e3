"""Checks on what surrounds an objective: KPIs that must not suffer, and work that is late."""

from collections.abc import Iterator

from okrsite.checks.registry import Seen, Subject, of_objectives
from okrsite.documents.values import InitiativeStatus
from okrsite.i18n import phrase
from okrsite.language.inline import plain
from okrsite.project.model import Initiative, Objective
from okrsite.project.model.cycles import State
from okrsite.scores.status import Health

_ENDED = (InitiativeStatus.DONE, InitiativeStatus.DROPPED)


def broken_guardrails(subject: Subject, objective: Objective) -> list[str]:
    """Return the guardrails of an active objective of an open cycle that left their range."""
    if not objective.active or subject.cycle(objective).state(subject.scorecard.as_of) is not (
        State.OPEN
    ):
        return []
    kpis = subject.scorecard.kpis
    unwell = (Health.WARNING, Health.CRITICAL)
    return [id for id in objective.guardrails if id in kpis and kpis[id].health in unwell]


def late_initiatives(subject: Subject, objective: Objective) -> list[Initiative]:
    """Return the initiatives of an active objective that are past their due day and not ended."""
    if not objective.active or subject.closed(objective):
        return []
    return [
        initiative
        for initiative in objective.initiatives
        if initiative.due is not None
        and initiative.due < subject.scorecard.as_of
        and initiative.status not in _ENDED
    ]


@of_objectives("OKR417")
def guardrail(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """A guardrail that is in warning or critical."""
    for id in broken_guardrails(subject, objective):
        kpi, figures = subject.project.kpis[id], subject.scorecard.kpis[id]
        title = plain(kpi.page.title)
        message = phrase("the guardrail “%(kpi)s” is critical", kpi=title)
        if figures.health is Health.WARNING:
            message = phrase("the guardrail “%(kpi)s” is in warning", kpi=title)
        hint = phrase(
            "say in the next check-in what you're doing about it, or slow down until it recovers"
        )
        yield objective.page.line("guardrails"), message, hint


@of_objectives("OKR421")
def late_initiative(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """An initiative past its due day that is neither done nor dropped."""
    for initiative in late_initiatives(subject, objective):
        message = phrase(
            "the initiative “%(initiative)s” was due on %(due)s",
            initiative=plain(initiative.title),
            due=initiative.due,
        )
        hint = phrase("it is still “doing”: set `status: done`, `dropped`, or a later `due`")
        if initiative.status is InitiativeStatus.TODO:
            hint = phrase("it is still “todo”: set `status: done`, `dropped`, or a later `due`")
        yield initiative.place, message, hint
