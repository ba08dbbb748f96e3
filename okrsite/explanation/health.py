"""Why a KPI is healthy or not: its last reading, and the bands that it is held against."""

from okrsite.explanation.parts import Explanation, Term, bounds_in_words
from okrsite.model import Band, Kpi
from okrsite.scorecard import KpiFigures
from okrsite.wording import Words


def explain_health(words: Words, kpi: Kpi, figures: KpiFigures) -> Explanation:
    """Explain the health of a KPI; the result is its last reading."""
    last = figures.last
    terms = []
    if last is not None:
        name = words.say("Last reading, on %(day)s", day=words.day(last.date))
        terms.append(Term(name, words.exact(last.value, kpi.unit), last.place))
    if kpi.keep is not None:
        terms.append(_band(words, words.say("Healthy"), kpi.keep, kpi))
    if kpi.alert is not None:
        terms.append(_band(words, words.say("Not critical"), kpi.alert, kpi))
    if last is None:
        formula = words.say("There is no reading yet.")
    elif kpi.keep is None:
        formula = words.say("No band says what is healthy (`keep`).")
    elif kpi.alert is None:
        formula = words.say("Healthy inside the band, critical outside")
    else:
        formula = words.say("Healthy inside the first band, critical outside the second")
    value = last.value if last else None
    return Explanation(formula, "", words.quantity(value, kpi.unit), tuple(terms))


def _band(words: Words, name: str, band: Band, kpi: Kpi) -> Term:
    return Term(name, bounds_in_words(words, band.minimum, band.maximum, kpi.unit), band.place)
