"""Texts that remember their values, and are said in any language."""

import pickle
from copy import deepcopy
from datetime import date

import pytest

from okrsite.dev.reference.examples import example_findings
from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import finding, shorten
from okrsite.i18n import Phrase, alternatives, counted, languages, one_line, phrase
from okrsite.language.wording import Score, Words

GERMAN = Words.of("de")


def test_a_phrase_is_its_english_sentence() -> None:
    text = phrase("`%(owner)s` has %(number)s active KPIs", owner="sales", number=12)
    assert text == "`sales` has 12 active KPIs"
    assert f"{text}." == "`sales` has 12 active KPIs."
    assert {text: 1}["`sales` has 12 active KPIs"] == 1


def test_it_is_said_in_another_language_with_the_same_values() -> None:
    text = phrase("`%(owner)s` has %(number)s active KPIs", owner="sales", number=1200)
    assert GERMAN.say(text) == "`sales` hat 1.200 aktive KPIs"
    assert Words.of("en").say(text) == "`sales` has 1,200 active KPIs"


def test_values_are_said_too() -> None:
    day = phrase("the reading for %(day)s", day=date(2026, 11, 9))
    today = date(2026, 11, 5)
    text = phrase(
        "%(entry)s is dated after %(today)s and is not counted yet", entry=day, today=today
    )
    assert text.startswith("the reading for 2026-11-09 is dated after 2026-11-05")
    said = GERMAN.say(text)
    day = "der Messwert vom 9. Nov. 2026 liegt nach dem 5. Nov. 2026"
    assert said == f"{day} und wird noch nicht gezählt"
    closed = "the commitment was closed at %(score)s without a retrospective"
    assert "0,60" in GERMAN.say(phrase(closed, score=Score(0.6)))
    assert phrase(closed, score=Score(0.6)) == closed % {"score": "0.60"}


@pytest.mark.parametrize(("number", "english", "german"), [
    (1, "the objective has only one key result", "das Objective hat nur ein Key Result"),
    (2, "the objective has 2 key results", "das Objective hat 2 Key Results"),
])  # fmt: skip
def test_numbers_choose_the_form(number: int, english: str, german: str) -> None:
    text = counted(
        "the objective has only one key result",
        "the objective has %(number)s key results",
        number,
    )
    assert (text, GERMAN.say(text)) == (english, german)


def test_lists_of_names_are_said() -> None:
    assert alternatives(["`a`", "`b`", "`c`"]) == "`a` or `b` or `c`"
    assert GERMAN.say(alternatives(["`a`", "`b`"])) == "`a` oder `b`"
    assert alternatives(["`a`"]) == "`a`"
    assert shorten("abcdefg") == "`a`, `b`, `c`, `d`, `e` and 2 more"
    assert GERMAN.say(shorten("abcdefg")) == "`a`, `b`, `c`, `d`, `e` und 2 weitere"


def test_copies_and_pickles_are_phrases() -> None:
    text = counted("%(names)s and %(number)s more", "%(names)s and %(number)s more", 3, names="`a`")
    for copy in (pickle.loads(pickle.dumps(text)), deepcopy(text)):
        assert type(copy) is Phrase
        assert (copy, GERMAN.say(copy)) == ("`a` and 3 more", "`a` und 3 weitere")


def test_what_a_finding_quotes_stays_on_one_line() -> None:
    wrong = phrase("`%(text)s` is not a date", text="9\nNov\x1b[31m")
    found = finding("OKR104", "a.md", 1, wrong, "two\n lines ")
    assert found.message == "`9 Nov [31m` is not a date"
    assert GERMAN.say(found.message) == "`9 Nov [31m` ist kein Datum"
    assert found.hint == "two lines"
    assert one_line(phrase("rename it")).template == "rename it"  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", CHECKS)
def test_what_every_check_says_is_translated(code: str, language: str) -> None:
    words = Words.of(language)
    found = [f for f in example_findings(CHECKS[code].example) if f.code == code]
    for text in (text for f in found for text in (f.message, f.hint) if text is not None):
        assert isinstance(text, Phrase)
        assert words.say(text) != text


def test_values_of_a_phrase_can_be_changed() -> None:
    text = phrase("%(text)s is never closed", text=phrase("the front matter"))
    assert text.having(text=phrase("the block")) == "the block is never closed"
