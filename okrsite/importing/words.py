"""The words that other tools use, by what they mean; they are listed in `words.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path


def words_of(text: str) -> str:
    """Return the words of a text, in lower case and without accents, apart by single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", letters))


def normal(text: str) -> str:
    """Return a header as headers are compared: also without what is in brackets."""
    if text.strip() == "#":
        return "#"
    return words_of(re.sub(r"\([^()]*\)|\[[^][]*\]", " ", text))


@cache
def meanings(kind: str) -> Mapping[str, str]:
    """Return what each word of a kind means, such as `doing` for a task that is in progress."""
    text = Path(__file__).with_name("words.toml").read_text("utf-8")
    listed = tomllib.loads(text)[kind]
    return {word: meaning for meaning, words in listed.items() for word in words}


def meaning(kind: str, text: str) -> str | None:
    """Return what a cell says, as one of the meanings of a kind; None for other words."""
    return meanings(kind).get(words_of(text) or text.strip())
