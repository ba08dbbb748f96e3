from datetime import date

import pytest

from okrsite.documents.values import read_date
from tests.samples import codes, document, findings_of, objective, places


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-09", date(2026, 11, 9)),
        ("2028-02-29", date(2028, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2999-12-31", date(2999, 12, 31)),
    ],
)
def test_reads_dates_in_full(text: str, day: date) -> None:
    assert read_date(text) == day


def is_date(text: str) -> bool:
    try:
        read_date(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-9", "20261109", "2026-W46-1", "09.11.2026", "2026-02-30", "2026-13-01",
        "1899-12-31", "3000-01-01", "0001-01-01", "2026-11-09T10:00", " 2026-11-09", "today",
        "２０２６-11-09",
    ],
)  # fmt: skip
def test_any_other_date_is_an_error(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("field", "written", "message"),
    [
        ("weight", "0", "above 0"),
        ("weight", "-1", "above 0"),
        ("weight", "1_000_001", "at most 1,000,000"),
        ("weight", "2 days", "has a unit"),
        ("status", "activ", "isn't one of draft, active, cancelled"),
        ("every", "day", "isn't one of week, 2 weeks, month, quarter"),
        ("commitment", "maybe", "isn't one of aspirational, committed"),
        ("visibility", "secret", "isn't one of public, private"),
        ("description", "[a]", "a list where a text belongs"),
        ("tags", "{a: b}", "a mapping where a text belongs"),
        ("key_results", "words", "is not a list"),
        ("grade", "5", "is not a mapping"),
        ("grade", "{score: 7}", "not between 0 and 1"),
        ("check_ins", "{date: 2026-11-01}", "is not a list"),
    ],
)
def test_a_value_of_the_wrong_kind_is_said_in_a_sentence(
    field: str, written: str, message: str
) -> None:
    text = document("objective", "cycle: 2026-q4", "owner: company", f"{field}: {written}")
    errors = [f for f in findings_of({"grow.md": text}) if f.severity == "error"]
    assert [(f.code, f.line) for f in errors] == [("OKR104", 5)]
    assert message in errors[0].message
    assert "\n" not in errors[0].message


def test_a_date_says_how_to_write_it() -> None:
    text = objective("id: a, title: A, to: 5, due: 30.11.2026")
    error = next(f for f in findings_of({"grow.md": text}) if f.code == "OKR104")
    assert "`30.11.2026` is not a date" in error.message
    assert "2026-11-09" in str(error.hint)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
def test_the_link_of_an_initiative_must_be_allowed(url: str) -> None:
    text = objective("id: a, title: A, to: 5", initiatives=f"[{{title: Work, url: '{url}'}}]")
    assert "OKR104 grow.md:6" in places(findings_of({"grow.md": text}))


@pytest.mark.parametrize("done", ["true", "yes", "2026-11-01", "no"])
def test_done_is_a_switch_or_a_date(done: str) -> None:
    text = objective(
        f"id: a, title: A, done: {done}, measured_by: a sign", "id: b, title: B, to: 1"
    )
    assert "OKR104" not in codes(findings_of({"grow.md": text}))


def test_one_reference_may_stand_where_a_list_may() -> None:
    top = {"top.md": objective("id: a, title: A, to: 5")}
    for written in ("top", "[top]"):
        below = objective("id: a, title: A, to: 5", aligns_to=written)
        assert "OKR2" not in " ".join(codes(findings_of({**top, "below.md": below})))
