"""Ways to spoil documents, settings and tables."""

import copy
import random
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from tests.fuzz.documents import documents
from tests.fuzz.odd import ODD


def misplaced(dice: random.Random, uri: str) -> str:
    """Return the path of a document, now and then another one."""
    if dice.random() > 0.05:
        return uri
    folder, _, name = uri.rpartition("/")
    return dice.choice(
        [f"{folder}/2026/q3/{name}", f"{folder}/COMPANY/{name}", name, f"{folder}/é <b>/{name}",
         f"{folder}/index.md", f"{folder}/README.md", f"2026-13/{name}"]
    )  # fmt: skip


def _containers(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        if value:
            yield value
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _containers(inside)


def _keys() -> list[str]:
    """List every name of a field that the sound site writes, and some that mean something else."""
    names = {"id", "hide", "template", "search", "ignore", "x-own", "description", "closed"}
    for fields, _ in documents().values():
        for place in _containers(fields):
            names.update(place if isinstance(place, dict) else ())
    return sorted(names)


_KEYS = _keys()


def spoil(dice: random.Random, fields: dict[str, Any], odd: Sequence[Sequence[Any]] = ODD) -> None:
    """Change one thing somewhere in the fields of a document, or in settings."""
    places = list(_containers(fields))
    if not places:
        return
    place = dice.choice(places)
    key = dice.choice(list(place) if isinstance(place, dict) else range(len(place)))
    if key in ("type", "cycle", "owner") and dice.random() < 0.8:
        return  # they leave out the whole document, and most should be read to their end
    match dice.randrange(8):
        case 0 | 1 | 2:
            place[key] = copy.deepcopy(dice.choice(dice.choice(odd)))
        case 3:
            del place[key]
        case 4:
            place[key] = [copy.deepcopy(place[key]), copy.deepcopy(place[key])]
        case 5:
            other = dice.choice(places)
            place[key] = copy.deepcopy(other)
        case 6 if isinstance(place, dict):
            place[dice.choice(_KEYS)] = copy.deepcopy(dice.choice(dice.choice(odd)))
        case 7 if isinstance(place, dict):
            place[dice.choice(_KEYS)] = place.pop(key)
        case _:
            place[key] = str(place[key])


def written(dice: random.Random, fields: dict[str, Any], body: str) -> str | bytes:
    """Return a document as text, which is spoiled now and then."""
    flow = dice.choice([None, None, True, False])
    front = yaml.safe_dump(
        fields, allow_unicode=dice.random() < 0.5, default_flow_style=flow, sort_keys=False
    )
    text = f"---\n{front}---\n{body}\n"
    return spoiled_text(dice, text) if dice.random() < 0.04 else text


def spoiled_text(dice: random.Random, text: str) -> str | bytes:
    """Change something in a text that has no structure: bytes, line ends, aliases, tags."""
    at = dice.randrange(len(text))
    match dice.randrange(9):
        case 0:
            return text.replace("\n", dice.choice(["\r\n", "\r", "\u2028"]))
        case 1:
            return b"\xef\xbb\xbf" + text.encode()
        case 2:
            return text.encode(dice.choice(["utf-16", "utf-8", "latin-1"]), errors="replace")
        case 3:
            return text[:at] + dice.choice(["\0", "\x07", "\t", "---\n", "&a ", "*a", "!!int "])
        case 4:
            return text[:at] + text[at + dice.randrange(20) :]
        case 5:
            raw = bytearray(text.encode())
            for _ in range(5):
                raw[dice.randrange(len(raw))] = dice.randrange(256)
            return bytes(raw)
        case 6:
            lines = text.splitlines(keepends=True)
            dice.shuffle(lines)
            return "---\n" + "".join(lines)
        case 7:
            return text.replace("title:", "x-a: &a [1, {b: 2}]\ntitle: *a\nignore:", 1)
        case _:
            return text.replace("type:", "<<: &m {title: Merged, <<: {id: m}}\ntype:", 1)
