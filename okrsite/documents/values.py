"""The kinds of values that fields have: texts to typed values, with messages for people.

Front matter arrives as texts, lists and mappings. Each kind here parses a text as it was written
and raises, through pydantic, an error whose message and hint are shown as they are.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from okrsite.documents.links import safe_link
from okrsite.documents.other_words import meant_value
from okrsite.documents.quantity import (
    InvalidValueError,
    Quantity,
    is_magnitude,
    parse_number,
    parse_quantity,
    parse_share,
)
from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import spelling_hint
from okrsite.i18n import phrase

Choice = TypeVar("Choice", bound=StrEnum)

CUSTOM_ERROR = "okrsite"
"""The type of the pydantic errors whose context holds `message` and `hint`."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Dates outside these years are typing errors."""

HEAVIEST = 1_000_000
"""The largest weight."""

TRUE, FALSE = ("true", "yes", "on"), ("false", "no", "off")
"""The words that mean true, and those that mean false."""


def wrong(message: str, hint: str | None = None) -> PydanticCustomError:
    """Return the error that a field's validator raises."""
    return PydanticCustomError(CUSTOM_ERROR, "{message}", {"message": message, "hint": hint})


def read_date(text: str) -> date:
    """Read a date like 2026-11-09; raise ValueError where the text is none."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise ValueError(text)
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def parse_day(text: str) -> date:
    """Read a date as `read_date` does; raise InvalidValueError where the text is none."""
    text = text.strip()
    try:
        return read_date(text)
    except ValueError:
        hint = phrase("write year-month-day, like 2026-11-09")
        raise InvalidValueError(phrase("`%(text)s` is not a date", text=text[:40]), hint) from None


def parse_switch(text: str) -> bool:
    """Read true or false, as YAML's writers write them; raise InvalidValueError for other words."""
    word = text.strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise InvalidValueError(
        phrase("`%(word)s` is neither true nor false", word=word[:40]),
        phrase("write true or false"),
    )


def parse_choice(text: str, choices: type[Choice]) -> Choice:
    """Read one of a few words; raise InvalidValueError where the text is none of them."""
    text, words = text.strip(), list(choices)
    if text.lower() in words:
        return choices(text.lower())
    message = phrase("`%(text)s` isn't one of %(words)s", text=text[:40], words=", ".join(words))
    meant = meant_value(text, words)
    hint = phrase("did you mean `%(name)s`?", name=meant) if meant else spelling_hint(text, words)
    raise InvalidValueError(message, hint)


def _parse_done(text: str) -> bool | date:
    for parse in (parse_switch, parse_day):
        try:
            return parse(text)
        except InvalidValueError:
            continue
    hint = phrase("write the date it was done on, like 2026-11-09")
    raise InvalidValueError(
        phrase("`%(text)s` is neither true, false nor a date", text=text[:40]), hint
    )


def _parse_weight(text: str) -> float:
    weight = parse_number(text)
    if not 0 < weight <= HEAVIEST:
        message = phrase(
            "the weight %(text)s must be above 0 and at most 1,000,000", text=text[:40]
        )
        raise InvalidValueError(message, phrase("write a number like 1 or 2.5"))
    return weight


def _parse_code(text: str) -> str:
    known = [check.code for check in CHECKS.values()]
    if not text or not any(code.startswith(text.upper()) for code in known):
        hint = spelling_hint(text.upper(), known)
        raise InvalidValueError(
            phrase("`%(text)s` isn't the code of a check", text=text[:40]), hint
        )
    return text


def _parse_duration(text: str) -> str:
    if _DURATION.fullmatch(text) is None:
        hint = phrase("write a number of days, weeks, months, quarters or years, like 2 months")
        raise InvalidValueError(phrase("`%(text)s` is not a length of time", text=text[:40]), hint)
    return " ".join(text.lower().split())


def _parse_unit(text: str) -> str:
    if is_magnitude(text):
        hint = phrase(
            "write it after each number, like 5M or 5 million, and leave `unit` for the rest"
        )
        raise InvalidValueError(
            phrase("`%(text)s` isn't a unit: it multiplies the number", text=text[:40]), hint
        )
    return text


def _parse_url(text: str) -> str:
    if not safe_link(text):
        hint = phrase("use an http, https, mailto or relative link")
        raise InvalidValueError(phrase("the link `%(text)s` is not allowed", text=text[:60]), hint)
    return text


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if value is None:
        raise wrong(phrase("a text is missing"))
    if isinstance(value, list):
        raise wrong(phrase("a list where a text belongs"))
    raise wrong(phrase("a mapping where a text belongs"))


def _as_reference(value: object) -> str:
    """Return a reference with invisible characters at its ends, which is refused later."""
    return value.strip(" \t\n") if isinstance(value, str) else _as_text(value)


def _reader(parse: Callable[[str], Any]) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        try:
            return parse(_as_text(value))
        except InvalidValueError as error:
            raise wrong(error.message, error.hint) from None

    return read


def _parse_variable_name(text: str) -> str:
    """Return a name in capitals; anything else could be a secret, which no error repeats."""
    if re.fullmatch(r"[A-Z_][A-Z0-9_]{0,63}", text.strip()) is None:
        raise InvalidValueError(
            phrase("this is not the name of an environment variable"),
            phrase("write a name like WAREHOUSE_URL; addresses and tokens never belong in a file"),
        )
    return text.strip()


def listed(value: object) -> object:
    """Return a list as it is, and anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def _number_schema(description: str, examples: list[object], **more: object) -> WithJsonSchema:
    kinds = {"type": ["number", "string"], "description": description}
    return WithJsonSchema({**kinds, **({"pattern": "[0-9]"} | more), "examples": examples})


def _schema(kind: str, description: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, "description": description, **more})


_DURATION = re.compile(r"[1-9][0-9]{0,3}\s+(?:day|week|month|quarter|year)s?", re.IGNORECASE)

# The JSON Schemas say what an editor can check in a value by itself: YAML has read it, so that a
# number is a number and a date a text. They accept what only the parsers above can reject.
_DATE_PATTERN = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$"
_SWITCHES = [True, False, *(word for pair in zip(TRUE, FALSE, strict=True) for word in pair)]
_SHARE_PATTERN = r"^\s*([0-9]+(\.[0-9]+)?|\.[0-9]+)\s*(%|/\s*[0-9]+(\.[0-9]+)?)?\s*$"

Text = Annotated[str, BeforeValidator(_as_text)]
VariableName = Annotated[
    str,
    PlainValidator(_reader(_parse_variable_name)),
    _schema(
        "string", "the name of an environment variable", pattern=r"^\s*[A-Z_][A-Z0-9_]{0,63}\s*$",
        examples=["WAREHOUSE_URL"],
    ),
]  # fmt: skip
Unit = Annotated[str, BeforeValidator(_reader(_parse_unit))]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed)]
Codes = Annotated[
    tuple[Annotated[str, BeforeValidator(_reader(_parse_code))], ...], BeforeValidator(listed)
]
Reference = Annotated[str, BeforeValidator(_as_reference)]
References = Annotated[tuple[Reference, ...], BeforeValidator(listed)]
Day = Annotated[
    date,
    PlainValidator(_reader(parse_day)),
    _schema("string", "a date", format="date", pattern=_DATE_PATTERN, examples=["2026-11-09"]),
]
Switch = Annotated[
    bool,
    PlainValidator(_reader(parse_switch)),
    WithJsonSchema({"enum": _SWITCHES, "description": "true or false", "examples": [True]}),
]
Done = Annotated[
    bool | date,
    PlainValidator(_reader(_parse_done)),
    WithJsonSchema(
        {
            "anyOf": [{"enum": _SWITCHES}, {"type": "string", "pattern": _DATE_PATTERN}],
            "description": "true, false or a date",
            "examples": ["2026-11-09", True],
        }
    ),
]
Amount = Annotated[
    Quantity,
    PlainValidator(_reader(parse_quantity)),
    _number_schema("a quantity like 12.5, $5M, 25% or 4 days", [12.5, "$5M", "25%", "4 days"]),
]
Share = Annotated[
    float,
    PlainValidator(_reader(parse_share)),
    _number_schema(
        "a share from 0 to 1: 0.6, 60% or 6/10",
        [0.6, "60%", "6/10"],
        minimum=0,
        maximum=1,
        pattern=_SHARE_PATTERN,
    ),
]
Weight = Annotated[
    float,
    PlainValidator(_reader(_parse_weight)),
    _number_schema("above 0", [1, 2.5], exclusiveMinimum=0, maximum=HEAVIEST),
]
Number = Annotated[
    float, PlainValidator(_reader(parse_number)), _number_schema("a number", [1, 2.5])
]
Duration = Annotated[
    str,
    PlainValidator(_reader(_parse_duration)),
    _schema("string", "a time like 2 months", pattern="[0-9]", examples=["2 months", "6 weeks"]),
]
Url = Annotated[
    str,
    PlainValidator(_reader(_parse_url)),
    _schema(
        "string",
        "an http, https, mailto or relative link",
        pattern=r"^\s*([hH][tT][tT][pP][sS]?:|[mM][aA][iI][lL][tT][oO]:|[^:]*([/?#]|$))",
        examples=["https://example.com/projects/42"],
    ),
]


class Visibility(StrEnum):
    """Whether a document is published."""

    PUBLIC = "public"
    PRIVATE = "private"


class Commitment(StrEnum):
    """Whether an objective must be reached whole (committed) or aims high (aspirational)."""

    ASPIRATIONAL = "aspirational"
    COMMITTED = "committed"


class Every(StrEnum):
    """How often a check-in is due."""

    WEEK = "week"
    TWO_WEEKS = "2 weeks"
    MONTH = "month"
    QUARTER = "quarter"


class ReadingEvery(StrEnum):
    """How often a reading of a KPI is due."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class WrittenStatus(StrEnum):
    """The state of an objective that its owners decide on."""

    DRAFT = "draft"
    ACTIVE = "active"
    CANCELLED = "cancelled"


class KeyResultStatus(StrEnum):
    """The only state of a key result that is written."""

    CANCELLED = "cancelled"


class InitiativeStatus(StrEnum):
    """How far an initiative is."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


class Origin(StrEnum):
    """Where an objective was proposed."""

    BOTTOM_UP = "bottom-up"
    TOP_DOWN = "top-down"


class KpiStatus(StrEnum):
    """Whether a KPI is being set up, in use, or kept for what it showed."""

    PLANNED = "planned"
    ACTIVE = "active"
    RETIRED = "retired"


class Indicator(StrEnum):
    """Whether a KPI tells early what will happen, or late what has happened."""

    LEADING = "leading"
    LAGGING = "lagging"


class Aggregate(StrEnum):
    """What the readings of a cycle make together."""

    LAST = "last"
    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    MIN = "min"


def one_of(choices: type[StrEnum]) -> PlainValidator:
    """Return the validator of a field that takes one of a few words."""
    read = _reader(partial(parse_choice, choices=choices))
    return PlainValidator(read, json_schema_input_type=choices)
