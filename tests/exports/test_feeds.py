"""The feeds of check-ins and the calendars, read by the programs' libraries that read them."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from icalendar import Calendar

from okrsite.build import build
from okrsite.exports.feeds import feed_files
from okrsite.exports.feeds.items import ALWAYS, LONGEST
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, Shelf, document, objective
from tests.sites import build as build_site
from tests.sites import demo_site

BASE = "https://okrs.example.com/site/"


def check_in(day: str, **fields: str) -> str:
    written = ", ".join(f"{name}: {value}" for name, value in {"date": day, **fields}.items())
    return f"  - {{{written}}}"


def grow(*check_ins: str, **fields: str) -> str:
    text = objective(
        "id: seats, title: Sell *seats*, from: 0, to: 100",
        "id: van, title: Buy a van, due: 2026-12-01, measured_by: it stands here",
        "id: shop, title: Open, milestones: [{title: Rent, due: 2026-11-20}, "
        "{title: Paint, due: 2026-10-20, done: 2026-10-20}]",
        owner="sales", **fields,
    )  # fmt: skip
    return _with(text, check_ins) if check_ins else text


def _with(text: str, check_ins: tuple[str, ...]) -> str:
    head, _, body = text.rpartition("---")
    return "\n".join([head.rstrip(), "check_ins:", *check_ins, f"---{body}"])


def organisation(*check_ins: str) -> dict[str, str]:
    return {
        "teams/north.md": document("team", "title: North"),
        "teams/sales.md": document("team", "title: Sales & <more>", "parent: north"),
        "people/ann.md": document("person", "title: Ann", "team: sales"),
        "okrs/grow.md": grow(*check_ins),
    }


def files_of(files: Files, as_of: date = AS_OF, base: str | None = BASE) -> dict[str, str]:
    made = build(Shelf(files), read_settings({}), "Acme", as_of, Words.of("en"), Addresses())
    return dict(feed_files(made.site, base))


WRITTEN = (
    check_in(
        "2026-11-09", values="{seats: {value: 40, note: A *big* one}}", confidence="0.8",
        note="'Hello <script>alert(1)</script>'", blockers="[No bus]", next="[Rent one]",
    ),
    check_in("2026-10-12", note="We begin"),
    check_in("2026-12-24", note="Not yet"),
)  # fmt: skip


def test_every_owner_has_a_feed_in_two_formats_and_a_calendar() -> None:
    owners = ("company", "teams/north", "teams/sales", "people/ann")
    endings = ("atom", "json", "ics")
    assert set(files_of(organisation())) == {f"feeds/{o}.{e}" for o in owners for e in endings}


def test_a_pillar_has_a_feed_of_the_check_ins_of_what_serves_it() -> None:
    files = organisation()
    files["strategy/bikes.md"] = document("pillar", "title: More *bikes*")
    files["strategy/money.md"] = document("pillar", "title: Money")
    files["okrs/grow.md"] = grow(*WRITTEN, pillars="[bikes]")
    below = check_in("2026-11-02", note="From below")
    files["okrs/below.md"] = grow(below, aligns_to="grow", title="Below")
    files["okrs/other.md"] = grow(check_in("2026-11-03", note="Elsewhere"), title="Other")
    made = files_of(files)
    assert {path for path in made if "pillars" in path} == {
        f"feeds/pillars/strategy/{name}.{ending}"
        for name in ("bikes", "money")
        for ending in ("atom", "json")
    }
    feed = json.loads(made["feeds/pillars/strategy/bikes.json"])
    assert feed["title"] == "Check-ins: More bikes"
    assert feed["home_page_url"] == f"{BASE}strategy/bikes/"
    assert [item["title"] for item in feed["items"]] == ["Grow", "Below", "Grow"]
    assert json.loads(made["feeds/pillars/strategy/money.json"])["items"] == []
    atom = feedparser.parse(made["feeds/pillars/strategy/bikes.atom"])
    assert not atom.bozo
    owned = feedparser.parse(made["feeds/company.atom"])
    assert {entry.id for entry in atom.entries} < {entry.id for entry in owned.entries}


def test_a_private_pillar_has_no_feed() -> None:
    files = organisation(*WRITTEN)
    files["strategy/hush.md"] = document("pillar", "title: Hush", "visibility: private")
    files["okrs/grow.md"] = grow(*WRITTEN, pillars="[hush]")
    assert "hush" not in str(files_of(files)).lower()


@pytest.mark.parametrize("owner", ["company", "teams/north", "teams/sales"])
def test_a_feed_holds_the_check_ins_of_everybody_below_up_to_the_day_of_the_site(
    owner: str,
) -> None:
    feed = feedparser.parse(files_of(organisation(*WRITTEN))[f"feeds/{owner}.atom"])
    assert not feed.bozo
    assert [(e.title, e.updated) for e in feed.entries] == [
        ("Grow", "2026-11-09T00:00:00Z"), ("Grow", "2026-10-12T00:00:00Z"),
    ]  # fmt: skip
    assert feed.entries[0].link == f"{BASE}okrs/grow/"
    assert feed.entries[0].author == "Sales & <more>"


def test_what_a_check_in_says_is_escaped_once() -> None:
    files = files_of(organisation(*WRITTEN))
    item = json.loads(files["feeds/company.json"])["items"][0]
    assert item["content_html"] == (
        "<p>Hello &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        "<ul><li>Sell <em>seats</em>: 40 · A <em>big</em> one</li><li>Confidence 0.8</li></ul>\n"
        "<p><strong>Blockers</strong></p>\n<ul><li>No bus</li></ul>\n"
        "<p><strong>Next steps</strong></p>\n<ul><li>Rent one</li></ul>"
    )
    feed = feedparser.parse(files["feeds/company.atom"])
    assert "<script>" not in feed.entries[0].content[0].value


def test_a_json_feed_has_what_the_format_asks_for() -> None:
    feed = json.loads(files_of(organisation(*WRITTEN))["feeds/teams/sales.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Check-ins: Sales & <more>"
    assert feed["feed_url"] == f"{BASE}feeds/teams/sales.json"
    assert feed["home_page_url"] == f"{BASE}teams/sales/"
    assert all({"id", "url", "content_html", "date_published"} <= set(i) for i in feed["items"])


def test_an_entry_keeps_its_id_when_others_come_and_when_the_site_moves() -> None:
    def ids(*check_ins: str, base: str | None) -> set[str]:
        text = files_of(organisation(*check_ins), base=base)["feeds/company.json"]
        return {item["id"] for item in json.loads(text)["items"]}

    before = ids(WRITTEN[1], base=None)
    assert len(before) == 1
    assert before < ids(*WRITTEN, base=BASE)


def test_addresses_are_relative_to_the_feed_where_the_site_has_none() -> None:
    feed = json.loads(files_of(organisation(*WRITTEN), base=None)["feeds/teams/sales.json"])
    assert feed["items"][0]["url"] == "../../okrs/grow/"
    assert feed["home_page_url"] == "../../teams/sales/"


@pytest.mark.parametrize(
    ("as_of", "number"),
    [(date(2026, 11, 20), LONGEST), (date(2026, 12, 2), 15), (date(2027, 3, 1), ALWAYS)],
)
def test_a_feed_holds_two_weeks_and_never_fewer_than_ten(as_of: date, number: int) -> None:
    days = (date(2026, 11, 1) + timedelta(days=n // 5) for n in range(100))
    many = [check_in(str(day), note=f"Note {n}") for n, day in enumerate(days)]
    text = files_of(organisation(*many), as_of=as_of)["feeds/company.json"]
    assert len(json.loads(text)["items"]) == number


def test_nothing_private_is_in_a_feed_or_a_calendar() -> None:
    files = organisation(*WRITTEN)
    files["okrs/secret.md"] = grow(
        check_in("2026-11-10", note="Merger"), title="Merge", visibility="private"
    )
    files["people/eve.md"] = document("person", "title: Eve", "team: sales", "visibility: private")
    text = "".join(f"{path}{text}" for path, text in files_of(files).items())
    assert not any(word in text for word in ("Merge", "Merger", "Eve", "eve"))


def test_a_character_that_xml_cannot_hold_is_replaced() -> None:
    files = organisation(check_in("2026-11-09", note='"bell \\a and \\uFFFF"'))
    feed = feedparser.parse(files_of(files)["feeds/company.atom"])
    assert not feed.bozo


def events_of(files: Files, owner: str, as_of: date = AS_OF) -> dict[str, tuple[date, str]]:
    text = files_of(files, as_of)[f"feeds/{owner}.ics"]
    calendar = Calendar.from_ical(text)
    return {
        str(event["summary"]): (event["dtstart"].dt, str(event.get("rrule", {}).get("FREQ", "")))
        for event in calendar.walk("VEVENT")
    }


def test_a_calendar_holds_cycles_open_dues_and_the_rhythm() -> None:
    assert events_of(organisation(), "teams/sales") == {
        "2026 Q4 starts": (date(2026, 10, 1), ""),
        "2026 Q4 ends": (date(2026, 12, 31), ""),
        "Check in: 2026 Q4": (date(2026, 10, 5), "['WEEKLY']"),
        "Due: Buy a van": (date(2026, 12, 1), ""),
        "Due: Rent": (date(2026, 11, 20), ""),
    }


def test_the_organisation_sees_every_cycle_and_an_owner_only_their_own() -> None:
    files = {**organisation(), "okrs/next.md": objective("title: A, to: 5", cycle="2027-q1")}
    assert "2026 Q4 starts" in events_of(files, "company")
    assert "2027 Q1 starts" in events_of(files, "company")
    assert "2027 Q1 starts" not in events_of(files, "teams/sales")
    assert events_of(files, "people/ann") == {}


@pytest.mark.parametrize(
    ("every", "first", "rule"),
    [
        ("week", date(2026, 10, 5), {"FREQ": ["WEEKLY"]}),
        ("2 weeks", date(2026, 10, 5), {"FREQ": ["WEEKLY"], "INTERVAL": [2]}),
        ("month", date(2026, 10, 5), {"FREQ": ["MONTHLY"], "BYDAY": ["1MO"]}),
        ("quarter", date(2026, 10, 5), {"FREQ": ["MONTHLY"], "INTERVAL": [3], "BYDAY": ["1MO"]}),
    ],
)
def test_the_rhythm_is_that_of_the_objectives(every: str, first: date, rule: object) -> None:
    files = {**organisation(), "okrs/grow.md": grow(every=every)}
    calendar = Calendar.from_ical(files_of(files)["feeds/teams/sales.ics"])
    event = next(e for e in calendar.walk("VEVENT") if str(e["summary"]).startswith("Check in"))
    assert event["dtstart"].dt == first
    assert event["dtstart"].dt.weekday() == 0
    said = {name: value for name, value in dict(event["rrule"]).items() if name != "UNTIL"}
    assert {name: [str(v) for v in value] for name, value in said.items()} == {
        name: [str(v) for v in value]
        for name, value in rule.items()  # type: ignore[attr-defined]
    }
    assert event["rrule"]["UNTIL"] == [date(2026, 12, 31)]


def test_a_monthly_rhythm_begins_on_the_first_monday_of_a_month() -> None:
    files = organisation()
    files["cycles/autumn.md"] = document("cycle", "start: 2026-10-20", "end: 2027-01-31")
    files["okrs/grow.md"] = grow(cycle="autumn", every="month")
    assert events_of(files, "teams/sales")["Check in: Autumn"][0] == date(2026, 11, 2)


def test_a_closed_cycle_asks_for_nothing() -> None:
    summaries = events_of(organisation(), "teams/sales", date(2027, 2, 1))
    assert set(summaries) == {"2026 Q4 starts", "2026 Q4 ends"}


def test_a_cycle_ends_on_its_last_day_and_closes_on_the_day_it_is_closed_on() -> None:
    cycle = document(
        "cycle", "start: 2026-10-01", "end: 2026-12-31", "closed: 2027-01-08", "title: 2026 Q4"
    )
    files = {**organisation(), "cycles/2026-q4.md": cycle}
    found = events_of(files, "teams/sales")
    assert found["2026 Q4 ends"][0] == date(2026, 12, 31)
    assert found["2026 Q4 closes: last day for grades"][0] == date(2027, 1, 8)
    calendar = Calendar.from_ical(files_of(files)["feeds/teams/sales.ics"])
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert events["Check in: 2026 Q4"]["rrule"]["UNTIL"] == [date(2026, 12, 31)]
    ids = {str(event["uid"]) for event in events.values()}
    assert len(ids) == len(events)
    early = {**files, "cycles/2026-q4.md": cycle.replace("2027-01-08", "2026-12-20")}
    found = events_of(early, "teams/sales")
    assert found["2026 Q4 ends"][0] == date(2026, 12, 20)
    assert not any("closes" in summary for summary in found)


def test_an_event_has_the_same_id_in_every_calendar_that_it_is_in() -> None:
    files = files_of(organisation())

    def starts(owner: str) -> str:
        calendar = Calendar.from_ical(files[f"feeds/{owner}.ics"])
        events = calendar.walk("VEVENT")
        return next(str(e["uid"]) for e in events if e["summary"] == "2026 Q4 starts")

    assert starts("company") == starts("teams/sales")


def test_a_build_writes_feeds_that_readers_understand() -> None:
    site = demo_site()
    written = sorted(file for file in (site / "feeds").rglob("*") if file.is_file())
    assert {file.suffix for file in written} == {".atom", ".json", ".ics"}
    for file in written:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".atom":
            assert not feedparser.parse(text).bozo, file
        elif file.suffix == ".json":
            assert json.loads(text)["version"] == "https://jsonfeed.org/version/1.1"
        else:
            uids = [str(event["uid"]) for event in Calendar.from_ical(text).walk("VEVENT")]
            assert len(uids) == len(set(uids))
    feed = feedparser.parse((site / "feeds" / "teams" / "sales.atom").read_text(encoding="utf-8"))
    for entry in feed.entries:
        page = urljoin("https://example.com/feeds/teams/sales.atom", entry.link)
        assert (site / page.removeprefix("https://example.com/") / "index.html").is_file()


@pytest.mark.parametrize(
    ("page", "feed"),
    [("index.html", "company"), ("check-ins/index.html", "company"),
     ("teams/sales/index.html", "teams/sales"), ("people/lena-hofer/index.html",
      "people/lena-hofer")],
)  # fmt: skip
def test_pages_name_their_feeds_in_their_head(page: str, feed: str) -> None:
    html = (demo_site() / page).read_text(encoding="utf-8")
    head = html[: html.index("</head>")]
    link = r'<link rel="alternate feed" type="([^"]+)" title="[^"]+" href="([^"]+)">'
    found = re.findall(link, head)
    types = ["application/atom+xml", "application/feed+json", "text/calendar"]
    assert [type for type, _ in found] == types
    for _, address in found:
        assert (demo_site() / page).parent.joinpath(address).resolve().is_file()
        assert address.rpartition(".")[0].endswith(f"feeds/{feed}")


def test_the_page_of_a_pillar_links_to_its_feed() -> None:
    folder = demo_site() / "strategy" / "guests-for-life"
    html = (folder / "index.html").read_text(encoding="utf-8")
    head, _, body = html.partition("</head>")
    found = re.findall(
        r'<link rel="alternate feed" type="([^"]+)" title="[^"]+" href="([^"]+)">', head
    )
    assert [type for type, _ in found] == ["application/atom+xml", "application/feed+json"]
    above, foot, _ = body.partition("<p class=okr-foot>")
    assert foot
    [shown] = re.findall(r'href="([^"]+[.]atom)"', above)
    feed = feedparser.parse((folder / shown).resolve().read_text(encoding="utf-8"))
    assert feed.entries
    assert shown in [address for _, address in found]


def small_site(folder: Path, *lines: str) -> Path:
    for path, text in organisation(*WRITTEN).items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Acme\n", encoding="utf-8")
    settings = ["site_name: Acme", *lines, "theme: {name: material, font: false}"]
    options = "plugins: [{okrsite: {as_of: 2026-11-15}}]\n"
    (folder / "mkdocs.yml").write_text("\n".join([*settings, options]), encoding="utf-8")
    result = build_site(folder / "mkdocs.yml", folder / "site")
    assert result.exit_code == 0, result.output
    return folder / "site"


def test_addresses_are_whole_where_the_site_has_one(tmp_path: Path) -> None:
    site = small_site(tmp_path, f"site_url: {BASE}")
    feed = feedparser.parse((site / "feeds/teams/sales.atom").read_text(encoding="utf-8"))
    assert {link["href"] for link in feed.feed.links} == {
        f"{BASE}teams/sales/", f"{BASE}feeds/teams/sales.atom",
    }  # fmt: skip
    assert [entry.link for entry in feed.entries] == [f"{BASE}okrs/grow/"] * 2
    calendar = Calendar.from_ical((site / "feeds/teams/sales.ics").read_text(encoding="utf-8"))
    assert all(str(e["url"]).startswith(BASE) for e in calendar.walk("VEVENT"))


def test_a_file_of_the_user_stays_at_its_address(tmp_path: Path) -> None:
    mine = tmp_path / "docs" / "feeds" / "company.json"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    site = small_site(tmp_path)
    assert (site / "feeds" / "company.json").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("title", ["North&#10;x", "North\\rATTENDEE:x", "a, b; c \\\\new"])
def test_an_owners_name_is_one_line_of_a_calendar(title: str) -> None:
    files = {**organisation(), "teams/north.md": document("team", f'title: "{title}"')}
    written = files_of(files)["feeds/teams/north.ics"]
    assert "\r" not in written.replace("\r\n", "")
    (calendar,) = Calendar.from_ical(written, multiple=True)
    assert str(calendar["X-WR-CALNAME"]).startswith("OKRs: ")
