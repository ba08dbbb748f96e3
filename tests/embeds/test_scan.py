"""Blocks and references in Markdown: what is found, and what is left alone."""

import time

import pytest
from markupsafe import Markup

from okrsite.embeds.placeholders import Shown, Taken, fill, put, take
from okrsite.embeds.scan import Block, Reference, has_blocks, scan


def blocks(text: str) -> list[tuple[int, str]]:
    return [(b.line, b.text) for b in scan(text) if isinstance(b, Block) and b.closed]


def references(text: str) -> list[tuple[int, str, str | None]]:
    return [(r.line, r.target, r.words) for r in scan(text) if isinstance(r, Reference)]


def test_a_block_is_found_with_its_line_and_text() -> None:
    assert blocks("Why.\n\n```okr\nlist: kpis\nlimit: 3\n```\n") == [(3, "list: kpis\nlimit: 3")]
    assert blocks("~~~ okr\nlist: kpis\n~~~\n") == [(1, "list: kpis")]
    assert blocks("````okr\nlist: kpis\n````") == [(1, "list: kpis")]
    assert blocks("``` \t OKR\nlist: kpis\n```") == [(1, "list: kpis")]


@pytest.mark.parametrize(
    "text",
    [
        "```yaml\nlist: kpis\n```",
        "```okra\nlist: kpis\n```",
        "````markdown\n```okr\nlist: kpis\n```\n````",
        "~~~\n```okr\nlist: kpis\n```\n~~~",
        "Text.\n\n    ```okr\n    list: kpis\n    ```\n",
        "- one\n\n        ```okr\n        list: kpis\n        ```\n",
        "<!--\n```okr\nlist: kpis\n```\n-->",
        "<pre>\n```okr\nlist: kpis\n```\n</pre>",
        "> ```okr\n> list: kpis\n> ```",
    ],
)
def test_a_block_in_other_code_is_left_alone(text: str) -> None:
    assert blocks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "- one\n\n    ```okr\n    list: kpis\n    ```\n",
        "1. one\n    - two\n\n        ```okr\n        list: kpis\n        ```\n",
        "!!! note\n    ```okr\n    list: kpis\n    ```\n",
        '=== "Tab"\n\n    ```okr\n    list: kpis\n    ```\n',
        "??? note\n    Text.\n\n    ```okr\n    list: kpis\n    ```\n",
    ],
)
def test_a_block_in_a_list_a_note_or_a_tab_is_found(text: str) -> None:
    assert [text for _, text in blocks(text)] == ["list: kpis"]


def test_a_block_that_is_never_closed_is_said() -> None:
    found = scan("```okr\nlist: kpis\n")
    assert [(b.line, b.closed) for b in found if isinstance(b, Block)] == [(1, False)]


def test_a_reference_is_found_with_its_words() -> None:
    assert references("See [[grow-base#mrr]] and\n[[sales|our team]].") == [
        (1, "grow-base#mrr", None),
        (2, "sales", "our team"),
    ]
    assert references("| [[a\\|b]] | [[c]] |") == [(1, "a", "b"), (1, "c", None)]


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]`",
        "``[[a]] ` ``",
        "`over\nlines [[a]]`",
        "    [[a]]",
        "```\n[[a]]\n```",
        "\\[[a]]",
        "[[1]](https://example.com)",
        "[[1]][reference]",
        "![[picture]]",
        "<!-- [[a]] -->",
        '<img alt="[[a]]">',
        "<script>\nx = [[a]]\n</script>",
        "if [[ -f x ]]; then",
        "[[^1]]",
        "[[a\nb]]",
    ],
)
def test_what_is_no_reference_is_left_alone(text: str) -> None:
    assert references(text) == []


def test_code_before_and_after_does_not_hide_a_reference() -> None:
    assert references("`a` [[b]] `c`") == [(1, "b", None)]
    assert references("a ` lonely [[b]]") == [(1, "b", None)]
    assert references("- one\n    [[b]]") == [(2, "b", None)]


def test_a_reference_in_a_heading_is_marked() -> None:
    found = scan("## About [[a]]\n\nText [[b]]\n\nTitle [[c]]\n===")
    assert [r.in_heading for r in found if isinstance(r, Reference)] == [True, False, True]


def test_most_texts_are_only_searched() -> None:
    assert not has_blocks("Why it matters: `code` and [a link](x.md).")
    assert has_blocks("[[x]]")


@pytest.mark.parametrize("piece", ["```okr", "`[[", "```x\n", "<!--\n", "[[a", "- \n  "])
def test_a_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    """Four times the text takes four times as long on any machine; squared it took sixteen."""

    def processor_time(lines: int) -> float:
        text = "\n".join([f"{piece}{n}" for n in range(lines)]) + "\n[[x]]\n```okr"
        start = time.process_time()
        scan(text)
        return time.process_time() - start

    small, large = (min(processor_time(n) for _ in range(5)) for n in (5_000, 20_000))
    assert large < 10 * small


def shown(reference: Reference) -> Shown | None:
    if reference.target == "unknown":
        return None
    words = reference.words or "A <b> & *c*"
    return Shown(Markup('<a href="x/">{}</a>').format(words), words)


def taken(text: str) -> Taken:
    found = take(text, shown)
    assert found is not None
    return found


def test_a_placeholder_is_only_letters_and_figures() -> None:
    found = taken("See [[a]].")
    (token,) = found.references
    assert token.isalnum()
    assert found.text == f"See {token}."
    assert put(f"<p>See {token}.</p>", found) == (
        '<p>See <a href="x/">A &lt;b&gt; &amp; *c*</a>.</p>'
    )


def test_an_unknown_reference_stays_as_it_is_written() -> None:
    assert take("See [[unknown]].", shown) is None


def test_a_heading_gets_the_words_alone() -> None:
    assert taken("# About [[a]]").text == "# About A \\<b\\> \\& \\*c\\*"


def test_a_placeholder_in_a_tag_a_link_code_or_a_comment_becomes_no_link() -> None:
    found = taken("[[a]]")
    (token,) = found.references
    assert put(f'<img alt="{token}">', found) == '<img alt="A &lt;b&gt; &amp; *c*">'
    assert put(f'<i title="x>{token}">y</i>', found) == '<i title="x>A &lt;b&gt; &amp; *c*">y</i>'
    assert put(f"<a href='y'>{token}</a>", found) == "<a href='y'>A &lt;b&gt; &amp; *c*</a>"
    assert put(f"<code>{token}</code>", found) == "<code>[[a]]</code>"
    assert put(f"<!-- {token} -->", found) == "<!-- [[a]] -->"
    assert put(f"<script>{token}</script>", found) == "<script>[[a]]</script>"


def test_a_block_is_an_empty_place_until_it_is_filled() -> None:
    found = taken("One.\n\n```okr\nlist: kpis\n```\n\nTwo.")
    (token,) = found.blocks
    html = put(f"<p>One.</p>\n<p>{token}</p>\n<p>Two.</p>", found)
    assert "list: kpis" not in html
    assert fill(html, found, lambda block: f"<ul>{block.text}</ul>") == (
        "<p>One.</p>\n<ul>list: kpis</ul>\n<p>Two.</p>"
    )


def test_the_same_text_gives_the_same_placeholders() -> None:
    assert taken("[[a]]").text == taken("[[a]]").text
