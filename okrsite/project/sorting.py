"""The order in which documents are listed: by their `order`, then by title, O2 before O10."""

import math
import re

from okrsite.language.inline import plain
from okrsite.project.model import Owner, Page

_DIGITS = re.compile(r"([0-9]+)")

Natural = tuple[object, ...]
"""A key by which texts are sorted for people."""


def natural(text: str) -> Natural:
    """Return the key of a text, without marks and case, in which digits are numbers."""
    parts: list[object] = list(_DIGITS.split(plain(text).casefold()))
    for position in range(1, len(parts), 2):
        digits = str(parts[position]).lstrip("0")
        parts[position] = (len(digits), digits)
    return tuple(parts)


def by_order(page: Page) -> tuple[float, Natural, Natural]:
    """Return the key of a document; those without `order` come after those that have one."""
    return _key(page.order, page.title, page.id)


def owner_by_order(owner: Owner) -> tuple[float, Natural, Natural]:
    """Return the key of an owner."""
    return _key(owner.page.order if owner.page else None, owner.title, owner.id)


def _key(order: float | None, title: str, id: str) -> tuple[float, Natural, Natural]:
    return math.inf if order is None else order, natural(title), natural(id)
