import json

import pytest

from okrsite.findings.baseline import (
    BaselineError,
    compare,
    count,
    identity,
    read_baseline,
    to_json,
)
from okrsite.findings.finding import Finding, finding

SILENT = finding("OKR406", "content/a.md", 3, "nothing was heard for 20 days, since 2026-10-26")
FEW = finding("OKR401", "content/b.md", 9, "the objective has 1 key result")
MONEY = finding("OKR104", "content/b.md", 7, "`to`: `5m` is not a number")


def moved(found: Finding, line: int) -> Finding:
    return finding(found.code, found.path, line, found.message)


def test_lines_and_what_counts_by_itself_do_not_make_a_finding_another() -> None:
    later = finding("OKR406", "content/a.md", 8, "nothing was heard for 121 days, since 2026-07-17")
    assert identity(SILENT) == identity(later)
    assert identity(SILENT)[2] == "nothing was heard for … days, since …"


def test_what_a_finding_quotes_does() -> None:
    other = finding("OKR104", "content/b.md", 7, "`to`: `6m` is not a number")
    assert identity(MONEY) != identity(other)
    assert identity(MONEY)[2] == MONEY.message
    quoted = [finding("OKR403", "a.md", 3, f"the title says “{n}k”") for n in (200, 300)]
    assert identity(quoted[0]) != identity(quoted[1])


def test_only_what_is_not_known_is_new() -> None:
    compared = compare([moved(SILENT, 12), FEW], count([SILENT]))
    assert (compared.new, compared.known, compared.solved) == ((FEW,), 1, 0)


def test_of_more_than_are_known_the_last_are_new() -> None:
    three = [moved(MONEY, line) for line in (7, 8, 9)]
    compared = compare(three, count(three[:2]))
    assert (compared.new, compared.known) == ((three[2],), 2)


def test_what_is_found_no_more_is_solved() -> None:
    known = count([SILENT, FEW, FEW])
    assert compare([FEW], known).solved == 2
    assert compare([FEW], known, whole=False).solved == 0


def test_a_baseline_is_sorted_and_reads_back() -> None:
    text = to_json(count([FEW, SILENT, MONEY, moved(MONEY, 30)]))
    assert text == to_json(count([moved(MONEY, 1), MONEY, FEW, SILENT]))
    assert json.loads(text)["findings"] == [
        {
            "code": "OKR104", "path": "content/b.md",
            "message": "`to`: `5m` is not a number", "count": 2,
        },
        {
            "code": "OKR401", "path": "content/b.md",
            "message": "the objective has … key result", "count": 1,
        },
        {
            "code": "OKR406", "path": "content/a.md",
            "message": "nothing was heard for … days, since …", "count": 1,
        },
    ]  # fmt: skip
    assert read_baseline(text) == count([SILENT, FEW, MONEY, MONEY])
    assert read_baseline(to_json({})) == {}


ENTRY = {"code": "OKR401", "path": "a.md", "message": "x", "count": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1 is not valid JSON"),
        ('{\n "format":', "line 2 is not valid JSON"),
        ("<<<<<<< HEAD\n", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "format"),
        ('{"format": "okrsite/1"}', "format"),
        (json.dumps({"format": "okrsite-baseline/1"}), "not a list"),
        (json.dumps({"format": "okrsite-baseline/1", "findings": [3]}), "finding 1"),
        *(
            (
                json.dumps({"format": "okrsite-baseline/1", "findings": [ENTRY, {**ENTRY, **bad}]}),
                "finding 2",
            )
            for bad in ({"count": 0}, {"count": True}, {"count": "1"}, {"path": 3}, {"code": None})
        ),
    ],
)
def test_a_damaged_baseline_is_said_to_be_one(text: str, said: str) -> None:
    with pytest.raises(BaselineError, match=said):
        read_baseline(text)
