"""Numbers the way people write them: `$5M`, `25%`, `4.2 days`.

A quantity is a number with a unit. Money has its ISO 4217 code as unit, a percentage has `%` (and
the value of `25%` is 25), other words after the number are a plain unit.
"""

import math
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache

from okrsite.i18n import alternatives, phrase

SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
"""Currency signs and the ISO 4217 codes that they stand for."""

SUFFIXES = {"k": 3, "K": 3, "M": 6, "bn": 9, "B": 9, "T": 12}
"""Suffixes of a number, and the power of ten that each multiplies it by."""

WORDS = {"thousand": 3, "tsd": 3, "million": 6, "mio": 6, "billion": 9, "mrd": 9, "trillion": 12}
"""Words that multiply as the suffixes do, in any case, in the plural and with a point."""

LARGEST = 1e24
"""The largest number that may be written: beyond it sums and differences could overflow."""

_QUANTITY = re.compile(
    r"""
    (?P<sign1>[-+−]?)\s?
    (?P<before>[$€£¥]|[A-Z]{3}(?=[\s\d.+−-]))?\s?
    (?P<sign2>[-+−]?)
    (?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)*|(?=\.[0-9]))
    (?P<decimals>\.[0-9]+)?
    (?:
        (?P<suffix>k|K|M|bn|B|T)(?![\w.,])
        | \s*(?P<word>(?i:thousand|million|billion|trillion|tsd|mio|mrd))s?(?!\w)\.?(?![\w.,])
        | \s+(?P<apart>k|K|M|bn)(?=\s|[$€£¥]|$)
        | (?![\w.,])
    )
    \s*(?P<after>%|[$€£¥]|°.*|[^\W\d_].*)?
    """,
    re.VERBOSE | re.DOTALL,
)
# What people write for a magnitude where it could mean several things, or a unit as well.
_OTHER_MAGNITUDE = re.compile(
    r"""
    (?P<sign>[$€£¥])?
    (?:
        (?P<word>(?i:
            thousands?|millions?|billions?|trillions?|tsd|mio|mrd|mrds|mln|bln|mn|tn|trn|mil|mill|mds?
            |tausend|millione?n?|milliarden?|billione?n?|billiarden?|milliards?|milliers?|mille
            |mill[oó]n|millones|billones|crores?|lakhs?|lacs?|hundreds?|bn|bil|thsd|ths|mia|mld|mlrd
            |bio(?=\.?\s*[$€£¥]|\.?\s[a-z]{3}\b)|cr(?=\.?\s*(?:[$€£¥₹]|inr\b)|\.$)
        ))(?!\w)
        | (?P<letter>k|K|M|MM|m|B|b|T)(?=\s|[$€£¥]|\.?$)
        | (?P<billions>[GT])(?=[$€£¥])
        | (?P<glued>(?i:k|m|mn|mm|mio|b|bn|mrd|t|tsd))(?P<currency>[A-Z]{3})(?!\w)
        | (?P<code>[A-Z]{3})(?i:k|m|mn|bn|b|t)(?!\w)
    )
    """,
    re.VERBOSE,
)
_PART_OF = re.compile(
    r"(?:(?:out\s+)?(?:of|in|von|aus|sur|de)|to|or|bis|oder|à|ou|a|o|[-–])\s+[0-9][0-9.,]*%?(?!\S)"
)
_FRACTION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*/\s*([0-9]+(?:\.[0-9]+)?)")
_LONGEST_TEXT = 100


class InvalidValueError(ValueError):
    """A text is not a valid value; `hint` says what to write."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit: an ISO 4217 code, `%`, a plain word, or None.

    `parts_thousands` tells whether the point of the number may be meant to part thousands, as in
    `10.000`; it is None where there is no point.
    """

    value: float
    unit: str | None = None
    parts_thousands: bool | None = field(default=None, compare=False)


@lru_cache(2**12)
def parse_quantity(text: str) -> Quantity:
    """Read a quantity; raise InvalidValueError where the text is none."""
    text = text.strip()
    match = _QUANTITY.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        raise InvalidValueError(
            phrase("`%(text)s` is not a number", text=_clip(text)), _advice(text)
        )
    sign1, before, sign2, digits, decimals, suffix, word, apart, after = match.groups()
    if sign1 and sign2:
        raise InvalidValueError(
            phrase("`%(text)s` has two signs", text=_clip(text)),
            phrase("write one, before the number"),
        )
    point = None
    if decimals:
        point = digits.isdigit() and len(digits) <= 3 and len(decimals) == 4
        point = point and digits.strip("0") != "" and after != "%"
    digits = digits.replace(",", "").replace("_", "")
    letters = suffix or apart
    power = f"e{SUFFIXES[letters]}" if letters else f"e{WORDS[word.lower()]}" if word else ""
    if (after and _is_magnitude(after)) or (suffix == "T" and after in SYMBOLS):
        raise InvalidValueError(
            phrase("`%(text)s` has an unclear magnitude", text=_clip(text)), _MAGNITUDES
        )
    if after and _PART_OF.match(after):
        hint = phrase("write one number and its unit, or a percentage")
        raise InvalidValueError(phrase("`%(text)s` has two numbers", text=_clip(text)), hint)
    value = float(f"{digits}{decimals or ''}{power}")
    if value > LARGEST:  # infinity too
        raise InvalidValueError(
            phrase("`%(text)s` is too large", text=_clip(text)),
            phrase("write a number below 10^24"),
        )
    if (sign1 or sign2) in ("-", "−"):
        value = 0.0 - value
    return Quantity(value, _unit(text, before, after) if before or after else None, point)


def write_quantity(quantity: Quantity) -> str:
    """Return a quantity in full, so that reading it gives the same again: `5000000 USD`.

    This is for files, not for people: nothing is rounded, shortened or translated.
    """
    digits = f"{Decimal(repr(quantity.value + 0.0)):f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    if quantity.unit is None:
        return digits
    return f"{digits}%" if quantity.unit == "%" else f"{digits} {quantity.unit}"


def parse_number(text: str) -> float:
    """Read a number without a unit; raise InvalidValueError where the text is none."""
    quantity = parse_quantity(text)
    if quantity.unit is not None:
        raise InvalidValueError(
            phrase("`%(text)s` has a unit", text=_clip(text)), phrase("write a plain number")
        )
    return quantity.value


@lru_cache(2**12)
def parse_share(text: str) -> float:
    """Read a share from 0 to 1: `0.6`, `60%` or `6/10`; InvalidValueError where it is none."""
    text = text.strip()
    hint = phrase(
        "write a share from 0 to 1, like %(example)s",
        example=alternatives(["0.6, 60%", "6/10"]),
    )
    if len(text) <= _LONGEST_TEXT and (fraction := _FRACTION.fullmatch(text)):
        whole = float(fraction[2])
        if whole == 0 or not math.isfinite(whole):
            raise InvalidValueError(phrase("`%(text)s` is not a share", text=_clip(text)), hint)
        share = float(fraction[1]) / whole
    else:
        try:
            quantity = parse_quantity(text)
        except InvalidValueError as error:
            raise InvalidValueError(error.message, hint) from error
        if quantity.unit not in (None, "%"):
            raise InvalidValueError(phrase("`%(text)s` is not a share", text=_clip(text)), hint)
        share = quantity.value / 100 if quantity.unit == "%" else quantity.value
    if not 0 <= share <= 1:
        raise InvalidValueError(phrase("`%(text)s` is not between 0 and 1", text=_clip(text)), hint)
    return share


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same; a final s makes no difference (`day`, `days`).

    That holds for words of four letters or more: `ms` aren't `m`.
    """
    if one == other:
        return True
    longer = max(one, other, key=len)
    return longer == f"{min(one, other, key=len)}s" and len(longer.rsplit(" ", 1)[-1]) >= 4


@cache
def is_currency(code: str) -> bool:
    """Whether three letters are a currency of ISO 4217."""
    from babel.core import get_global  # slow to import, and seldom needed when linting

    return code in get_global("all_currencies")


def is_magnitude(unit: str) -> bool:
    """Whether a unit multiplies the number before it, as `million` does, or could be meant to."""
    match = _QUANTITY.fullmatch(f"1 {unit.strip()}")
    if match is None:
        return False
    return bool(match["word"] or match["apart"] or _is_magnitude(match["after"] or ""))


def _unit(text: str, before: str | None, after: str | None) -> str | None:
    trailing = " ".join(after.split()) if after else None
    if before is None:
        return SYMBOLS.get(trailing, trailing) if trailing else None
    if before not in SYMBOLS and not is_currency(before):
        raise InvalidValueError(
            phrase("`%(code)s` is not a currency", code=before),
            phrase("write the unit after the number, like `4 days`"),
        )
    if trailing is not None:
        raise InvalidValueError(
            phrase("`%(text)s` has two units", text=_clip(text)), phrase("write one of them")
        )
    return SYMBOLS.get(before, before)


def _is_magnitude(after: str) -> bool:
    """Whether what follows a number is a magnitude, or could be taken for one."""
    match = _OTHER_MAGNITUDE.match(after)
    if match is None:
        return False
    code = match["currency"] or match["code"]
    if code:
        return is_currency(code)
    return match["letter"] != "m" or match["sign"] is not None or after[1:2] in SYMBOLS


_MAGNITUDES = phrase(
    "write k, M, bn or T right after the number, like 5k €, 5M €, 5bn € or 5T €: "
    "thousands, millions, billions (10^9) or trillions (10^12)"
)


def _advice(text: str) -> str:
    points = re.search(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})(?![0-9.,])", text)
    if points is not None:
        whole = points[0].translate({ord("."): ",", ord(","): "."})
        text = text.replace(points[0], whole)
        return phrase("a comma separates thousands: write %(text)s", text=text[:40])
    groups = re.search(r"[0-9]{1,3}(?:[ \u00a0\u202f'’][0-9]{3})+(?![0-9])", text)
    if groups is not None:
        whole = re.sub(r"[^0-9]", ",", groups[0])
        text = text.replace(groups[0], whole)
        return phrase("a comma separates thousands: write %(text)s", text=text[:40])
    if re.search(r"[0-9],[0-9]{1,2}(?![0-9])", text) and text.count(",") > 1:
        return phrase("use a decimal point, like 12.5; commas separate thousands")
    if re.search(r"[0-9],[0-9]{1,2}(?![0-9])", text):
        text = text.replace(",", ".")
        return phrase("use a decimal point: %(text)s", text=text[:40])
    if re.search(r"[0-9]m\b", text):
        return phrase("write M for millions, like 5M; a unit follows a space, like `5 m`")
    if re.search(r"[0-9]e[+-]?[0-9]", text, re.IGNORECASE):
        return phrase("write the zeros or a suffix: k, M, bn or T")
    if re.search(r"[0-9][A-Za-z]", text):
        return phrase(
            "write a space before the unit, like `4 days`; only k, M, bn, B and T follow a number "
            "directly"
        )
    example = alternatives(["12,500, $5M, 25%", "`4.2 days`"])
    return phrase("write a number, like %(example)s", example=example)


def _clip(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
