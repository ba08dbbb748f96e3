"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from okrsite.exports.feeds.atom import moment
from okrsite.exports.feeds.items import Feed, FeedItem


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
