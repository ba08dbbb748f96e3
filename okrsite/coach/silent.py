"""Words that say nothing, for whoever wants verdicts alone."""

from collections.abc import Sequence
from datetime import date

from okrsite.wording import Words


class _Silent(Words):
    """Says nothing: a verdict needs no sentence, and sentences take most of the time."""

    def say(self, text: str, **values: object) -> str:
        return ""

    def count(self, one: str, many: str, number: float) -> str:
        return ""

    def listing(self, names: Sequence[str]) -> str:
        return ""

    def number(self, value: float) -> str:
        return ""

    def confidence(self, confidence: float) -> str:  # type: ignore[override]
        return ""

    def day(self, day: date) -> str:  # type: ignore[override]
        return ""


SILENT = _Silent.of("en")
