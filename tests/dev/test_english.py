"""English texts are idiomatic: phrases that a native speaker would not write stay away."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import okrsite.theme
import pytest
from babel.messages.catalog import Catalog

from okrsite.cli import main
from okrsite.dev.translations import texts_of
from okrsite.i18n import FOLDER

ROOT = Path(__file__).parents[2]

BANNED = {
    r"(?<!there )\bis no (?!longer\b|more\b|direction\b)": "isn't a …, or there is no …",
    r"(?<!there )\bare no (?!longer|more\b)": "are not …, or there are no …",
    r"\bstands? (?:in|behind|beside|where|for it)\b": "is shown, is listed, goes",
    r"\bbeside\b": "next to, or compared with",
    r"\bwhat is owed\b|\bnobody owes\b|\bis owed\b": "is overdue",
    r"\b(?:results?|objectives?) works? on (?:it|them)\b": "addresses it",
    r"\bgoes on (?:from|below|above|like)\b|\bcarr(?:y|ied) on\b": "continues, or carry over",
    r"\b(?:out of|outside|inside) (?:its|their|the) (?:healthy )?bands?\b": "range",
    r"\bcounts? (?:in no|nowhere|for nothing)\b": "is not counted",
    r"\b(?:is|are) called like\b|\bcalled otherwise\b": "has the same or a different name",
    r"\bcannot be seen\b": "invisible",
    r"\btaken out\b|\btake (?:it|them|one of these \w+) out\b": "removed, remove it",
    r"\bmend(?:ed|s|ing)?\b": "fix",
    r"\b(?:last|was|not) heard of\b": "last update",
    r"\bdue since\b": "due",
    r"\bgiven by hand\b|\bgraded by hand\b": "manual grade",
    r"\bspeaks of\b": "is about",
    r"\bone will know\b|\bhow sure one\b": "how you will know, how confident you are",
    r"\bmust not suffer\b": "mustn't get worse",
    r"\bin small letters\b": "in lower case",
    r"\b(?:runs|run) in a circle\b": "is circular",
    r"\bsays? no (?:quantity|direction)\b": "contains no number, gives no direction",
    r"\btyping errors?\b": "typo",
    r"\bof those due\b|\bcheck-ins that came\b": "made",
    r"\baligns? to nothing\b": "is not aligned",
    r"\bhanded on\b": "passed on",
    r"\bchanges? no score\b|\benters? (?:a|any) score\b": "doesn't affect scores",
    r"\b(?:of|in|from) the cycle before\b": "the previous cycle",
    r"\bthat exists, only\b|\bis (?:there|done) already\b": "an existing one, already exists",
    r"\b(?:is|are) in no (?:answer|table|file)\b": "no answer contains",
    r"\bone after the other\b": "one after another",
    r"\bcame about\b": "is computed",
    r"\b(?:right )?behind the (?:number|#)\b": "after",
    r"\bwhat is overdue for me\b|\byou owe\b": "what you have to do",
    r"\banew\b": "again",
    r"\bmay (?:not )?be asked\b": "is allowed",
    r"\bwritten across\b|\bprinted across\b": "in landscape",
}
"""Each phrase with no use in our texts, and what to write instead."""


def of_catalogue(texts: Catalog) -> Iterator[str]:
    for message in texts:
        yield from (message.id,) if isinstance(message.id, str) else message.id


def of_command(command: click.Command, path: str = "okrsite") -> Iterator[tuple[str, str]]:
    yield path, command.help or ""
    for option in command.params:
        yield f"{path} {option.name}", getattr(option, "help", None) or ""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from of_command(found, f"{path} {name}")


def of_file(file: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        yield f"{file.relative_to(ROOT)}:{number}", line


def texts() -> Iterator[tuple[str, str]]:
    theme = Path(inspect.getfile(okrsite.theme)).parent
    yield from (("interface", text) for text in of_catalogue(texts_of(FOLDER.parent, theme)))
    yield from of_command(main)
    guide = (ROOT / "content/guide").glob("*.md")
    for file in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *guide):
        yield from of_file(file)


@pytest.fixture(scope="module")
def every_text() -> list[tuple[str, str]]:
    return [(place, text) for place, text in texts() if text]


@pytest.mark.parametrize("banned", BANNED)
def test_no_text_says_what_nobody_would_write(
    banned: str, every_text: list[tuple[str, str]]
) -> None:
    pattern = re.compile(banned, re.IGNORECASE)
    found = [f"{place}: {text}" for place, text in every_text if pattern.search(text)]
    assert found == [], f"write “{BANNED[banned]}” instead"


def test_the_phrases_are_found() -> None:
    every = [re.compile(banned, re.IGNORECASE) for banned in BANNED]
    for text in (
        "X is no objective",
        "what is owed",
        "It stands in the objective",
        "no key result works on it",
        "it counts in no figure",
        "an id that cannot be seen",
        "last heard of on Monday",
        "shown beside the score",
    ):
        assert any(pattern.search(text) for pattern in every), text
    for text in ("there is no reading yet", "it is no longer counted", "others who work on it"):
        assert not any(pattern.search(text) for pattern in every), text
