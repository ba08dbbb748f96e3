"""The alignment as a drawing: focus, keyboard, zoom and its addresses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.benchmarks.organisation import write_organisation
from tests.browser.waiting import wait_until, wait_until_painted
from tests.sites import build, demo_site, served

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
    page.locator("[data-okr-do=fit]").click()
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
    page.locator("[data-okr-do=all]").click()
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


def test_thousands_are_drawn_only_where_one_looks(page: Page, tmp_path: Path) -> None:
    write_organisation(tmp_path / "big", 400)
    result = build(tmp_path / "big" / "mkdocs.yml", tmp_path / "site")
    assert result.exit_code == 0, result.output
    page.goto(f"{served(tmp_path / 'site')}/{MAP}")
    expect(page.locator(".okr-map__card").first).to_be_visible()
    rows = page.locator(".okr-tree__item").count()
    page.locator("[data-okr-do=all]").click()
    wait_until_painted(page)
    assert rows >= 400
    assert 0 < page.locator(".okr-map__card").count() < rows / 4
    page.locator(".okr-map__card[tabindex='0']").focus()
    page.keyboard.press("End")
    expect(page.locator(".okr-map__card:focus")).to_be_visible()


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
