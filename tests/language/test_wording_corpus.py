"""How well the checks on wording judge sentences that were judged by hand: precision and recall."""

import pytest

from tests.language import measure_wording
from tests.language.measure_wording import CODES, LANGUAGES, half, score


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


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("languages", [("en",), LANGUAGES])
def test_nine_of_ten_are_rightly_found_and_four_of_five_are_found(
    languages: tuple[str, ...], code: str
) -> None:
    found = score(code, [(lang, s) for lang in languages for s in half(lang, "test")])
    assert found.precision >= 0.9, found
    assert found.recall >= 0.8, found


@pytest.mark.parametrize("of", ["tune", "test"])
def test_the_figures_can_be_printed(of: str, capsys: pytest.CaptureFixture[str]) -> None:
    measure_wording.main(["--tune"] if of == "tune" else [])
    printed = capsys.readouterr().out.splitlines()
    found = score("OKR418", [("en", sentence) for sentence in half("en", of)])
    assert printed[1].split()[-2:] == [f"{found.precision:.2f}", f"{found.recall:.2f}"]
