"""What other people write into names, links and settings: it ends no build and acts on no page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.samples import objective
from tests.sites import build

Write = Callable[..., Path]
GROW = objective("id: mrr, title: MRR, from: 1, to: 2", body="[x](http://[a) ![y](http://[b)\n")
NAME = '"><svg onload=alert(1)>'


def built(write_site: Write, tmp_path: Path, files: dict[str, Any], **config: Any) -> Path:
    theme = {"name": "material", "font": False, **config.pop("theme", {})}
    plugins = ["search", {"okrsite": {"as_of": "2026-11-15"}}]
    configuration = write_site(files, **{"plugins": plugins, "theme": theme, **config})
    result = build(configuration, tmp_path / "site")
    assert result.exit_code == 0, result.output
    return tmp_path / "site"


@pytest.mark.parametrize("directory_urls", [True, False])
def test_names_of_files_and_folders_are_only_text(
    write_site: Write, tmp_path: Path, directory_urls: bool
) -> None:
    files = {
        "index.md": "# Home\n",
        f"okrs/2026-q4/company/{NAME}.md": GROW,
        f"{NAME}.md": "No title.\n",
        f"{NAME}/{NAME}.md": "No title.\n",
        f"{NAME}/index.md": "No title.\n",
        f"titled/{NAME}.md": "# Titled\n",
    }
    folder = built(
        write_site, tmp_path, files, use_directory_urls=directory_urls,
        repo_url="https://example.com/acme/okrs", edit_uri="edit/main/content/",
        theme={"features": ["content.action.edit", "content.action.view", "navigation.path"]},
    )  # fmt: skip
    pages = list(folder.rglob("*.html"))
    assert len(pages) > len(files)
    for page in pages:
        for element in html.fromstring(page.read_bytes()).iter():
            assert not any(name.startswith("on") for name in element.attrib), page


def test_a_link_that_nobody_can_follow_is_text(write_site: Write, tmp_path: Path) -> None:
    files = {"okrs/2026-q4/company/grow.md": GROW, "page.md": "# P\n\n[x](http://[a)\n"}
    folder = built(write_site, tmp_path, files)
    for page in ("okrs/2026-q4/company/grow", "page"):
        read = html.fromstring((folder / page / "index.html").read_bytes())
        assert "x" in read.text_content()
        assert not read.xpath("//a[contains(@href, '[')]")


@pytest.mark.parametrize(
    ("language", "of_page"),
    [("de-AT", "de"), ("en-GB", "en"), ("pt-BR", "pt"), ("pt_br", "pt"), ("fr-CA", "fr")],
)
def test_a_language_may_name_a_territory(
    write_site: Write, tmp_path: Path, language: str, of_page: str
) -> None:
    files = {"okrs/2026-q4/company/grow.md": GROW}
    folder = built(write_site, tmp_path, files, theme={"language": language})
    read = html.fromstring((folder / "index.html").read_bytes())
    assert read.get("lang") == of_page


def test_a_language_that_the_theme_lacks_is_a_sentence(write_site: Write, tmp_path: Path) -> None:
    theme = {"name": "material", "language": "tlh"}
    configuration = write_site({}, theme=theme, plugins=["search", "okrsite"])
    result = build(configuration, tmp_path / "site")
    assert result.exit_code == 1
    assert "the theme has no language `tlh`: write one like `en` or `pt-BR`" in result.output


@pytest.mark.parametrize(
    ("name", "value"), [("edit_uri", "http://["), ("nav", [{"A": ["http://[::1"]}])]
)
def test_an_address_that_leads_nowhere_is_a_sentence(
    write_site: Write, tmp_path: Path, name: str, value: object
) -> None:
    theme = {"name": "material", "font": False}
    more = {"repo_url": "https://example.com/a", name: value}
    configuration = write_site({"index.md": "# A\n"}, theme=theme, plugins=["okrsite"], **more)
    result = build(configuration, tmp_path / "site")
    assert result.exit_code == 1
    assert f"{name} has an address that leads nowhere: http://[" in result.output
    assert "Traceback" not in result.output


def test_many_stars_in_exclude_docs_take_no_longer(write_site: Write, tmp_path: Path) -> None:
    files = {f"{'a' * 200}.md": "# A\n"}
    folder = built(write_site, tmp_path, files, exclude_docs="*a" * 12 + "*b.md")
    assert (folder / ("a" * 200) / "index.html").exists()
