"""Print how well the checks on wording judge the sentences of the corpus.

`python -m tests.language.measure_wording` prints precision and recall of each check on the half
that is there to test. `--tune` does so for the other half, and lists the sentences that it judges
otherwise than a reader did: words are added for the sake of those alone.
"""

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.samples import document, findings_of

CODES = ("OKR418", "OKR419", "OKR420")
LANGUAGES = ("en", "de", "fr", "es")
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
def corpus() -> dict[str, dict[str, list[Sentence]]]:
    """Return the sentences of every language, in halves."""
    file = Path(__file__).with_name("wording_corpus.yml")
    text = file.read_text(encoding="utf-8")
    sentences: dict[str, dict[str, list[Sentence]]] = yaml.safe_load(text)
    return sentences


def half(language: str, of: str) -> list[Sentence]:
    """Return the half of a language's sentences that is there to tune, or to test."""
    return corpus()[language][of]


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


def report(of: str) -> Iterator[str]:
    """Yield a line for each check, in English, in the other languages and in all."""
    groups = {"en": ("en",), "de, fr, es": LANGUAGES[1:], "all": LANGUAGES}
    yield f"{'':8}{'':12}{'right':>6}{'wrong':>6}{'missed':>7}{'precision':>11}{'recall':>8}"
    for code in CODES:
        for name, languages in groups.items():
            found = score(code, [(lang, one) for lang in languages for one in half(lang, of)])
            numbers = f"{found.right:6}{found.wrong:6}{found.missed:7}"
            yield f"{code:8}{name:12}{numbers}{found.precision:11.2f}{found.recall:8.2f}"


def differences() -> Iterator[str]:
    """Yield the sentences to tune by of which a check and a reader say different things."""
    for language in LANGUAGES:
        for one in half(language, "tune"):
            given, wanted = codes_of(one, language), set(one.get("expect", ()))
            for code in CODES:
                if ANSWERS[code] in one and (code in given) != (code in wanted):
                    what = "missed" if code in wanted else "wrong"
                    yield f"{code} {language} {what}: {one.get('kr', one.get('objective'))}"


def main(words: list[str]) -> None:
    """Print one half, and of the one to tune by what differs."""
    tune = "--tune" in words
    print("\n".join(report("tune" if tune else "test")))
    if tune:
        print("\n".join(differences()))


if __name__ == "__main__":
    main(sys.argv[1:])
