"""What the search finds besides titles and texts: words of fields, lists, and what comes first."""

from markupsafe import Markup

from okrsite.pages.all import search_text, site_pages
from okrsite.pages.search_entries import search_entries_script
from okrsite.pages.search_lists import found_lists, listed_cycles
from okrsite.pages.search_words import MOST_OLDER_WORDS, MOST_WORDS, bounded
from tests.pages.test_cycles_pages import site_of
from tests.samples import Files, document, objective

RESULT = "id: a, title: Reach, description: Counted by hand, from: 0, to: 10, current: 4"
CHECK_INS = """
  - date: 2026-10-05
    note: The *electrician* came
    wins: [A club from Ghent]
    blockers: [No bench]
    next: Call the plumber
    values: {a: {value: 2, note: Two of them}}
  - {date: 2026-11-02, note: Newest of all}
  - {date: 2026-12-01, note: Not yet said}
"""
STEPS = "id: steps, title: Steps, milestones: [{title: Lease signed}, {title: Machines seen}]"

FILES: Files = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "people/ada.md": document("person", "title: Ada"),
    "kpis/churn.md": document(
        "kpi",
        "title: Churn",
        "owner: sales",
        "description: Who leaves us",
        "keep: {max: 4}",
        "readings: [{date: 2026-10-31, value: 9, note: Bad hoses}]",
    ),
    "okrs/now.md": objective(
        RESULT,
        STEPS,
        title="Now",
        description="A reason of its own",
        initiatives="[{title: Tool wall, status: doing}]",
        check_ins=CHECK_INS,
    ),
    "okrs/then.md": objective(RESULT, title="Then", cycle="2026-q3"),
    "okrs/earlier.md": objective(RESULT, title="Earlier", cycle="2026-q2"),
    "okrs/secret.md": objective(
        RESULT, title="Takeover", visibility="private", check_ins="[{date: 2026-11-02, note: Hush}]"
    ),
}


def words_of(uri: str, files: Files = FILES) -> str:
    pages = {page.uri: page for page in site_pages(site_of(files))}
    return search_text(pages[uri], Markup())


def test_an_objective_is_found_by_all_that_its_fields_say() -> None:
    words = words_of("okrs/now.md")
    for text in (
        "A reason of its own", "Tool wall", "The electrician came", "A club from Ghent", "No bench",
        "Call the plumber", "Two of them", "Newest of all", "Counted by hand", "Lease signed",
    ):  # fmt: skip
        assert text in words, text
    assert words.index("Newest of all") < words.index("The electrician came")
    assert "Not yet said" not in words


def test_a_kpi_is_found_by_its_description_and_its_notes() -> None:
    words = words_of("kpis/churn.md")
    assert "Who leaves us" in words
    assert "Bad hoses" in words


def test_what_is_written_is_escaped_and_what_is_private_is_absent() -> None:
    files = {
        **FILES,
        "okrs/odd.md": objective(
            RESULT, title="Odd", check_ins="[{date: 2026-11-02, note: 'a <script> & b'}]"
        ),
    }
    assert "a &lt;script&gt; &amp; b" in words_of("okrs/odd.md", files)
    texts = [search_text(page, Markup()) for page in site_pages(site_of(files))]
    texts.append(search_entries_script(site_of(files)))
    assert [text for text in texts if "Hush" in text or "Takeover" in text] == []


def test_few_words_of_a_document_are_in_the_index_and_older_ones_once() -> None:
    texts = [f"week {n}: the same again" for n in range(MOST_WORDS)]
    kept = bounded([*texts, "the electrician, again", "electrician once"])
    assert kept[0] == texts[0]
    assert sum(len(text.split()) for text in kept[:-1]) <= MOST_WORDS
    older = kept[-1].split()
    assert older.count("electrician") == 1
    assert "again" not in older
    many = bounded([" ".join(f"word{n}" for n in range(5 * MOST_WORDS))])
    assert len(many[-1].split()) == MOST_OLDER_WORDS
    assert bounded(["one", "one", "two"]) == ["one", "two"]


def test_what_is_under_way_comes_before_what_is_over_and_before_comparisons() -> None:
    pages = {page.uri: page.weight for page in site_pages(site_of(FILES))}
    now = pages["okrs/now.md"]
    assert now == pages["teams/sales.md"] == pages["people/ada.md"] == pages["kpis/churn.md"]
    assert now > pages["okrs/then.md"] > pages["check-ins/2026-10.md"]
    assert min(pages.values()) == pages["compare/company.md"] == pages["checks/index.md"]


def test_the_names_of_statuses_lead_to_lists_of_the_cycle_and_of_kpis() -> None:
    site = site_of(FILES)
    assert [cycle.id for cycle in listed_cycles(site)] == ["2026-q4", "2026-q3"]
    found = {entry.address: entry.title for entry in found_lists(site)}
    assert found["cycles/2026-q4/?status=at_risk"] == "At risk: 0 objectives"
    assert found["cycles/2026-q4/?status=on_track"] == "On track: 1 objective"
    assert found["cycles/2026-q4/?stale=stale"] == "Overdue: 0 objectives"
    assert found["cycles/2026-q3/?status=progressed"] == "Progressed: 1 objective"
    assert found["kpis/?status=critical"] == "Critical: 1 KPI"
    assert not [address for address in found if "off_track" in address and "q3" in address]


def test_every_document_and_list_says_what_it_is() -> None:
    script = search_entries_script(site_of(FILES))
    assert '"kinds":["Objective","KPI","Pillar","Company","Team","Person","Cycle"' in script
    assert '"people/ada/":["","",5]' in script
    assert '"cycles/2026-q4/?status=at_risk":["at_risk","2026 Q4",8,"okr-objectives"]' in script
