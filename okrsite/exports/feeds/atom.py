"""A feed as Atom (RFC 4287)."""

import re
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from okrsite.exports.feeds.entries import Entry, Feed

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_atom(feed: Feed) -> str:
    """Write a feed as Atom."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_quoted(feed.language)}>',
        f"<id>{_text(feed.id)}</id>",
        f"<title>{_text(feed.title)}</title>",
        f"<updated>{moment(feed.updated)}</updated>",
        "<generator>okrsite</generator>",
        f'<link rel="alternate" type="text/html" href={_quoted(feed.page)}/>',
    ]
    if feed.base is not None:
        own = _quoted(f"{feed.base}{feed.path}.atom")
        lines.append(f'<link rel="self" type="application/atom+xml" href={own}/>')
    lines += [_entry(feed, entry) for entry in feed.entries]
    return "\n".join([*lines, "</feed>\n"])


def moment(day: date) -> str:
    """Write a day as the moment it begins at, in Coordinated Universal Time (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"


def _entry(feed: Feed, entry: Entry) -> str:
    tags = "".join(f"<category term={_quoted(tag)}/>" for tag in entry.tags)
    return (
        f"<entry><id>{_text(entry.id)}</id><title>{_text(entry.title)}</title>"
        f"<updated>{moment(entry.day)}</updated>"
        f"<author><name>{_text(entry.author)}</name></author>"
        f'<link rel="alternate" type="text/html" href={_quoted(feed.root + entry.address)}/>{tags}'
        f'<content type="html">{_text(entry.content)}</content></entry>'
    )


def _text(text: str) -> str:
    """Write a text for XML; what it cannot hold is replaced."""
    return escape(_UNFIT.sub("\ufffd", text))


def _quoted(text: str) -> str:
    return quoteattr(_UNFIT.sub("\ufffd", text))
