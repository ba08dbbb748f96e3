"""The checks that advise: each is a function over one objective, key result, KPI or project.

The other checks are made where what they report is found, while documents are read and resolved.
"""

from okrsite.checks import cadence, drafting, kpi_quality, kpis, results, strategy, wording  # noqa: F401  (they register)
from okrsite.checks.registry import RULES, judge

__all__ = ["RULES", "judge"]
