"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from okrsite.feeds.atom import moment
from okrsite.feeds.entries import Entry, Feed


def to_json_feed(feed: Feed) -> str:
    """Write a feed as JSON Feed."""
    data: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": feed.language,
        "home_page_url": feed.page,
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.base is not None:
        data["feed_url"] = f"{feed.base}{feed.path}.json"
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_html": str(entry.content),
        "date_published": moment(entry.day),
        "authors": [{"name": entry.author}],
    }
    if entry.tags:
        item["tags"] = list(entry.tags)
    return item
