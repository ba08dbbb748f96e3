"""Filters: what can be chosen on each list, and what its rows say of themselves."""

import re
from datetime import date
from pathlib import Path

import okrsite.theme
from lxml import html
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.alignment import alignment_view
from okrsite.pages.cycle import cycle_view
from okrsite.pages.filters import FEWEST, LONG
from okrsite.pages.kpis import kpis_view
from okrsite.pages.owner import owner_view
from okrsite.pages.owners import people_view, teams_view
from okrsite.pages.render import Renderer
from okrsite.pages.search_entries import search_entries_script
from okrsite.pages.site import Site
from okrsite.project.references import owner_keys
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, Shelf, document, objective

WORDS = Words.of("en")
RESULT = "id: a, title: Reach, from: 0, to: 10, current: 4"

SMALL: Files = {
    "teams/sales.md": document("team", "title: Sales"),
    "teams/field.md": document("team", "title: Field", "parent: sales"),
    "people/ada.md": document("person", "title: Ada", "team: sales", "tags: [new]"),
    "okrs/one.md": objective(RESULT, title="One", tags="[growth, 'two words', 'a#b']"),
    "okrs/two.md": objective(RESULT, title="Two", owner="sales", commitment="committed"),
    "okrs/three.md": objective(
        RESULT.replace("4", "0"), title="Three", owner="ada", aligns_to="two", weight="3"
    ),
    "okrs/four.md": objective(RESULT, title="Four", owner="", owners="[sales, field]"),
}


def site_of(files: Files) -> Site:
    return build(Shelf(files), read_settings({}), "Acme", AS_OF, WORDS, Addresses()).site


def page_of(template: str, view: object) -> html.HtmlElement:
    theme = str(Path(next(iter(okrsite.theme.__path__))))
    return html.fromstring(Renderer([theme], WORDS).render(template, view))


def options(page: html.HtmlElement) -> dict[str, list[str]]:
    """Return what can be chosen in the form of a page, by the name in the address."""
    found: dict[str, list[str]] = {}
    for option in page.xpath("//form//input[@type='checkbox'] | //form//option[@value!='']"):
        name = option.get("name") or option.getparent().get("name")
        found.setdefault(name, []).append(option.get("value"))
    return found


def cycle_of(files: Files) -> object:
    site = site_of(files)
    return cycle_view(site, "cycles/2026-q4/", Markup(), site.project.cycles["2026-q4"])


def test_a_list_is_filtered_by_what_its_rows_differ_in() -> None:
    found = options(page_of("cycle", cycle_of(SMALL)))
    assert found == {
        "status": ["on_track", "off_track"],
        "stale": ["stale"],
        "owner": ["company", "sales", "field", "ada"],
        "level": ["company", "team", "individual"],
        "commitment": ["committed", "aspirational"],
        "tag": ["a#b", "growth", "two words"],
    }


def test_a_short_list_has_no_filters() -> None:
    files = {f"okrs/{n}.md": objective(RESULT, title=str(n)) for n in range(FEWEST - 1)}
    page = page_of("cycle", cycle_of(files))
    assert not page.xpath("//form")
    files["okrs/more.md"] = objective(RESULT, title="More")
    assert page_of("cycle", cycle_of(files)).xpath("//form[@hidden]")


def many(number: int) -> Files:
    """Write objectives of several owners; every second one has a check-in of this week."""
    said = "[{date: 2026-11-10, values: {kr1: 3}}]"
    files = {
        f"okrs/{n}.md": objective(
            RESULT.replace("id: a", "id: kr1").replace("4", str(n % 9)),
            title=f"Goal {n}",
            owner=["company", "sales", "field", "ada"][n % 4],
            **({"check_ins": said} if n % 2 else {}),
        )
        for n in range(number)
    }
    return {name: text for name, text in SMALL.items() if "okrs/" not in name} | files


def test_a_long_list_can_be_sorted_and_has_the_way_to_its_parts() -> None:
    page = page_of("cycle", cycle_of(many(LONG)))
    assert options(page)["sort"] == ["status", "distance", "update", "name"]
    places = page.xpath("//nav[contains(@class, 'okr-jump')]//a")
    assert [place.text for place in places] == ["Acme", "Sales", "Field", "Ada"]
    ids = {group.get("id") for group in page.find_class("okr-group")}
    assert {place.get("href").removeprefix("#") for place in places} == ids
    assert not page.find_class("okr-filters--short")


def test_a_list_that_is_not_long_has_its_filters_folded_and_neither_order_nor_places() -> None:
    page = page_of("cycle", cycle_of(many(LONG - 1)))
    assert "sort" not in options(page)
    assert not page.find_class("okr-jump")
    [form] = page.find_class("okr-filters--short")
    assert form.xpath(".//button[@aria-expanded='false']")


def test_rows_say_what_they_are_sorted_by() -> None:
    page = page_of("cycle", cycle_of(many(LONG)))
    rows = {row.xpath("string(.//a)"): row for row in page.xpath("//*[@data-okr-status]")}
    assert rows["Goal 1"].get("data-okr-days") == str((AS_OF - date(2026, 11, 10)).days)
    assert rows["Goal 2"].get("data-okr-days") is None
    paces = {title: float(row.get("data-okr-pace")) for title, row in rows.items()}
    assert paces["Goal 8"] > 0 > paces["Goal 0"]


def test_a_tree_keeps_its_order() -> None:
    site = site_of(many(LONG))
    view = alignment_view(site, "alignment/2026-q4/", Markup(), site.project.cycles["2026-q4"])
    page = page_of("alignment", view)
    assert "sort" not in options(page)
    assert not page.xpath("//*[@data-okr-pace or @data-okr-days]")


def test_people_are_sorted_by_their_distance_and_kpis_by_their_last_reading() -> None:
    files = many(LONG)
    for n in range(LONG):
        files[f"people/p{n}.md"] = document("person", f"title: P{n}", "team: sales")
        files[f"kpis/k{n}.md"] = document(
            "kpi", f"title: K{n}", "owner: sales", "readings: [{date: 2026-11-01, value: 4}]"
        )
    site = site_of(files)
    people = page_of("people", people_view(site, "people/", Markup()))
    assert options(people)["sort"] == ["status", "distance", "name"]
    kpis = page_of("kpis", kpis_view(site, "kpis/", Markup()))
    assert options(kpis)["sort"] == ["update", "name"]
    assert set(kpis.xpath("//article/@data-okr-days")) == {str((AS_OF - date(2026, 11, 1)).days)}


def test_what_nobody_differs_in_is_not_asked() -> None:
    files = {f"okrs/{n}.md": objective(RESULT, title=str(n)) for n in range(FEWEST)}
    found = options(page_of("cycle", cycle_of(files)))
    assert set(found) == {"stale"}


def test_rows_say_what_is_not_said_around_them() -> None:
    page = page_of("cycle", cycle_of(SMALL))
    rows = page.xpath("//*[@data-okr-status]")
    assert len(rows) == 5  # the shared objective stands under both of its owners
    sales = page.xpath("//*[@data-okr-group][@data-okr-owner='sales']")[0]
    assert sales.get("data-okr-level") == "team"
    [two] = [row for row in sales.xpath(".//*[@data-okr-status]") if "Two" in row.text_content()]
    assert two.get("data-okr-commitment") == "committed"
    assert two.get("data-okr-level") is None
    [one] = [row for row in rows if "One" in row.text_content()]
    assert one.get("data-okr-tag") == "growth two%20words a%23b"
    assert one.get("data-okr-commitment") is None


def test_a_shared_objective_keeps_its_own_level_under_another_owner() -> None:
    files = {
        **SMALL,
        "okrs/five.md": objective(RESULT, title="Five", owner="", owners="[sales, ada]"),
    }
    page = page_of("cycle", cycle_of(files))
    ada = page.xpath("//*[@data-okr-group][@data-okr-owner='ada']")[0]
    rows = ada.xpath(".//li[@data-okr-status]")
    levels = {row.xpath("string(.//a)"): row.get("data-okr-level") for row in rows}
    assert levels == {"Three": None, "Five": "team"}


def test_rows_of_a_tree_say_all_of_themselves() -> None:
    site = site_of(SMALL)
    view = alignment_view(site, "alignment/2026-q4/", Markup(), site.project.cycles["2026-q4"])
    page = page_of("alignment", view)
    rows = {row.xpath("string(.//a)"): row for row in page.xpath("//li[@data-okr-status]")}
    assert rows["Three"].get("data-okr-owner") == "ada"
    assert rows["Three"].get("data-okr-weight") == "3"
    assert rows["Three"].get("data-okr-level") == "individual"
    assert rows["Four"].get("data-okr-owner") == "sales field"
    assert rows["Four"].get("data-okr-weight") is None
    assert options(page)["owner"] == ["company", "sales", "field", "ada"]


def test_kpis_are_filtered_by_health_and_owner() -> None:
    reading = "readings: [{date: 2026-11-01, value: %s}]"
    files = {
        **SMALL,
        **{
            f"kpis/{name}.md": document(
                "kpi", f"title: {name}", f"owner: {owner}", "keep: {min: 5}", reading % value
            )
            for name, owner, value in (
                ("a", "sales", 6), ("b", "sales", 4), ("c", "ada", 7), ("d", "field", 8)
            )
        },
        "kpis/e.md": document("kpi", "title: e", "owner: ada"),
    }  # fmt: skip
    view = kpis_view(site_of(files), "kpis/", Markup())
    page = page_of("kpis", view)
    assert options(page) == {
        "status": ["healthy", "critical", "unknown"],
        "stale": ["stale"],
        "owner": ["sales", "field", "ada"],
    }
    cards = page.xpath("//*[@data-okr-group][@data-okr-owner='ada']//*[@data-okr-status]")
    assert [(c.get("data-okr-status"), c.get("data-okr-stale")) for c in cards] == [
        ("healthy", None), ("unknown", "stale"),
    ]  # fmt: skip


def test_teams_and_people_say_what_they_stand_under() -> None:
    files = {
        **SMALL,
        **{f"people/p{n}.md": document("person", f"title: P{n}", "team: field") for n in range(4)},
    }
    site = site_of(files)
    teams = page_of("owners", teams_view(site, "teams/", Markup()))
    depths = [row.get("data-okr-depth") for row in teams.xpath("//tr[@data-okr-status]")]
    assert depths == ["0", "1", "2"] or depths == ["0", "0", "1"]
    people = people_view(site, "people/", Markup())
    rows = page_of("people", people)
    assert options(rows)["owner"] == ["sales", "field"]
    field = rows.xpath("//tbody[@data-okr-owner='field']//tr[@data-okr-status]")
    assert len(field) == 4


def test_an_owner_s_cycles_are_filtered_together() -> None:
    files = {
        f"okrs/{cycle}/{n}.md": objective(RESULT, title=f"{n}", cycle=cycle)
        for n in range(2)
        for cycle in ("2026-q3", "2026-q4")
    }
    view = owner_view(site_of(files), "company/", Markup(), "company")
    page = page_of("owner", view)
    assert view.filters is not None
    groups = page.xpath("//*[@data-okr-group]")
    assert [group.tag for group in groups] == ["section", "details"]


def test_owners_stand_in_an_address_by_the_shortest_name_that_is_clear() -> None:
    ids = ["company", "teams/sales", "people/sales", "people/ada", "x/people/ada"]
    assert owner_keys(ids) == {
        "company": "company",
        "teams/sales": "teams/sales",
        "people/sales": "people/sales",
        "people/ada": "people/ada",
        "x/people/ada": "x/people/ada",
    }
    assert owner_keys(["teams/sales", "people/ada"]) == {
        "teams/sales": "sales",
        "people/ada": "ada",
    }


def test_nothing_of_a_name_is_taken_for_markup() -> None:
    files = {
        **SMALL,
        "teams/odd.md": document("team", "title: '<b>&\"odd'", "tags: ['\"><script>']"),
        "okrs/odd.md": objective(RESULT, owner="odd", tags="['\"><script>', 'a & b']"),
    }
    page = page_of("cycle", cycle_of(files))
    assert not page.xpath("//script | //b[contains(., 'odd')]")
    assert page.xpath("//*[contains(text(), '<b>&\"odd')]")
    values = page.xpath("//select[@name='tag']/option/@value")
    assert '"><script>' in values


def test_search_results_say_owner_cycle_and_status() -> None:
    script = search_entries_script(site_of(SMALL))
    assert script.startswith("window.okrsite.found({")
    assert re.search(r'"okrs/four/":\["on_track","Sales, Field · 2026 Q4"\]', script)
    assert '"at_risk":"At risk"' in script


PILLARS: Files = {
    **SMALL,
    "strategy/guests.md": document("pillar", "title: Guests *first*", "order: 1", "kpis: [mood]"),
    "strategy/none.md": document("pillar", "title: Nothing", "order: 9"),
    "strategy/unused.md": document("pillar", "title: Unused"),
    "okrs/two.md": objective(RESULT, title="Two", owner="sales", pillars="[guests]"),
    "okrs/five.md": objective(RESULT, title="Five", owner="ada", pillars="[none, guests]"),
    "kpis/mood.md": document("kpi", "title: Mood", "owner: sales"),
    **{f"kpis/{n}.md": document("kpi", f"title: {n}", "owner: sales") for n in range(FEWEST)},
}


def pillars_of(page: html.HtmlElement) -> dict[str, str | None]:
    rows = page.xpath("//*[@data-okr-status]")
    return {row.xpath("string(.//a)"): row.get("data-okr-pillar") for row in rows}


def test_objectives_are_filtered_by_the_pillars_that_they_serve() -> None:
    page = page_of("cycle", cycle_of(PILLARS))
    assert options(page)["pillar"] == ["guests", "strategy/none", "none"]
    texts = page.xpath("//select[@name='pillar']/option/text()")
    assert texts == ["All", "Guests first", "Nothing", "Without a pillar"]
    assert pillars_of(page) == {
        "One": "none",
        "Two": "guests",
        "Three": "guests",  # of what it aligns to
        "Four": "none",
        "Five": "strategy/none guests",
    }


def test_without_pillars_nothing_is_said_of_them() -> None:
    page = page_of("cycle", cycle_of(SMALL))
    assert not page.xpath("//*[@data-okr-pillar] | //select[@name='pillar']")


def test_kpis_teams_and_the_tree_know_pillars() -> None:
    site = site_of(PILLARS)
    kpis = page_of("kpis", kpis_view(site, "kpis/", Markup()))
    assert options(kpis)["pillar"] == ["guests", "none"]
    assert pillars_of(kpis)["Mood"] == "guests"
    teams = page_of("owners", teams_view(site, "teams/", Markup()))
    assert pillars_of(teams) == {"Acme": "none", "Sales": "guests", "Field": "none"}
    cycle = site.project.cycles["2026-q4"]
    tree = page_of("alignment", alignment_view(site, "alignment/2026-q4/", Markup(), cycle))
    assert pillars_of(tree)["Three"] == "guests"
