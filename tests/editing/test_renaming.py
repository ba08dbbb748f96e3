"""What is written for another name, in texts and in the files outside docs_dir."""

import pytest

from okrsite.editing.other_files import renamed_configuration, renamed_owners
from okrsite.editing.source_file import Insertion
from okrsite.editing.text_references import link_edits, reference_edits
from okrsite.editing.written_references import written_references

MOVES = {"teams/sales.md": "teams/commercial.md"}


def edited(text: str, edits: list[Insertion]) -> str:
    for edit in sorted(edits, key=lambda e: -e.position):
        text = text[: edit.position] + edit.text + text[edit.position + edit.length :]
    return text


def renamed(name: str) -> str:
    return "commercial" if name == "sales" else name


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[[sales]] [[sales |us]]", "[[commercial]] [[commercial |us]]"),
        ("`[[sales]]` <!-- [[sales]] -->", "`[[sales]]` <!-- [[sales]] -->"),
        ("---\ntitle: '[[sales]]'\n---\n[[sales]]", "---\ntitle: '[[sales]]'\n---\n[[commercial]]"),
        (
            "```okr\nlist: objectives\ntitle: sales\nwhere:\n  owner: [sales, 'sales', hr]\n```\n",
            "```okr\nlist: objectives\ntitle: sales\nwhere:\n"
            "  owner: [commercial, 'commercial', hr]\n```\n",
        ),
        ("```yaml\nowner: sales\n```\n", "```yaml\nowner: sales\n```\n"),
    ],
)
def test_references_in_texts(text: str, after: str) -> None:
    assert edited(text, list(reference_edits(text, renamed))) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[a](sales.md) [b](<sales.md>)", "[a](new name.md) [b](<new name.md>)"),
        ("[a](sales.md#x?y) ![c](sales.md \"T\")", "[a](new name.md#x?y) ![c](new name.md \"T\")"),
        ("[a]: sales.md\n[b](other.md)", "[a]: new name.md\n[b](other.md)"),
        ('<a href="sales.md">', '<a href="new name.md">'),
        ("[a](https://example.com/sales.md) [b](/sales.md)",) * 2,
        ("```\n[a](sales.md)\n```\n",) * 2,
        ("[a](s%61les.md)", "[a](new%20name.md)"),
    ],
)  # fmt: skip
def test_links(text: str, after: str) -> None:
    new = {"sales.md": "new name.md"}
    assert edited(text, list(link_edits(text, lambda path: new.get(path, path)))) == after


def test_every_reference_of_front_matter_is_known() -> None:
    fields = {
        "owner": "a", "owners": ["b"], "team": "c", "cycle": "d", "aligns_to": ["e#x"],
        "drives": ["f", {"kpi": "g", "lag": "1 week"}], "tags": ["h"], "title": "i",
        "key_results": [{"owner": ["j"], "kpi": "k", "moves": ["l"], "title": "m"}],
        "initiatives": [{"owner": "n", "key_result": "o"}], "updates": [{"objective": "p"}],
    }  # fmt: skip
    assert "".join(written.text[0] for written in written_references(fields)) == "abcdefgjklnp"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("nav:\n- a: teams/sales.md\n", "nav:\n- a: teams/commercial.md\n"),
        ("nav: [teams/sales.md, my/teams/sales.md, teams/sales.mdx]\n",
         "nav: [teams/commercial.md, my/teams/sales.md, teams/sales.mdx]\n"),
        ("redirect_maps:\nx: 1\n", "redirect_maps:\n  teams/sales.md: teams/commercial.md\nx: 1\n"),
        ("  redirect_maps: {}\r\n",
         "  redirect_maps:\r\n    teams/sales.md: teams/commercial.md\r\n"),
        ("  redirect_maps:\n      a.md: b.md\n",
         "  redirect_maps:\n      teams/sales.md: teams/commercial.md\n      a.md: b.md\n"),
        ("site_name: Sales\n",) * 2,
    ],
)  # fmt: skip
def test_the_configuration(text: str, after: str) -> None:
    assert renamed_configuration(text.encode(), MOVES).decode() == after


@pytest.mark.parametrize(
    ("rule", "after"),
    [
        ("/content/teams/sales.md @a # b\n", "/content/teams/commercial.md @a # b\n"),
        ("sales.md @a\n", "commercial.md @a\n"),
        ("content/teams/ @a\n",) * 2,
        ("* @a\n",) * 2,
        ("# content/teams/sales.md\n",) * 2,
        ("/other/sales.md @a\n",) * 2,
    ],
)
def test_code_owners(rule: str, after: str) -> None:
    assert renamed_owners(rule.encode(), "content", MOVES, {}).decode() == after
