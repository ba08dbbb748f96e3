"""What an explanation is made of, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from okrsite.language.inline import plain
from okrsite.project.model import Grade, Place
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Range

if TYPE_CHECKING:  # words need Babel, which figures do without
    from okrsite.language.wording import Words


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a formula: what it is, its value as people write it, where it is in git.

    `place` is None for what was computed or follows from a default.
    """

    name: str
    value: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a figure came about.

    `formula` is in words, `numbers` the same with the numbers put in, `note` what else matters.
    `result` is the figure that follows, `given` a grade that replaces it.
    """

    formula: str
    numbers: str = ""
    terms: tuple[Term, ...] = ()
    note: str | None = None
    result: str = ""
    given: Term | None = None
    given_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of an objective on a day: its part of the goal at the end of the cycle.

    `cycle_place` is where the document of the cycle states its days.
    """

    cycle: Cycle
    cycle_place: Place | None
    day: date
    goal: Term


def explain_elapsed(
    words: Words, expectation: Expectation, due: date | None = None, due_place: Place | None = None
) -> Explanation:
    """Explain an expectation that grows with the days, to the end of the cycle or a due day."""
    start, end = expectation.cycle.start, due or expectation.cycle.end
    days = (end - start).days + 1
    over = min(max((expectation.day - start).days + 1, 0), days)
    name, place = words.say("Days elapsed"), expectation.cycle_place
    if due is not None:
        name = words.say("Days elapsed until %(day)s", day=words.short_day(due))
        place = due_place
    value = words.say("%(done)s of %(total)s", done=words.number(over), total=words.number(days))
    return Explanation(
        words.say("Share of days elapsed × goal"),
        f"{words.exact(over)} / {words.exact(days)} × {expectation.goal.value}",
        (Term(name, value, place), expectation.goal),
    )


def range_in_words(words: Words, range_: Range, unit: str | None) -> str:
    """Return a range to stay in: `≥ 99.9%`, `≤ 8 hours`, `5 to 8`."""
    if range_.minimum is not None and range_.maximum is not None:
        low, high = words.limit_of(range_.minimum, unit), words.limit_of(range_.maximum, unit)
        return words.say("%(low)s to %(high)s", low=low, high=high)
    if range_.minimum is not None:
        return f"≥ {words.limit_of(range_.minimum, unit)}"
    return f"≤ {words.limit_of(range_.maximum, unit)}"


def explain_mean(
    words: Words, formula: str, parts: Iterable[tuple[str, float, float, Place]]
) -> Explanation:
    """Explain a weighted mean of parts (title, weight, score, place)."""
    parts = list(parts)
    terms = [
        Term(plain(title), f"{words.exact(weight)} × {words.proof(score)}", place)
        for title, weight, score, place in parts
    ]
    total = words.exact(sum(weight for _, weight, _, _ in parts))
    return Explanation(formula, f"({' + '.join(t.value for t in terms)}) / {total}", tuple(terms))


def with_grade(words: Words, explanation: Explanation, grade: Grade | None) -> Explanation:
    """Return an explanation with the grade that replaces what was computed, if there is one."""
    if grade is None:
        return explanation
    given = Term(words.say("Manual grade"), words.score(grade.score), grade.place)
    return replace(explanation, given=given, given_reason=grade.reason)
