"""A digest as HTML that every mail program shows, and as Markdown for a chat or a page.

In HTML the styles are on each element, as mail programs drop style sheets; there is no script, no
picture and nothing to load.
"""

import re

from markupsafe import Markup, escape

from okrsite.exports.digest.content import Digest, DigestItem, DigestSection

_FACE = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_STYLES = {
    "body": f"margin:0;padding:16px;background:#fff;color:#1b2430;{_FACE};line-height:1.5",
    "sheet": "max-width:640px;margin:0 auto;font-size:15px",
    "heading": "margin:0;font-size:24px;line-height:1.25",
    "leading": "margin:4px 0 0;color:#566170",
    "part": "margin:28px 0 4px;font-size:17px;border-bottom:1px solid #566170;padding-bottom:4px",
    "items": "margin:0;padding:0;list-style:none",
    "item": "margin:0;padding:8px 0;border-bottom:1px solid #e2e6eb",
    "link": "color:#1b2430",
    "details": "margin:4px 0 0;padding:0 0 0 18px;color:#566170;font-size:14px",
    "empty": "margin:8px 0;color:#566170",
    "note": "margin:28px 0 0;color:#566170",
}
_PAGE = Markup("""\
<!doctype html>
<html lang="%(language)s" dir="%(direction)s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%(title)s</title>
</head>
<body style="%(body)s">
<div style="%(sheet)s">
<h1 style="%(heading)s">%(title)s</h1>
<p style="%(leading)s">%(lead)s</p>
%(parts)s
%(note)s</div>
</body>
</html>
""")


def to_html(digest: Digest) -> str:
    """Return a digest as a page of HTML."""
    texts = {
        "language": digest.language,
        "direction": digest.direction,
        "title": digest.title,
        "lead": digest.lead,
        "parts": Markup("\n").join(_section(section) for section in digest.sections),
        "note": Markup('<p style="%s">%s</p>\n') % (_STYLES["note"], digest.note)
        if digest.note
        else "",
    }
    return str(_PAGE % {**_STYLES, **texts})


def _section(section: DigestSection) -> Markup:
    heading = Markup('<h2 style="%s">%s</h2>') % (_STYLES["part"], section.title)
    if not section.items:
        return Markup('%s\n<p style="%s">%s</p>') % (heading, _STYLES["empty"], section.empty)
    items = Markup("\n").join(map(_item, section.items))
    return Markup('%s\n<ul style="%s">\n%s\n</ul>') % (heading, _STYLES["items"], items)


def _item(item: DigestItem) -> Markup:
    name: Markup = Markup("<strong>%s</strong>") % item.title
    if item.address:
        name = Markup('<a href="%s" style="%s">%s</a>') % (item.address, _STYLES["link"], name)
    details = Markup("").join(Markup("<li>%s</li>") % escape(detail) for detail in item.details)
    below = Markup('<ul style="%s">%s</ul>') % (_STYLES["details"], details) if details else ""
    return Markup('<li style="%s">%s<br>%s%s</li>') % (_STYLES["item"], name, item.summary, below)


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
    if digest.note:
        lines += ["", _text(digest.note)]
    return "\n".join(lines) + "\n"


def to_text(digest: Digest) -> str:
    """Return a digest as text without marks, for a chat that knows none."""
    lines = [digest.title, digest.lead]
    for section in digest.sections:
        lines += ["", section.title.upper()]
        if not section.items:
            lines.append(section.empty)
        for item in section.items:
            lines.append(f"• {_on_a_line(item.title)}: {_on_a_line(item.summary)}")
            lines += [f"    – {_on_a_line(detail)}" for detail in item.details]
            lines += [f"    {item.address}"] if item.address else []
    if digest.note:
        lines += ["", digest.note]
    return "\n".join(lines) + "\n"


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


def _name(item: DigestItem) -> str:
    name = f"**{_text(item.title)}**"
    return f"[{name}](<{item.address}>)" if item.address else name


def _text(text: str) -> str:
    return _LIST.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", " ".join(text.split())))
