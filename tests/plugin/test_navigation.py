"""The order of the user's own pages: by the links of the index page of their folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section, get_navigation
from mkdocs.structure.pages import Page

from okrsite.documents.source import read_text
from okrsite.language.wording import Words
from okrsite.plugin import navigation
from okrsite.plugin.navigation import place_pages


def placed(folder: Path, texts: dict[str, str | bytes]) -> Navigation:
    """Let MkDocs make the navigation of some pages, and ours order it."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "S", "docs_dir": str(folder), "site_dir": f"{folder}-site"})
    assert config.validate()[0] == []
    files = Files([])
    for uri, text in sorted(texts.items()):
        file = folder / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        files.append(File(uri, str(folder), config.site_dir, use_directory_urls=True))
    nav = get_navigation(files, config)
    return place_pages(nav, files, {}, Words.of("en"), made=True)


def uris(nav: Navigation) -> list[str]:
    def below(items: list[object]) -> Iterator[str]:
        for item in items:
            if isinstance(item, Section):
                yield from below(item.children)
            elif isinstance(item, Page):
                yield item.file.src_uri

    return list(below(list(nav.items)))


PAGES = dict.fromkeys(("guide/a.md", "guide/b.md", "guide/c.md", "guide/d.md"), "# Page\n")


@pytest.mark.parametrize(
    ("index", "order"),
    [
        ("no link", "abcd"),
        ("[x](c.md), [y](a.md)", "cabd"),
        ("| Read |\n|---|\n| [x](d.md#end) |\n\n[y](b.md) [again](d.md)", "dbac"),
        ("`[x](d.md)`\n\n```\n[x](d.md)\n```\n\n[y](c.md)", "cabd"),
        ("[out](https://example.com/d.md) [up](../d.md) [x](./b.md 'B') [bad](http://[)", "bacd"),
        ("[x](d/) and [y][c]\n\n[c]: ../guide/c.md", "dcab"),
        ("[itself](index.md) [none](gone.md) [x](b.md)", "bacd"),
        (b"\xff [x](b.md)", "bacd"),
    ],
)
def test_pages_stand_as_their_index_page_links_to_them(
    tmp_path: Path, index: str | bytes, order: str
) -> None:
    nav = placed(tmp_path, {**PAGES, "guide/index.md": index})
    assert uris(nav) == ["guide/index.md", *(f"guide/{letter}.md" for letter in order)]


def test_folders_are_ordered_too_each_by_its_own_index(tmp_path: Path) -> None:
    nav = placed(
        tmp_path,
        {
            "guide/index.md": "[in](z/two.md) [a](a.md)",
            "guide/a.md": "", "guide/b.md": "",
            "guide/y/one.md": "",
            "guide/z/index.md": "[two](two.md)",
            "guide/z/one.md": "", "guide/z/two.md": "",
            "other/b.md": "[a](a.md)", "other/a.md": "",
        },
    )  # fmt: skip
    assert uris(nav) == [
        "guide/index.md", "guide/z/index.md", "guide/z/two.md", "guide/z/one.md",
        "guide/a.md", "guide/b.md", "guide/y/one.md", "other/a.md", "other/b.md",
    ]  # fmt: skip


def test_previous_and_next_follow_the_order(tmp_path: Path) -> None:
    texts = {**PAGES, "index.md": "# Home\n", "guide/index.md": "[x](c.md), [y](a.md)"}
    nav = placed(tmp_path, texts)
    page: Page | None = nav.homepage
    walked = []
    while page is not None:
        walked.append(page.file.src_uri)
        assert page.next_page is None or page.next_page.previous_page is page
        page = page.next_page
    assert walked == uris(nav)
    assert walked[:3] == ["index.md", "guide/index.md", "guide/c.md"]


def test_of_every_folder_one_page_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []

    def reads(content: bytes) -> tuple[str, int | None]:
        read.append(content)
        return read_text(content)

    monkeypatch.setattr(navigation, "read_text", reads)
    texts: dict[str, str | bytes] = {}
    for number in range(20):
        texts[f"guide/{number}/index.md"] = f"index {number}"
        texts |= {f"guide/{number}/{page}.md": "page" for page in range(20)}
    placed(tmp_path, texts)
    assert sorted(read) == sorted(f"index {number}".encode() for number in range(20))
