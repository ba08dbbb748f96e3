"""The page of the plan of a cycle that has not begun."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import okrsite.theme
import pytest
from markupsafe import Markup

from okrsite.build import build
from okrsite.documents.code_owners import CodeOwners, parse_code_owners
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.all import site_pages
from okrsite.pages.cycle import cycle_view, cycles_view
from okrsite.pages.parts import PageContext
from okrsite.pages.plan import plan_view, reviewer
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.settings import read_settings
from tests.cli.test_plan_command import FILES
from tests.samples import AS_OF, Files, Shelf, document, objective

WORDS = Words.of("en")
BEGUN = date(2027, 1, 1)


def site_of(files: Files = FILES, as_of: date = AS_OF, code_owners: str = "") -> Site:
    rules = parse_code_owners(code_owners, "CODEOWNERS") if code_owners else CodeOwners()
    made = build(Shelf(files), read_settings({}), "Acme", as_of, WORDS, Addresses())
    return replace(made.site, code_owners=rules)


def html_of(site: Site, cycle: str = "2027-q1") -> str:
    theme = str(Path(next(iter(okrsite.theme.__path__))))
    view = plan_view(site, f"plan/{cycle}/", Markup(), site.project.cycles[cycle])
    return Renderer([theme], WORDS).render("plan", view)


def uris(site: Site) -> list[str]:
    return [page.uri for page in site_pages(site) if page.uri.startswith("plan/")]


def test_there_is_a_page_until_the_cycle_begins() -> None:
    assert uris(site_of()) == ["plan/2027-q1.md", "plan/2027.md"]
    assert uris(site_of(as_of=BEGUN)) == []


def test_the_page_is_linked_from_its_cycle_and_from_all_cycles() -> None:
    for as_of, links in ((AS_OF, ["2027", "2027-q1"]), (BEGUN, [])):
        site = site_of(as_of=as_of)
        rows = cycles_view(site, "cycles/", Markup()).cycles
        found = sorted(row.cycle.id for row in rows if row.plan)
        assert found == links
        view = cycle_view(site, "cycles/2027-q1/", Markup(), site.project.cycles["2027-q1"])
        assert (view.plan and view.plan.href) == ("../../plan/2027-q1/" if links else None)


def test_the_page_says_what_is_to_be_done_and_no_score_of_the_plan() -> None:
    html = html_of(site_of())
    assert "1 owner has no objective</strong>: HR" in html
    assert "No owner has more than five objectives" in html
    assert "1 of 2 unfinished from 2026 Q4" in html
    assert "The repository has no CODEOWNERS file" in html
    assert "okr-bar" not in html


def test_an_owner_without_objectives_is_told_who_carries_theirs_over() -> None:
    shared = FILES["okrs/2026-q4/sales/grow.md"].replace("owner: sales", "owners: [sales, hr]")
    html = html_of(site_of({**FILES, "okrs/2026-q4/sales/grow.md": shared}))
    row = html.partition('<table class="okr-table okr-table--plan">')[2].partition("HR</a></th>")[2]
    assert "none yet" in row
    by = '1 carried over by <a href="../../teams/sales/">Sales</a></div>'
    assert by in row.partition("</tr>")[0]
    assert "carried over by" not in html_of(site_of())


def test_due_days_of_key_results_milestones_and_initiatives_are_listed_by_day() -> None:
    html = html_of(site_of())
    due = html.partition('<h2 id="due">')[2].partition("</section>")[0]
    assert re.findall('datetime="([^"]+)"', due) == ["2027-01-20", "2027-03-01"]
    assert "Call all" in due
    assert "<span>Initiative</span>" in due
    assert '<a href="../../okrs/2027-q1/sales/grow/">Grow on</a>' in due
    assert "Draft" in due
    steps = "[{title: First, due: 2027-02-01}, {title: Past, due: 2027-01-05, done: true}]"
    files = {**FILES, "okrs/2027-q1/hr/steps.md": objective(
        f"title: Move, milestones: {steps}", "title: Paint, measured_by: it is, due: 2027-03-02",
        title="Steps", owner="hr", cycle="2027-q1",
    )}  # fmt: skip
    dues = plan_view(
        site_of(files), "", Markup(), site_of(files).project.cycles["2027-q1"]
    ).plan.dues
    assert [(str(due.day), due.title) for due in dues] == [
        ("2027-01-20", "Call all"),
        ("2027-02-01", "First"),
        ("2027-03-01", "Reach"),
        ("2027-03-02", "Paint"),
    ]


def test_of_many_due_days_the_first_are_shown() -> None:
    many = ", ".join(f"{{title: Do {n}, due: 2027-02-01}}" for n in range(100))
    draft = objective("id: a, title: Reach, to: 10", owner="hr", cycle="2027-q1",
                      initiatives=f"[{many}]")  # fmt: skip
    html = html_of(site_of({**FILES, "okrs/2027-q1/hr/many.md": draft}))
    due = html.partition('<h2 id="due">')[2].partition("</section>")[0]
    assert due.count("<time") == 60
    assert "and 94 more" in due


def test_reviewers_are_owners_of_the_site_where_they_are_called_so() -> None:
    html = html_of(site_of(code_owners="* @acme/HR someone.else@acme.example"))
    assert 'Waiting for <a href="../../teams/hr/">HR</a>, someone.else<' in html
    assert "acme.example" not in html


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("@jo", "Jo"), ("@acme/sales", "Sales"), ("jo@acme.example", "Jo"), ("@else", "@else"),
        ("e.lse@acme.example", "e.lse"), ("@<b>", "@&lt;b&gt;"),
    ],
)  # fmt: skip
def test_how_a_reviewer_is_called(name: str, shown: str) -> None:
    assert str(reviewer(PageContext(site_of(), "plan/x/"), name).text) == shown


def test_a_first_plan_is_empty_and_says_so() -> None:
    cycle = document("cycle", "id: 2027-q1", "start: 2027-01-01", "end: 2027-03-31")
    html = html_of(site_of({"cycles/2027-q1.md": cycle}))
    assert "There are no objectives in this cycle yet." in html
    assert "Nothing is planned yet" in html


def test_nothing_private_is_on_the_page() -> None:
    draft = FILES["okrs/2027-q1/sales/grow.md"]
    hidden = draft.replace("title: Grow on", "title: Secret deal\nvisibility: private")
    html = html_of(site_of({**FILES, "okrs/2027-q1/sales/secret.md": hidden}))
    assert "Secret" not in html
    assert "1 objective is planned" in html
