"""The plan of a cycle as data."""

from typing import Any

from okrsite.checks.plan import Plan
from okrsite.language.inline import plain

FORMAT = "okrsite-plan/1"
"""The name and version of the format; what is added later does not change it."""


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain data: documents by their ids, counts as numbers."""
    return {
        "format": FORMAT,
        "cycle": plan.cycle.id,
        "title": plain(plan.cycle.title),
        "start": plan.cycle.start.isoformat(),
        "before": plan.before.id if plan.before else None,
        "objectives": {
            one.objective.id: {
                "title": plain(one.objective.page.title),
                "owners": list(one.objective.owners),
                "status": str(one.objective.status),
                "aligned": one.aligned,
                "findings": [finding.code for finding in one.findings],
                "reviewers": list(one.reviewers),
                "depends_on_later": list(one.later),
            }
            for one in plan.planned
        },
        "owners": {
            owner.owner: {
                "objectives": [one.objective.id for one in owner.planned],
                "unfinished": owner.unfinished,
                "carried_over": owner.carried,
                "carried_over_by_others": list(owner.passed_to),
                "aligned": owner.aligned,
                "findings": owner.findings,
            }
            for owner in plan.owners
        },
        "unfinished": {one.objective.id: list(one.successors) for one in plan.unfinished},
        "support": {support.objective.id: list(support.by) for support in plan.supports},
        "pillars": {pillar: list(by) for pillar, by in plan.pillars.items()},
        "due": [
            {
                "date": due.day.isoformat(),
                "kind": str(due.kind),
                "title": plain(due.title),
                "objective": due.objective,
                "key_result": due.key_result,
                "owners": list(due.owners),
            }
            for due in plan.dues
        ],
        "kpis_out_of_range": {
            kpi.kpi: {"health": str(kpi.health), "objectives": list(kpi.by)} for kpi in plan.kpis
        },
        "work": {
            work.person: {"key_results": work.key_results, "contributes_to": work.contributes}
            for work in plan.work
        },
        "reviews": {name: list(ids) for name, ids in plan.reviews.items()},
        "not_reviewed_by_anybody": list(plan.unreviewed),
        "findings": [
            {
                "code": finding.code,
                "severity": str(finding.severity),
                "path": finding.path,
                "line": finding.line,
                "message": finding.message,
            }
            for finding in plan.findings
        ],
    }
