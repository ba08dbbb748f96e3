"""Numbers of any size are said."""

from datetime import date

import pytest

from okrsite.language.wording import Words

WORDS = Words.of("en")


@pytest.mark.parametrize("value", [9e20, 9e26, 1e100, 1.7e308, -1e300, 1e-300, 0.0])
@pytest.mark.parametrize("unit", [None, "%", "USD", "days"])
def test_a_number_of_any_size_can_be_said(value: float, unit: str | None) -> None:
    for said in (WORDS.exact(value, unit), WORDS.quantity(value, unit), WORDS.number(value)):
        assert 0 < len(said) < 60
    assert WORDS.percent(value).endswith("%")
    assert WORDS.score(value)


@pytest.mark.parametrize(
    ("said", "as_"),
    [
        (WORDS.quantity(6_100_000, "USD"), "$6.1M"),
        (WORDS.quantity(1e24, None), "1E24"),
        (WORDS.quantity(1e24, "USD"), "1E24\N{NO-BREAK SPACE}USD"),
        (WORDS.percent(1.5), "150%"),
        (WORDS.percent(9e20), "90,000,000,000,000,000,000,000%"),
        (WORDS.score(9e14), "900T"),
    ],
)
def test_numbers_are_said_as_people_do(said: str, as_: str) -> None:
    assert said == as_


def test_a_figure_is_shown_on_its_side_of_a_limit() -> None:
    words = Words.of("en")
    assert words.quantity(99.949, "%", (99.95,)) == "99.949%"
    assert words.quantity(99.9499, "%", (99.95,)) == "99.9499%"
    assert words.quantity(5_999_999, "USD", (6_000_000,)) == "$5.999999M"
    assert words.limit_of(99.995, "%") == "99.995%"
    scores = [words.score(score) for score in (0.996, 0.9999996, 0.697, 0.397, 0.7)]
    assert scores == ["0.996", "1.00", "0.697", "0.397", "0.70"]


def test_small_numbers_and_explanations_keep_their_digits() -> None:
    words = Words.of("en")
    assert words.quantity(0.0042, "s") == "0.0042\u00a0s"
    assert words.exact(3.004, "%") == "3.004%"
    assert words.exact(0.0011) == "0.0011"
    assert words.exact(1, "ms") == "1\u00a0ms"
    assert [words.proof(score) for score in (0.54131, 0.99999, 0.39999, 1.0, 0.7)] == [
        "0.5413", "0.99999", "0.39999", "1.00", "0.70",
    ]  # fmt: skip
    assert words.pace(0.4412, 0.35, (-0.1, -0.25)) == "0.4412 − 0.35 = +0.0912"
    assert words.difference(0.4151, 0.3149) == 0.1


def test_only_no_difference_reads_zero() -> None:
    words = Words.of("en")
    assert words.count("%(number)s point", "%(number)s points", 0.0049) == "0.0049 points"
    assert words.number(0.00049) == "0.00049"
    assert words.number(12.004) == "12"
    assert words.change(words.difference(0.3, 0.3)) == "0.00"
    # Shown as 0.11 and 0.12, as 0.996 and 1.00, and both as 0.11.
    assert words.change(words.difference(0.116, 0.114)) == "+0.002"
    assert words.change(words.difference(0.996, 1)) == "−0.004"
    assert words.change(words.difference(0.114, 0.1141)) == "0.00"


def test_labels_differ_where_their_values_do() -> None:
    assert Words.of("en").labels([99.911, 99.912], "%") == ["99.911%", "99.912%"]
    assert Words.of("en").labels([99.995, 99.9], "%") == ["99.995%", "99.9%"]
    assert Words.of("en").labels([1 / 3, 2 / 3]) == ["0.33", "0.67"]


def test_half_a_digit_is_not_rounded_to_the_limit() -> None:
    limits = (1_234_567.891, 1_234_568.0)
    assert Words.of("en").quantity(1_234_567.95, "USD", limits) == "$1.23456795M"


@pytest.mark.parametrize(
    ("language", "day", "short"),
    [
        ("en", "15 Nov 2026", "15 Nov"),
        ("en-GB", "15 Nov 2026", "15 Nov"),
        ("en-US", "Nov 15, 2026", "Nov 15"),
        ("de", "15. Nov. 2026", "15. Nov."),
        ("xx", "15 Nov 2026", "15 Nov"),
    ],
)
def test_english_puts_the_day_first_unless_a_territory_says_otherwise(
    language: str, day: str, short: str
) -> None:
    words = Words.of(language)
    assert (words.day(date(2026, 11, 15)), words.short_day(date(2026, 11, 15))) == (day, short)


def test_dates_of_plain_english_change_no_money() -> None:
    assert Words.of("en").quantity(5e6, "USD") == "$5M"
