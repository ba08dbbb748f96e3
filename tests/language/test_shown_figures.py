"""A figure that is shown never contradicts the verdict next to it, whatever the numbers are."""

import math
import re
from decimal import Decimal

import pytest
from babel.numbers import parse_decimal
from hypothesis import assume, example, given
from hypothesis import strategies as st

from okrsite.documents.values import Commitment
from okrsite.language.wording import Words
from okrsite.scores.status import Status, by_pace, limits_at, when_closed, with_confidence
from okrsite.settings import Thresholds

ENGLISH = Words.of("en")
SHARES = st.floats(0, 1).map(lambda share: round(share, 9))
WRITTEN = st.decimals(0, 1, places=3).map(float)
NEAR = st.builds(
    lambda limit, off: limit + off, st.sampled_from([0.1, 0.4, 0.7, 1.0]), st.floats(-0.006, 0.006)
)
NUMBERS = st.one_of(
    st.floats(-1e13, 1e13), st.floats(-200, 200), st.integers(-(10**9), 10**9).map(float)
).map(lambda number: float(f"{number:.9g}") if abs(number) > 1e-8 else 0.0)


def read(text: str, words: Words, size: float) -> float:
    """Read a quantity back; `size` is about what a short one such as `6.1M` means."""
    digits = re.search(r"[0-9][0-9.,\s’']*", text)
    assert digits
    number = float(parse_decimal(digits[0].strip(), words.locale))
    if number and re.search(r"\d\s?[^\W\d_]", text.replace("\u00a0", "").replace("\u202f", "")):
        number = float(f"{number * 10.0 ** round(math.log10(abs(size) / number)):.15g}")
    return -number if re.search(r"[-−]", text) else number


@given(score=st.one_of(SHARES, NEAR), goal=WRITTEN.filter(bool), progressed=WRITTEN)
@example(score=0.996, goal=0.7, progressed=0.4)
@example(score=0.704, goal=0.704, progressed=0.4)
@example(score=0.5999, goal=0.6, progressed=0.4)
def test_a_score_agrees_with_its_verdict(score: float, goal: float, progressed: float) -> None:
    score = min(max(score, 0.0), 1.0)
    thresholds = Thresholds(goal=goal, progressed=progressed)
    words = Words.of("en", thresholds)
    shown = float(words.score(score))
    for commitment in Commitment:
        verdict = when_closed(score, commitment, thresholds)
        assert when_closed(shown, commitment, thresholds) == verdict
    assert float(words.score(goal)) == goal


@given(confidence=st.one_of(SHARES, NEAR), confident=WRITTEN, doubtful=WRITTEN)
@example(confidence=0.699, confident=0.7, doubtful=0.4)
@example(confidence=0.649, confident=0.65, doubtful=0.4)
def test_a_confidence_agrees_with_its_status(
    confidence: float, confident: float, doubtful: float
) -> None:
    thresholds = Thresholds(confident=confident, doubtful=doubtful)
    shown = float(Words.of("en", thresholds).confidence(confidence))
    exact = with_confidence(Status.ON_TRACK, confidence, thresholds)
    assert with_confidence(Status.ON_TRACK, shown, thresholds) == exact


@given(score=SHARES, expected=SHARES, elapsed=WRITTEN)
@example(score=0.346, expected=0.45, elapsed=0.5)
def test_a_pace_agrees_with_its_status(score: float, expected: float, elapsed: float) -> None:
    limits = limits_at(elapsed, Thresholds())
    known = (limits.on_track, limits.at_risk)
    status = by_pace(score - expected, limits)
    distance = float(ENGLISH.distance(score - expected, known))
    assert by_pace(math.copysign(distance, score - expected), limits) == status
    first, second, difference = map(Decimal, _numbers(ENGLISH.pace(score, expected, known)))
    assert first - second == difference
    assert by_pace(float(difference), limits) == status


def _numbers(sum_: str) -> list[str]:
    terms, _, result = sum_.partition(" = ")
    return [*terms.split(" − "), result.replace("−", "-")]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ja", "hi"])
@pytest.mark.parametrize("unit", [None, "%", "USD", "days"])
@given(value=NUMBERS, limit=NUMBERS, near=st.floats(-1e-3, 1e-3))
@example(value=99.949, limit=99.95, near=0.0)
@example(value=12_344_999.0, limit=12_345_000.0, near=0.0)
@example(value=1_499_999_999.0, limit=1_500_000_000.0, near=0.0)
@example(value=1_234_567.95, limit=1_234_568.0, near=0.0)
@example(value=0.0001, limit=0.0, near=0.0)
def test_a_quantity_is_on_its_side_of_its_limit(
    language: str, unit: str | None, value: float, limit: float, near: float
) -> None:
    words = Words.of(language)
    for number in (value, float(f"{limit * (1 + near):.9g}")):
        assume(number == 0 or abs(number) > 1e-8)
        shown = read(words.quantity(number, unit, (limit,)), words, number)
        assert (shown > limit, shown < limit) == (number > limit, number < limit)
        written = read(words.limit_of(limit, unit), words, limit)
        assert math.isclose(written, limit, rel_tol=1e-12)


@given(share=st.one_of(st.floats(0, 1.5), NEAR))
def test_a_percentage_is_whole_only_where_all_is_done(share: float) -> None:
    assume(share == 0 or share > 1e-9)
    assume(share == 1 or abs(share - 1) > 1e-9)
    shown = float(ENGLISH.percent(share).rstrip("%"))
    assert (shown >= 100, shown > 100, shown > 0) == (share >= 1, share > 1, share > 0)


@given(st.lists(NUMBERS, min_size=1, max_size=6, unique=True), st.sampled_from([None, "%", "USD"]))
def test_labels_of_different_values_differ(values: list[float], unit: str | None) -> None:
    assert len(set(ENGLISH.labels(values, unit))) == len(values)
