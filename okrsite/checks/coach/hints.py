"""Hints on the wording of an objective and its key results, in addition to SMART and FAST."""

from collections.abc import Iterator

from okrsite.checks.coach.subject import CoachSubject, some_names
from okrsite.checks.wording import MOST_AIMS, counts_activity
from okrsite.documents.values import WrittenStatus
from okrsite.i18n import message
from okrsite.language.sentences import aims, vague_verb
from okrsite.project.model import KeyResult
from okrsite.project.model.cycles import State
from okrsite.project.model.measures import Keep, Metric, Milestones

_ALIKE = {
    Milestones: message(
        "Every key result describes an activity: add one that says what changes as a result."
    ),
    Metric: message(
        "Every key result is a target: add a range to keep or a guardrail for what mustn't get "
        "worse."
    ),
    Keep: message("Every key result keeps things as they are: add one that says what gets better."),
}
"""What is said of an objective whose key results are all of one kind."""


def is_outcome(result: KeyResult, language: str) -> bool:
    """Whether a key result says what changes, and neither counts what is done nor delivers it."""
    return isinstance(result.measure, Metric | Keep) and not counts_activity(result, language)


def is_output(result: KeyResult, language: str) -> bool:
    """Whether a key result says what is done: milestones, or an activity that is counted."""
    return isinstance(result.measure, Milestones) or bool(counts_activity(result, language))


def hints(subject: CoachSubject) -> tuple[str, ...]:
    """Return what could be worded better, as inline Markdown; nothing once it is too late.

    What the checks say already, such as two measures in one key result, is not said again.
    """
    if subject.state is State.CLOSED or subject.objective.status is WrittenStatus.CANCELLED:
        return ()
    return tuple(_hints(subject))


def _hints(subject: CoachSubject) -> Iterator[str]:
    say, language, results = subject.say, subject.settings.language, subject.objective.counting
    if aims(subject.objective.page.title, language) == MOST_AIMS:
        yield say("The title goes in two directions: which one matters more?")
    for title in (subject.objective.page.title, *(result.title for result in results)):
        if vague_verb(title, language):
            yield say("“%(title)s” gives no direction: name what should change.", title=title)
    without = [r.id for r in results if isinstance(r.measure, Metric | Keep) and not r.unit]
    if without:
        names = some_names(subject, without)
        yield say("Add the unit, as in `200 guests`: %(names)s.", names=names)
    if len(results) < 2:
        return
    kinds = {Milestones if is_output(r, language) else type(r.measure) for r in results}
    for kind, alike in _ALIKE.items():
        if kinds == {kind} and not (kind is Metric and subject.objective.guardrails):
            yield say(alike)
