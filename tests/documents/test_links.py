import pytest

from okrsite.documents.links import local_links, safe_link


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/a?b#c",
        "HTTP://example.com",
        "mailto:a@example.com",
        "page.md",
        "../page.md#part",
        "/root",
        "#part",
        "?q=a:b",
        "a/b:c",
        "./a:b",
        "//example.com/x",
        "",
    ],
)
def test_links_to_the_web_mail_and_this_site_are_allowed(link: str) -> None:
    assert safe_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "\ufeffjavascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.com",
        "javascript&colon;x:y",
    ],
)
def test_all_other_links_are_not(link: str) -> None:
    assert not safe_link(link)


def test_the_files_that_a_text_names_are_found_once_and_in_order() -> None:
    text = (
        "[one](b.md#part), ![two](<a%20b.png>), [again](b.md), [web](https://example.com/x.md)\n\n"
        "| c |\n| --- |\n| [three](c.md?x=1) `[code](d.md)` |\n\n"
        "<a href='e.md'>four</a> [](#here)\n\n"
        "```\n[code](f.md)\n```\n\n"
        "[five][ref] [six](//example.com) [seven](http://[x)\n\n[ref]: g.md\n"
    )
    assert local_links(text) == ("b.md", "a b.png", "c.md", "e.md", "g.md")
