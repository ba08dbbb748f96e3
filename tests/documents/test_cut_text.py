import pytest

from okrsite.documents.cut_text import cut_lines


@pytest.mark.parametrize(
    "line",
    [
        "title: Become #1 in Europe",
        "title: #1 in guests",
        "- note: Fixed #41, waiting for #42",
        "title: Win (soon) #1",
        "title: A\t#1",
        "title: &Co partners win",
        "owner: &sales",
        "tags: [a, &b]",
        "title: ! Grow",
    ],
)
def test_text_that_yaml_drops_is_said(line: str) -> None:
    assert [number for number, _, _ in cut_lines(f"\ntype: objective\n{line}\nweight: 1\n")] == [3]


@pytest.mark.parametrize(
    "line",
    [
        "title: A # remark",
        "title: A # remark #2",
        "# remark #2",
        "#remark",
        'title: "Stay #1"',
        "title: 'Stay #1'",
        'title: "Stay" #1',
        "tags: [a, b] #1",
        "note: |\n  Stay #1\n  and #2",
        "note: >-\n  Stay #1",
        'note: "Stay\n  or #1"',
        "aligns_to: growth#revenue",
        "title: Johnson & Johnson",
        "a: &same 1\nb: *same",
        "a: &unused\n  b: 1",
        "a: &unused {b: 1}",
        "title: !!str 1",
        "title: Grow!",
    ],
)
def test_a_remark_and_text_in_quotes_lose_nothing(line: str) -> None:
    assert list(cut_lines(f"\ntype: objective\n{line}\nweight: 1\n")) == []


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        (
            "title: #1 in guests",
            "`#1 in guests` is cut off: `#` after a space begins a comment",
            'put the text in quotes: title: "#1 in guests"',
        ),
        (
            "- note: Fixed #41, waiting",
            "`#41, waiting` is cut off: `#` after a space begins a comment",
            'put the text in quotes: - note: "Fixed #41, waiting"',
        ),
        (
            "tags: [a, b #1",
            "`#1` is cut off: `#` after a space begins a comment",
            "put the text in quotes",
        ),
        (
            "title: &Co wins",
            "`&Co` is left out: `&` in front of a text has a meaning in YAML",
            'put the text in quotes: title: "&Co wins"',
        ),
    ],
)
def test_it_is_said_what_is_lost_and_how_to_keep_it(line: str, message: str, hint: str) -> None:
    end = "\n  ]" if "[" in line else ""
    assert list(cut_lines(f"\n{line}{end}\n")) == [(2, message, hint)]
