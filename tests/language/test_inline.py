import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.language.inline import inline, inline_without_links, plain

OWN_TAG = re.compile(r'</?(?:em|strong|code|a)>|<br ?/?>|<a href="[^"]*"(?: title="[^"]*")?>')


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain words", "plain words"),
        ("*one* **two** `three`", "<em>one</em> <strong>two</strong> <code>three</code>"),
        ("[a](https://example.com)", '<a href="https://example.com">a</a>'),
        ("[a](page.md#part)", '<a href="page.md#part">a</a>'),
        ("R&D", "R&amp;D"),
        ("a < b > c", "a &lt; b &gt; c"),
        ('say "hi"', "say &#34;hi&#34;"),
    ],
)
def test_emphasis_code_and_links_are_rendered(text: str, html: str) -> None:
    assert str(inline(text)) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b>bold</b> word",
        "<!-- comment -->",
        "<a href='javascript:alert(1)'>x</a>",
        "![x](https://example.com/x.png)",
    ],
)
def test_html_and_images_are_text(text: str) -> None:
    for html in (inline(text), inline_without_links(text)):
        assert re.search(r"<(?!/?a\b)", html) is None
        assert "<a href='" not in html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x",
        "file:///etc/passwd", "&#106;avascript:alert(1)", "java&Tab;script:alert(1)",
        "javascript&colon;alert(1)",
    ],
)  # fmt: skip
def test_a_link_that_is_not_allowed_is_no_link(target: str) -> None:
    assert "<a" not in inline(f"[press]({target})")
    assert "<a" not in inline(f"<{target}>")


def test_where_a_link_stands_around_it_there_is_none_inside() -> None:
    assert str(inline_without_links("*a* [b](https://example.com)")) == "<em>a</em> b"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*one* **two** `three`", "one two three"),
        ("[a](https://example.com) b", "a b"),
        ("R&amp;D and R&D", "R&D and R&D"),
        (r"\*not\* marked", "*not* marked"),
        ("<b>x</b>", "<b>x</b>"),
        ("snake_case_name", "snake_case_name"),
        ("one\r\ntwo\rthree", "one two three"),
        ("one&#10;two&#13;&#10;three", "one two three"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_where_only_text_can_stand_the_marks_are_dropped(text: str, words: str) -> None:
    assert plain(text) == words


@given(st.text(alphabet="ab<>&\"'*_`[]()!\\ \n:/javascript", max_size=40))
def test_no_text_makes_other_tags_than_those_of_emphasis_code_and_links(text: str) -> None:
    for tag in re.findall(r"<[^>]*>", inline(text)):
        assert OWN_TAG.fullmatch(tag), tag


@given(st.text(max_size=40))
def test_any_text_can_be_shown_and_has_no_control_characters(text: str) -> None:
    for shown in (str(inline(text)), str(inline_without_links(text)), plain(text)):
        assert re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", shown) is None
