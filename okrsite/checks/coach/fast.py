"""FAST: is it frequently discussed, ambitious, specific and transparent?"""

from dataclasses import replace

from okrsite.checks.cadence import reached_everything
from okrsite.checks.coach.smart import measurable, specific
from okrsite.checks.coach.subject import (
    NO_WORDS,
    Assessment,
    CoachSubject,
    Verdict,
    before_check_ins,
)
from okrsite.documents.values import Commitment
from okrsite.i18n import message
from okrsite.project.model.cycles import State
from okrsite.scores.status import Status


def frequent(subject: CoachSubject) -> Assessment:
    """It is not stale, and its last check-in is no older than its cadence allows."""
    early = before_check_ins(subject)
    if early is not None:
        return early
    say, words, day, closed = subject.say, subject.words, subject.day, subject.state is State.CLOSED
    rhythm = words.count(
        "One is due every day.", "One is due every %(number)s days.", subject.figures.due_days
    )
    until = min(subject.as_of, subject.cycle.closing_day)
    last = max((c.date for c in subject.objective.check_ins if c.date <= until), default=None)
    sentence = say("There were no check-ins.") if closed else say("There is no check-in yet.")
    if last is not None:
        sentence = say("Last check-in: %(day)s.", day=words.day(last))
        if (day - last).days <= subject.figures.due_days and not subject.figures.stale:
            return Assessment(Verdict.MET, f"{sentence} {rhythm}")
        if closed:
            text = message("Last check-in: %(day)s. The cycle ended on %(end)s.")
            sentence = say(text, day=words.day(last), end=words.day(day))
    if not closed and subject.figures.status is Status.ACHIEVED:
        return Assessment(
            Verdict.NOT_ASKED, f"{sentence} {say('It is achieved: no check-in is due.')}"
        )
    wanted = say("Add a check-in, even if nothing has changed.")
    return subject.unless_ignored("OKR406", f"{sentence} {rhythm}", wanted)


def ambitious(subject: CoachSubject) -> Assessment:
    """It is aspirational, and did not close with every key result at 1.0."""
    objective, say = subject.objective, subject.say
    if objective.commitment is Commitment.COMMITTED:
        return Assessment(Verdict.NOT_ASKED, say("It is a commitment: 1.0 is its goal."))
    goal = subject.words.confidence(subject.settings.thresholds.goal)
    aspirational = say("It is aspirational: %(goal)s is its goal.", goal=goal)
    closed = objective.active and subject.state is State.CLOSED
    if closed and reached_everything(objective, subject.figures):
        judged_by = f"{aspirational} {say('Every key result hit 1.0: was the bar too low?')}"
        wanted = say("Aim higher next time, or call it committed.")
        return subject.unless_ignored("OKR408", judged_by, wanted)
    return Assessment(Verdict.MET, aspirational)


def concrete(subject: CoachSubject) -> Assessment:
    """It is put into words, metrics and milestones: SMART's S and M, taken together."""
    silent = replace(subject, words=NO_WORDS)
    smart = {"S": specific(silent).verdict, "M": measurable(silent).verdict}
    missing = [letter for letter, verdict in smart.items() if verdict is Verdict.TO_DO]
    if not missing:
        return Assessment(Verdict.MET, subject.say("It is specific and measurable, as in SMART."))
    letters = subject.words.listing(missing)
    judged_by = subject.say(
        "Specific and measurable, as in SMART; still to do: %(letters)s.", letters=letters
    )
    return Assessment(Verdict.TO_DO, judged_by, subject.say("Meet the criteria above."))


def transparent(subject: CoachSubject) -> Assessment:
    """It is public, and somebody owns it."""
    objective, say = subject.objective, subject.say
    owners = subject.project.owners
    pages = [owners[id].page for id in objective.owners if id in owners]
    if objective.page.private or all(page is not None and page.private for page in pages):
        wanted = say("Remove `visibility: private` once everyone may know.")
        return Assessment(Verdict.TO_DO, say("It is private."), wanted)
    text = subject.words.count(
        "It is public and has an owner.",
        "It is public and has %(number)s owners.",
        len(objective.owners),
    )
    return Assessment(Verdict.MET, text)
