"""The coach: how an objective is written and kept up, by two lists of criteria.

SMART is by G. T. Doran, "There's a S.M.A.R.T. way to write management's goals and objectives",
Management Review 70 (1981), its A and R here in today's reading, achievable and relevant. FAST is
by D. Sull and C. Sull, "With Goals, FAST Beats SMART", MIT Sloan Management Review (2018). What is
judged is the document, never a person.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from okrsite.checks.coach.fast import ambitious, concrete, frequent, transparent
from okrsite.checks.coach.hints import hints
from okrsite.checks.coach.hints import is_outcome as is_outcome
from okrsite.checks.coach.hints import is_output as is_output
from okrsite.checks.coach.smart import achievable, measurable, relevant, specific, time_bound
from okrsite.checks.coach.smart import has_text as has_text
from okrsite.checks.coach.subject import NO_WORDS, CoachSubject
from okrsite.checks.coach.subject import Assessment as Assessment
from okrsite.checks.coach.subject import Verdict as Verdict
from okrsite.i18n import message
from okrsite.language.wording import Words
from okrsite.project.model import Objective, Project
from okrsite.scores import Scorecard
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class Criterion:
    """One letter of SMART or FAST, what it asks for, and its function."""

    acronym: str
    letter: str
    name: str
    asked: str
    judge: Callable[[CoachSubject], Assessment]


CRITERIA = (
    Criterion("SMART", "S", message("Specific"), message(
        "The title gives the direction without a number; a description or the text says more."
    ), specific),
    Criterion("SMART", "M", message("Measurable"), message(
        "Every key result has a measure."
    ), measurable),
    Criterion("SMART", "A", message("Achievable"), message(
        "Check-ins say how confident you are."
    ), achievable),
    Criterion("SMART", "R", message("Relevant"), message(
        "It aligns to an objective, or belongs to the whole company."
    ), relevant),
    Criterion("SMART", "T", message("Time-bound"), message(
        "It has a cycle, and its milestones have dates."
    ), time_bound),
    Criterion("FAST", "F", message("Frequently discussed"), message(
        "Check-ins are made as often as planned."
    ), frequent),
    Criterion("FAST", "A", message("Ambitious"), message(
        "It is aspirational, and did not close with every key result at 1.0."
    ), ambitious),
    Criterion("FAST", "S", message("Specific"), message(
        "It is specific and measurable: SMART’s S and M."
    ), concrete),
    Criterion("FAST", "T", message("Transparent"), message(
        "It is public, and someone owns it."
    ), transparent),
)  # fmt: skip
"""Every criterion in the order of its letters."""

ACRONYMS = tuple(dict.fromkeys(criterion.acronym for criterion in CRITERIA))
"""The lists of criteria by name."""


def coach(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, objective: Objective
) -> tuple[Assessment, ...]:
    """Return the assessments of an objective, in the order of CRITERIA."""
    subject = _subject(words, project, scorecard, settings, objective)
    return tuple(criterion.judge(subject) for criterion in CRITERIA)


def wording_hints(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, objective: Objective
) -> tuple[str, ...]:
    """Return the hints on the wording of an objective; they count in no share."""
    return hints(_subject(words, project, scorecard, settings, objective))


def _subject(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, objective: Objective
) -> CoachSubject:
    figures = scorecard.objectives[objective.id]
    return CoachSubject(words, project, settings, objective, figures, scorecard.as_of)


def verdicts(
    project: Project, scorecard: Scorecard, settings: Settings, objective: Objective
) -> tuple[Verdict, ...]:
    """Return only the verdicts, for summing up many objectives."""
    assessments = coach(NO_WORDS, project, scorecard, settings, objective)
    return tuple(assessment.verdict for assessment in assessments)


@dataclass(frozen=True, slots=True)
class Share:
    """The number that meet a criterion, out of those that it applies to."""

    met: int
    asked: int

    @property
    def unmet(self) -> int:
        """The number that do not meet it."""
        return self.asked - self.met

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> "Share":
        """Count verdicts; what is not asked, or not yet, counts in neither number."""
        every = list(verdicts)
        met = every.count(Verdict.MET)
        return cls(met, met + every.count(Verdict.TO_DO))


def shares(assessments: Sequence[Assessment]) -> dict[str, Share]:
    """Return the share of SMART, and of FAST, that an objective meets."""
    return {
        acronym: Share.of(
            assessment.verdict
            for criterion, assessment in zip(CRITERIA, assessments, strict=True)
            if criterion.acronym == acronym
        )
        for acronym in ACRONYMS
    }
