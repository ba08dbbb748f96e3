"""The Markdown twin of a page, and the `llms.txt` that leads to the twins of the main pages.

A twin is made from the HTML that the page shows, so it says the same and nothing more: a few passes
over it, none of which looks at any character more than a bounded number of times.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from html import unescape

from okrsite.language.inline import plain
from okrsite.pages.all import SECTIONS
from okrsite.pages.site import Site
from okrsite.util.markdown_files import without_ending

LLMS = "llms.txt"
"""The file that tells assistants where the Markdown of the main pages is."""

_ACTING = "svg|script|style|template|dialog|form|button|nav|select|noscript"
_UNREAD = re.compile(
    rf"<({_ACTING})\b.*?</\1\s*>|<!--.*?-->|<a class=\"headerlink\".*?</a>", re.DOTALL
)
_CODE = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>')
_HEADING = re.compile(r"<h([1-6])\b[^>]*> ?")
_STRONG = re.compile(r"<(strong|b)\b[^>]*> ?([^<>]+?) ?</\1>")
_HEAD = re.compile(r"<thead\b.*?(?=</thead>|<tbody\b)")
_ITEM = re.compile(r"<(?:li|dt)\b[^>]*> ?")
_ROW = re.compile(r"<tr\b[^>]*> ?")
_CELL = re.compile(r"<t[dh]\b[^>]*> ?")
_BLOCK = re.compile(
    r"</?(?:p|div|section|article|header|footer|ul|ol|table|h[1-6]|details|summary|figure|dl|dt"
    r"|figcaption|blockquote|fieldset)\b[^>]*>|<br[^>]*>"
)
_TAG = re.compile(r"<[^>]+>")
_EMPTY = re.compile(r"\n{3,}")
_MARKS = re.compile(r"[\\`\[\]]")


# Replacing is faster than matching: most blanks stay.
_TIDY = (
    ("&nbsp;", " "),
    ("&#34;", '"'),
    ("&#39;", "'"),
    ("&quot;", '"'),
    ("    ", " "),
    ("  ", " "),
    ("  ", " "),
    (" ,", ","),
    (" .", "."),
    (" ;", ";"),
    (" :", ":"),
    (" )", ")"),
    (" \n", "\n"),
    ("\n ", "\n"),
)


def markdown_twin(html: str) -> str:
    """Return what the HTML of a page says, as Markdown.

    What acts or is drawn is left out. Text that looks like a link or like HTML stays text.
    """
    codes: list[str] = []

    def code(match: re.Match[str]) -> str:
        codes.append(unescape(_TAG.sub("", match[1])).strip("\n"))
        return f"<p>\0{len(codes) - 1}\0</p>"

    text = _UNREAD.sub("", html.replace("\0", ""))
    text = _CODE.sub(code, text)
    text = " ".join(_MARKS.sub(r"\\\g<0>", text).split())
    text = _LINK.sub(_link, text)
    text = _HEAD.sub(_ruled, text)
    text = _HEADING.sub(lambda match: f"\n\n{'#' * int(match[1])} ", text)
    text = _STRONG.sub(r" **\2** ", text)
    text = text.replace("<code>", " `").replace("</code>", "` ")
    text = _ITEM.sub("\n- ", text)
    text = _CELL.sub(" | ", _ROW.sub("\n", text)).replace("</dt><dd", ": <dd")
    text = _BLOCK.sub("\n", text)
    # What stands next to each other in boxes of its own has no blank between.
    text = _TAG.sub(" ", text)
    for written, instead in _TIDY:
        text = text.replace(written, instead)
    text = _EMPTY.sub("\n\n", text).replace("\n-\n\n", "\n- ").strip()
    for number, written in enumerate(codes):
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", written) or [""]))
        text = text.replace(f"\0{number}\0", f"{fence}\n{written}\n{fence}")
    return f"{text}\n"


def _link(match: re.Match[str]) -> str:
    words = _TAG.sub(" ", match[2]).strip()
    address = match[1].replace("\\", "").replace("(", "%28").replace(")", "%29")
    return f" [{words}]({address}) " if words.strip(" #") else ""


def _ruled(match: re.Match[str]) -> str:
    """Return the head of a table with the line below it that Markdown asks for."""
    return f"{match[0]}<tr>{'<td>---' * (match[0].count('<th') - 1)}"


def twin_path(file: str) -> str:
    """Return the path of the twin of a page's HTML file: `index.md` next to `index.html`."""
    return f"{file.removesuffix('.html')}.md"


def llms_text(site: Site, name: str, description: str | None, titles: Mapping[str, str]) -> str:
    """Return the `llms.txt` of a site: what it is, and the twins of its main pages.

    `titles` are those of the pages that have twins, by their Markdown files.
    """
    about = site.words.say(
        "Objectives, key results and KPIs. Scores are 0 to 1, as of %(day)s.",
        day=site.words.day(site.as_of),
    )
    lines = [
        f"# {_line(name)}",
        "",
        f"> {_line(description)}" if description else "",
        "",
        about,
        "",
    ]
    titles = {**titles, "index.md": site.words.say("Home")} if "index.md" in titles else titles
    lines += [f"- [{_line(title)}]({_twin(site, uri)})" for uri, title in _main(titles)]
    data = f"{site.addresses.site or ''}data/okrs.json"
    lines += [f"- [{site.words.say('Data (JSON)')}]({data})"]
    return _EMPTY.sub("\n\n", "\n".join(lines)) + "\n"


def _main(titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Return the main pages: the home page, and those at the top of a section."""
    for uri, title in sorted(titles.items(), key=lambda pair: _place(pair[0])):
        path = without_ending(uri)
        if path.count("/") == 0 or (path.count("/") == 1 and path.endswith("/index")):
            yield uri, title


def _place(uri: str) -> tuple[int, int, str]:
    """Return where a page is listed: the home page, our sections, then the user's in order."""
    section = uri.partition("/")[0]
    rank = SECTIONS.index(section) if section in SECTIONS else len(SECTIONS)
    return uri.count("/"), rank, uri


def _twin(site: Site, uri: str) -> str:
    path = without_ending(uri)
    if site.addresses.directory_urls and posixpath.basename(path) not in ("index", "README"):
        path = f"{path}/index"
    path = re.sub(r"(^|/)README$", r"\1index", path)
    return f"{site.addresses.site or ''}{path}.md"


def _line(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", " ".join(plain(text).split()))
