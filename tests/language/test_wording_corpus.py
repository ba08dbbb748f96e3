"""How well the checks on wording judge sentences that were judged by hand: precision and recall."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.samples import document, findings_of

CODES = ("OKR418", "OKR419", "OKR420")
ANSWERS = {"OKR418": "kr", "OKR419": "kr", "OKR420": "objective"}
"""The kind of sentence that each code is given for."""

Sentence = dict[str, Any]


class Score(NamedTuple):
    """How often a code was given rightly, given wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0


@cache
def corpus() -> dict[str, list[Sentence]]:
    """Return the sentences of every language."""
    file = Path(__file__).with_name("wording_corpus.yml")
    sentences: dict[str, list[Sentence]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return sentences


def half(language: str, of: str) -> list[Sentence]:
    """Return the half of a language's sentences that is there to tune, or to test."""
    return corpus()[language][("tune", "test").index(of) :: 2]


def codes_of(sentence: Sentence, language: str) -> set[str]:
    """Return the codes on wording that a site with a sentence gets."""
    measure = {name: sentence[name] for name in ("from", "to") if name in sentence}
    result = {"title": sentence.get("kr", "Guests"), **(measure or {"to": 5})}
    title = sentence.get("objective", "Grow")
    fields = {"title": title, "cycle": "2026-q4", "owner": "company", "key_results": [result]}
    written = yaml.safe_dump(fields, allow_unicode=True, width=1000)
    findings = findings_of({"grow.md": document("objective", written)}, language=language)
    assert not [f for f in findings if f.code < "OKR400"], sentence
    return {finding.code for finding in findings} & set(CODES)


def score(code: str, sentences: Iterable[tuple[str, Sentence]]) -> Score:
    """Return how well a code is given for sentences of its kind, each with its language."""
    right = wrong = missed = 0
    for language, sentence in sentences:
        if ANSWERS[code] not in sentence:
            continue
        given, wanted = code in codes_of(sentence, language), code in sentence.get("expect", ())
        right += given and wanted
        wrong += given and not wanted
        missed += wanted and not given
    return Score(right, wrong, missed)


def test_the_halves_are_large_and_half_of_each_has_something_to_find() -> None:
    for of in ("tune", "test"):
        english = half("en", of)
        assert len(english) >= 60
        assert 0.4 <= sum("expect" in s for s in english) / len(english) <= 0.6
        assert all(len(half(language, of)) >= 12 for language in ("de", "fr", "es"))


@pytest.mark.parametrize("code", CODES)
def test_four_of_five_english_sentences_found_are_rightly_found(code: str) -> None:
    found = score(code, [("en", sentence) for sentence in half("en", "test")])
    assert found.precision >= 0.8, found


@pytest.mark.parametrize("code", CODES)
def test_and_so_are_those_of_the_other_languages(code: str) -> None:
    others = [(lang, s) for lang in ("de", "fr", "es") for s in half(lang, "test")]
    found = score(code, others)
    assert found.precision >= 0.8, found
