"""Checks on the rhythm: check-ins that are missing, and what is left at the close."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from okrsite.checks.registry import Seen, Subject, of_objectives
from okrsite.documents.sections import retrospective_in
from okrsite.documents.values import Commitment
from okrsite.i18n import counted, phrase
from okrsite.project.model import Objective, Place
from okrsite.scores import ObjectiveFigures
from okrsite.scores.status import rounded

# A question as `okrsite close` asks it, in whatever language: a paragraph of its own, in bold.
_QUESTION = re.compile(r"^\*\*[^*\n]+[?\u061f\uff1f]\*\*[ \t]*$", re.MULTILINE)


def has_retrospective(objective: Objective) -> bool:
    """Whether the body has a section called Retrospective."""
    return retrospective_in(objective.page.body) is not None


def has_open_questions(objective: Objective) -> bool:
    """Whether nothing is written after the first question of the section Retrospective."""
    section = retrospective_in(objective.page.body) or ""
    first_question = _QUESTION.search(section)
    if first_question is None:
        return False
    return not _QUESTION.sub("", section[first_question.start() :]).strip()


def reached_everything(objective: Objective, figures: ObjectiveFigures) -> bool:
    """Whether every key result that counts has come to 1.0."""
    scores = [figures.key_results[result.id].score for result in objective.counting]
    return bool(scores) and all(score is not None and rounded(score) >= 1 for score in scores)


@of_objectives("OKR406")
def stale(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """No check-in or reading for more than two periods."""
    figures = subject.figures(objective)
    if figures.stale:
        days = (subject.scorecard.as_of - figures.last_sign).days
        message = counted(
            "no update for %(number)s day, since %(day)s",
            "no update for %(number)s days, since %(day)s",
            days,
            day=figures.last_sign,
        )
        yield objective.page.place, message, phrase("add a check-in, even if nothing has changed")


@of_objectives("OKR407")
def missed_commitment(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """A committed objective that closed below 1.0 without a retrospective."""
    committed = objective.commitment is Commitment.COMMITTED and objective.active
    if subject.project.all_former(objective.owners, subject.scorecard.as_of):
        return
    score = subject.figures(objective).score
    if committed and subject.closed(objective) and score is not None and rounded(score) < 1:
        from okrsite.language.wording import Score  # slow to import, and rarely needed

        if not has_retrospective(objective):
            hint = phrase(
                "add a section `## Retrospective`: what happened, and what will you do differently?"
            )
            message = phrase(
                "the commitment was closed at %(score)s without a retrospective", score=Score(score)
            )
            yield objective.page.place, message, hint
        elif has_open_questions(objective):
            hint = phrase("answer each question of `## Retrospective`, or remove it")
            message = phrase(
                "the commitment was closed at %(score)s, and the retrospective's questions are "
                "still unanswered",
                score=Score(score),
            )
            yield objective.page.place, message, hint


@of_objectives("OKR408")
def low_bar(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """An aspirational objective that reached everything."""
    aspirational = objective.commitment is Commitment.ASPIRATIONAL and objective.active
    if not aspirational or not subject.closed(objective):
        return
    if reached_everything(objective, subject.figures(objective)):
        message = phrase("every key result hit 1.0: was the bar too low?")
        yield objective.page.place, message, phrase("aim higher next time, or call it committed")


@of_objectives("OKR416")
def ahead(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """Check-ins of a later day than the one that is looked at; outside the cycle OKR301 says it."""
    later = [
        (check_in.date, check_in.place)
        for check_in in objective.check_ins
        if subject.scorecard.as_of < check_in.date <= subject.cycle(objective).closing_day
    ]
    yield from report_later(subject, later)


def report_later(
    subject: Subject, later: Collection[tuple[date, Place]], of_kpi: bool = False
) -> Iterator[Seen]:
    """Report the first of the check-ins, or the readings of a KPI, dated later than today."""
    if not later:
        return
    day, place = min(later, key=lambda entry: entry[0])
    which = phrase("the check-in for %(day)s", day=day)
    if of_kpi:
        which = phrase("the reading for %(day)s", day=day)
    if len(later) > 1:
        which = phrase("%(first)s (and %(more)s more after it)", first=which, more=len(later) - 1)
    today = subject.scorecard.as_of
    message = phrase(
        "%(entry)s is dated after %(today)s and is not counted yet",
        entry=which,
        today=today,
    )
    yield place, message, phrase("correct the date, if it is not the one you mean")
