"""Numbers, dates and words for people, in the site's language (Babel and the CLDR)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    format_scientific,
)

from okrsite.documents.quantity import is_currency
from okrsite.i18n import translations_of

NO_BREAK = "\u00a0"
NONE = "–"
"""Shown where there is no figure."""

_COMPACT_FROM = 10_000
_ALWAYS_COMPACT_FROM = 1_000_000
_HUGE_FROM, _TINY_BELOW = 1e21, 1e-9
_DECIMALS = 2
_MANY = 2
# Unicode isolates: the text between them takes its direction from its own first letter.
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# The same figures and days are on many pages, and Babel is slow.
_CACHE_SIZE = 2**12


def locale_of(language: str) -> Locale:
    """Return the locale of a theme's language such as `pt-BR`; English if it is unknown."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en")


@dataclass(frozen=True, eq=False)  # the caches of its methods use its identity
class Words:
    """Formats figures, dates and texts in one language."""

    locale: Locale
    translations: NullTranslations

    @classmethod
    def of(cls, language: str) -> "Words":
        """Return the words of a theme's language; without a catalogue the texts are English."""
        locale = locale_of(language)
        return cls(locale, translations_of(locale))

    def say(self, text: str, **values: object) -> str:
        """Return a text of the interface in this language, with its values inserted."""
        translated = self.translations.gettext(text)
        if values and self.direction == "rtl":
            values = {name: isolated(value) for name, value in values.items()}
        return translated % values if values else translated

    def count(self, one: str, many: str, number: float) -> str:
        """Return the singular or plural of a text with a number: `%(number)s objectives`.

        A number that is not whole takes the plural.
        """
        count = int(number) if number % 1 == 0 else _MANY
        return self.translations.ngettext(one, many, count) % {"number": self.number(number)}

    def listing(self, names: Sequence[str]) -> str:
        """Return names joined as in a sentence: “a, b and c”."""
        return format_list(names, locale=self.locale)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def score(self, score: float | None) -> str:
        """Return a score with two decimals; raw scores may lie outside 0 to 1."""
        if score is None:
            return NONE
        if abs(score) >= _ALWAYS_COMPACT_FROM:
            return self.number(score)
        return format_decimal(_hundredths(score), "0.00", locale=self.locale)

    def difference(self, now: float, before: float) -> float:
        """Return the difference of two scores as they are shown, so that readers get the same."""
        return float(_hundredths(now) - _hundredths(before))

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def change(self, difference: float) -> str:
        """Return a change of a score, with its sign."""
        shown = _hundredths(difference) + 0
        return format_decimal(shown, "+0.00;−0.00" if shown else "0.00", locale=self.locale)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def confidence(self, confidence: float) -> str:
        """Return a confidence from 0 to 1."""
        return format_decimal(round(confidence, 2), "0.0#", locale=self.locale)

    def percent(self, share: float) -> str:
        """Return a share from 0 to 1 as a whole percentage."""
        if abs(share) >= _HUGE_FROM:
            return f"{self._by_power(100 * share)}%"
        return format_percent(share, locale=self.locale)

    def number(self, value: float) -> str:
        """Return a number as people write it: large ones short, others grouped."""
        return self._number(value)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def _number(self, value: float) -> str:
        if abs(value) >= _HUGE_FROM:
            return self._by_power(value)
        if abs(value) >= _ALWAYS_COMPACT_FROM:
            return format_compact_decimal(value, locale=self.locale, fraction_digits=_DECIMALS)
        return format_decimal(_rounded(value), "#,##0.##", locale=self.locale)

    def _by_power(self, value: float) -> str:
        """Return a number in scientific notation, which is too large or small for any other."""
        return format_scientific(value, "0.##E0", locale=self.locale)

    def unit_is_part(self, unit: str | None) -> bool:
        """Whether a unit is part of the number, as `$` and `%` are."""
        return unit is None or unit == "%" or _is_money(unit)

    def exact(self, value: float, unit: str | None = None) -> str:
        """Return a quantity in full, as explanations need it."""
        return self._quantity(value, unit, compact=False)

    def quantity(self, value: float | None, unit: str | None = None) -> str:
        """Return a quantity as people write it: `$6.1M`, `25%`, `4.2 days`."""
        return NONE if value is None else self._quantity(value, unit, compact=True)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def _quantity(self, value: float, unit: str | None, compact: bool) -> str:
        if abs(value) >= _HUGE_FROM or 0 < abs(value) < _TINY_BELOW:
            return f"{self._by_power(value)}{NO_BREAK}{unit}" if unit else self._by_power(value)
        if unit == "%":
            share = Decimal(str(_rounded(value))) / 100
            return format_percent(share, locale=self.locale, decimal_quantization=False)
        if unit is not None and _is_money(unit):
            return self._money(value, unit, compact)
        number = self.number(value)
        if not compact:
            number = format_decimal(value, "#,##0.####", locale=self.locale)
        if unit is None:
            return number
        return f"{number}{NO_BREAK}{unit.removesuffix('s') if abs(value) == 1 else unit}"

    def _money(self, value: float, currency: str, compact: bool) -> str:
        if compact and abs(value) >= _COMPACT_FROM:
            short = format_compact_currency(
                value, currency, locale=self.locale, fraction_digits=_DECIMALS
            )
            # Some languages have no short form for thousands and would lose the grouping.
            if abs(value) >= _ALWAYS_COMPACT_FROM or str(int(abs(value))) not in short:
                return short
        pattern = self.locale.currency_formats["standard"].pattern
        if value == int(value):
            pattern = re.sub(r"\.0+", "", pattern)
        return format_currency(value, currency, pattern, self.locale, currency_digits=False)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def day(self, day: date) -> str:
        """Return a date: `Oct 12, 2026`."""
        return format_skeleton("yMMMd", day, locale=self.locale)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def short_day(self, day: date) -> str:
        """Return a date whose year is clear: `Oct 12`."""
        return format_skeleton("MMMd", day, locale=self.locale)

    def month(self, day: date) -> str:
        """Return a month: `October 2026`."""
        return format_skeleton("yMMMM", day, locale=self.locale)

    def days_ago(self, days: int) -> str:
        """Return how long ago something was."""
        if days <= 0:
            return self.say("today")
        return self.count("%(number)s day ago", "%(number)s days ago", days)

    @cached_property
    def direction(self) -> str:
        """The direction of writing: `ltr` or `rtl`."""
        return str(self.locale.text_direction)


def isolated(value: object) -> object:
    """Return a value that keeps its own direction in a text of the other one."""
    return f"{_ISOLATE}{value}{_END_ISOLATE}" if type(value) is str else value


def _is_money(unit: str) -> bool:
    return re.fullmatch(r"[A-Z]{3}", unit) is not None and is_currency(unit)


def _hundredths(score: float) -> Decimal:
    """Return a score rounded half up to two decimals: 0.445 is 0.45."""
    return Decimal(str(round(score, 9))).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _rounded(value: float) -> float:
    """Return a value rounded to two decimals, or to three digits if it is small."""
    if value and abs(value) < 0.1:
        return float(f"{value:.3g}")
    return round(value, _DECIMALS) + 0.0
