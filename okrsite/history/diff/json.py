"""Changes as data, for other programs: `okrsite-diff/1`."""

import json
from typing import Any

from okrsite.findings.finding import Finding
from okrsite.history.diff.model import (
    Change,
    ChangeGroup,
    Changes,
    ClosedObjective,
    OwnerScore,
    Topic,
)
from okrsite.history.diff.sections import Sides
from okrsite.history.diff.text import as_text, clean

FORMAT = "okrsite-diff/1"
"""The name of the format; its keys stay, and new ones may come."""

_DECIMALS = 4


def to_json(changes: Changes, sides: Sides) -> str:
    """Render changes as JSON; the keys are sorted, and scores rounded to four decimals."""
    data = {
        "format": FORMAT,
        "as_of": changes.as_of.isoformat(),
        "before": clean(sides.before),
        "after": clean(sides.after),
        "changes": [_change(group, change) for group, change in _ordered(changes)],
        "objectives": {group.id: _scores(group) for group in changes.of(Topic.OBJECTIVE)},
        "closed_cycles": {
            "objectives": [_closed(objective) for objective in changes.closed],
            "scores": [_owner_score(score) for score in changes.scores_of(closed=True)],
        },
        "scores": [_owner_score(score) for score in changes.scores],
        "findings": {
            "new": [_finding(finding) for finding in changes.new_findings],
            "solved": [_finding(finding) for finding in changes.solved_findings],
        },
    }
    return json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _ordered(changes: Changes) -> list[tuple[ChangeGroup, Change]]:
    rest = [(g, c) for g in changes.groups for c in g.changes if not c.goalpost]
    return [*changes.goalposts(), *rest]


def _change(group: ChangeGroup, change: Change) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "goalpost": change.goalpost,
        "type": str(group.topic),
        "id": group.id,
        "title": clean(group.title),
        "key_result": change.key_result,
        "sentence": as_text(change.sentence),
        "path": clean(change.place.path) or None,
        "line": change.place.line if change.place.path else None,
        "score_before": _score(change.before),
        "score_after": _score(change.after),
    }


def _closed(objective: ClosedObjective) -> dict[str, Any]:
    return {
        "id": objective.id,
        "title": clean(objective.title),
        "cycle": objective.cycle,
        "path": clean(objective.place.path) or None,
        **_scores(objective),
        "status_before": objective.verdict_before,
        "status_after": objective.verdict_after,
    }


def _owner_score(score: OwnerScore) -> dict[str, Any]:
    return {"owner": score.owner, "cycle": score.cycle, **_scores(score)}


def _scores(scored: ChangeGroup | ClosedObjective | OwnerScore) -> dict[str, float | int | None]:
    return {"before": _score(scored.before), "after": _score(scored.after)}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "path": clean(finding.path),
        "line": finding.line,
        "message": clean(finding.message),
    }


def _score(score: float | None) -> float | int | None:
    if score is None:
        return None
    rounded = round(score, _DECIMALS) + 0.0
    return int(rounded) if rounded == int(rounded) else rounded
