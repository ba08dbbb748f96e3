"""What counts as a difference in a snapshot where blanks do not."""

from pathlib import Path

import pytest

from tests.snapshot import difference, without_blanks

PAGE = '<div class="a b"><p>One <b>two</b> <i>three</i></p><pre class="x">\n  as  is </pre></div>'


@pytest.mark.parametrize(
    ("page", "same"),
    [
        ('<div\n  class=" a\n b ">\n  <p>\n One  <b>two</b>\n<i>three</i> </p>\n', True),
        ('<div class="a b"><p>One <b>two</b><i>three</i></p>', False),
        ('<div class="a b"><p>One <b> two</b> <i>three</i></p>', False),
        ('<div class="b a"><p>One <b>two</b> <i>three</i></p>', False),
    ],
)
def test_only_blanks_that_nobody_sees_make_no_difference(page: str, same: bool) -> None:
    page += '<pre  class="x">\n  as  is </pre>\n</div>\n'
    assert (_html(page) == _html(PAGE)) is same
    assert _html(page.replace("as  is", "as is")) != _html(PAGE)


def _html(page: str) -> bytes:
    return without_blanks("index.html", page.encode())


def test_two_snapshots_are_compared_by_name(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text('{"a": "1", "b": "1", "c": "1"}')
    new.write_text('{"b": "1", "c": "2", "d": "1"}')
    assert difference(old, new) == ["gone: a", "differs: c", "new: d"]
    assert difference(new, new) == []
