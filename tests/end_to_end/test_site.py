"""The demo as it is published: every page, link and anchor, and what must not be in it."""

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import jsonschema
import pytest
from click.testing import CliRunner
from lxml import html

from okrsite.cli import main
from tests.sites import ROOT, demo_site

KINDS = {
    "home": "",
    "this week": "this-week/",
    "an earlier week": "this-week/2026-w44/",
    "strategy": "strategy/",
    "pillar": "strategy/guests-for-life/",
    "cycles": "cycles/",
    "open cycle": "cycles/2026-q4/",
    "closed cycle": "cycles/2026-q3/",
    "plan": "plan/2027-q1/",
    "teams": "teams/",
    "company": "company/",
    "team": "teams/sales/",
    "people": "people/",
    "person": "people/tomas-vesely/",
    "objective": "okrs/2026-q4/company/financial-targets/",
    "closed objective": "okrs/2026-q3/company/best-summer/",
    "KPIs": "kpis/",
    "KPI": "kpis/support/customer-satisfaction/",
    "alignment": "alignment/",
    "alignment of a cycle": "alignment/2026-q3/",
    "check-ins": "check-ins/",
    "check-ins of a month": "check-ins/2026-11/",
    "check-in document": "okrs/2026-q4/sales/check-ins/2026-11-09/",
    "initiatives": "initiatives/2026-q4/",
    "insights": "insights/",
    "writing": "insights/writing/",
    "checks": "checks/",
    "figures": "figures/",
}
"""One page of every kind."""

HOST = "https://site.example/"


@cache
def pages() -> dict[str, html.HtmlElement]:
    """Parse every page of the demo, by its address."""
    found = {}
    for file in sorted(demo_site().rglob("*.html")):
        address = file.relative_to(demo_site()).as_posix().removesuffix("index.html")
        found[address] = html.document_fromstring(file.read_bytes())
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_there_with_one_title(kind: str) -> None:
    titles = pages()[KINDS[kind]].xpath("//article//h1")
    assert len(titles) == 1
    assert titles[0].get("id") == "okr-title"
    assert titles[0].text_content().strip()


def test_every_view_says_the_day_it_is_built_for() -> None:
    for kind, address in KINDS.items():
        days = pages()[address].xpath("//header[contains(@class, 'okr-head')]//time/@datetime")
        assert "2026-11-15" in days, kind


def links(address: str, page: html.HtmlElement) -> Iterator[str]:
    for attribute in ("href", "src"):
        for target in page.xpath(f"//@{attribute}"):
            if not urlsplit(target).scheme and not target.startswith("//"):
                yield urljoin(HOST + address, target)


def test_every_internal_link_and_anchor_leads_somewhere() -> None:
    lost = []
    ids = {address: set(page.xpath("//@id")) for address, page in pages().items()}
    for address, page in pages().items():
        if address == "404.html":
            continue
        for link in links(address, page):
            target, anchor = urldefrag(link)
            # What the map looks at stands behind the `#`; it is no place on the page.
            anchor = "" if anchor.startswith("focus=") else anchor
            # What a list is filtered by stands behind the `?`: the list is on the same page.
            path = unquote(target.removeprefix(HOST).partition("?")[0])
            file = demo_site() / path
            exists = (file / "index.html").exists() if path in ids or not path else file.exists()
            if not exists or (anchor and path in ids and unquote(anchor) not in ids[path]):
                lost.append(f"{address}: {link}")
    assert not lost


def test_ids_are_used_once_a_page() -> None:
    for address, page in pages().items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), address


def test_our_html_has_no_inline_style_script_or_data() -> None:
    for address, page in pages().items():
        for ours in page.xpath("//div[contains(concat(' ', @class, ' '), ' okr ')]"):
            text = html.tostring(ours, encoding="unicode")
            assert not ours.xpath(".//@style | .//script | .//style"), address
            assert not re.search(r'\son\w+="|(?:href|src)="(?:data|javascript):', text), address


def test_nothing_is_fetched_from_another_host() -> None:
    for address, page in pages().items():
        fetched = page.xpath("//script/@src | //img/@src | //link[@rel!='canonical']/@href")
        assert [url for url in fetched if urlsplit(url).netloc] == [], address


def test_tables_have_captions_and_drawings_have_words() -> None:
    for address, page in pages().items():
        for ours in page.xpath("//div[contains(concat(' ', @class, ' '), ' okr ')]"):
            assert not ours.xpath(".//table[not(caption)]"), address
            assert not ours.xpath(".//th[not(@scope)]"), address
            assert not ours.xpath(".//svg[not(@aria-hidden) and not(@aria-label)]"), address


def test_headings_leave_out_no_level() -> None:
    for address, page in pages().items():
        for ours in page.xpath("//div[contains(concat(' ', @class, ' '), ' okr ')]"):
            if "okr-embedded" in ours.get("class"):  # it stands below whatever heading is there
                assert not ours.xpath(".//h1 | .//h2 | .//h3 | .//h4"), address
                continue
            levels = [int(h.tag[1]) for h in ours.iter("h1", "h2", "h3", "h4", "h5", "h6")]
            steps = [b - a for a, b in pairwise(levels)]
            assert levels[0] == 1, address
            assert max(steps, default=0) <= 1, (address, levels)


@cache
def search() -> list[dict[str, str]]:
    index = json.loads((demo_site() / "search" / "search_index.json").read_text())
    return list(index["docs"])


def found(words: str) -> list[str]:
    return [
        doc["location"] for doc in search() if words in html.fromstring(
            f"<p>{doc['title']} {doc['text']}</p>"
        ).text_content()
    ]  # fmt: skip


def test_search_finds_an_objective_by_title_body_and_owner() -> None:
    address = "okrs/2026-q4/sales/market-penetration/"
    body = (ROOT / "content/okrs/2026-q4/sales/market-penetration.md").read_text()
    sentence = body.rpartition("---\n")[2].strip().split("\n")[0][:30]
    title = re.search(r"^title: (.+)$", body, re.MULTILINE)
    assert title is not None
    for words in (title[1], sentence, "Sales"):
        assert address in [place.partition("#")[0] for place in found(words)], words


def test_search_lands_on_a_key_result() -> None:
    assert "okrs/2026-q4/company/financial-targets/#margin" in found("Increase gross profit margin")


def test_navigation_stays_bounded() -> None:
    menu = pages()[""].xpath("//nav[contains(@class, 'md-nav--primary')]//a/@href")
    ours = [target for target in menu if "guide/" not in target]
    assert len(ours) < 40
    assert not [target for target in ours if target.startswith("okrs/")]


def test_the_published_data_is_the_export_and_fits_its_schema() -> None:
    published = (demo_site() / "data" / "okrs.json").read_text()
    schema = json.loads((demo_site() / "data" / "okrs.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(published), schema)
    for format, name in (("json", "okrs.json"), ("csv", "okrs.csv")):
        result = CliRunner().invoke(
            main, ["export", "-f", str(ROOT / "mkdocs.yml"), "--format", format]
        )
        assert result.stdout == (demo_site() / "data" / name).read_text()


def test_the_addresses_of_the_export_are_pages() -> None:
    model = json.loads((demo_site() / "data" / "okrs.json").read_text())
    documents = [*model["objectives"].values(), *model["kpis"].values()]
    assert documents
    for document in documents:
        assert document["url"] in pages()


def test_private_documents_leave_no_word() -> None:
    private = [
        file
        for file in (ROOT / "content").rglob("*.md")
        if re.search(r"^visibility: private$", file.read_text(), re.MULTILINE)
    ]
    assert len(private) >= 2
    names = [*(file.stem for file in private), *("runway.csv", "months-of-runway")]
    titles = [
        title
        for file in private
        for title in re.findall(r"^title: (.+)$|- \{.*?title: ([^,}]+)", file.read_text(), re.M)
        for title in title
        if title
    ]
    assert titles
    for file in demo_site().rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for words in (*names, *titles):
            assert words not in file.relative_to(demo_site()).as_posix()
            assert words.encode() not in content, (file, words)


def test_the_demo_shows_every_status_and_every_kind_of_key_result() -> None:
    model = json.loads((demo_site() / "data" / "okrs.json").read_text())
    objectives = model["objectives"].values()
    statuses = {objective["status"] for objective in objectives}
    assert statuses == {
        "draft", "cancelled", "not_started", "on_track", "at_risk", "off_track", "achieved",
        "progressed", "missed",
    }  # fmt: skip
    results = [result for o in objectives for result in o["key_results"].values()]
    assert {r["kind"] for r in results} == {"metric", "keep", "milestone", "roll-up"}
    assert any(result["raw"] and result["raw"] > 1 for result in results)
    assert any(objective["stale"] for objective in objectives)
    assert any(objective["graded"] for objective in objectives)
    assert any(len(objective["owners"]) > 1 for objective in objectives)
    assert len(model["objectives"]) >= 40
    assert len(model["kpis"]) >= 18
    people = [owner for owner in model["owners"].values() if owner["type"] == "person"]
    assert len(people) >= 12


def test_no_file_of_the_build_is_left_over() -> None:
    assert not [file for file in demo_site().rglob(".*") if file.is_file()]
    assert Path(demo_site() / "okr" / "okr.css").stat().st_size > 1000
