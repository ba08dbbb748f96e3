import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.documents.quantity import (
    InvalidValueError,
    Quantity,
    is_currency,
    is_magnitude,
    parse_number,
    parse_quantity,
    parse_share,
    same_unit,
)

UNCLEAR = [
    "5 B", "2 T EUR", "5 Bn", "5 mn", "5 Millionen", "3 Milliarden €", "5 kEUR", "5 TEUR", "5 T€",
    "5T€", "5 EURm", "5 m€", "5 MM", "5 k M", "5M million", "5 crore",
]  # fmt: skip
"""Magnitudes that could mean several things, or a unit as well."""


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12.5", 12.5, None),
        ("-3", -3, None),
        ("−3", -3, None),
        ("+7", 7, None),
        (".5", 0.5, None),
        (" 8 ", 8, None),
        ("400k", 400_000, None),
        ("400K", 400_000, None),
        ("5M", 5_000_000, None),
        ("1.2bn", 1_200_000_000, None),
        ("1.2B", 1_200_000_000, None),
        ("3T", 3_000_000_000_000, None),
        ("1_000_000", 1_000_000, None),
        ("12,500", 12_500, None),
        ("1,234,567.89", 1_234_567.89, None),
        ("$5M", 5_000_000, "USD"),
        ("-$5M", -5_000_000, "USD"),
        ("$-5M", -5_000_000, "USD"),
        ("€5k", 5000, "EUR"),
        ("5k€", 5000, "EUR"),
        ("£3", 3, "GBP"),
        ("¥300", 300, "JPY"),
        ("CHF 20k", 20_000, "CHF"),
        ("20k CHF", 20_000, "CHF"),
        ("25%", 25, "%"),
        ("99.95 %", 99.95, "%"),
        ("4.2 days", 4.2, "days"),
        ("5 m", 5, "m"),
        ("20 °C", 20, "°C"),
        ("3 support  tickets", 3, "support tickets"),
        ("1.2 million users", 1_200_000, "users"),
        ("5 M €", 5_000_000, "EUR"),
        ("4.5 Mio. €", 4_500_000, "EUR"),
        ("10 k€", 10_000, "EUR"),
        ("5million", 5_000_000, None),
        ("$2 Billion", 2_000_000_000, "USD"),
        ("5 T-Shirts", 5, "T-Shirts"),
        ("5 MB", 5, "MB"),
        ("5 t", 5, "t"),
        ("5 cases per 1000", 5, "cases per 1000"),
        ("5 in Berlin", 5, "in Berlin"),
        ("5 Bio", 5, "Bio"),
    ],
)
def test_reads_numbers_the_way_people_write_them(text: str, value: float, unit: str | None) -> None:
    assert parse_quantity(text) == Quantity(value, unit)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("12,5", "decimal point"),
        ("12,50", "decimal point"),
        ("5m", "M for millions"),
        ("1e6", "the zeros or a suffix"),
        ("4days", "a space before the unit"),
        ("1,23,456", "commas separate thousands"),
        ("", "write a number"),
        ("many", "write a number"),
        ("NaN", "write a number"),
        ("inf", "write a number"),
        ("--3", "write one, before the number"),
        ("-$-3", "write one"),
        ("$5 days", "write one of them"),
        ("XQQ 5", "after the number"),
        ("1T" + "0" * 200, "write a"),
        ("9" * 30, "below 10^24"),
        ("$1.500.000", "write $1,500,000"),
        ("1 500 000 €", "write 1,500,000 €"),
        ("3 of 5", "one number and its unit"),
        ("5 to 6", "one number and its unit"),
        ("5 bis 6", "one number and its unit"),
        ("3 bil", "right after the number"),
        ("3 Mia", "right after the number"),
        ("3 ths", "right after the number"),
        ("1 in 5 guests", "one number and its unit"),
        ("80 von 100", "or a percentage"),
        ("5 G€", "right after the number"),
        ("5 Bio. EUR", "right after the number"),
        *((text, "right after the number") for text in UNCLEAR),
    ],
)
def test_says_what_to_write_instead(text: str, hint: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        parse_quantity(text)
    assert hint in caught.value.hint
    assert len(caught.value.message) < 100


def test_zero_has_no_sign() -> None:
    assert str(parse_quantity("-0").value) == "0.0"


@pytest.mark.parametrize(
    ("text", "share"), [("0.6", 0.6), ("60%", 0.6), ("6/10", 0.6), ("0", 0), ("1", 1), ("100%", 1)]
)
def test_a_share_is_a_number_a_percentage_or_a_fraction(text: str, share: float) -> None:
    assert parse_share(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["6", "-0.1", "1.01", "101%", "3/2", "1/0", "0.5 days", "$1", "x"])
def test_what_is_no_share_is_said(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not") as caught:
        parse_share(text)
    assert "from 0 to 1" in caught.value.hint


def test_a_plain_number_has_no_unit() -> None:
    assert parse_number("2.5k") == 2500
    with pytest.raises(InvalidValueError, match="has a unit"):
        parse_number("2 days")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("day", "days", True),
        ("days", "day", True),
        ("%", "%", True),
        ("USD", "EUR", False),
        ("day", "week", False),
        ("s", "", False),
        ("m", "ms", False),
        ("ga", "gas", False),
        ("support ticket", "support tickets", True),
        ("days", "dayss", True),
        ("Day", "day", False),
    ],
)
def test_a_final_s_makes_no_difference(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same


def test_knows_the_currencies_of_the_standard() -> None:
    assert is_currency("CHF")
    assert not is_currency("ABC")


@given(st.text(max_size=150))
def test_any_text_is_a_finite_quantity_or_an_error_with_a_hint(text: str) -> None:
    try:
        value, hint = parse_quantity(text).value, ""
    except InvalidValueError as error:
        value, hint = math.inf, error.hint
    assert abs(value) <= 1e24 or hint


@given(st.integers(-(10**15), 10**15))
def test_groups_of_three_change_nothing(number: int) -> None:
    assert parse_quantity(f"{number:,}") == parse_quantity(str(number))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("10.000", True), ("999.999 guests", True), ("1.250k", True), ("9.5", False),
        ("0.125", False), ("12,500.000", False), ("1234.567", False), ("99.995%", False),
        ("10", None),
    ],
)  # fmt: skip
def test_three_digits_behind_the_only_point_may_be_thousands(text: str, parts: bool) -> None:
    assert parse_quantity(text).parts_thousands is parts


@given(st.integers(0, 999), st.sampled_from([("k", 3), ("M", 6), ("bn", 9), ("B", 9), ("T", 12)]))
def test_a_suffix_multiplies_by_its_power_of_ten(number: int, suffix: tuple[str, int]) -> None:
    letters, power = suffix
    assert parse_quantity(f"{number}{letters}").value == number * 10**power


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1.500.000,50", "a comma separates thousands: write 1,500,000.50"),
        ("1.500,5 €", "a comma separates thousands: write 1,500.5 €"),
        ("$ 1,5 Mio.", "use a decimal point: $ 1.5 Mio."),
    ],
)
def test_a_number_with_a_decimal_comma_is_answered_with_the_number(text: str, hint: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        parse_quantity(text)
    assert caught.value.hint == hint


@pytest.mark.parametrize("unit", ["million", "Mio €", "k", "k€", "M users", "Mrd.", "kEUR", "bn"])
def test_a_unit_that_multiplies_is_a_magnitude(unit: str) -> None:
    assert is_magnitude(unit)


@pytest.mark.parametrize("unit", ["m", "km", "kg", "kWh", "MB", "users", "%", "EUR", "# of users"])
def test_a_unit_that_does_not_multiply_is_none(unit: str) -> None:
    assert not is_magnitude(unit)
