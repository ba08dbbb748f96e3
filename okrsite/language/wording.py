"""Numbers, dates and words for people, in the site's language (Babel and the CLDR)."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from gettext import NullTranslations
from typing import Protocol, cast

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
    parse_decimal,
)

from okrsite.documents.quantity import is_currency
from okrsite.i18n import Phrase, translations_of
from okrsite.language.rounding import (
    DECIMALS,
    PROOF,
    WRITTEN,
    beside,
    decimals_of,
    hundredths,
    is_written,
    proved,
    rounded,
    side,
    visible,
)

NO_BREAK = "\u00a0"
NONE = "–"
"""Shown where there is no figure."""

# Any other unit is shown as it was written: who knows the singular of a word.
_SINGULAR = {
    f"{unit}s": unit
    for unit in ("second", "minute", "hour", "day", "week", "month", "quarter", "year", "point")
}
_COMPACT_FROM = 10_000
_ALWAYS_COMPACT_FROM = 1_000_000
_HUGE_FROM, _TINY_BELOW = 1e21, 1e-9
_MOST_DECIMALS = 15
_MANY = 2
# Unicode isolates: the text between them takes its direction from its own first letter.
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
ISOLATES = _ISOLATE + _END_ISOLATE
"""What stands around a value in a text of the other direction."""

# The same figures and days are on many pages, and Babel is slow.
_CACHE_SIZE = 2**12


def locale_of(language: str) -> Locale:
    """Return the locale of a theme's language such as `pt-BR`; English if it is unknown."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en")


class Limits(Protocol):
    """What scores and confidences are compared with, by the settings."""

    @property
    def verdicts(self) -> tuple[float, ...]:
        """The scores that verdicts ask for."""

    @property
    def doubts(self) -> tuple[float, ...]:
        """The confidences below which something is at risk."""


@dataclass(frozen=True, eq=False)  # the caches of its methods use its identity
class Words:
    """Formats figures, dates and texts in one language."""

    locale: Locale
    translations: NullTranslations
    verdicts: tuple[float, ...] = (1.0, 0.7, 0.4)
    """What scores are compared with: none is shown on the wrong side of one."""
    doubts: tuple[float, ...] = (0.7, 0.4)
    """What confidences are compared with."""
    in_percent: bool = False
    """Whether scores are shown as 41%, and not as 0.41."""

    @classmethod
    def of(cls, language: str, limits: Limits | None = None, figures: str = "score") -> "Words":
        """Return the words of a theme's language; without a catalogue the texts are English.

        With the `figures` `percent`, scores are shown in percent.
        """
        locale = locale_of(language)
        words = cls(locale, translations_of(locale), in_percent=figures == "percent")
        if limits is None:
            return words
        return replace(words, verdicts=limits.verdicts, doubts=limits.doubts)

    def say(self, text: str, **values: object) -> str:
        """Return a text of the interface in this language, with its values inserted.

        A phrase has its values already.
        """
        if isinstance(text, Phrase):
            return self._say_phrase(text)
        return self._with_values(self.translations.gettext(text), values)

    def _say_phrase(self, text: Phrase) -> str:
        if text.many is None:
            translated = self.translations.gettext(text.template)
        else:
            number = cast(int, text.values["number"])
            translated = self.translations.ngettext(text.template, text.many, number)
        values = {name: self._said(value) for name, value in text.values.items()}
        return self._with_values(translated, values)

    def _said(self, value: object) -> object:
        """Return a value of a phrase as people read it."""
        if isinstance(value, Phrase):
            return self.say(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Score):
            return self.score(value.value)
        return self.number(value) if isinstance(value, int | float) else value

    def _with_values(self, translated: str, values: Mapping[str, object]) -> str:
        if not values:
            return translated
        if self.direction == "rtl":
            values = {name: isolated(value) for name, value in values.items()}
        return translated % values

    def count(self, one: str, many: str, number: float, **values: object) -> str:
        """Return the singular or plural of a text with a number: `%(number)s objectives`.

        A number that is not whole takes the plural. The text may have other `values` too.
        """
        count = int(number) if number % 1 == 0 else _MANY
        shown = {"number": self.number(number), **values}
        return self.translations.ngettext(one, many, count) % shown

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
        return self._score(beside(score, self.verdicts), "0.00####")

    def _score(self, shown: Decimal, pattern: str) -> str:
        """Return a score as a decimal or in percent."""
        if self.in_percent:
            return format_percent(shown, locale=self.locale, decimal_quantization=False)
        return format_decimal(shown, pattern, locale=self.locale)

    def _points(self, difference: Decimal) -> str:
        """Return a difference of scores in percent, without its sign."""
        points = float(abs(difference) * 100)
        return self.count("%(number)s point", "%(number)s points", points)

    def short_score(self, score: float) -> str:
        """Return a score that is a limit or a goal: 0.7 or 70%."""
        return self.score(score) if self.in_percent else self.confidence(score)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def proof(self, score: float) -> str:
        """Return a score in an explanation, with four decimals and on its side of all limits."""
        return self._score(beside(score, self.verdicts, PROOF), "0.00####")

    def pace(self, score: float, expected: float, limits: Sequence[float]) -> str:
        """Return an explanation of a pace that adds up, with the digits that the limits take."""
        decimals = PROOF
        exact = round(score - expected, 6)
        now, then = proved(score), proved(expected)
        if any((now - then < Decimal(str(limit))) != (exact < limit) for limit in limits):
            decimals = 6
        now, then = proved(score, decimals), proved(expected, decimals)
        pattern = "0.00####"
        sign = "" if now == then else "+" if now > then else "−"
        difference = f"{sign}{self._score(abs(now - then), pattern)}"
        return f"{self._score(now, pattern)} − {self._score(then, pattern)} = {difference}"

    def limit(self, pace: float) -> str:
        """Return a limit of pace with its sign."""
        shown = proved(pace) + 0
        sign = "" if not shown else "+" if shown > 0 else "−"
        return f"{sign}{self._score(abs(shown), '0.00##')}"

    def difference(self, now: float, before: float) -> float:
        """Return the difference of two scores, to the two decimals that are shown of it.

        Where these are 0 and the scores are shown as different ones it has more.
        """
        if self.score(now) == self.score(before):
            return float(hundredths(now - before))
        return float(visible(now - before))

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def change(self, difference: float) -> str:
        """Return a change of a score, with its sign; only what is none reads 0."""
        shown = visible(difference) + 0
        if self.in_percent:
            sign = "" if not shown else "+" if shown > 0 else "−"
            return f"{sign}{self._points(shown)}"
        pattern = "0.00####"
        signed = f"+{pattern};−{pattern}" if shown else pattern
        return format_decimal(shown, signed, locale=self.locale)

    def distance(self, pace: float, limits: Sequence[float]) -> str:
        """Return how far a score is from what was expected, without a sign, on its side of the
        limits of pace."""
        shown = beside(pace, limits)
        if self.in_percent:
            return self._points(shown)
        return format_decimal(abs(shown), "0.00####", locale=self.locale)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def confidence(self, confidence: float) -> str:
        """Return a confidence from 0 to 1."""
        return format_decimal(beside(confidence, self.doubts), "0.0#####", locale=self.locale)

    def percent(self, share: float) -> str:
        """Return a share from 0 to 1 as a percentage: a whole one, save next to 0 and 100."""
        if abs(share) >= _HUGE_FROM:
            return f"{self._by_power(100 * share)}%"
        for decimals in range(WRITTEN):
            shown = round(100 * share, decimals)
            if all(side(shown, limit) == side(100 * share, limit) for limit in (0, 100)):
                break
        exact = Decimal(str(shown)) / 100
        return format_percent(exact, locale=self.locale, decimal_quantization=False)

    def number(self, value: float) -> str:
        """Return a number as people write it: large ones short, others grouped."""
        return self._number(value)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def _number(self, value: float) -> str:
        if abs(value) >= _HUGE_FROM or 0 < abs(value) < _TINY_BELOW:
            return self._by_power(value)
        if abs(value) >= _ALWAYS_COMPACT_FROM:
            return format_compact_decimal(value, locale=self.locale, fraction_digits=DECIMALS)
        written = Decimal(repr(rounded(value)))
        pattern = f"#,##0.{'#' * max(DECIMALS, decimals_of(written))}"
        return format_decimal(written, pattern, locale=self.locale)

    def _by_power(self, value: float) -> str:
        """Return a number in scientific notation, which is too large or small for any other."""
        return format_scientific(value, "0.##E0", locale=self.locale)

    def unit_is_part(self, unit: str | None) -> bool:
        """Whether a unit is part of the number, as `$` and `%` are."""
        return unit is None or unit == "%" or _is_money(unit)

    def exact(self, value: float, unit: str | None = None) -> str:
        """Return a quantity in full, as explanations need it."""
        value = float(f"{value:.{_MOST_DECIMALS}g}")
        if not is_written(value):
            value = round(value, PROOF) if abs(value) >= 1 else float(f"{value:.{PROOF}g}")
        return self._quantity(value, unit, compact=False)

    def quantity(
        self, value: float | None, unit: str | None = None, limits: tuple[float | None, ...] = ()
    ) -> str:
        """Return a quantity as people write it: `$6.1M`, `25%`, `4.2 days`.

        It has as many digits as it takes to be on its side of the limits it is compared with.
        """
        if value is None:
            return NONE
        known = [limit for limit in limits if limit is not None]
        for decimals in range(DECIMALS, _MOST_DECIMALS):
            shown = self._as_shown(value, unit, decimals)
            if all(side(shown, limit) == side(value, limit) for limit in known):
                return self._quantity(value, unit, compact=True, decimals=decimals)
        return self.exact(value, unit)

    def both(
        self, before: float, after: float, unit: str | None, limits: tuple[float | None, ...] = ()
    ) -> tuple[str, str]:
        """Return two quantities; they read differently if they are different."""
        was, now = (self.quantity(value, unit, limits) for value in (before, after))
        if was == now and before != after:
            return self.exact(before, unit), self.exact(after, unit)
        return was, now

    def labels(self, values: Sequence[float], unit: str | None = None) -> list[str]:
        """Return quantities with so many digits that those of different ones differ.

        None is off by more than a twentieth of what lies between the lowest and the highest.
        """
        off = (max(values) - min(values)) / 20 if values else 0.0
        for decimals in range(DECIMALS, _MOST_DECIMALS):
            texts = [self._quantity(v, unit, compact=True, decimals=decimals) for v in values]
            near = all(abs(self._as_shown(v, unit, decimals) - v) <= off for v in values)
            if len(set(texts)) == len(set(values)) and (near or not off):
                break
        return texts

    def limit_of(self, value: float | None, unit: str | None = None) -> str:
        """Return a limit or a target as it was written, short where that loses nothing."""
        return self.quantity(value, unit, (value,))

    def _as_shown(self, value: float, unit: str | None, decimals: int) -> float:
        """Return the number that a reader takes from a quantity that is shown as people do."""
        if not self._is_compact(value, unit) or abs(value) >= _HUGE_FROM:
            return rounded(value, decimals)
        # Languages count in thousands, in tens of thousands, or in both.
        short = format_compact_decimal(value, locale=self.locale, fraction_digits=_MOST_DECIMALS)
        digits = re.search(r"[0-9][0-9.,]*", short)
        shown = digits and parse_decimal(digits[0], self.locale)
        step = 10 ** round(math.log10(abs(value) / float(shown))) if shown else 1
        # As Babel rounds: a half to the even digit, by the digits that are written.
        written = Decimal(str(value / step)).quantize(Decimal(1).scaleb(-decimals))
        return float(f"{float(written) * step:.15g}")

    def _is_compact(self, value: float, unit: str | None) -> bool:
        money = unit is not None and _is_money(unit)
        least = _COMPACT_FROM if money else _ALWAYS_COMPACT_FROM
        return unit != "%" and abs(value) >= least

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def _quantity(
        self, value: float, unit: str | None, compact: bool, decimals: int = DECIMALS
    ) -> str:
        if compact and not self._is_compact(value, unit):
            value = rounded(value, decimals)
        if abs(value) >= _HUGE_FROM or 0 < abs(value) < _TINY_BELOW:
            return f"{self._by_power(value)}{NO_BREAK}{unit}" if unit else self._by_power(value)
        if unit == "%":
            share = Decimal(str(value)) / 100
            return format_percent(share, locale=self.locale, decimal_quantization=False)
        if unit is not None and _is_money(unit):
            return self._money(value, unit, compact, decimals)
        if compact and abs(value) >= _ALWAYS_COMPACT_FROM:
            number = format_compact_decimal(value, locale=self.locale, fraction_digits=decimals)
        else:
            written = Decimal(repr(value))
            pattern = f"#,##0.{'#' * decimals_of(written)}"
            number = format_decimal(written, pattern, locale=self.locale)
        if unit is None:
            return number
        return f"{number}{NO_BREAK}{_SINGULAR.get(unit, unit) if abs(value) == 1 else unit}"

    def _money(self, value: float, currency: str, compact: bool, decimals: int) -> str:
        if compact and abs(value) >= _COMPACT_FROM:
            short = format_compact_currency(
                value, currency, locale=self.locale, fraction_digits=decimals
            )
            # Some languages have no short form for thousands and would lose the grouping.
            if abs(value) >= _ALWAYS_COMPACT_FROM or str(int(abs(value))) not in short:
                return short
        pattern = self.locale.currency_formats["standard"].pattern
        if value == int(value):
            pattern = re.sub(r"\.0+", "", pattern)
        written = Decimal(repr(value))
        more = "#" * (decimals_of(written) - DECIMALS)
        pattern = re.sub(r"(\.0+)", rf"\1{more}", pattern)
        return format_currency(written, currency, pattern, self.locale, currency_digits=False)

    @cached_property
    def _locale_of_days(self) -> Locale:
        """Return the locale of dates: English puts the day first unless a territory says otherwise.

        The CLDR takes plain English for that of the United States.
        """
        return Locale("en", "GB") if str(self.locale) == "en" else self.locale

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def day(self, day: date) -> str:
        """Return a date: `12 Oct 2026`."""
        return format_skeleton("yMMMd", day, locale=self._locale_of_days)

    @lru_cache(_CACHE_SIZE)  # noqa: B019 - there is one of these a build
    def short_day(self, day: date) -> str:
        """Return a date whose year is clear: `12 Oct`."""
        return format_skeleton("MMMd", day, locale=self._locale_of_days)

    def month(self, day: date) -> str:
        """Return a month: `October 2026`."""
        return format_skeleton("yMMMM", day, locale=self._locale_of_days)

    def short_month(self, day: date) -> str:
        """Return a month whose year is clear: `Oct`."""
        return format_skeleton("MMM", day, locale=self._locale_of_days)

    def days_ago(self, days: int) -> str:
        """Return how long ago something was."""
        if days <= 0:
            return self.say("today")
        return self.count("%(number)s day ago", "%(number)s days ago", days)

    @cached_property
    def language(self) -> str:
        """The language as HTML names it: `pt-BR`."""
        return str(self.locale).replace("_", "-")

    @cached_property
    def direction(self) -> str:
        """The direction of writing: `ltr` or `rtl`."""
        return str(self.locale.text_direction)


@dataclass(frozen=True, slots=True)
class Score:
    """A score in a phrase."""

    value: float

    def __str__(self) -> str:
        return Words.of("en").score(self.value)


def isolated(value: object) -> object:
    """Return a value that keeps its own direction in a text of the other one."""
    return f"{_ISOLATE}{value}{_END_ISOLATE}" if type(value) is str else value


def _is_money(unit: str) -> bool:
    return re.fullmatch(r"[A-Z]{3}", unit) is not None and is_currency(unit)
