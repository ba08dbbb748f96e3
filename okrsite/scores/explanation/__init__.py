"""Why a figure is what it is: the formula, its numbers, and where each of them was written.

The site's pages and the command line show the same explanations.
"""

from okrsite.scores.explanation.expected import (
    explain_expected,
    explain_expected_of_key_result,
    explain_expected_of_owner,
)
from okrsite.scores.explanation.scores import explain_key_result, explain_objective, explain_owner
from okrsite.scores.explanation.statuses import (
    StatusExplanation,
    explain_health,
    explain_status,
    explain_status_of_key_result,
    explain_status_of_owner,
)
from okrsite.scores.terms import Explanation, Term, band_in_words

__all__ = [
    "Explanation",
    "StatusExplanation",
    "Term",
    "band_in_words",
    "explain_expected",
    "explain_expected_of_key_result",
    "explain_expected_of_owner",
    "explain_health",
    "explain_key_result",
    "explain_objective",
    "explain_owner",
    "explain_status",
    "explain_status_of_key_result",
    "explain_status_of_owner",
]
