"""SMART: is it specific, measurable, achievable, relevant and time-bound?"""

import re
from datetime import date

from okrsite.checks.coach.subject import (
    Assessment,
    CoachSubject,
    Verdict,
    before_check_ins,
    some_names,
)
from okrsite.checks.drafting import measure_in_title, serves
from okrsite.checks.results import has_measure
from okrsite.documents.sections import without_retrospective
from okrsite.i18n import message
from okrsite.project.model import Level
from okrsite.project.model.measures import Milestone, Milestones

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"^[ \t]*(?:#{1,6}(?:[ \t].*)?|=+|-+)[ \t]*$", re.MULTILINE)


def specific(subject: CoachSubject) -> Assessment:
    """The title says no quantity, and there is a description or a text."""
    quantity = measure_in_title(subject.objective)
    title = subject.say("No number in the title.")
    if quantity is not None:
        title = subject.say("The title contains a number: “%(quantity)s”.", quantity=quantity)
    move = subject.say("Let the title say where to go, and a key result how far.")
    page, more = subject.objective.page, subject.say("The text says more.")
    if page.description:
        more = subject.say("The description says more.")
    if page.description or has_text(page.body):
        judged_by = f"{title} {more}"
        if quantity is None:
            return Assessment(Verdict.MET, judged_by)
        return subject.unless_ignored("OKR403", judged_by, move)
    write = subject.say("Add a `description`, or a few sentences on why it matters.")
    judged_by = f"{title} {subject.say('No description or text says more.')}"
    return Assessment(Verdict.TO_DO, judged_by, f"{move} {write}" if quantity else write)


def measurable(subject: CoachSubject) -> Assessment:
    """Every key result has a measure."""
    results, say = subject.objective.counting, subject.say
    if not results:
        wanted = say("Aim for two to five key results, each with a measure.")
        return Assessment(Verdict.TO_DO, say("There are no key results."), wanted)
    without = [result.id for result in results if not has_measure(result)]
    if not without:
        judged_by = subject.words.count(
            "Its key result has a measure.",
            "Each of its %(number)s key results has a measure.",
            len(results),
        )
        return Assessment(Verdict.MET, judged_by)
    met, every = (subject.words.number(n) for n in (len(results) - len(without), len(results)))
    names = some_names(subject, without)
    text = message("%(met)s of %(all)s key results have a measure; %(names)s has none.")
    if len(without) > 1:
        text = message("%(met)s of %(all)s key results have a measure; %(names)s have none.")
    judged_by = say(text, met=met, all=every, names=names)
    wanted = say("Add a target (`to`), a range (`keep`) or a list of `milestones`.")
    return subject.unless_ignored("OKR402", judged_by, wanted)


def achievable(subject: CoachSubject) -> Assessment:
    """A confidence is stated for the objective, or for each key result."""
    stated, say, words = subject.figures.confidence, subject.say, subject.words
    if stated is not None:
        value, day = words.confidence(stated.value), words.day(stated.date)
        text = say("Confidence on %(day)s: %(value)s.", value=value, day=day)
        return Assessment(Verdict.MET, text)
    results = subject.objective.counting
    sure = sum(subject.figures.key_results[r.id].confidence is not None for r in results)
    if results and sure == len(results):
        text = words.count(
            "Its key result has a confidence.",
            "Each of its %(number)s key results has a confidence.",
            sure,
        )
        return Assessment(Verdict.MET, text)
    wanted = say("Add a `confidence` (0–1) to a check-in.")
    if sure:
        text = message("%(sure)s of %(all)s key results have a confidence; the objective has none.")
        judged_by = say(text, sure=words.number(sure), all=words.number(len(results)))
        return Assessment(Verdict.TO_DO, judged_by, wanted)
    return before_check_ins(subject) or Assessment(
        Verdict.TO_DO, say("No check-in has a confidence."), wanted
    )


def relevant(subject: CoachSubject) -> Assessment:
    """It is aligned, or at company level."""
    objective, say = subject.objective, subject.say
    number = len({link.objective for link in objective.aligns_to}) + objective.hidden_alignments
    if number:
        text = subject.words.count(
            "It aligns to an objective.", "It aligns to %(number)s objectives.", number
        )
        return Assessment(Verdict.MET, text)
    if objective.level is Level.COMPANY:
        return Assessment(Verdict.MET, say("It is a company objective."))
    if serves(objective):
        wanted = say("Correct the reference in `aligns_to`.")
        return Assessment(
            Verdict.TO_DO, say("Its `aligns_to` doesn't lead to an objective."), wanted
        )
    wanted = say("Add `aligns_to` with the objective it supports.")
    return subject.unless_ignored("OKR405", say("It isn't aligned."), wanted)


def time_bound(subject: CoachSubject) -> Assessment:
    """It runs in a cycle, and its milestones say when they are due."""
    say, words = subject.say, subject.words
    cycle = say("Its cycle ends on %(day)s.", day=words.day(subject.cycle.end))
    milestones: list[tuple[str, bool]] = [
        (result.id, _dated(milestone, result.due))
        for result in subject.objective.counting
        if isinstance(result.measure, Milestones)
        for milestone in result.measure.milestones
    ]
    if not milestones:
        return Assessment(Verdict.MET, cycle)
    without = list(dict.fromkeys(id for id, dated in milestones if not dated))
    if not without:
        dues = words.count(
            "Its milestone has a date.",
            "Each of its %(number)s milestones has a date.",
            len(milestones),
        )
        return Assessment(Verdict.MET, f"{cycle} {dues}")
    text = message("Milestones with a date: %(dated)s of %(all)s, missing in %(names)s.")
    dated, every = (words.number(n) for n in (sum(d for _, d in milestones), len(milestones)))
    dues = say(text, dated=dated, all=every, names=some_names(subject, without))
    wanted = say("Add a `due` date to each milestone, or one to its key result.")
    return Assessment(Verdict.TO_DO, f"{cycle} {dues}", wanted)


def has_text(body: str) -> bool:
    """Whether a body says something: headings, comments and a retrospective do not."""
    return bool(_HEADING.sub("", without_retrospective(_COMMENT.sub("", body))).strip())


def _dated(milestone: Milestone, due: date | None) -> bool:
    return bool(milestone.due or due or milestone.done)
