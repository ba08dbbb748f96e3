"""Words without a place to break, in every text that people write, on every kind of page."""

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from tests.browser.layout import sticks_out
from tests.samples import document
from tests.sites import ROOT, build_well, made_once, served

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
SLUG = LONG.lower()[:60]
TEAM, PERSON, INDICATOR, GROWS, FOLLOWS = (f"{name}-{SLUG[:50]}" for name in "tpkgf")
UNIT = "Auftragsbestätigungen"
METRIC = f"{{id: {SLUG}, title: {LONG}, to: 9000000, unit: {UNIT}, measured_by: {LONG}}}"

FILES = {
    "company.md": document("company", f"title: {LONG}", f"description: {LONG}", body=LONG),
    f"teams/{TEAM}.md": document("team", f"title: {LONG}", f"tags: [{SLUG}]"),
    f"people/{PERSON}.md": document("person", f"title: {LONG}", f"team: {TEAM}"),
    f"kpis/{TEAM}/{INDICATOR}.md": document(
        "kpi",
        f"title: {LONG}",
        f"unit: {UNIT}",
        "keep: {min: 50}",
        "target: {value: 9000000}",
        f"tags: [{SLUG}]",
        "readings:",
        f"  - {{date: 2026-09-10, value: 4000000, note: {LONG}}}",
        f"  - {{date: 2026-11-10, value: 44, note: {LONG}}}",
        body=LONG,
    ),
    f"okrs/2026-q4/company/{GROWS}.md": document(
        "objective", f"title: {LONG}", f"tags: [{SLUG}]", "key_results:", f"  - {METRIC}"
    ),
    f"okrs/2026-q4/{TEAM}/{FOLLOWS}.md": document(
        "objective",
        f"title: {LONG}",
        f"aligns_to: {GROWS}#{SLUG}",
        f"depends_on: {GROWS}",
        f"contributors: {PERSON}",
        f"tags: [{SLUG}]",
        "key_results:",
        f"  - {METRIC}",
        f"  - {{id: focus, title: {LONG}, kpi: {INDICATOR}, from: 40, to: 9000000}}",
        f"  - {{id: done, title: {LONG}, milestones: [{{title: {LONG}}}], owner: {PERSON}}}",
        "initiatives:",
        f"  - {{title: {LONG}, url: 'https://example.com/{SLUG}', owner: {PERSON}}}",
        "check_ins:",
        "  - date: 2026-11-10",
        "    confidence: 0.5",
        f"    values: {{{SLUG}: {{value: 4, confidence: 0.5, note: {LONG}}}}}",
        f"    note: {LONG}",
        f"    blockers: [{LONG}]",
        f"    next: [{LONG}]",
        body=LONG,
    ),
    f"okrs/2026-q4/{TEAM}/check-ins/2026-11-14.md": document(
        "check-in",
        f"title: {LONG}",
        "updates:",
        f"  - {{objective: {FOLLOWS}, confidence: 0.4, note: {LONG}, blockers: {LONG}}}",
        body=LONG,
    ),
    f"okrs/2026-q4/{PERSON}/mine.md": document(
        "objective", f"title: {LONG}", f"aligns_to: {FOLLOWS}", "key_results:", f"  - {METRIC}"
    ),
    f"okrs/2026-q3/{TEAM}/closed.md": document(
        "objective",
        f"title: {LONG}",
        "key_results:",
        f"  - {{id: {SLUG}, title: {LONG}, to: 9, grade: {{score: 0.4, reason: {LONG}}}}}",
        body=f"## Retrospective\n\n{LONG}\n",
    ),
    f"okrs/2026-q4/{TEAM}/wrong.md": document(
        "objective", f"title: {LONG}", f"aligns_to: {LONG}", f"{LONG}: 1"
    ),
    "embedded.md": f"# {LONG}\n\n[[{FOLLOWS}#{SLUG}]]\n"
    + "".join(
        f"\n```okr\nlist: {kind}\nas: {way}\n```\n"
        for kind in ("objectives", "key_results", "kpis", "check_ins", "owners", LONG)
        for way in ("table", "cards", "tree")
    ),
}


@pytest.fixture(scope="module")
def site() -> Path:
    """Build a site whose every name is one long word, in a folder that is called like it too."""
    return made_once("long", build_long) / "site"


def build_long(folder: Path) -> None:
    docs = folder / SLUG / SLUG / "content"
    for uri, text in FILES.items():
        file = docs / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    configuration = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    configuration.update(docs_dir=str(docs), site_name="Acme", nav=None)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    build_well(folder / "mkdocs.yml", folder / "site")


@pytest.mark.parametrize("size", [(1280, 900), (390, 844), (320, 700)])
def test_no_long_word_leaves_the_page(browser: Browser, site: Path, size: tuple[int, int]) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    addresses = sorted(file.relative_to(site).as_posix() for file in site.rglob("index.html"))
    assert len(addresses) > 20
    found = {}
    for address in addresses:
        page.goto(f"{served(site)}/{address}")
        if wrong := sticks_out(page):
            found[address] = wrong
    page.close()
    assert not found, "\n".join(f"{where}: {what}" for where, what in found.items())
