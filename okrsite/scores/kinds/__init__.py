"""How key results of each kind are scored: one module a kind.

A module has all that differs by kind: the score, what is expected, the series over the cycle, the
status while the cycle is open, and the explanations. What is common is in `base`.
"""

from collections.abc import Mapping
from typing import Any

from okrsite.project.model import KeyResult
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Keep, Measure, Metric, Milestones, RollUp, Unmeasured
from okrsite.scores.kinds.base import AlignedScores, KeyResultScoring
from okrsite.scores.kinds.keep import KeepScoring
from okrsite.scores.kinds.metric import MetricScoring
from okrsite.scores.kinds.milestones import MilestonesScoring
from okrsite.scores.kinds.roll_up import RollUpScoring
from okrsite.scores.kinds.unmeasured import UnmeasuredScoring

_SCORINGS: Mapping[type[Measure], type[KeyResultScoring[Any]]] = {
    Metric: MetricScoring,
    Keep: KeepScoring,
    Milestones: MilestonesScoring,
    RollUp: RollUpScoring,
    Unmeasured: UnmeasuredScoring,
}


def scoring_of(
    result: KeyResult, cycle: Cycle, aligned: AlignedScores | None = None
) -> KeyResultScoring[Any]:
    """Return how a key result is scored in its cycle; a roll-up by the scores `aligned` to it."""
    return _SCORINGS[type(result.measure)](result, result.measure, cycle, aligned)
