"""A digest as Markdown, for a chat or a page."""

import re

from okrsite.exports.digest.content import Digest, Item

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|!~&@]")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def to_markdown(digest: Digest) -> str:
    """Write a digest as Markdown; nothing that stands in a title or note is a mark in it."""
    lines = [f"# {_text(digest.title)}", "", _text(digest.lead)]
    for part in digest.parts:
        lines += ["", f"## {_text(part.title)}", ""]
        if not part.items:
            lines.append(_text(part.empty))
        for item in part.items:
            lines.append(f"- {_name(item)}: {_text(item.said)}")
            lines += [f"    - {_text(detail)}" for detail in item.details]
    return "\n".join(lines) + "\n"


def _name(item: Item) -> str:
    name = f"**{_text(item.title)}**"
    return f"[{name}](<{item.address}>)" if item.address else name


def _text(text: str) -> str:
    return _LIST.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", " ".join(text.split())))
