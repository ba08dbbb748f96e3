"""A feed as Atom (RFC 4287)."""

import re
from datetime import date
from xml.etree import ElementTree

from okrsite.feeds.entries import Entry, Feed

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_atom(feed: Feed) -> str:
    """Write a feed as Atom."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, _LANGUAGE: feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", moment(feed.updated))
    _add(root, "generator", "okrsite")
    _link(root, "alternate", feed.page, "text/html")
    if feed.base is not None:
        _link(root, "self", f"{feed.base}{feed.path}.atom", "application/atom+xml")
    for entry in feed.entries:
        _entry(root, entry)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def moment(day: date) -> str:
    """Write a day as the moment it begins at, in Coordinated Universal Time (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"


def _entry(root: ElementTree.Element, entry: Entry) -> None:
    element = ElementTree.SubElement(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", moment(entry.day))
    _add(ElementTree.SubElement(element, "author"), "name", entry.author)
    _link(element, "alternate", entry.address, "text/html")
    for tag in entry.tags:
        ElementTree.SubElement(element, "category", {"term": _fit(tag)})
    _add(element, "content", str(entry.content), type="html")


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = _fit(text)


def _link(parent: ElementTree.Element, relation: str, address: str, type: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address, "type": type})


def _fit(text: str) -> str:
    """Replace the characters that XML cannot hold."""
    return _UNFIT.sub("\ufffd", text)
