"""Numbers of any size are said."""

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
