"""A digest as Markdown, for a chat or a page."""

import re

from okrsite.exports.digest.content import Digest, DigestItem

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|!~&@]")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def to_markdown(digest: Digest) -> str:
    """Return a digest as Markdown, in which titles and notes are escaped."""
    lines = [f"# {_text(digest.title)}", "", _text(digest.lead)]
    for section in digest.sections:
        lines += ["", f"## {_text(section.title)}", ""]
        if not section.items:
            lines.append(_text(section.empty))
        for item in section.items:
            lines.append(f"- {_name(item)}: {_text(item.summary)}")
            lines += [f"    - {_text(detail)}" for detail in item.details]
    return "\n".join(lines) + "\n"


def _name(item: DigestItem) -> str:
    name = f"**{_text(item.title)}**"
    return f"[{name}](<{item.address}>)" if item.address else name


def _text(text: str) -> str:
    return _LIST.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", " ".join(text.split())))
