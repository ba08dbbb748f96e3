"""The coach: how an objective is written and kept up, by two lists of criteria.

Two lists of criteria are read off them. SMART is by G. T. Doran, "There's a S.M.A.R.T. way to
write management's goals and objectives", Management Review 70 (1981), its A and R here in today's
reading, achievable and relevant. FAST is by D. Sull and C. Sull, "With Goals, FAST Beats SMART",
MIT Sloan Management Review (2018). What is judged is the document, never a person.
"""

from okrsite.checks.coach.criteria import (
    ACRONYMS,
    CRITERIA,
    Criterion,
    Share,
    coach,
    shares,
    verdicts,
    wording_hints,
)
from okrsite.checks.coach.hints import is_outcome, is_output
from okrsite.checks.coach.smart import has_text
from okrsite.checks.coach.subject import Assessment, Verdict

__all__ = [
    "ACRONYMS",
    "CRITERIA",
    "Assessment",
    "Criterion",
    "Share",
    "Verdict",
    "coach",
    "has_text",
    "is_outcome",
    "is_output",
    "shares",
    "verdicts",
    "wording_hints",
]
