"""A feed as Atom (RFC 4287), and as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
import re
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from okrsite.exports.feeds.items import Feed, FeedItem

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_atom(feed: Feed) -> str:
    """Return a feed as Atom."""
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
    lines += [_entry(feed, item) for item in feed.items]
    return "\n".join([*lines, "</feed>\n"])


def moment(day: date) -> str:
    """Return the moment that a day begins at, in Coordinated Universal Time (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"


def _entry(feed: Feed, item: FeedItem) -> str:
    tags = "".join(f"<category term={_quoted(tag)}/>" for tag in item.tags)
    return (
        f"<entry><id>{_text(item.id)}</id><title>{_text(item.title)}</title>"
        f"<updated>{moment(item.day)}</updated>"
        f"<author><name>{_text(item.author)}</name></author>"
        f'<link rel="alternate" type="text/html" href={_quoted(feed.root + item.address)}/>{tags}'
        f'<content type="html">{_text(item.content)}</content></entry>'
    )


def _text(text: str) -> str:
    """Escape a text for XML; characters that XML cannot hold are replaced."""
    return escape(_UNFIT.sub("\ufffd", text))


def _quoted(text: str) -> str:
    return quoteattr(_UNFIT.sub("\ufffd", text))


def to_json_feed(feed: Feed) -> str:
    """Return a feed as JSON Feed, one item a line."""
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": feed.language,
        "home_page_url": feed.page,
    }
    if feed.base is not None:
        head["feed_url"] = f"{feed.base}{feed.path}.json"
    items = ",\n".join(_json(_item(feed, item)) for item in feed.items)
    # Indented by hand: json.dumps indents in Python, which takes six times as long.
    return f'{_json(head)[:-1]}, "items": [\n{items}\n]}}\n'


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _item(feed: Feed, item: FeedItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": feed.root + item.address,
        "title": item.title,
        "content_html": item.content,
        "date_published": moment(item.day),
        "authors": [{"name": item.author}],
        **({"tags": item.tags} if item.tags else {}),
    }
