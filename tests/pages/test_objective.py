"""The page of an objective: what it serves, what serves it, and how the page stays small."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import okrsite.theme
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.objective import ObjectiveView, objective_view
from okrsite.pages.parts import PageContext
from okrsite.pages.render import Renderer
from okrsite.pages.site import Site
from okrsite.project.model import KeyResult
from okrsite.settings import read_settings
from tests.samples import AS_OF, Shelf, document, objective

WORDS = Words.of("en")
RESULT = "id: a, title: Reach, from: 0, to: 10, current: 5"
OTHER = "id: b, title: Keep, from: 0, to: 10"


def site_of(files: Mapping[str, str]) -> Site:
    return build(Shelf(files), read_settings({}), "Acme", AS_OF, WORDS, Addresses()).site


def view_of(files: Mapping[str, str], id: str) -> ObjectiveView:
    return objective_view(site_of(files), f"{id}/", Markup(), None, id)


def html_of(view: ObjectiveView) -> str:
    theme = str(Path(next(iter(okrsite.theme.__path__))))
    return Renderer([theme], WORDS).render("objective", view)


def family() -> dict[str, str]:
    sales: dict[str, Any] = {"owner": "sales"}
    return {
        "teams/sales.md": document("team", "title: Sales"),
        "okrs/top.md": objective(RESULT, OTHER, title="Top"),
        "okrs/sell.md": objective(RESULT, title="Sell", aligns_to="[top#a, top#b]", **sales),
        "okrs/try.md": objective(
            RESULT, title="Attempt", aligns_to="top#a", status="draft", **sales
        ),
        "okrs/use.md": objective(RESULT, title="Use", aligns_to="top", **sales),
    }


def test_an_objective_that_serves_two_key_results_stands_once() -> None:
    view = view_of(family(), "okrs/top")
    assert [
        (row.objective.page.title, [to.text for to in row.to]) for row in view.supported_by.rows
    ] == [
        ("Sell", ["Reach", "Keep"]),
        ("Use", []),
        ("Attempt", ["Reach"]),
    ]
    assert html_of(view).count('href="../use/"') == 1
    [above] = view_of(family(), "okrs/sell").aligns_to
    assert [to.href for to in above.to] == ["../top/#a", "../top/#b"]


def test_a_draft_among_the_supporters_is_marked_and_not_counted() -> None:
    view = view_of(family(), "okrs/top")
    assert "<span>2 supporting objectives, average 0.50</span>" in html_of(view)
    assert [row.objective.active for row in view.supported_by.rows] == [True, True, False]
    assert "<span class=okr-tone--draft>Draft</span>" in html_of(view)
    assert view.results[0].supporters == ("okrs/sell",)


def test_a_cycle_and_an_owner_are_named_only_where_they_are_others() -> None:
    files = {**family(), "okrs/year.md": objective(RESULT, title="Year", cycle="2026")}
    files["okrs/top.md"] = objective(RESULT, OTHER, title="Top", aligns_to="year")
    view = view_of(files, "okrs/top")
    html = html_of(view)
    part = html[html.index("id=okr-alignment") :]
    assert part.count(">2026</a>") == 1
    assert part.count("2026 Q4") == 0
    assert "<dt>Owner</dt>" not in html


def test_of_many_supporters_the_rest_stands_in_the_tree() -> None:
    below = {
        f"okrs/low-{n:02}.md": objective(RESULT, title=f"Low {n:02}", aligns_to="top#a")
        for n in range(14)
    }
    view = view_of({**below, "okrs/top.md": objective(RESULT, title="Top")}, "okrs/top")
    assert len(view.supported_by.rows) == 10
    more = view.supported_by.more
    assert more is not None
    assert (more.text, more.href) == (
        "and 4 more", "../../alignment/2026-q4/#objective-okrs/top",
    )  # fmt: skip
    [result] = view.results
    assert len(result.supporters) == 14
    foot = html_of(view).partition("Supported by")[2].partition("</p>")[0]
    assert (foot.count("<span class=okr-figure>"), "and 9 more" in foot) == (5, True)


class Counted(tuple[KeyResult, ...]):
    """Key results that count how often somebody goes through them."""

    looked = 0

    def __iter__(self) -> Iterator[KeyResult]:
        Counted.looked += 1
        return super().__iter__()


def test_key_results_are_looked_through_once_however_many_links_lead_to_them() -> None:
    results = [f"id: r{n}, title: Result {n}, from: 0, to: 10" for n in range(200)]
    site = site_of({"okrs/top.md": objective(*results, title="Top")})
    top = site.project.objectives["okrs/top"]
    object.__setattr__(top, "key_results", Counted(top.key_results))
    context, Counted.looked = PageContext(site, "okrs/top/"), 0
    links = [context.objective("okrs/top", f"r{n}") for n in range(200)]
    assert (links[199].text, links[199].href) == ("Result 199", "#r199")
    assert Counted.looked == 1


def test_links_lead_the_short_way() -> None:
    context = PageContext(site_of(family()), "okrs/deep/top/")
    ways = {
        "okrs/deep/top/#a": "#a", "okrs/deep/": "../", "okrs/deep/low/": "../low/",
        "okrs/other/": "../../other/", "teams/sales/": "../../../teams/sales/",
        "okrs/deep/top/": "./", "./": "../../.././",
    }  # fmt: skip
    assert {address: context.href(address) for address in ways} == ways


def test_a_key_result_without_a_measure_says_so_only_until_it_has_a_score() -> None:
    files = {"a.md": objective("id: a, title: Said, current: 0.9", "id: b, title: Open")}
    site = site_of(files)
    context = PageContext(site, "a/")
    said, waiting = context.result_rows(site.project.objectives["a"])
    assert (said.score, context.way(said.objective, said.result)[3]) == (0.9, None)
    assert (waiting.score, context.way(waiting.objective, waiting.result)[3]) == (None, "none yet")
    assert html_of(view_of(files, "a")).count("<dt>Measure<dd>none yet</div>") == 2
