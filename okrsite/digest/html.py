"""A digest as HTML that every mail program shows: no styles, no scripts, nothing to load."""

from markupsafe import Markup, escape

from okrsite.digest.content import Digest, Item, Part

_PAGE = Markup("""\
<!doctype html>
<html lang="%(language)s">
<head>
<meta charset="utf-8">
<title>%(title)s</title>
</head>
<body>
<h1>%(title)s</h1>
<p>%(lead)s</p>
%(parts)s
</body>
</html>
""")


def to_html(digest: Digest) -> str:
    """Write a digest as a page of HTML."""
    parts = Markup("\n").join(_part(part) for part in digest.parts)
    return str(
        _PAGE
        % {
            "language": digest.language,
            "title": digest.title,
            "lead": digest.lead,
            "parts": parts,
        }
    )


def _part(part: Part) -> Markup:
    heading = Markup("<h2>%s</h2>") % part.title
    if not part.items:
        return Markup("%s\n<p>%s</p>") % (heading, part.empty)
    items = Markup("\n").join(_item(item) for item in part.items)
    return Markup("%s\n<ul>\n%s\n</ul>") % (heading, items)


def _item(item: Item) -> Markup:
    name: Markup = Markup("<strong>%s</strong>") % item.title
    if item.address:
        name = Markup('<a href="%s">%s</a>') % (item.address, name)
    details = Markup("").join(Markup("<li>%s</li>") % escape(detail) for detail in item.details)
    below = Markup("<ul>%s</ul>") % details if details else Markup()
    return Markup("<li>%s: %s%s</li>") % (name, item.said, below)
