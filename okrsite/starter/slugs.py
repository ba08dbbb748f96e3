"""Titles to names of files: lower-case ASCII words with dashes between them."""

import re
from collections.abc import Collection

from anyascii import anyascii

LONGEST = 60
"""A name is cut, between two words, where it would be longer than this."""


def slug(title: str, otherwise: str, longest: int = LONGEST) -> str:
    """Write a title as a name; where nothing of it is left, it is `otherwise`."""
    text = re.sub(r"['’]", "", anyascii(title)).lower()
    words = re.findall(r"[a-z0-9]+", text)
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:longest]
        if len(longer) > longest:
            break
        name = longer
    return name or otherwise


def free(name: str, taken: Collection[str]) -> str:
    """Give the name, or the first of `name-2`, `name-3`, … that is not taken."""
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate
