"""The way to siblings, and where to subscribe and to talk."""

import re

import pytest
from markupsafe import Markup

from okrsite.build import build
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.alignment import alignment_view
from okrsite.pages.cycle import cycle_view
from okrsite.pages.initiatives import initiatives_view
from okrsite.pages.kpi import kpi_view
from okrsite.pages.objective import objective_view
from okrsite.pages.owner import owner_view
from okrsite.pages.parts import Link
from okrsite.pages.plan import plan_view
from okrsite.pages.site import Site
from okrsite.settings import SettingsError, read_settings
from tests.pages.test_insights import RESULT, html_of
from tests.samples import AS_OF, Shelf, document, objective

FILES = {
    "company.md": document("company", "title: Acme", "links: [{title: Wall, url: 'https://w.example/'}]"),
    "teams/a.md": document(
        "team", "title: A & <b>", "links: [{title: Channel, url: 'https://chat.example/a'}]"
    ),
    "teams/b.md": document("team", "title: B"),
    "teams/c.md": document("team", "title: C"),
    "teams/d.md": document("team", "title: D", "parent: a"),
    "people/x.md": document("person", "title: X", "team: a"),
    "people/y.md": document("person", "title: Y", "team: a"),
    "people/z.md": document("person", "title: Z", "team: b"),
    "okrs/one.md": objective(
        RESULT, owner="a", title="Grow & *go* <b>", initiatives="[{title: Call}]"
    ),
    "okrs/before.md": objective(RESULT, owner="a", title="Before", cycle="2026-q3"),
    "okrs/year.md": objective(RESULT, owner="a", title="Year", cycle="2026"),
    "okrs/next.md": objective(
        RESULT, owner="b", title="Next", cycle="2027-q1", initiatives="[{title: Write}]"
    ),
    "okrs/later.md": objective(RESULT, owner="b", title="Later", cycle="2027-q2"),
    "kpis/k.md": document("kpi", "title: K", "owner: b"),
}  # fmt: skip


def site_of(**options: object) -> Site:
    settings = read_settings(options)
    return build(Shelf(FILES), settings, "Acme", AS_OF, Words.of("en"), Addresses()).site


def shown(links: object) -> list[tuple[str, str | None]]:
    assert isinstance(links, tuple)
    return [(str(link.text), link.href) for link in links if isinstance(link, Link)]


def test_a_cycle_leads_to_those_before_and_after_and_to_others() -> None:
    site = site_of()
    view = cycle_view(site, "cycles/2026-q4/", Markup(), site.project.cycles["2026-q4"])
    siblings = view.siblings
    assert siblings is not None
    assert shown((siblings.previous, siblings.next)) == [
        ("2026 Q3", "../2026-q3/"), ("2027 Q1", "../2027-q1/"),
    ]  # fmt: skip
    assert shown(siblings.others) == [
        ("2027 Q2", "../2027-q2/"), ("2027 Q1", "../2027-q1/"),
        ("2026", "../2026/"), ("2026 Q4", None), ("2026 Q3", "../2026-q3/"),
    ]  # fmt: skip
    html = html_of("cycle", view)
    # One landmark, and the same way at the end.
    assert len(re.findall("class=okr-siblings[ >]", html)) == 2
    assert html.count("<nav class=okr-siblings ") == 1
    assert html.count("<li aria-current=page>2026 Q4\n") == 2


def test_the_kind_of_page_stays() -> None:
    site = site_of()
    cycles = site.project.cycles
    tree = alignment_view(site, "alignment/2026-q4/", Markup(), cycles["2026-q4"]).siblings
    assert tree is not None
    assert shown((tree.previous, tree.next)) == [
        ("2026 Q3", "../2026-q3/"), ("2027 Q1", "../2027-q1/"),
    ]  # fmt: skip
    work = initiatives_view(site, "initiatives/2026-q4/", Markup(), cycles["2026-q4"]).siblings
    assert work is not None
    assert work.previous is None
    assert shown(work.others) == [("2027 Q1", "../2027-q1/"), ("2026 Q4", None)]
    plan = plan_view(site, "plan/2027-q1/", Markup(), cycles["2027-q1"]).siblings
    assert plan is not None
    assert (plan.previous, shown((plan.next,))) == (None, [("2027 Q2", "../2027-q2/")])


def test_teams_and_people_lead_to_those_beside_them() -> None:
    site = site_of()
    team = owner_view(site, "teams/b/", Markup(), "teams/b").siblings
    assert team is not None
    assert shown((team.previous, team.next)) == [
        ("A &amp; &lt;b&gt;", "../a/"), ("C", "../c/"),
    ]  # fmt: skip
    person = owner_view(site, "people/x/", Markup(), "people/x").siblings
    assert person is not None
    assert shown(person.others) == [("X", None), ("Y", "../y/")]
    for alone in ("teams/d", "people/z", "company"):
        assert owner_view(site, f"{alone}/", Markup(), alone).siblings is None


def test_pages_say_where_to_subscribe_and_to_talk() -> None:
    site = site_of(discuss_url="https://d.example/?id={id}&t={title}")
    view = objective_view(site, "okrs/one/", Markup(), None, "okrs/one")
    assert shown(view.take_part.feeds) == [
        ("Feed of A &amp; &lt;b&gt;", "../../feeds/teams/a.atom")
    ]
    assert shown(view.take_part.calendars)[0][1] == "../../feeds/teams/a.ics"
    assert shown(view.take_part.places) == [
        ("Discuss", "https://d.example/?id=okrs%2Fone&t=Grow%20%26%20go%20%3Cb%3E"),
        ("Channel", "https://chat.example/a"),
    ]
    html = html_of("objective", view)
    assert 'href="https://d.example/?id=okrs%2Fone&amp;t=Grow%20%26%20go%20%3Cb%3E"' in html
    kpi = kpi_view(site, "kpis/k/", Markup(), "kpis/k")
    assert shown(kpi.take_part.places) == [("Discuss", "https://d.example/?id=kpis%2Fk&t=K")]
    company = owner_view(site, "company/", Markup(), "company")
    html = html_of("owner", company)
    assert "id=okr-subscribe" in html
    assert html.count('<a href="https://w.example/">Wall</a>') == 1


def test_without_the_setting_only_links_of_owners_are_there() -> None:
    view = objective_view(site_of(), "okrs/next/", Markup(), None, "okrs/next")
    assert view.take_part.places == ()
    assert "okr-discuss" not in html_of("objective", view)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert('{id}')",
        "data:text/html,{id}",
        "/talk?{id}",
        "https://x/{owner}",
        "https://x/ {id}",
    ],
)
def test_an_address_that_nobody_should_follow_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="discuss_url"):
        read_settings({"discuss_url": address})


def test_the_company_has_a_page_of_its_own_beside_the_home_page() -> None:
    site = site_of()
    html = html_of("owner", owner_view(site, "company/", Markup(), "company"))
    assert 'class="okr-lead' not in html
