"""Headings and sections are found where Markdown sees them, and in no code."""

import pytest

from okrsite.documents.sections import (
    first_title,
    headings,
    retrospective_in,
    split_heading,
    without_retrospective,
)

HIDDEN = {
    "backticks": "```markdown\n## Retrospective\n\nNot yet.\n```",
    "tildes": "~~~\n## Retrospective\n~~~",
    "a longer fence": "````\n```\n## Retrospective\n```\n````",
    "a list": "- as in\n\n  ```\n## Retrospective\n  ```",
    "a comment": "<!--\n## Retrospective\n-->",
    "a script": "<script>\n## Retrospective\n</script>",
    "another level": "### Retrospective",
    "another word": "## Retrospectives",
    "indented code": "    ## Retrospective",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_only_looks_like_a_section_is_none(text: str) -> None:
    body = f"Why.\n\n{text}\n\nMore.\n"
    assert retrospective_in(body) is None
    assert without_retrospective(body) == body


def test_a_section_ends_at_a_heading_of_its_level_that_is_not_in_code() -> None:
    section = "## Retrospective of Q3 ##\n\n### What we learned\n\n```\n## Not an end\n```\n\n"
    body = f"Why.\n\n{section}## Afterwards\n\nMore.\n"
    assert retrospective_in(body) == section.removeprefix("## Retrospective of Q3 ##")
    assert without_retrospective(body) == "Why.\n\n## Afterwards\n\nMore.\n"
    assert retrospective_in(f"# Title\n{section}# Next\n") is not None


def test_every_section_of_the_name_is_left_out() -> None:
    body = "## RETROSPECTIVE\nOne.\n# Title\n## retrospective\nTwo."
    assert without_retrospective(body) == "# Title\n"


def test_a_fence_that_is_never_closed_is_no_fence() -> None:
    assert retrospective_in("```\n## Retrospective\nGood.\n") == "\nGood.\n"


def test_headings_are_given_with_their_places() -> None:
    text = "# One #\nwords\n\n## Two\n#three\n####### Seven\n"
    found = [(heading.level, heading.title) for heading in headings(text)]
    assert found == [(1, "One"), (2, "Two")]
    assert [text[heading.start : heading.end] for heading in headings(text)] == [
        "# One #",
        "## Two",
    ]


def test_the_title_is_the_first_heading_of_level_one_with_words() -> None:
    assert first_title("```\n# A comment\n```\n#\n# \n# Title\n# Other") == "Title"
    assert first_title("## Two") is None


def test_a_heading_is_split_from_the_rest_only_where_it_comes_first() -> None:
    assert split_heading("\n# One #\n\nTwo") == ("One", "Two")
    assert split_heading("Zero\n# One\n") == (None, "Zero\n# One\n")
    assert split_heading("#hashtag\n") == (None, "#hashtag\n")
