"""The place of the alignment's drawing, and what the script reads of the tree for it."""

from lxml import html

from tests.end_to_end.test_site import pages

TREE = "alignment/2026-q4/"


def tree() -> html.HtmlElement:
    return pages()[TREE]


def test_the_map_stands_where_the_whole_tree_does_and_waits_for_the_script() -> None:
    [place] = tree().xpath("//*[@data-okr-map]")
    assert place.get("hidden") is not None
    assert not pages()["alignment/"].xpath("//*[@data-okr-map]")


def test_the_map_has_its_words_in_the_page() -> None:
    [place] = tree().xpath("//*[@data-okr-map]")
    [drawing] = place.xpath(".//svg")
    assert drawing.get("aria-label")
    [keys] = tree().xpath(f"//*[@id='{drawing.get('aria-describedby')}']")
    assert "Arrow keys" in keys.text_content()
    for button in place.xpath(".//button"):
        assert button.get("aria-label") or button.text_content().strip()
        assert button.get("type") == "button"


def test_every_row_of_the_tree_says_what_the_map_draws() -> None:
    rows = tree().xpath("//li[contains(@class, 'okr-tree__item')]")
    assert len(rows) > 30
    for row in rows:
        assert row.get("data-okr-status"), row.get("id")
        assert row.get("id").startswith("objective-")
        assert row.xpath("string(.//a[1])")
        line = row.xpath("./div")[0]
        for part in ("okr-tree__score", "okr-meta", "okr-status"):
            assert line.xpath(f".//*[contains(@class, '{part}')]"), part
        # What does not count has no score, and nothing to draw.
        scored = line.xpath("string(.//*[contains(@class, 'okr-tree__score')])")
        assert bool(scored) is bool(line.xpath(".//*[contains(@class, 'okr-bar ')]/rect"))
        assert bool(scored) is (row.get("data-okr-status") not in ("draft", "cancelled"))
    to = tree().xpath("//*[contains(@class, 'okr-to')]//a/@href")
    assert to
    assert all("#" in address for address in to)


def test_the_script_is_on_every_page_and_waits_for_it() -> None:
    for address, page in pages().items():
        if address.startswith("embed/") or not page.xpath("//*[@data-md-component]"):
            continue
        ours = page.xpath("//script[contains(@src, 'okr/okr.js')]")
        assert len(ours) == 1, address
        assert ours[0].get("defer") is not None
