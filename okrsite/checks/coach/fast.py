"""FAST: is it frequently discussed, ambitious, specific and transparent?"""

from dataclasses import replace

from okrsite.checks.cadence import reached_everything
from okrsite.checks.coach.case import SILENT, Case, Judgement, Verdict, before_check_ins
from okrsite.checks.coach.smart import measurable, specific
from okrsite.documents.values import Commitment
from okrsite.project.model.cycles import State
from okrsite.scores.status import Status


def frequent(case: Case) -> Judgement:
    """It is not stale, and the last check-in is no older than its rhythm asks."""
    early = before_check_ins(case)
    if early is not None:
        return early
    say, words, day, closed = case.say, case.words, case.day, case.state is State.CLOSED
    rhythm = words.count(
        "One is due every day.", "One is due every %(number)s days.", case.figures.due_days
    )
    heard = min(case.as_of, case.cycle.closing_day)
    last = max((c.date for c in case.objective.check_ins if c.date <= heard), default=None)
    said = say("There was no check-in.") if closed else say("There is no check-in yet.")
    if last is not None:
        said = say("The last check-in is of %(day)s.", day=words.day(last))
        if (day - last).days <= case.figures.due_days and not case.figures.stale:
            return Judgement(Verdict.MET, f"{said} {rhythm}")
        if closed:
            said = say(
                "The last check-in is of %(day)s, the cycle ended on %(end)s.",
                day=words.day(last), end=words.day(day),
            )  # fmt: skip
    if not closed and case.figures.status is Status.ACHIEVED:
        return Judgement(Verdict.NOT_ASKED, f"{said} {say('It is achieved: none is owed.')}")
    wanted = say("Write a check-in, even when nothing has moved.")
    return case.unless_ignored("OKR406", f"{said} {rhythm}", wanted)


def ambitious(case: Case) -> Judgement:
    """It is aspirational, and did not close with every key result at 1.0."""
    objective, say = case.objective, case.say
    if objective.commitment is Commitment.COMMITTED:
        return Judgement(Verdict.NOT_ASKED, say("It is a commitment: 1.0 is its goal."))
    goal = case.words.confidence(case.settings.thresholds.goal)
    aspirational = say("It is aspirational: %(goal)s is its goal.", goal=goal)
    closed = objective.active and case.state is State.CLOSED
    if closed and reached_everything(objective, case.figures):
        judged_by = f"{aspirational} {say('Every key result reached 1.0: the bar was low.')}"
        wanted = say("Aim higher next time, or call it committed.")
        return case.unless_ignored("OKR408", judged_by, wanted)
    return Judgement(Verdict.MET, aspirational)


def concrete(case: Case) -> Judgement:
    """It is put into words, metrics and milestones: SMART's S and M, taken together."""
    silent = replace(case, words=SILENT)
    smart = {"S": specific(silent).verdict, "M": measurable(silent).verdict}
    missing = [letter for letter, verdict in smart.items() if verdict is Verdict.TO_DO]
    if not missing:
        return Judgement(Verdict.MET, case.say("Words and measures are there, as SMART asks."))
    letters = case.words.listing(missing)
    judged_by = case.say(
        "Words and measures, as SMART asks; still to do: %(letters)s.", letters=letters
    )
    return Judgement(Verdict.TO_DO, judged_by, case.say("Do what is asked above."))


def transparent(case: Case) -> Judgement:
    """It is public, and somebody owns it."""
    objective, say = case.objective, case.say
    pages = [case.project.owners[id].page for id in objective.owners if id in case.project.owners]
    if objective.page.private or all(page is not None and page.private for page in pages):
        wanted = say("Take `visibility: private` away once everybody may know.")
        return Judgement(Verdict.TO_DO, say("It is private."), wanted)
    text = case.words.count(
        "It is public and has an owner.", "It is public and has %(number)s owners.",
        len(objective.owners),
    )  # fmt: skip
    return Judgement(Verdict.MET, text)
