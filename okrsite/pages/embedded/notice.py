"""What stands at the place of a block that cannot be answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.embeds.query import Problem
from okrsite.language.inline import inline


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One thing that is wrong: the sentence, what to write instead, and where."""

    sentence: Markup
    hint: Markup | None
    place: str | None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """All that is said at the place of a block that has something wrong in it."""

    rows: tuple[NoticeRow, ...]


def notice_view(problems: Sequence[Problem], place: str | None, line: int) -> NoticeView:
    """Say what is wrong in a block.

    `place` is the path of its file, and `line` the line of its fence there; without a path the
    block does not stand in a file.
    """
    return NoticeView(
        tuple(
            NoticeRow(
                sentence=_sentence(problem.message),
                hint=_sentence(problem.hint) if problem.hint else None,
                place=f"{place}:{problem.line}" if place else None,
            )
            for problem in (problem.below(line) for problem in problems)
        )
    )


def _sentence(text: str) -> Markup:
    """Show what stands in code marks as code; a text without a pair of them is only a text."""
    return inline(text) if text.count("`") % 2 == 0 else escape(text)
