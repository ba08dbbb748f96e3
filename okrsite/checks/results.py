"""Checks on key results: whether they can be measured, and what they are measured by."""

import re
from collections.abc import Iterator

from okrsite.checks.registry import Seen, Subject, of_key_results, of_objectives
from okrsite.documents.values import Indicator
from okrsite.i18n import phrase
from okrsite.project.model import KeyResult, Objective
from okrsite.project.model.measures import Metric, Milestones, Unmeasured

_AS_MEASURED_BY = re.compile(r"\bas measured by\b", re.IGNORECASE)


def has_measure(result: KeyResult) -> bool:
    """Whether something says when a key result is reached."""
    return not isinstance(result.measure, Unmeasured)


@of_key_results("OKR402")
def without_measure(subject: Subject, objective: Objective, result: KeyResult) -> Iterator[Seen]:
    """The key result has no measure."""
    if not has_measure(result) and "kpi" not in result.lines:  # of that OKR103 says what it lacks
        hint = phrase("add a target (`to`), a range (`keep`) or a list of `milestones`")
        message = phrase("the key result `%(result)s` has no measure", result=result.id)
        yield result.place, message, hint


@of_key_results("OKR410")
def milestone_without_sign(
    subject: Subject, objective: Objective, result: KeyResult
) -> Iterator[Seen]:
    """A milestone without a list that does not say how one will know."""
    sign = result.measured_by or _AS_MEASURED_BY.search(result.title)
    single = isinstance(result.measure, Milestones) and result.measure.single
    if single and not result.cancelled and not sign and subject.drafting(objective):
        hint = phrase("add `measured_by:` with a sign everyone can see")
        message = phrase("the milestone `%(result)s` has no measure", result=result.id)
        yield result.place, message, hint


@of_key_results("OKR411")
def business_as_usual(subject: Subject, objective: Objective, result: KeyResult) -> Iterator[Seen]:
    """A metric on a KPI that is healthy at the start and at the target, without leading to a target
    that the KPI itself has inside its range."""
    kpi, metric = subject.project.kpis.get(result.kpi or ""), result.measure
    if kpi is None or kpi.keep is None or not isinstance(metric, Metric) or result.cancelled:
        return
    start = subject.figures(objective).key_results[result.id].evaluation.start
    if start is None and metric.scale:
        start = metric.scale[0][0]
    if start is None or not subject.drafting(objective):
        return
    aims = [t.value.value for t in kpi.targets if kpi.keep.holds(t.value.value)]
    if any(abs(aim - metric.goal) < abs(aim - start) for aim in aims):
        return  # healthy is not all that the KPI itself is to be
    if kpi.keep.holds(start) and kpi.keep.holds(metric.goal):
        message = phrase(
            "`%(result)s` is already healthy at the start, so this is business as usual",
            result=result.id,
        )
        hint = phrase(
            "watch `%(kpi)s` as a health metric, or aim for something that isn't healthy yet",
            kpi=kpi.id,
        )
        yield result.place, message, hint


@of_objectives("OKR413")
def grade_without_reason(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """A grade without a reason."""
    grades = [objective.grade, *(result.grade for result in objective.key_results)]
    for grade in grades:
        if grade is not None and grade.reason is None:
            hint = phrase("add a `reason:` in one sentence")
            yield grade.place, phrase("the grade has no reason"), hint


@of_objectives("OKR414")
def only_lagging(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """Every key result is measured by a lagging KPI."""
    results = objective.counting
    kpis = [subject.project.kpis.get(result.kpi or "") for result in results]
    lagging = [kpi is not None and kpi.indicator is Indicator.LAGGING for kpi in kpis]
    if results and all(lagging) and subject.drafting(objective):
        hint = phrase("add a key result on a leading KPI, which moves before these do")
        place = objective.page.line("key_results")
        yield place, phrase("every key result is measured by a lagging KPI"), hint
