"""Whether a document is meant to be private, however that is written.

What is published cannot be taken back, so a typing error must not publish anything: names spelled
almost like `visibility` or meaning the same count as it, and so do the values.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache
from typing import Any

VISIBILITY = "visibility"

_YES = frozenset({"true", "yes", "on", "1", "y", "ja", "oui", "si"})
_NO = frozenset({"false", "no", "off", "0", "n", "nein", "non"})
_NOT_LETTERS = re.compile(r"[^a-z]")
_INLINE = re.compile(r"[\"']?([A-Za-z_-]{4,20})[\"']?[ \t]*[:=]([^,}#\n]*)")
_LINE = re.compile(
    r"[ \t]*(?:-[ \t]+)?[\"'<{]{0,2}([^:=\"'\s#][^:=\"'\n#]{0,29})[\"']?[ \t]*[:=]([^#\n]*)"
)


class _Meaning(Enum):
    """What a field's name says about who may read the document."""

    VISIBILITY = "public or private"
    PRIVATE = "it is private"
    PUBLIC = "it is public"
    NEARLY_PRIVATE = "it is private, where the value says so"
    NEARLY_PUBLIC = "it is public, where the value does not deny it"
    ACCESS = "who reads it, where the value is a word for private"
    NOTHING = "nothing"


_WORDS = {
    _Meaning.VISIBILITY: f"{VISIBILITY} sichtbarkeit visibilite visibilidad",
    _Meaning.PRIVATE: "private privat privado privada prive privee confidential secret vertraulich"
    " geheim confidentiel confidencial hidden versteckt cache oculto nonpublic notpublic"
    " unpublished unlisted priv",
    _Meaning.PUBLIC: "public visible offentlich oeffentlich sichtbar publico publica publik"
    " publique",
    _Meaning.NEARLY_PRIVATE: "hide internal restricted privacy confidentiality",
    _Meaning.NEARLY_PUBLIC: "publish published publie publicado",
    _Meaning.ACCESS: "access audience classification scope status zugriff acces acceso sharing"
    " share view viewer viewers vis visib",
}
_NAMES = {meaning: set(words.split()) for meaning, words in _WORDS.items()}
_EXACT = {name: meaning for meaning, names in _NAMES.items() for name in names}
_PRIVATE_WORDS = _NAMES[_Meaning.PRIVATE] - {"cache"} | {"internal", "restricted", "nobody", "none"}
_ALONE = _PRIVATE_WORDS - {"hidden", "none", "nobody", "internal", "secret", "restricted"}
_SHOWN_BY = {
    _Meaning.VISIBILITY: {"public"},
    _Meaning.PRIVATE: _NO | {"public"},
    _Meaning.PUBLIC: _YES | {"public"},
}
_HIDDEN_BY = {
    _Meaning.NEARLY_PRIVATE: _YES | _PRIVATE_WORDS,
    _Meaning.NEARLY_PUBLIC: _NO | _PRIVATE_WORDS,
    _Meaning.ACCESS: _PRIVATE_WORDS,
}
_ALIKE, _RATHER_ALIKE = 0.85, 0.7
"""How similar two names are that count as the same, as `SequenceMatcher` measures it; less is
enough where the value is a word for private."""
_WORD_ALONE = re.compile(r"(?:-[ \t]+)?[^\w:=#-]*(?:(\w+)[^\w#]+)?(\w+)\W*")
_COLONS = str.maketrans({"\u2236": ":", "\ua789": ":"})
_OTHER_WORDS = frozenset({"viability", "risibility", "provider", "primary", "primate", "privilege"})


def meant_private(fields: Mapping[str, Any]) -> bool:
    """Whether front matter makes its document private.

    `visibility` does with any value but `public`, and so do fields that look like it (`Visibility`,
    `visiblity`, `visible: false`, `private: true`), also where they slipped into another field. A
    name that begins with `x-` is the user's own and means nothing here.
    """
    for name, value in fields.items():
        if _hides(name, value):
            return True
        if name[:2] == "x-":
            continue
        if isinstance(value, dict) and name != "values" and _slipped(value):
            return True
        if isinstance(value, list) and any(isinstance(v, dict) and _slipped(v) for v in value):
            return True
    return False


def private_by_name(name: str) -> bool:
    """Whether the name of a field without a value alone says that its document is private."""
    return _meaning(name) is _Meaning.PRIVATE


def _slipped(fields: Mapping[str, Any]) -> bool:
    """Whether fields inside another one were meant to make the document private."""
    for name, value in fields.items():
        meaning = _meaning(name) if value is not None else _Meaning.NOTHING
        if meaning not in (_Meaning.NOTHING, _Meaning.ACCESS) and _word(value) not in _NO:
            if _hides(name, value) and not isinstance(value, dict | list):
                return True
    return False


def meant_private_in(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a text that cannot be read as front matter has a line that makes it private."""
    return private_line(text[start:end].split("\n")) is not None


def private_line(lines: Iterable[str]) -> int | None:
    """Return the first of some lines, counted from 0, that makes a document private."""
    in_list = False
    for number, line in enumerate(map(normal_line, lines)):
        alone = None if line[:1] == "-" and in_list else _WORD_ALONE.fullmatch(line)
        in_list = line.rstrip().endswith(":") or (in_list and line[:1] == "-")
        if alone and alone[2].lower() in _ALONE:
            if alone[1] is None or _meaning(alone[1]) is _Meaning.VISIBILITY:
                return number
        field = _LINE.match(line)
        if field is not None and _hides(field[1].strip(), _bare(field[2])):
            return number
        for match in _INLINE.finditer(line):
            if _meaning(match[1]) is _Meaning.VISIBILITY or line.lstrip()[:1] in "{<":
                if _hides(match[1], _bare(match[2])):
                    return number
    return None


def normal_line(line: str) -> str:
    """Return a line with plain blanks, signs and letters, without invisible characters."""
    if line.isascii() and line.isprintable():
        return line
    line = unicodedata.normalize("NFKC", line.replace("\t", " ")).translate(_COLONS)
    return "".join(sign for sign in line if unicodedata.category(sign) not in ("Cf", "Cc"))


def _bare(value: str) -> str:
    return value.strip("\"' \t\r,}>-")


def _hides(name: str, value: Any) -> bool:
    meaning = _meaning(name)
    if value is None:  # a key in braces without a value
        return meaning in (_Meaning.PRIVATE, _Meaning.VISIBILITY)
    word = _word(value)
    if meaning in _SHOWN_BY:
        misspelt = meaning is _Meaning.VISIBILITY and name != VISIBILITY
        return word not in _SHOWN_BY[meaning] and not (misspelt and word in _YES)
    return word in _HIDDEN_BY.get(meaning, ())


def _word(value: Any) -> str:
    return normal_line(str(value)).strip().lower()


@lru_cache(2048)
def _meaning(name: str) -> _Meaning:
    name = normal_line(name).strip().lower()
    if name.startswith("x-"):
        return _Meaning.NOTHING
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    letters = _NOT_LETTERS.sub("", plain)
    letters = re.sub(r"^(?:is|has|ist|est|es)(?=priv|publ|vis|hid|conf)", "", letters)
    if letters in _EXACT:
        return _EXACT[letters]
    if letters in _OTHER_WORDS or len(letters) < 4:
        return _Meaning.NOTHING
    if _alike(letters, VISIBILITY, _ALIKE):
        return _Meaning.VISIBILITY
    if _alike(letters, "private", _ALIKE) or _alike(letters, "hidden", _ALIKE):
        return _Meaning.NEARLY_PRIVATE
    if _alike(letters, "public", _ALIKE) or _alike(letters, "visible", _ALIKE):
        return _Meaning.NEARLY_PUBLIC
    if any(_alike(letters, word, _RATHER_ALIKE) for word in (VISIBILITY, "sichtbarkeit")):
        return _Meaning.ACCESS
    return _Meaning.NOTHING


def _alike(one: str, other: str, share: float) -> bool:
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= share and matcher.ratio() >= share
