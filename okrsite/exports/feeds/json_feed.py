"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from okrsite.exports.feeds.atom import moment
from okrsite.exports.feeds.entries import Entry, Feed


def to_json_feed(feed: Feed) -> str:
    """Write a feed as JSON Feed, one entry a line."""
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": feed.language,
        "home_page_url": feed.page,
    }
    if feed.base is not None:
        head["feed_url"] = f"{feed.base}{feed.path}.json"
    items = ",\n".join(_json(_item(feed, entry)) for entry in feed.entries)
    # Indented by hand: json.dumps indents in Python, which takes six times as long.
    return f'{_json(head)[:-1]}, "items": [\n{items}\n]}}\n'


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _item(feed: Feed, entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": feed.root + entry.address,
        "title": entry.title,
        "content_html": entry.content,
        "date_published": moment(entry.day),
        "authors": [{"name": entry.author}],
    }
    if entry.tags:
        item["tags"] = list(entry.tags)
    return item
