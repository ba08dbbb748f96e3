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
    ("lines", "line"),
    [
        ("title: Be many\n  #3 more", 4),
        ("title:\n  #1 in guests", 4),
        ("- title: Be many\n\n    #3 more\n  to: 5", 5),
        ("wins:\n  - Many\n    guests\n    #1 more", 6),
        ("note: {a: b\n  #1 more\n  }", 4),
        ("title: > #1 in guests", 3),
        ("note: | #1\n  in guests", 3),
    ],
)
def test_a_line_that_goes_on_with_a_number_sign_is_no_remark(lines: str, line: int) -> None:
    assert [number for number, _, _ in cut_lines(f"\ntype: objective\n{lines}\n")] == [line]


@pytest.mark.parametrize(
    "lines",
    [
        "title: Be many\n#3 more",
        "title: Be many\n  # 3 more",
        "- title: Be many\n  #to: 5\n  to: 6",
        "- title: Be many\n    #to: 5\n  to: 6",
        "wins:\n  - A\n  #- B\n  - C",
        "wins:\n  #all of them\n  - C",
        "key_results:\n  #the first\n  - title: A",
        "note: |\n  A\n  #1 more",
        "note: 'A\n  #1 more'",
        "title: 'A'\n  #1 more",
    ],
)
def test_a_remark_on_a_line_of_its_own_loses_nothing(lines: str) -> None:
    assert list(cut_lines(f"\ntype: objective\n{lines}\n")) == []


@pytest.mark.parametrize(
    ("lines", "hint"),
    [
        (
            "weight: 1 #2",
            "for a comment, put a space after `#`: weight: 1 # 2; otherwise remove it",
        ),
        (
            "due: 2026-12-01 #x",
            "for a comment, put a space after `#`: due: 2026-12-01 # x; otherwise remove it",
        ),
        (
            "values:\n  kr1: 5 #x",
            "for a comment, put a space after `#`: kr1: 5 # x; otherwise remove it",
        ),
        (
            "check_ins: #weekly",
            "for a comment, put a space after `#`: check_ins: # weekly; otherwise remove it",
        ),
        ("owner: #sales", "write `owner: sales`"),
        ("aligns_to: growth #margin", "write `aligns_to: growth#margin`"),
        ("depends_on:\n  - growth #margin", "write `- growth#margin`"),
        ("tags:\n  - a #b", 'put the text in quotes: - "a #b"'),
        ("mission: To be #1", 'put the text in quotes: mission: "To be #1"'),
        ("title: > #1 in guests", 'put the text in quotes: title: "#1 in guests"'),
        ("title: Be many\n  #3 more", 'put the text in quotes: title: "Be many #3 more"'),
        ("key_results:\n  - Win #1 more", 'write `- title: "Win #1 more"`'),
        ("key_results:\n  - #1 from 4 to 5", 'write `- {title: "#1", from: 4, to: 5}`'),
    ],
)
def test_the_hint_suits_the_field(lines: str, hint: str) -> None:
    assert [said for _, _, said in cut_lines(f"\ntype: objective\n{lines}\n")] == [hint]


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
            "`&Co` is left out: in YAML, `&` before a text has a special meaning",
            'put the text in quotes: title: "&Co wins"',
        ),
    ],
)
def test_it_is_said_what_is_lost_and_how_to_keep_it(line: str, message: str, hint: str) -> None:
    end = "\n  ]" if "[" in line else ""
    assert list(cut_lines(f"\n{line}{end}\n")) == [(2, message, hint)]
