"""The alignment as a drawing: focus, keyboard, zoom and its addresses."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.benchmarks.organisation import COMPANY_OBJECTIVES, write_organisation
from tests.browser.waiting import wait_until, wait_until_painted
from tests.sites import build_well, demo_site, made_once, served, write_site

MAP = "alignment/2026-q4/"
TARGETS = "okrs/2026-q4/company/financial-targets"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def open_map(page: Page, anchor: str = "") -> None:
    page.goto("about:blank")
    page.goto(f"{served(demo_site())}/{MAP}{anchor}")
    expect(page.locator(".okr-map__card").first).to_be_visible()


def card(page: Page, title: str) -> Locator:
    return page.locator(f'.okr-map__card[aria-label^="{title}"]')


def boxes(page: Page) -> list[dict[str, float]]:
    script = """cards => cards.map(card => {
      const box = card.querySelector('rect').getBoundingClientRect()
      return { left: box.left, right: box.right, top: box.top, bottom: box.bottom } })"""
    found: list[dict[str, float]] = page.eval_on_selector_all(
        ".okr-map__card, .okr-map__port", script
    )
    return found


def test_the_drawing_begins_at_the_company_and_nothing_overlaps(page: Page) -> None:
    for size in ({"width": 1280, "height": 900}, {"width": 390, "height": 844}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        open_map(page)
        page.locator("[data-okr-do=all]").click()
        page.locator("[data-okr-do=fit]").click()
        page.wait_for_function("document.querySelectorAll('.okr-map__card').length > 30")
        wait_until_painted(page)
        found = boxes(page)
        for index, one in enumerate(found):
            for other in found[index + 1 :]:
                apart = (
                    one["right"] <= other["left"] or other["right"] <= one["left"]
                    or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
                )  # fmt: skip
                assert apart, (one, other)


def test_every_objective_is_drawn_once_with_all_its_links(page: Page) -> None:
    open_map(page)
    rows = page.eval_on_selector_all(
        ".okr-tree__item", "rows => rows.map(row => row.querySelector('a').href)"
    )
    page.locator("[data-okr-do=all]").click()
    for _ in range(8):
        page.locator("[data-okr-do=out]").click()
    expect(page.locator(".okr-map__card")).to_have_count(len(set(rows)))
    assert page.locator(".okr-map__link--again").count() > 0
    assert page.locator(".okr-map__port").count() > 5


def test_a_focus_has_an_address_and_the_way_back_works(page: Page) -> None:
    open_map(page)
    card(page, "Achieve financial targets").click()
    page.wait_for_url(f"**/#focus={TARGETS}")
    expect(card(page, "Achieve financial targets")).to_have_attribute("aria-current", "true")
    path = page.locator(".okr-map__path")
    expect(path.locator(".okr-map__step")).to_have_text(
        ["Grow profitably", "Achieve financial targets"]
    )
    expect(card(page, "Be a place where good people")).to_have_count(0)
    assert page.locator(".okr-map__link--line").count() >= 2
    page.go_back()
    expect(path).to_be_hidden()
    expect(card(page, "Be a place where good people")).to_be_visible()


def test_an_address_with_a_focus_opens_it_and_leads_to_its_page(page: Page) -> None:
    open_map(page, f"#focus={TARGETS}")
    expect(card(page, "Achieve financial targets")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Open the page").click()
    page.wait_for_url(f"**/{TARGETS}/")


def test_an_address_with_an_unknown_focus_shows_everything(page: Page) -> None:
    open_map(page, "#focus=no/such/objective")
    expect(page.locator(".okr-map__path")).to_be_hidden()
    expect(page.locator(".okr-map__card").first).to_be_visible()


def test_arrows_walk_the_tree_and_enter_opens_a_page(page: Page) -> None:
    open_map(page)
    page.locator(".okr-map__card[tabindex='0']").focus()
    page.keyboard.press("Home")
    active = page.locator(".okr-map__card:focus")
    first = active.get_attribute("aria-label") or ""
    assert active.get_attribute("aria-level") == "1"
    page.keyboard.press("ArrowRight")
    if active.get_attribute("aria-level") == "1":
        page.keyboard.press("ArrowRight")
    expect(active).to_have_attribute("aria-level", "2")
    page.keyboard.press("ArrowLeft")
    if active.get_attribute("aria-level") == "2":
        page.keyboard.press("ArrowLeft")
    expect(active).to_have_attribute("aria-label", first)
    page.keyboard.press("ArrowLeft")
    expect(active).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowRight")
    expect(active).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("End")
    assert active.get_attribute("aria-label") != first
    assert page.locator(".okr-map__card[tabindex='0']").count() == 1
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.wait_for_url("**/#focus=**")
    expect(page.locator(".okr-map__path")).to_be_visible()
    expect(active).to_have_attribute("aria-label", first)
    page.keyboard.press("Escape")
    expect(page.locator(".okr-map__path")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/okrs/**")


def test_the_page_follows_the_card_that_the_keyboard_is_at(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    open_map(page)
    page.locator('.okr-map__card[tabindex="0"]').focus()
    page.evaluate("scrollTo(0, 0)")
    seen = "document.querySelector('.okr-map__card:focus')?.getBoundingClientRect().bottom <= 700"
    page.keyboard.press("End")
    page.wait_for_function(seen)
    page.keyboard.press("Space")
    expect(page.locator(".okr-map__path")).to_be_visible()
    page.wait_for_function(seen)


def test_zoom_by_buttons_keys_and_wheel(page: Page) -> None:
    open_map(page)
    page.locator(".okr-map__drawing").scroll_into_view_if_needed()

    def width() -> float:
        wait_until_painted(page)
        first = boxes(page)[0]
        return first["right"] - first["left"]

    before = width()
    page.locator("[data-okr-do=in]").click()
    assert (nearer := width()) > before * 1.2
    page.locator("[data-okr-do=out]").click()
    assert width() < nearer / 1.2
    page.locator(".okr-map__card[tabindex='0']").focus()
    page.keyboard.press("+")
    assert width() > before * 1.2
    page.keyboard.press("0")
    box = page.locator(".okr-map__drawing").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    small = width()
    page.mouse.wheel(0, -300)
    wait_until(page, lambda: width() > small)


def test_dragging_moves_the_drawing_and_opens_nothing(page: Page) -> None:
    open_map(page)
    page.locator(".okr-map__drawing").scroll_into_view_if_needed()
    first = card(page, "Grow profitably")
    before = first.bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + 40, before["y"] + 20)
    page.mouse.down()
    page.mouse.move(before["x"] + 140, before["y"] - 30, steps=4)
    page.mouse.up()
    wait_until_painted(page)
    after = first.bounding_box()
    assert after is not None
    assert abs(after["x"] - before["x"] - 100) < 8
    assert "#focus" not in page.evaluate("location.href")


def test_what_the_filters_leave_out_is_quiet_in_the_drawing(page: Page) -> None:
    page.goto(f"{served(demo_site())}/{MAP}?status=off_track")
    expect(page.locator(".okr-map__card").first).to_be_visible()
    expect(page.locator(".okr-map__card--dimmed").first).to_be_visible()
    for one in page.locator(".okr-map__card:not(.okr-map__card--dimmed)").all():
        assert "Off track" in (one.get_attribute("aria-label") or "")


def test_the_whole_organisation_is_seen_with_its_titles(page: Page) -> None:
    open_map(page)
    page.locator("[data-okr-do=fit]").click()
    page.wait_for_function("document.querySelectorAll('.okr-map__card').length > 40")
    page.wait_for_function("document.querySelector('.okr-map__title--large')")
    wait_until_painted(page)
    frame = page.locator(".okr-map svg").first.bounding_box()
    assert frame
    for box in boxes(page):
        assert frame["x"] <= box["left"] < box["right"] <= frame["x"] + frame["width"]
        assert frame["y"] <= box["top"] < box["bottom"] <= frame["y"] + frame["height"]
    for one in page.locator(".okr-map__card").all():
        assert one.locator(".okr-map__title--large").first.text_content()


def test_a_filter_opens_up_to_what_it_finds(page: Page) -> None:
    open_map(page, "?status=off_track")
    page.locator("[data-okr-do=fit]").click()
    count = "document.querySelectorAll('.okr-map__card:not(.okr-map__card--dimmed)').length"
    first_links = "rows => rows.map(row => row.querySelector('a').getAttribute('href'))"
    found = set(
        page.eval_on_selector_all(".okr-tree__item[data-okr-status=off_track]", first_links)
    )
    assert len(found) > 2
    page.wait_for_function(f"{count} === {len(found)}")


_LETTERS = """() => [...document.querySelectorAll(".okr-map__drawing text")].filter(
  text => text.checkVisibility() && text.textContent.trim()
).map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""


def test_no_letter_of_the_drawing_is_too_small(page: Page) -> None:
    for size in ({"width": 1440, "height": 900}, {"width": 390, "height": 844}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        open_map(page)
        for act in ("less", "out", "out", "in", "all", "out", "fit", "in", "in", "out", "less"):
            page.locator(f"[data-okr-do={act}]").click()
            wait_until_painted(page)
            found = page.evaluate(_LETTERS)
            assert min(found, default=12) > 11.95, act
        assert page.evaluate(_LETTERS)


def test_what_belongs_to_the_company_is_in_view_at_first(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{served(organisation())}/{MAP}")
    expect(page.locator(".okr-map__card").first).to_be_visible()
    frame = page.locator(".okr-map__drawing").bounding_box()
    assert frame
    top = page.locator(".okr-map__card[aria-level='1']")
    assert top.count() == COMPANY_OBJECTIVES
    for one in [box for card in top.all() if (box := card.bounding_box())]:
        assert frame["y"] <= one["y"] < one["y"] + one["height"] <= frame["y"] + frame["height"]


def test_many_below_one_wrap_into_columns_by_team(page: Page, tmp_path: Path) -> None:
    cycle, top = "okrs/2026-q4", "---\ntype: objective\n---\n"
    below = "---\ntype: objective\naligns_to: company/grow\n---\n"
    teams = ("north", "south", "west")
    files = {f"{cycle}/company/grow.md": top}
    files |= {f"teams/{team}.md": "---\ntype: team\n---\n" for team in teams}
    files |= {f"{cycle}/{team}/goal-{n}.md": below for n in range(6) for team in teams}
    config = write_site(tmp_path / "wide", files, {"as_of": "2026-11-15"}, theme="material")
    build_well(config, tmp_path / "site")
    page.goto(f"{served(tmp_path / 'site')}/{MAP}")
    expect(page.locator(".okr-map__card")).to_have_count(19)
    wait_until_painted(page)
    cards = page.locator(".okr-map__card[aria-level='2']").all()
    places = [box for card in cards if (box := card.bounding_box())]
    assert len({round(place["x"]) for place in places}) == 2
    labels = [card.get_attribute("aria-label") or "" for card in cards]
    assert sorted(labels, key=lambda label: teams.index(label.split(", ")[1].lower())) == labels
    assert set(page.locator(".okr-map__team").all_text_contents()) == {"North", "South", "West"}
    assert page.locator(".okr-map__link").count() == 1
    page.locator(".okr-map__card[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".okr-map__card:focus")).to_have_attribute("aria-level", "2")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".okr-map__card:focus")).to_have_attribute("aria-level", "1")


def test_all_at_once_are_areas_by_team_with_people_in_theirs(page: Page) -> None:
    open_map(page)
    page.locator("[data-okr-do=fit]").click()
    expect(page.locator(".okr-map")).to_have_attribute("data-okr-detail", "teams")
    team = page.locator(".okr-map__block", has_text="Finance").bounding_box()
    own = card(page, "Finish the Maratona").bounding_box()  # Tomáš, who is in that team
    assert team
    assert own
    for side, length in (("x", "width"), ("y", "height")):
        assert team[side] <= own[side]
        assert own[side] + own[length] <= team[side] + team[length]
    page.locator(".okr-map__card[tabindex='0']").focus()
    before = page.locator(".okr-map__card:focus").get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    assert page.locator(".okr-map__card:focus").get_attribute("aria-label") != before
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".okr-map__card:focus")).to_have_attribute("aria-label", before or "")
    page.keyboard.press("Escape")
    expect(page.locator(".okr-map")).to_have_attribute("data-okr-detail", "near")


@cache
def organisation() -> Path:
    """Build a site of five hundred objectives, once in a run."""

    def make(folder: Path) -> None:
        write_organisation(folder / "big", 500)
        build_well(folder / "big" / "mkdocs.yml", folder / "site")

    return made_once("organisation", make) / "site"


def test_thousands_are_drawn_only_where_one_looks(page: Page) -> None:
    page.goto(f"{served(organisation())}/{MAP}")
    expect(page.locator(".okr-map__card").first).to_be_visible()
    rows = page.locator(".okr-tree__item").count()
    page.locator("[data-okr-do=all]").click()
    wait_until_painted(page)
    assert rows >= 400
    assert 0 < page.locator(".okr-map__card").count() < rows / 4
    page.locator(".okr-map__card[tabindex='0']").focus()
    page.keyboard.press("End")
    expect(page.locator(".okr-map__card:focus")).to_be_visible()


def test_a_map_of_five_hundred_answers_at_once(page: Page) -> None:
    page.goto(f"{served(organisation())}/{MAP}")
    expect(page.locator(".okr-map__card").first).to_be_visible()
    drawing = page.locator(".okr-map__drawing")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "TaskDuration") * 1000

    def each(act: Callable[[int], None]) -> float:
        """Return the milliseconds that the page works for one act, its frame included."""
        wait_until_painted(page)
        before = worked()
        for turn in range(12):
            act(turn)
            wait_until_painted(page)
        return (worked() - before) / 12

    for first in ("less", "all", "fit"):
        page.locator(f"[data-okr-do={first}]").click()
        page.mouse.move(x, y)
        page.mouse.down()
        assert each(lambda turn: page.mouse.move(x + 8 * turn, y - 9 * turn)) < 50, first
        page.mouse.up()
        page.locator(".okr-map__card[tabindex='0']").focus()
        assert each(lambda turn: page.mouse.wheel(0, 60 if turn % 4 > 1 else -60)) < 50, first
        assert each(lambda _: page.keyboard.press("ArrowDown")) < 50, first
        assert each(lambda _: page.keyboard.press(" ")) < 50, first


def test_without_javascript_the_tree_stands_there_alone(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served(demo_site())}/{MAP}")
    assert page.locator(".okr-map").is_hidden()
    assert page.locator(".okr-tree__item").first.is_visible()
    context.close()


def test_pillars_are_shown_where_they_are_asked_for_and_the_address_keeps_it(page: Page) -> None:
    open_map(page)
    button = page.locator("[data-okr-do=pillars]")
    stripes = page.locator(".okr-map__card path[class*='okr-pillar--']")
    assert stripes.count() == 0
    expect(page.locator(".okr-by-pillar .okr-pillar-key").first).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(stripes).not_to_have_count(0)
    expect(page.locator(".okr-by-pillar .okr-pillar-key").first).to_be_visible()
    known = page.locator(".okr-map__card", has_text="Achieve financial targets").first
    expect(known).to_contain_text("A business that lasts")
    assert (known.get_attribute("aria-label") or "").endswith("A business that lasts")
    assert page.url.endswith("?colour=pillar")
    page.reload()
    expect(stripes).not_to_have_count(0)
    button.click()
    expect(stripes).to_have_count(0)
    assert "colour" not in page.url
