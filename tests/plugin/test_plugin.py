"""The plugin among other settings: what users write in mkdocs.yml keeps working."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from okrsite.plugin.configuration import refuse_encryption
from tests.samples import document, objective
from tests.sites import PATIENCE, build, free_port

Write = Callable[..., Path]

FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "kpis/churn.md": document(
        "kpi", "title: Churn", "owner: sales", 'unit: "%"', "keep: {max: 4}", "data: churn.csv"
    ),
    "kpis/churn.csv": "date,value\n2026-10-31,3.5\n",
    "okrs/2026-q4/company/grow.md": objective(
        "id: revenue, title: Double revenue, from: $5M, to: $10M, current: $6.1M",
        "id: margin, title: Raise the margin, from: 20%, to: 25%, current: 22.5%",
        title="Grow",
        body="Why it **matters**.\n\n## Retrospective\n\nWe learned a lot.\n",
    ),
}
GROW = "okrs/2026-q4/company/grow/index.html"


@pytest.fixture
def site(write_site: Write, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes and builds a site and gives the folder it was built into."""

    def make(files: dict[str, Any], *options: str, **config: Any) -> Path:
        config.setdefault("theme", {"name": "material", "font": False})
        plugin = {"as_of": "2026-11-15", **config.pop("options", {})}
        plugins = ["search", {"okrsite": plugin}]
        configuration = write_site(files, **{"plugins": plugins, **config})
        result = build(configuration, tmp_path / "site", *options)
        assert result.exit_code == 0, result.output
        return tmp_path / "site"

    return make


def text(file: Path) -> str:
    return " ".join(html.fromstring(file.read_bytes()).text_content().split())


def test_one_line_of_configuration_is_enough(site: Callable[..., Path]) -> None:
    folder = site(FILES, "--strict")
    for page in ("index.html", GROW, "cycles/2026-q4/index.html", "kpis/churn/index.html"):
        assert (folder / page).exists()
    shown = text(folder / GROW)
    assert "Double revenue" in shown
    assert "$6.1M" in shown
    assert "22.5%" in shown


def test_an_empty_site_says_how_to_begin(site: Callable[..., Path]) -> None:
    folder = site({"about.md": "# About\n"}, "--strict")
    assert "No objectives yet" in text(folder / "index.html")
    assert "About" in text(folder / "about/index.html")


def test_figures_are_written_in_the_language_of_the_site(site: Callable[..., Path]) -> None:
    folder = site(FILES, theme={"name": "material", "font": False, "language": "de"})
    shown = text(folder / GROW).replace("\u00a0", " ")
    assert "6,1 Mio. $" in shown
    assert "22,5 %" in shown
    assert "15. Nov. 2026" in shown


def test_findings_are_logged_with_file_and_line_and_fail_a_strict_build(
    write_site: Write, tmp_path: Path
) -> None:
    files = {**FILES, "okrs/2026-q4/sales/lost.md": objective(
        "title: A, to: 1", "title: B, to: 2", owner="sales", aligns_to="grov",
    )}  # fmt: skip
    plugins = ["search", {"okrsite": {"as_of": "2026-11-15"}}]
    configuration = write_site(files, plugins=plugins, theme={"name": "material"})
    result = build(configuration, tmp_path / "site", "--strict")
    assert result.exit_code == 1
    assert re.search(
        r"content/okrs/2026-q4/sales/lost\.md:\d+: OKR201 .*did you mean", result.output
    )
    assert build(configuration, tmp_path / "site").exit_code == 0


def test_a_private_page_is_taken_out_of_a_navigation_that_names_it(
    site: Callable[..., Path],
) -> None:
    secret = objective("title: A, to: 1", "title: B, to: 2").replace(
        "type: objective", "type: objective\nvisibility: private"
    )
    nav = [{"Home": "index.md"}, {"Zebra": "okrs/zebra.md"}, {"More": [{"Zebra": "okrs/zebra.md"}]}]
    files = {**FILES, "index.md": "# Home\n", "okrs/zebra.md": secret}
    folder = site(files, "--strict", nav=nav)
    for page in folder.rglob("*.html"):
        assert "zebra" not in page.read_text("utf-8").lower(), page


def test_advice_never_fails_a_strict_build(site: Callable[..., Path]) -> None:
    folder = site({**FILES, "okrs/2026-q4/sales/alone.md": objective(
        "title: Only one, to: 1", owner="sales", title="Stand alone",
    )}, "--strict")  # fmt: skip
    assert "OKR405" in text(folder / "insights/writing/index.html")


def test_a_broken_document_leaves_the_rest_standing(site: Callable[..., Path]) -> None:
    folder = site({
        **FILES,
        "okrs/2026-q4/sales/broken.md": "---\ntype: objective\ntitle: [never\n---\nIts text.\n",
        "okrs/2026-q4/sales/latin.md": b"---\ntype: objective\ntitle: Caf\xe9\n---\n",
        "okrs/2026-q4/sales/wrong.md": objective("id: a, title: A, to: many", title="Wrong"),
    })  # fmt: skip
    assert "Grow" in text(folder / GROW)
    shown = text(folder / "okrs/2026-q4/sales/broken/index.html")
    assert "OKR101" in shown
    assert "Its text." in shown
    assert "OKR101" in text(folder / "okrs/2026-q4/sales/latin/index.html")
    assert "many" in text(folder / "okrs/2026-q4/sales/wrong/index.html")
    model = json.loads((folder / "data/okrs.json").read_text())
    assert list(model["objectives"]) == ["okrs/2026-q4/company/grow"]


def test_an_unusual_body_is_not_taken_for_front_matter(site: Callable[..., Path]) -> None:
    files = {**FILES, "okrs/2026-q4/company/why.md": objective(
        "title: A, to: 1", "title: B, to: 1", title="Ask", body="Why: because we can.\n"
    )}  # fmt: skip
    folder = site(files, "--strict")
    assert "Why: because we can." in text(folder / "okrs/2026-q4/company/why/index.html")


def test_the_retrospective_comes_before_the_key_results(site: Callable[..., Path]) -> None:
    page = html.fromstring((site(FILES) / GROW).read_bytes())
    headings = [heading.get("id") for heading in page.xpath("//article//h2")]
    assert headings.count("okr-retrospective") == 1
    assert headings.index("okr-retrospective") < headings.index("okr-key-results")


def test_the_users_navigation_is_kept(site: Callable[..., Path]) -> None:
    nav = [{"Start": "index.md"}, {"Ours": ["cycles/index.md", "notes.md"]}]
    folder = site({**FILES, "notes.md": "# Notes\n"}, "--strict", nav=nav)
    page = html.fromstring((folder / "index.html").read_bytes())
    menu = page.xpath("//nav[contains(@class, 'md-nav--primary')]//a[@class='md-nav__link']")
    titles = [" ".join(entry.text_content().split()) for entry in menu]
    assert "Notes" in titles
    assert "Insights" not in titles
    assert (folder / "insights/index.html").exists()


def test_the_users_pages_stay_in_the_made_navigation(site: Callable[..., Path]) -> None:
    folder = site({**FILES, "guide/start.md": "# Start here\n"}, "--strict")
    page = html.fromstring((folder / "index.html").read_bytes())
    menu = page.xpath("//nav[contains(@class, 'md-nav--primary')]")[0].text_content()
    assert "Start here" in menu
    assert menu.index("Insights") < menu.index("Start here")


def test_a_page_at_a_made_address_is_its_introduction(site: Callable[..., Path]) -> None:
    folder = site({**FILES, "kpis/index.md": "# Our numbers\n\nWhat we *watch*.\n"}, "--strict")
    page = html.fromstring((folder / "kpis/index.html").read_bytes())
    assert [h.text_content().strip() for h in page.xpath("//article//h1")] == ["Our numbers"]
    shown = text(folder / "kpis/index.html")
    assert shown.index("What we watch.") < shown.index("3.5%")


def test_a_template_in_the_users_theme_wins(site: Callable[..., Path], tmp_path: Path) -> None:
    overrides = tmp_path / "overrides" / "okr"
    overrides.mkdir(parents=True)
    name = "{{ context.site.company.title }}"
    (overrides / "home.html").write_text(f'<h1 id="okr-title">Mine: {name}</h1>')
    folder = site(FILES, theme={"name": "material", "font": False, "custom_dir": "overrides"})
    assert "Mine: Acme" in text(folder / "index.html")


def test_excluded_documents_do_not_count(site: Callable[..., Path]) -> None:
    files = {**FILES, "drafts/other.md": objective("title: A, to: 1", title="Other")}
    folder = site(files, exclude_docs="drafts/")
    assert "drafts/other" not in json.loads((folder / "data/okrs.json").read_text())["objectives"]
    assert not (folder / "drafts").exists()


def test_edit_links_lead_to_the_real_file(site: Callable[..., Path]) -> None:
    folder = site(
        FILES,
        repo_url="https://github.com/acme/okrs",
        edit_uri="edit/main/content/",
        theme={"name": "material", "font": False, "features": ["content.action.edit"]},
    )
    page = html.fromstring((folder / GROW).read_bytes())
    path = "content/okrs/2026-q4/company/grow.md"
    assert f"https://github.com/acme/okrs/edit/main/{path}" in page.xpath("//a/@href")
    assert [h for h in page.xpath("//a/@href") if h.startswith(
        f"https://github.com/acme/okrs/blob/main/{path}#L"
    )]  # fmt: skip
    made = html.fromstring((folder / "insights/index.html").read_bytes())
    assert not [h for h in made.xpath("//a/@href") if "/edit/" in h and "insights" in h]


def test_titles_of_many_hands_are_never_markup(site: Callable[..., Path]) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    files = {
        **FILES,
        "teams/evil.md": document("team", f"title: '{evil}'", f"tags: ['{evil}']"),
        "okrs/2026-q4/evil/evil.md": objective(
            f"id: a, title: '{evil}', to: 5 {evil.replace(',', '')}",
            f"id: b, title: '[click](javascript:alert(3)) {evil}', to: 1",
            title=f"'{evil}'",
            owner="evil",
            check_ins=f"[{{date: 2026-11-09, note: '{evil}', blockers: ['{evil}']}}]",
        ),
    }
    folder = site(files)
    for file in folder.rglob("*.html"):
        page = html.fromstring(file.read_bytes())
        assert not page.xpath("//*[@onerror]"), file
        assert not [s for s in page.xpath("//script/text()") if "alert(1)" in s], file
        assert not [a for a in page.xpath("//a/@href") if a.lower().startswith("javascript")], file


def test_private_documents_and_links_to_them_are_not_published(site: Callable[..., Path]) -> None:
    files = {
        **FILES,
        "okrs/2026-q4/company/zebra.md": objective(
            "title: Zebrawords, to: 1", title="Zebratitle", visibility="private",
            body="Zebrabody ![](zebra.png)",
        ),
        "okrs/2026-q4/company/zebra.png": b"zebrapicture",
        "kpis/zebrakpi.md": document(
            "kpi", "title: Zebrakpi", "owner: sales", "visibility: private", "data: zebra.csv"
        ),
        "kpis/zebra.csv": "date,value\n2026-10-31,777123\n",
        "okrs/2026-q4/company/open.md": objective(
            "title: A, kpi: zebrakpi, from: 1, to: 999888", "title: B, to: 1",
            title="Open", aligns_to="zebra",
            body="See [the plan](zebra.md) and [again][ref].\n\n[ref]: zebra.md\n",
        ),
    }  # fmt: skip
    folder = site(files)
    assert "a private objective" in text(folder / "okrs/2026-q4/company/open/index.html")
    for file in folder.rglob("*"):
        assert "zebra" not in file.name.lower()
        if file.is_file():
            content = file.read_bytes().lower()
            for word in (b"zebra", b"777123", b"999888", b"777,123", b"999,888"):
                assert word not in content, (file, word)


def test_private_documents_are_published_where_the_settings_say_so(
    site: Callable[..., Path],
) -> None:
    files = {**FILES, "okrs/2026-q4/company/zebra.md": objective(
        "title: A, to: 1", title="Zebra", visibility="private"
    )}  # fmt: skip
    folder = site(files, options={"include_private": True})
    assert "Zebra" in text(folder / "okrs/2026-q4/company/zebra/index.html")


def test_a_wrong_option_is_said_in_one_sentence(write_site: Write, tmp_path: Path) -> None:
    plugins = [{"okrsite": {"commitment": "maybe"}}]
    configuration = write_site(FILES, plugins=plugins, theme={"name": "material"})
    result = build(configuration, tmp_path / "site")
    assert result.exit_code != 0
    assert "commitment" in str(result.exception) + result.output
    assert not isinstance(result.exception, ValueError)


def test_two_builds_are_the_same_bytes(site: Callable[..., Path]) -> None:
    def pages(folder: Path) -> dict[str, bytes]:
        return {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file() and "sitemap" not in file.name
        }

    assert pages(site(FILES)) == pages(site(FILES))


def _wait_for(address: str, wanted: str) -> None:
    last, end = "", time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                last = answer.read().decode()
        except OSError as error:
            last = str(error)
        if wanted in last:
            return
        time.sleep(0.25)
    raise AssertionError(f"{address} never showed {wanted}: {last[:500]}")


def test_serving_picks_up_documents_tables_and_templates(write_site: Write, tmp_path: Path) -> None:
    overrides = tmp_path / "overrides" / "okr"
    overrides.mkdir(parents=True)
    theme = {"name": "material", "font": False, "custom_dir": "overrides"}
    plugins = [{"okrsite": {"as_of": "2026-11-15"}}]
    configuration = write_site(FILES, plugins=plugins, theme=theme)
    assert yaml.safe_load(configuration.read_text())["plugins"] == plugins
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-q",
               "-f", str(configuration), "-a", f"127.0.0.1:{port}"]  # fmt: skip
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    server = subprocess.Popen(command, env=environment, cwd=tmp_path)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(f"{base}/kpis/churn/", "3.5%")
        content = tmp_path / "content"
        (content / "kpis/churn.csv").write_text("date,value\n2026-10-31,2.75\n")
        _wait_for(f"{base}/kpis/churn/", "2.75%")
        file = content / "okrs/2026-q4/company/grow.md"
        file.write_text(file.read_text().replace("title: Grow", "title: Grow wisely"))
        _wait_for(f"{base}/okrs/2026-q4/company/grow/", "Grow wisely")
        (overrides / "home.html").write_text("<h1 id='okr-title'>Mine</h1>")
        _wait_for(f"{base}/", "Mine")
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def test_what_reads_the_present_imports_nothing_that_reads_git() -> None:
    readers = {"okrsite.history.git", "okrsite.history.log.read", "okrsite.history.diff.compare"}
    code = "import sys, okrsite.plugin, okrsite.cli.commands.status; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert readers & set(done.stdout.split()) == set()


@pytest.mark.parametrize(
    "name", ["encryptcontent", "vercel_pw", "password-protect", "staticrypt", "hooks/encrypt.py"]
)
def test_a_plugin_that_encrypts_pages_is_refused_with_what_would_stay_readable(
    write_site: Callable[..., Path], name: str
) -> None:
    config = load_config(str(write_site({"index.md": "# Home\n"}, plugins={"okrsite": {}})))
    config.plugins["encrypt-source"] = BasePlugin()  # type: ignore[no-untyped-call]
    refuse_encryption(config)  # its secrets are the repository's, not the readers'
    config.plugins[name] = BasePlugin()  # type: ignore[no-untyped-call]
    with pytest.raises(PluginError, match=rf"`{name}`.*data/okrs\.json.*readable"):
        refuse_encryption(config)
