"""The comment on a pull request: what others wrote sets no marks in it, and it fits."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

from okrsite.history.diff.json import to_json
from okrsite.history.diff.markdown import LONGEST, MARKER, code, escape, to_markdown
from okrsite.history.diff.model import Changes
from okrsite.history.diff.sections import Sides
from okrsite.history.diff.text import to_text
from tests.history.test_diff import REVENUE, SIDES, WORDS, changes
from tests.samples import Files, document, objective

HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- --> <b>bold</b> -->",
    "[link](https://evil.example)",
    "![picture](https://evil.example/x.png)",
    "see https://evil.example or www.evil.example",
    "@everyone and @org/team",
    "be #1, GH-12, owner/repo#12 and !7",
    "a | b || c",
    "# heading",
    "- list",
    "1. list",
    "> quote",
    "***bold*** __more__ ~~gone~~ `code` ``",
    "\\*not\\* <https://evil.example>",
    "&lt;b&gt; &#64;everyone &copy;",
    "$x^2$ and $$y$$",
    "mail@evil.example",
    "[ref]: https://evil.example",
    "\u202ereversed\u202c",
    "\x1b[31mred",
    "/close",
    "---",
]


def render(text: str) -> str:
    """Show Markdown as a host does: with HTML, tables, and bare links made links."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(parser.render(text))


def hostile_files(title: str) -> tuple[Files, Files]:
    quoted = "'" + title.replace("'", "''") + "'"
    if any(ord(sign) < 32 for sign in title):
        quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"').replace("\x1b", "\\e") + '"'
    result = f"title: {quoted}, to: 10, current: 4"
    before = {
        "teams/t.md": document("team", f"title: {quoted}"),
        "a.md": objective(result, title=quoted, owner="t"),
    }
    after = {
        **before,
        "a.md": objective(result.replace("to: 10", "to: 8"), title=quoted, owner="t", wieght="1"),
        "b.md": objective(result, title=quoted, owner="t", aligns_to="a"),
        "k.md": document("kpi", f"title: {quoted}", "owner: t"),
    }
    return before, after


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_sets_a_mark(title: str) -> None:
    found = changes(*hostile_files(title))
    text = to_markdown(WORDS, found, SIDES)
    assert text.startswith(f"{MARKER}\n")
    assert text.count("<!--") == text.count("-->") == 1
    assert set(re.findall(r"<(/?\w+)", text)) <= {"span", "/span"}
    html = render(text)
    allowed = {"h2", "h3", "p", "ul", "li", "em", "strong", "code", "br", "table", "thead", "tbody",
               "tr", "th", "td", "span"}  # fmt: skip
    assert set(re.findall(r"<(\w+)", html)) <= allowed
    shown = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert not re.search(r"@\w", shown)
    assert not re.search(r"[#!]\d|GH-\d|://|www\.", shown)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", text)
    assert html.count("<h2>") == 1


@pytest.mark.parametrize("title", HOSTILE)
def test_nothing_steers_a_terminal_or_breaks_the_json(title: str) -> None:
    found = changes(*hostile_files(title))
    for text in (to_text(WORDS, found, SIDES), to_json(found, SIDES)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_a_reader_sees_what_was_written() -> None:
    html = render(escape("2 * 3 < 7 & [x] `y` _z_ | \\ ~ #tag"))
    assert html == "<p>2 * 3 &lt; 7 &amp; [x] `y` _z_ | \\ ~ #\u2060tag</p>\n"
    assert escape("from $5M to $10M, or −$3") == "from $5M to $10M, or −$3"


@given(some.text(max_size=40))
def test_any_text_stays_text(text: str) -> None:
    html = render(f"- *x* {escape(text)}")
    assert set(re.findall(r"<(\w+)", html)) <= {"ul", "li", "em", "span", "p"}
    assert not re.search(r"@\w", html)
    html = render(f"- {code(text)}")
    assert set(re.findall(r"<(\w+)", html)) <= {"ul", "li", "code", "p"}


def many(number: int) -> Changes:
    """Return the changes of many objectives, KPIs and people, each with a long name."""
    long = "A name as long as “names” can be & <longer> " * 5
    files: dict[str, str] = {}
    for n in range(number):
        files[f"o/{n}.md"] = objective(REVENUE, title=f"'{long} {n}'", wieght="1")
        files[f"k/{n}.md"] = document("kpi", f"title: '{long} {n}'", "owner: company", "a: b")
        files[f"p/{n}.md"] = document("person", f"title: '{long} {n}'", "a: b")
    other = {
        name: text.replace("$10M", "$8M").replace("$7.2M", "$8M").replace("'A", "'B")
        for name, text in files.items()
    }
    other |= {f"new/{n}.md": objective(OTHER_RESULT, title=f"'{long}'") for n in range(number)}
    return changes(files, other)


OTHER_RESULT = "title: Something else, to: 4"


def test_a_comment_never_grows_over_its_limit_and_says_what_it_leaves_out() -> None:
    found = many(300)
    text = to_markdown(WORDS, found, SIDES)
    assert 30_000 < len(text) <= LONGEST
    assert len(re.findall(r"… and [\d,]+ more changes?", text)) >= 3
    # Everything is either written or counted.
    section = text[text.index("### ⚠") : text.index("### Objectives")]
    [more] = re.findall(r"… and ([\d,]+) more changes", section)
    written = section.count("Target of")
    assert written + int(more.replace(",", "")) == len(list(found.goalposts())) == 300
    for heading in ("### Objectives", "### KPIs", "### Teams and people"):
        assert heading in text


def test_what_one_section_leaves_the_others_have() -> None:
    found = many(200)
    alone = replace(found, new_findings=(), solved_findings=(), scores=())
    assert len(to_markdown(WORDS, alone, SIDES)) > 0.9 * LONGEST
    few = many(3)
    assert "more change" not in to_markdown(WORDS, few, SIDES)


def test_the_names_of_revisions_do_nothing_either() -> None:
    sides = Sides("a`b<script>" + "x" * 70_000, "@everyone\n# x")
    for found in (many(1), changes({}, {})):
        text = to_markdown(WORDS, found, sides)
        assert len(text) <= LONGEST
        assert "<script" not in render(text)
