"""Hints on the wording of an objective and its key results, beside SMART and FAST."""

from collections.abc import Iterator

from okrsite.checks.coach.subject import CoachSubject, some_names
from okrsite.checks.wording import MOST_AIMS, counts_activity
from okrsite.documents.values import WrittenStatus
from okrsite.i18n import message
from okrsite.language.inline import plain
from okrsite.language.sentences import aims, vague_verb
from okrsite.project.model import KeyResult
from okrsite.project.model.cycles import State
from okrsite.project.model.measures import Keep, Metric, Milestones

OUTPUT = message("Every key result says what is done: add one that says what changes by it.")
_ALIKE = {
    Metric: message(
        "Every key result is a target: add a band to keep or a guardrail, for what must not suffer."
    ),
    Keep: message("Every key result keeps what is: add one that says what gets better."),
}
"""What is said of an objective whose key results are all of one kind."""


def is_outcome(result: KeyResult, language: str) -> bool:
    """Whether a key result says what changes, and neither counts what is done nor delivers it."""
    return isinstance(result.measure, Metric | Keep) and not counts_activity(result, language)


def is_output(result: KeyResult, language: str) -> bool:
    """Whether a key result says what is done: milestones, or an activity that is counted."""
    return isinstance(result.measure, Milestones) or bool(counts_activity(result, language))


def hints(subject: CoachSubject) -> tuple[str, ...]:
    """Return what could be worded better; nothing once it is too late for that.

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
            yield say(
                "“%(title)s” says no direction: name what is to be different.", title=plain(title)
            )
    counted = [r.id for r in results if isinstance(r.measure, Metric | Keep) and not r.unit]
    if counted:
        names = some_names(subject, counted)
        yield say("Write what is counted, as in `200 guests`: %(names)s.", names=names)
    if len(results) < 2:
        return
    if all(is_output(result, language) for result in results):
        yield say(OUTPUT)
    elif len(kinds := {type(result.measure) for result in results}) == 1:
        [kind] = kinds
        if kind in _ALIKE and not (kind is Metric and subject.objective.guardrails):
            yield say(_ALIKE[kind])
