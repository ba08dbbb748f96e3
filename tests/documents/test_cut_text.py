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
    ],
)
def test_text_after_a_space_and_a_hash_is_cut_off(line: str) -> None:
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
    ],
)
def test_a_remark_and_text_in_quotes_lose_nothing(line: str) -> None:
    assert list(cut_lines(f"\ntype: objective\n{line}\nweight: 1\n")) == []
