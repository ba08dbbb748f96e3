"""The alignment pages: who stands under whom, once or several times, however deep or circular."""

import time
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import okrsite.theme
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.alignment import (
    AlignmentRow,
    AlignmentView,
    alignment_overview,
    alignment_view,
    anchor_in_tree,
)
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.scores.status import Status
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, Shelf, document, objective

RESULT = "id: a, title: Reach, from: 0, to: 10, current: 5"
WORDS = Words.of("en")


def site_of(files: Files, as_of: date = AS_OF) -> Site:
    settings = read_settings({})
    return build(Shelf(files), settings, "Acme", as_of, WORDS, Addresses()).site


def view_of(files: Files, cycle: str | None = None) -> AlignmentView:
    site = site_of(files)
    if cycle is None:
        return alignment_overview(site, "alignment/", Markup())
    return alignment_view(site, f"alignment/{cycle}/", Markup(), site.project.cycles[cycle])


def shape(rows: tuple[AlignmentRow, ...]) -> list[str]:
    """Draw a tree: a dot for each level, then the title; `^` where it is shown in full before."""
    return [
        f"{'.' * row.node.depth}{row.objective.objective.page.title}{'^' if row.node.first else ''}"
        for row in rows
    ]


def html_of(view: AlignmentView) -> str:
    theme = str(Path(next(iter(okrsite.theme.__path__))))
    return Renderer([theme], WORDS).render("alignment", view)


VOID = {"input", "link"}
"""Elements that are never closed."""

OPTIONAL = {"li", "option"}
"""Elements whose end may be left out before the next of them, and at the end of what has them."""


class Elements(HTMLParser):
    """Checks that every element that opens closes, and how deep they lie in each other."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag in VOID:
            return
        if tag in OPTIONAL and self.open[-1] == tag:
            self.open.pop()
        self.open.append(tag)
        self.deepest = max(self.deepest, len(self.open))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself lies in nothing."""

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1] in OPTIONAL and self.open[-1] != tag:
            self.open.pop()
        assert self.open.pop() == tag


def elements(html: str) -> Elements:
    found = Elements()
    found.feed(html)
    assert found.open == []
    return found


TEAMS = {
    "teams/sales.md": document("team", "title: Sales"),
    "teams/web.md": document("team", "title: Web"),
    "people/ana.md": document("person", "title: Ana", "team: sales"),
}


def organisation() -> dict[str, str]:
    """A year of the company, a quarter below it, and one objective that serves two others."""
    return {
        **TEAMS,
        "okrs/2026/company/year.md": objective(
            RESULT, title="Year", cycle="2026"
        ),
        "okrs/2026-q4/company/top.md": objective(
            RESULT, "id: b, title: Second, from: 0, to: 10", title="Top", aligns_to="year#a"
        ),
        "okrs/2026-q4/sales/sell.md": objective(
            RESULT, title="Sell", owner="sales", aligns_to="[top#a, top#b]"
        ),
        "okrs/2026-q4/web/build.md": objective(
            RESULT, title="Build", owner="web", aligns_to="[sell, top]"
        ),
        "okrs/2026-q4/ana/call.md": objective(
            RESULT, title="Call", owner="ana", aligns_to="build"
        ),
        "okrs/2026-q4/ana/read.md": objective(RESULT, title="Read", owner="ana"),
    }  # fmt: skip


def test_the_tree_leads_from_the_year_down_to_the_individual() -> None:
    view = view_of(organisation(), "2026-q4")
    assert shape(view.rows) == [
        ".Year", "..Top", "...Build", "....Call", "...Sell", "....Build^",
    ]  # fmt: skip
    assert shape(view.apart) == [".Read"]
    assert view.further == ()
    assert (view.number, view.aligned, view.repeats) == (5, (3, 4), True)
    html = html_of(view)
    assert '<h1 id="okr-title">Alignment in 2026 Q4</h1>' in html
    assert "<span>5 objectives</span>" in html
    assert "<span>3 of 4 team and individual objectives are aligned</span>" in html
    assert "An objective with several parents" in html


def test_the_lists_that_a_row_closes_fit_its_depth() -> None:
    view = view_of(organisation(), "2026-q4")
    assert [row.closes for row in view.rows] == [0, 0, 0, 1, 0, 3]
    assert [row.node.below for row in view.rows] == [1, 2, 1, 0, 1, 0]
    assert [row.node.open for row in view.rows] == [True, True, False, False, False, False]


def test_every_row_has_an_address_and_a_repeated_one_leads_to_the_first() -> None:
    view = view_of(organisation(), "2026-q4")
    anchors = [row.node.anchor for row in (*view.rows, *view.apart)]
    assert len(set(anchors)) == len(anchors)
    first = next(row for row in view.rows if row.objective.objective.page.title == "Build")
    again = view.rows[-1]
    assert first.node.anchor == anchor_in_tree("okrs/2026-q4/web/build")
    assert again.node.first == first.node.anchor
    link = f'<a href="#{quote(first.node.anchor)}">shown above with its supporting objectives</a>'
    assert link in html_of(view)


def test_a_row_says_owners_score_status_and_the_key_results_that_it_serves() -> None:
    rows = {
        row.objective.objective.page.title: row for row in view_of(organisation(), "2026-q4").rows
    }
    sell = rows["Sell"]
    assert sell.objective.objective.owners == ("teams/sales",)
    assert sell.objective.figures.score == 0.5
    assert sell.objective.figures.status is Status.ON_TRACK
    assert [result.text for result in sell.to] == ["Reach", "Second"]
    assert [result.text for result in rows["Top"].to] == ["Reach"]
    assert rows["Call"].to == ()


def test_a_parent_of_a_longer_cycle_says_which() -> None:
    year, top = html_of(view_of(organisation(), "2026-q4")).split("okr-tree__item")[1:3]
    assert '<a href="../../cycles/2026/">2026</a>' in year
    assert "cycles/" not in top


def test_the_year_links_to_the_trees_of_its_supporters() -> None:
    view = view_of(organisation(), "2026")
    assert shape(view.rows) == [".Year"]
    [(cycle, number)] = view.rows[0].elsewhere
    assert (cycle.id, number) == ("2026-q4", 1)
    link = '<a href="../2026-q4/#objective-okrs/2026/company/year">1 objective in 2026 Q4</a>'
    assert link in html_of(view)
    assert view.apart == ()


def test_the_overview_shows_the_home_cycle_and_links_to_the_others() -> None:
    view = view_of(organisation())
    html = html_of(view)
    assert '<h1 id="okr-title">Alignment</h1>' in html
    assert shape(view.rows)[0] == ".Year"
    assert view.cycle is not None
    assert view.cycle.title == "2026 Q4"
    assert [other.title for other in view.others] == ["2026"]
    assert '<a href="2026/">2026</a>' in html
    assert '<span class="okr-list__end">1 objective</span>' in html


def test_the_overview_shows_the_upper_levels_and_leads_to_the_whole_tree() -> None:
    view = view_of(organisation())
    assert shape(view.rows) == [".Year", "..Top"]
    assert (view.further, view.apart) == ((), ())
    html = html_of(view)
    assert '<a href="2026-q4/">The whole tree of 2026 Q4</a>' in html
    top, whole = view.rows[1].node, view_of(organisation(), "2026-q4")
    assert top.onward is not None
    assert top.own_anchor in [row.node.anchor for row in whole.rows]
    assert f'<a href="2026-q4/#{quote(top.own_anchor)}">2 objectives below</a>' in html
    assert html.count("Build") == 0


def test_without_objectives_there_is_one_sentence() -> None:
    view = view_of({})
    assert view.rows == view.apart == view.others == ()
    assert view.cycle is None
    assert view.aligned is None
    assert "Add aligns_to to an objective" in html_of(view)


def test_what_aligns_to_something_private_says_so_and_does_not_stand_apart() -> None:
    files = {
        **TEAMS,
        "okrs/2026-q4/company/secret.md": objective(
            RESULT, title="Secret", visibility="private"
        ),
        "okrs/2026-q4/sales/sell.md": objective(
            RESULT, title="Sell", owner="sales", aligns_to="secret"
        ),
    }  # fmt: skip
    view = view_of(files, "2026-q4")
    assert shape(view.rows) == [".Sell"]
    assert view.rows[0].note == "aligns to a private objective"
    assert view.apart == ()
    assert "Secret" not in html_of(view)
    assert "secret" not in html_of(view)


def test_what_points_to_nothing_stands_apart_and_says_why() -> None:
    files = {**TEAMS, "o.md": objective(RESULT, title="Lost", owner="web", aligns_to="nowhere")}
    view = view_of(files, "2026-q4")
    assert shape(view.apart) == [".Lost"]
    assert view.apart[0].note == "aligns to something that isn't counted"


def test_a_circle_does_not_loop() -> None:
    names = ("one", "two", "three")
    files = {
        **TEAMS,
        **{
            f"okrs/2026-q4/web/{name}.md": objective(
                RESULT, title=name, owner="web", aligns_to=names[(index + 1) % 3]
            )
            for index, name in enumerate(names)
        },
        "okrs/2026-q4/ana/below.md": objective(RESULT, title="below", owner="ana", aligns_to="two"),
    }
    view = view_of(files, "2026-q4")
    assert shape(view.rows) == [".one", ".three", ".two", "..below"]
    circle = "circular alignment, not counted"
    assert [row.note for row in view.rows] == [circle, circle, circle, None]
    assert view.apart == ()


def chain(length: int) -> dict[str, str]:
    """Write objectives that align each to the one before."""
    files = dict(TEAMS)
    for number in range(length):
        above = {"aligns_to": f"link-{number - 1:04}"} if number else {}
        files[f"okrs/2026-q4/web/link-{number:04}.md"] = objective(
            RESULT, title=f"Link {number:04}", owner="web", **above
        )
    return files


def test_a_long_chain_goes_on_in_trees_of_its_own() -> None:
    view = view_of(chain(30), "2026-q4")
    shown = [
        row.objective.objective.page.title
        for row in (*view.rows, *view.further)
        if not row.node.first
    ]
    assert shown == [f"Link {number:04}" for number in range(30)]
    assert max(row.node.depth for row in (*view.rows, *view.further)) == len(view.rows)
    last, again = view.rows[-1].node, view.further[0]
    assert last.onward == again.node.anchor
    html = html_of(view)
    assert f'<a href="#{quote(again.node.anchor)}">continued below</a>' in html
    assert again.objective.objective.page.title == view.rows[-1].objective.objective.page.title
    assert again.node.first == last.anchor
    assert f'<a href="#{quote(last.anchor)}">continued from above</a>' in html
    assert not view.repeats


def test_two_thousand_levels_are_shown_without_recursion() -> None:
    view = view_of(chain(2000), "2026-q4")
    rows = (*view.rows, *view.further)
    assert sum(row.node.first is None for row in rows) == 2000
    found = elements(html_of(view))
    assert found.deepest < 100
    assert len(found.ids) == len(set(found.ids))


def test_what_repeats_is_opened_once_and_the_tree_stays_small() -> None:
    """Layers in which everything aligns to everything above would have a million paths.

    To walk them all would take a hundred times as long as to read the documents, on any machine.
    """
    files = dict(TEAMS)
    for layer in range(6):
        for number in range(10):
            above = ", ".join(f"o-{layer - 1}-{other}" for other in range(10))
            files[f"okrs/2026-q4/web/o-{layer}-{number}.md"] = objective(
                RESULT,
                title=f"{layer} {number}",
                owner="web",
                aligns_to=f"[{above}]" if layer else "[]",
            )
    begin = time.process_time()
    site = site_of(files)
    loaded = time.process_time()
    view = alignment_view(site, "alignment/2026-q4/", Markup(), site.project.cycles["2026-q4"])
    assert time.process_time() - loaded < 10 * (loaded - begin)
    assert len(view.rows) == 10 + 5 * 10 * 10
    assert sum(row.node.first is None for row in view.rows) == 60
    elements(html_of(view))


def test_the_page_folds_what_lies_deep_and_names_every_fold() -> None:
    html = html_of(view_of(organisation(), "2026-q4"))
    elements(html)
    assert html.count("<details") == 5  # one is the choice of other cycles
    assert html.count('<details class="okr-tree__below" open>') == 2
    assert "Top: 2 objectives below" in html
    assert "Not aligned" in html


def test_the_root_of_a_tree_says_how_all_below_it_is() -> None:
    def worth(value: int, **more: str) -> str:
        return objective(f"title: Reach, from: 0, to: 100, current: {value}", **more)

    files = {
        "top.md": worth(50, title="Top"),
        "a.md": worth(50, aligns_to="top"),
        "b.md": worth(5, aligns_to="a"),
        "c.md": worth(5, aligns_to="top", status="draft"),
    }
    top, *others = view_of(files, "2026-q4").rows
    assert top.shares is not None
    assert top.shares.counts == {Status.ON_TRACK: 1, Status.OFF_TRACK: 1}
    assert top.shares.href(Status.OFF_TRACK) == "?status=off_track#objective-top"
    assert [row.shares for row in others] == [None] * 3
    assert "2 objectives below:" in html_of(view_of(files, "2026-q4"))
    assert 'href="2026-q4/?status=off_track#objective-top"' in html_of(view_of(files))
