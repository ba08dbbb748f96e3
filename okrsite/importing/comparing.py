"""Where the figures and statuses of a file differ from what okrsite computes of it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from okrsite.findings.codes import Severity
from okrsite.findings.finding import Finding
from okrsite.importing.cells import Findings, ImportFinding, Spot, clip, found
from okrsite.importing.goals import Goal
from okrsite.importing.imports import Planned
from okrsite.project.model import Objective, Project
from okrsite.project.model.cycles import State
from okrsite.scores import Scorecard

_NEAR = 0.01
"""A score of a file may differ by so much from the computed one."""


def compared(
    planned: Planned, after: Project, scorecard: Scorecard, as_of: date
) -> list[ImportFinding]:
    """Return where the scores and statuses of the files differ from the computed ones."""
    findings: Findings = []
    by_uri = {objective.page.uri: objective for objective in after.objectives.values()}
    for one in planned.goals:
        objective = by_uri.get(one.uri)
        if objective is None:
            continue
        _compare_scores(one, objective, scorecard, findings)
        _compare_statuses(
            one, objective, scorecard, after.cycles[objective.cycle].state(as_of), findings
        )
    return findings


def _compare_scores(
    one: Goal, objective: Objective, scorecard: Scorecard, findings: Findings
) -> None:
    figures = scorecard.objectives[objective.id]
    claims = [(cell, share, figures.computed) for cell, share in one.claims]
    for result in one.results:
        of_result = figures.key_results.get(result.id)
        computed = of_result.computed if of_result is not None else None
        claims += [(cell, share, computed) for cell, share in result.measured.claims]
    for cell, share, computed in claims:
        if computed is None or abs(min(max(share, 0.0), 1.0) - computed) <= _NEAR + 1e-9:
            if computed is not None:
                continue
        shown = f"{computed:.2f}" if computed is not None else "none"
        name = clip(cell.spot.column or "score")
        message = f"the {name} is {clip(cell.text)} here; okrsite computes {shown}"
        findings.append(found("OKR612", cell.spot, message, "the computed one counts"))


def _compare_statuses(
    one: Goal, objective: Objective, scorecard: Scorecard, state: State, findings: Findings
) -> None:
    if state is not State.OPEN or not objective.active:
        return
    figures = scorecard.objectives[objective.id]
    by_entry = {id(result.entry): figures.key_results.get(result.id) for result in one.results}
    for cell, fits, entry in one.opinions:
        of_result = by_entry.get(id(entry))
        status = of_result.status if of_result is not None else figures.status
        if status is None or str(status) in fits or (id(entry) in by_entry and of_result is None):
            continue
        words = str(status).replace("_", " ")
        message = f"the status is “{clip(cell.text)}” here; okrsite computes “{words}”"
        findings.append(found("OKR612", cell.spot, message, "the computed one counts"))


def lint_errors(
    planned: Planned, found_: Iterable[Finding], path: Callable[[str], str]
) -> list[ImportFinding]:
    """Return the errors that `okrsite lint` would find in what is written, at their rows."""
    spots = {path(one.uri): one.entry.spot for one in planned.goals if one.uri}
    files = {path(uri) for uri in (*planned.created, *planned.changed)}
    first = next((one.entry.spot for one in planned.goals), Spot(""))
    return [
        found(
            "OKR606",
            spots.get(f.path, replace(first, row=None, column=None)),
            f"{f.code}: {f.message}",
            f.hint,
        )
        for f in found_
        if f.severity is Severity.ERROR and f.path in files
    ]
