"""Entries of lists that were written as a line, with the fields that they need instead.

People write `- More guests from 100 to 200` and `- 2026-11-09: Fine so far`, as in any notes.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from okrsite.documents.quantity import InvalidValueError, parse_quantity

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAY_FIRST = re.compile(rf"({_DAY})[\s:,;–—-]*(.*)", re.DOTALL)
_BY_DAY = re.compile(
    rf"(.+?)[\s,;:(]+(?:by|until|due|on|bis|am|avant|le|antes del?|el)? ?({_DAY})\)?"
)
_BULLET = re.compile(r"(?:[-*•+]|\d{1,2}[.)])\s+")
_AMOUNT = r"[-+−]?[$€£¥]?[0-9][\w.,$€£¥]*(?: ?%)?"
_NUMBER = rf"{_AMOUNT}(?<![.,])"
_TO = re.compile(
    rf"(?P<title>.*?)[,:]?(?:(?:^|\s)(?:from|von|de|desde) (?P<start>{_NUMBER}))?"
    rf" ?(?:(?<=\s)(?:to|auf|à|a|hasta)|→|->|=>|-->) ?(?P<to>{_NUMBER})(?P<rest>\s.+)?",
    re.IGNORECASE,
)
_ENDS_IN_NUMBER = re.compile(rf"(?:(?P<title>.*[^\W\d])[\s:,]+)?(?P<start>{_NUMBER})")
_LIMIT = re.compile(
    r"(?:^|(?<=[\s(:]))(?:(?P<max>at most|no more than|below|under|less than|≤|<=?|höchstens"
    r"|maximal|unter|weniger als|au plus|en dessous de|sous|moins de|como máximo|a lo sumo"
    r"|por debajo de|menos de)|(?P<min>at least|no less than|above|over|more than|≥|>=?|mindestens"
    r"|wenigstens|über|mehr als|au moins|au-dessus de|plus de|al menos|como mínimo"
    r"|por encima de|más de))"
    rf"\s*(?P<value>{_NUMBER}(?:\s(?:day|hour|minute|second|week|Tag|Stunde|Minute|Woche|jour|heure"
    r"|semaine|día|hora|minuto|semana)\w*)?)",
    re.IGNORECASE,
)
_FALLS = re.compile(
    r"(?:reduce|cut|lower|decrease|bring|get|shorten|senken?|reduzieren?|verringern?|réduire|baisser"
    r"|diminuer|reducir|bajar|disminuir)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_QUANTITY = re.compile(r"[-+]?[$€£¥]?[0-9][\w.]*(?: ?%)?")
_ORDINARY = re.compile(r"[^\W_][^\"\\,:#{}\[\]]*")
_YES = frozenset({"done", "yes", "true", "x", "ok", "fertig", "erledigt", "fait", "hecho"})
PLACEHOLDER = "…"
"""What stands for a part that only the writer knows."""


def with_fields(name: str, written: Any) -> str | None:
    """Return how the first entry of a list is to be written, from what stands there instead.

    `name` is the field, and `written` a line, one pair of a name and a value, or the entries by
    name. None where it cannot be told.
    """
    make = _ENTRIES.get(name)
    if make is None:
        return None
    if isinstance(written, list):
        written = next((entry for entry in written if isinstance(entry, (str, dict))), None)
    if isinstance(written, str):
        line = next((line.strip() for line in written.split("\n") if line.strip()), "")
        bullet = _BULLET.match(line)
        line = line[bullet.end() if bullet else 0 :]
        return _entry(make(line[:_LONGEST].strip(), None)) if line else None
    if not isinstance(written, dict) or not written:
        return None
    (head, value), *rest = written.items()
    made = make(str(head)[:_LONGEST].strip(), value)
    return _entry({**made, **dict(rest)} if made else None)


def as_mapping(name: str, written: str) -> str | None:
    """Return how a field with several parts is to be written, from the line that stands there.

    `name` is the field; None where it cannot be told.
    """
    text = written.strip()[:_LONGEST]
    number = re.search(_NUMBER, text)
    if number is None:
        return None
    fields: Mapping[str, Any] | None = None
    if name in ("keep", "alert"):
        limit = _LIMIT.search(text)
        bound = "max" if limit and limit["max"] else "min"
        fields = {bound: _amount(limit["value"] if limit else number[0])}
        if (name == "alert" and limit is None) or not _is_quantity(fields[bound]):
            return None
    elif name == "target":
        day = _BY_DAY.fullmatch(text)
        fields = {"value": day[1], "by": day[2]} if day else None
    elif name == "grade" and re.fullmatch(r"(?:0|1|0?\.[0-9]+|1\.0+|[0-9]+ ?%)", number[0]):
        fields = {"score": _amount(number[0]), "reason": PLACEHOLDER}
    return f"{name}: {_flow(fields)}" if fields else None


_LONGEST = 200


def _entry(fields: Mapping[str, Any] | None) -> str | None:
    if not fields:
        return None
    if list(fields) == ["title"]:
        return f"- title: {_scalar(fields['title'])}"
    return f"- {_flow(fields)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """Return a text as YAML takes it in braces, in quotes only where they are needed."""
    plain = _ORDINARY.fullmatch(text) or _QUANTITY.fullmatch(text) or text == PLACEHOLDER
    return text if plain else json.dumps(text, ensure_ascii=False)


def _is_quantity(text: str) -> bool:
    try:
        parse_quantity(text)
    except InvalidValueError:
        return False
    return True


def _key_result(head: str, value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return {"id": head.lower().replace(" ", "-"), **value}
    text = head if value is None else f"{head}: {value}"
    if way := _TO.fullmatch(text):
        title, start = way["title"].strip(" ,:"), way["start"]
        if start is None and (before := _ENDS_IN_NUMBER.fullmatch(title)):  # `NPS 30 to 50`
            title, start = before["title"] or "", before["start"]
        title = f"{title}{way['rest'] or ''}" if title else text
        amounts = {"from": start and _amount(start), "to": _amount(way["to"])}
        return {"title": title, **{name: amount for name, amount in amounts.items() if amount}}
    if limit := _LIMIT.search(text):
        bound, value = "max" if limit["max"] else "min", _amount(limit["value"])
        if _FALLS.match(text):
            return {"title": text, "from": PLACEHOLDER, "to": value}
        return {"title": text, "keep": {bound: value}}
    if day := _BY_DAY.fullmatch(text):
        return {"title": day[1], "due": day[2], "done": "false"}
    numbers = _COUNT.findall(text)
    if len(numbers) == 1 and not _YEAR.fullmatch(numbers[0]):
        return {"title": text, "to": _amount(numbers[0])}
    return {"title": text}


_COUNT = re.compile(rf"(?<![\w.,#/-]){_NUMBER}(?![\w/])")


def _amount(text: str) -> str:
    """Return a number as it is to be written: with a point before its decimals."""
    return re.sub(r"(?<=[0-9]),(?=[0-9]{1,2}(?![0-9,]))", ".", text)


def _milestone(head: str, value: Any) -> Mapping[str, Any]:
    day = _BY_DAY.fullmatch(head) if value is None else None
    if day:
        return {"title": day[1], "due": day[2]}
    if value is None or isinstance(value, (Mapping, list)):
        return {"title": head}
    if str(value).strip().lower() in _YES:
        return {"title": head, "done": "true"}
    if re.fullmatch(_DAY, str(value)):
        return {"title": head, "due": value}
    return {"title": f"{head}: {value}"}


def _initiative(head: str, value: Any) -> Mapping[str, Any]:
    states = {"todo", "doing", "done", "dropped"}
    if isinstance(value, str) and value.lower() in states:
        return {"title": head, "status": value.lower()}
    return _milestone(head, None if isinstance(value, (Mapping, list)) else value)


def _check_in(head: str, value: Any) -> Mapping[str, Any]:
    day, text = _day_and_text(head, value)
    if isinstance(text, Mapping):
        return {"date": day, **text}
    return {"date": day, "note": text}


def _reading(head: str, value: Any) -> Mapping[str, Any]:
    day, text = _day_and_text(head, value)
    if isinstance(text, Mapping):
        return {"date": day, **text}
    return {"date": day, "value": text}


def _target(head: str, value: Any) -> Mapping[str, Any]:
    day, text = _day_and_text(head, value)
    if isinstance(text, Mapping):
        return {**text, "by": day}
    return {"value": text, "by": day}


def _day_and_text(head: str, value: Any) -> tuple[str, Any]:
    if value is not None and re.fullmatch(_DAY, head):
        return head, value
    text = head if value is None or isinstance(value, (Mapping, list)) else f"{head}: {value}"
    found = _DAY_FIRST.fullmatch(text)
    return (found[1], found[2] or PLACEHOLDER) if found else ("2026-11-09", text)


def _link(head: str, value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, str) and "/" in value:
        return {"title": head, "url": value}
    whole = head if value is None else f"{head}:{value}"
    return {"title": PLACEHOLDER, "url": whole} if re.match(r"https?://", whole) else None


def _update(head: str, value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return {"objective": head, **value}
    if value is None:
        return {"objective": head, "confidence": "0.7"}
    share = re.fullmatch(r"[01](?:\.[0-9]+)?|\.[0-9]+|[0-9]{1,3} ?%", str(value).strip())
    return {"objective": head, "confidence" if share else "note": value}


_ENTRIES: dict[str, Callable[[str, Any], Mapping[str, Any] | None]] = {
    "check_ins": _check_in,
    "initiatives": _initiative,
    "key_results": _key_result,
    "links": _link,
    "milestones": _milestone,
    "readings": _reading,
    "targets": _target,
    "updates": _update,
}

ENTRY_FIELDS = frozenset(_ENTRIES)
"""The lists whose entries have fields."""
