"""Checks on the words of titles: pay, activities, two measures in one, many aims.

They know the languages of `okrsite/language/words`, by the language of the site.
"""

from collections.abc import Iterator

from okrsite.checks.registry import Seen, Subject, of_key_results, of_objectives
from okrsite.documents.quantity import is_currency
from okrsite.i18n import phrase
from okrsite.language.inline import plain
from okrsite.language.sentences import (
    activity,
    aims,
    is_measured,
    is_too_long,
    measures,
    pay_words,
)
from okrsite.project.model import KeyResult, Objective, Place
from okrsite.project.model.measures import Metric

MOST_AIMS = 2
"""An objective's title with more aims than these gets advice."""


def counts_activity(result: KeyResult, language: str) -> str | None:
    """Return the verb of a metric that counts how often something is done, and says so.

    What is counted rises, has no unit or a noun as its unit, and does not come from a KPI.
    """
    measure = result.measure
    if not isinstance(measure, Metric) or measure.scale or result.kpi is not None:
        return None
    start, target = measure.start.value if measure.start else 0.0, measure.goal
    unit = result.unit or ""
    measured = unit == "%" or is_currency(unit) or is_measured(unit, language)
    counted = not measured and target > start and target == int(target)
    return activity(result.title, language) if counted else None


@of_objectives("OKR412")
def mentions_pay(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """Pay in a title of the objective, its key results or initiatives."""
    if not subject.drafting(objective):
        return
    titles: list[tuple[Place, str]] = [(objective.page.line("title"), objective.page.title)]
    titles += [(r.line("title"), r.title) for r in objective.counting]
    titles += [(i.place, i.title) for i in objective.initiatives]
    for place, title in titles:
        for word in pay_words(title, subject.language):
            hint = phrase("keep pay out of objectives and key results")
            yield place, phrase("“%(word)s” is about pay", word=word), hint
            break


@of_key_results("OKR418")
def activity_not_outcome(
    subject: Subject, objective: Objective, result: KeyResult
) -> Iterator[Seen]:
    """A key result that counts how often something is done."""
    if result.cancelled or not subject.drafting(objective):
        return
    if verb := counts_activity(result, subject.language):
        message = phrase(
            "“%(result)s” counts an activity (“%(verb)s”), not what comes of it",
            result=plain(result.title),
            verb=verb,
        )
        hint = phrase("measure what should be different afterwards, and make this an initiative")
        yield result.line("title"), message, hint


@of_key_results("OKR419")
def two_measures(subject: Subject, objective: Objective, result: KeyResult) -> Iterator[Seen]:
    """A key result whose title has two measures, of which only one is counted."""
    if result.cancelled or not subject.drafting(objective):
        return
    if (count := measures(result.title, subject.language)) > 1:
        message = phrase(
            "“%(result)s” has %(number)s measures, but only one is counted",
            result=plain(result.title),
            number=count,
        )
        yield result.line("title"), message, phrase("make each its own key result")


@of_objectives("OKR420")
def many_aims(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """A title that is long, or names three or more aims."""
    if not subject.drafting(objective):
        return
    title, place = objective.page.title, objective.page.line("title")
    if (count := aims(title, subject.language)) > MOST_AIMS:
        message = phrase("the objective has %(number)s aims", number=count)
        hint = phrase("name the one that matters most; the others are objectives too")
        yield place, message, hint
    elif is_too_long(title):
        length = len(plain(title))
        message = phrase("the objective's title has %(number)s characters", number=length)
        hint = phrase("say where to go in at most 100; the rest belongs in a description")
        yield place, message, hint
