import pytest

from okrsite.documents.conflicts import conflict_line

FIELDS = "---\ntype: objective\n{}---\n{}"


@pytest.mark.parametrize(
    ("fields", "body", "line"),
    [
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> better\n", "", 3),
        ("a: 2\n>>>>>>> better\n", "", 4),
        ("", "Why\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> better\n", 5),
        ("", ">>>>>>> quoted seven times\n", None),
        ("", "=======\n", None),
        ("title: a <<<<<<< b\n", "", None),
    ],
)
def test_a_conflict_is_found_at_its_first_mark(fields: str, body: str, line: int | None) -> None:
    text = FIELDS.format(fields, body)
    assert conflict_line(text, text.index("---", 3)) == line
