"""The pages of the cycles, and what is owed in them."""

from pathlib import Path

import okrsite.theme
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.all import site_pages
from okrsite.pages.cycle import cycle_view, cycles_view
from okrsite.pages.overdue import overdue_check_ins
from okrsite.pages.owner import owner_view
from okrsite.pages.parts import PageContext
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.scores.status import Status
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, Shelf, document, objective

WORDS = Words.of("en")
RESULT = "id: a, title: Reach, from: 0, to: 10"


def site_of(files: Files) -> Site:
    return build(Shelf(files), read_settings({}), "Acme", AS_OF, WORDS, Addresses()).site


def html_of(template: str, view: object, title: Markup | None = None) -> str:
    theme = str(Path(next(iter(okrsite.theme.__path__))))
    return Renderer([theme], WORDS).render(template, view, title)


CYCLES = {
    f"okrs/{cycle}/company/goal.md": objective(RESULT, title=f"Goal {cycle}", cycle=cycle)
    for cycle in ("2026-q2", "2026-q3", "2026-q4", "2027-q1", "2027-q2", "2026")
}

NEXT = "okrs/2027-q1/company/goal.md"


def test_open_cycles_come_first_then_the_next_ones_then_the_closed_ones() -> None:
    view = cycles_view(site_of(CYCLES), "cycles/", Markup())
    assert [row.cycle.title for row in view.cycles] == [
        "2026 Q4", "2026", "2027 Q1", "2027 Q2", "2026 Q3", "2026 Q2",
    ]  # fmt: skip


def test_a_cycle_that_has_not_begun_has_no_score() -> None:
    site = site_of(CYCLES)
    row = cycles_view(site, "cycles/", Markup()).cycles[2]
    assert (row.figures, row.status) == (None, Status.NOT_STARTED)
    html = html_of("cycles", cycles_view(site_of({"okrs/next.md": CYCLES[NEXT]}), "", Markup()))
    assert ">Not started</span>" in html
    assert '<svg class="okr-bar' not in html
    view = cycle_view(site, "cycles/2027-q1/", Markup(), site.project.cycles["2027-q1"])
    assert (view.headline.figures, view.headline.pace, view.explained) == (None, None, None)
    assert view.headline.upcoming
    assert [group.figures for group in view.groups] == [None]
    html = html_of("cycle", view)
    for score in (
        "score__value",
        "–</span>",
        '<svg class="okr-bar',
        "okr-shares",
        "okr-distribution",
        "okr-owed",
    ):
        assert score not in html
    assert "starts on" in html
    owner = owner_view(site, "company/", Markup(), "company")
    [following] = [one for one in owner.cycles if one.cycle.title == "2027 Q1"]
    assert following.figures is None
    _, _, section = html_of("owner", owner).partition('id="okr-2027-q1"')
    assert "–" not in section.partition("</div>")[0]


def test_what_the_same_owners_owe_stands_together() -> None:
    teams = {f"teams/{name}.md": document("team", f"title: {name}") for name in ("red", "blue")}
    idle = {
        f"okrs/{n}.md": objective(RESULT, title=f"Idle {n}", owner=("red", "blue")[n % 2])
        for n in range(6)
    }
    site = site_of({**teams, **idle})
    context = PageContext(site, "cycles/2026-q4/")
    overdue = overdue_check_ins(context, site.project.objectives.values())
    assert [item.objective and item.objective.page.title for item in overdue] == [
        "Idle 0", "Idle 2", "Idle 4", "Idle 1", "Idle 3", "Idle 5",
    ]  # fmt: skip
    view = cycle_view(site, "cycles/2026-q4/", Markup(), site.project.cycles["2026-q4"])
    html = html_of("cycle", view)
    part = html[html.index('id="okr-owed"') : html.index('id="okr-objectives"')]
    assert (part.count(">red</a>"), part.count(">blue</a>")) == (1, 1)


def test_every_generated_page_may_be_called_as_the_user_wrote() -> None:
    for page in site_pages(site_of(CYCLES)):
        if page.document is not None:
            continue
        view = page.build(page.uri, Markup())
        html = html_of(page.template, view, Markup("Our <b>own</b>"))
        assert '<h1 id="okr-title">Our <b>own</b></h1>' in html, page.uri


def test_a_page_does_not_grow_with_how_many_are_above_its_owner() -> None:
    def length(teams: int) -> int:
        files = {
            f"teams/t{n:04}.md": document(
                "team", f"title: T{n:04}", *([f"parent: t{n - 1:04}"] if n else [])
            )
            for n in range(teams)
        }
        id = f"teams/t{teams - 1:04}"
        return len(html_of("owner", owner_view(site_of(files), f"{id}/", Markup(), id)))

    assert length(300) == length(30)
    long = {
        f"teams/t{n}.md": document("team", f"title: T{n}", *([f"parent: t{n - 1}"] if n else []))
        for n in range(9)
    }
    view = owner_view(site_of(long), "teams/t8/", Markup(), "teams/t8")
    assert [step.text for step in view.path] == ["Acme", "…", "T3", "T4", "T5", "T6", "T7"]
    short = owner_view(site_of(long), "teams/t4/", Markup(), "teams/t4")
    assert [step.text for step in short.path] == ["Acme", "T0", "T1", "T2", "T3"]


def test_the_last_column_of_scores_is_labelled_to_its_end() -> None:
    files = {"okrs/all.md": objective("id: a, title: R, to: 10, current: 10")}
    site = site_of(files)
    view = cycle_view(site, "cycles/2026-q4/", Markup(), site.project.cycles["2026-q4"])
    assert view.bins == [0] * 9 + [1]
    html = html_of("cycle", view)
    assert ">0.9<span>–1</span></th>" in html
    assert '>0.8<span class="okr-hidden">–0.9</span></th>' in html
