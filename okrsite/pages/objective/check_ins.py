"""The check-ins of an objective, with the values in them that count."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from okrsite.pages.parts import PageContext
from okrsite.project.model import CheckIn, CheckInDocument, KeyResult, Objective


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What a check-in says of one key result; `value` is None where it counts in no figure."""

    result: KeyResult
    value: float | None
    confidence: float | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """One check-in of an objective; `document` is the other document that it is written in."""

    check_in: CheckIn
    document: CheckInDocument | None
    values: tuple[StatedRow, ...]


def check_in_rows(
    context: PageContext, objective: Objective, check_ins: Iterable[CheckIn]
) -> tuple[CheckInRow, ...]:
    """Return check-ins up to the day of the site, the newest first."""
    known = [check_in for check_in in check_ins if check_in.date <= context.as_of]
    known.sort(key=lambda check_in: check_in.date)
    values = _Values(context.results(objective.id))
    documents = context.site.project.check_in_documents
    return tuple(
        CheckInRow(
            check_in,
            documents.get(check_in.uri) if check_in.uri != objective.page.uri else None,
            tuple(values.stated(check_in)),
        )
        for check_in in reversed(known)
    )


class _Values:
    """The values that count, by what stated them; a key result's are looked through once."""

    def __init__(self, results: Mapping[str, KeyResult]) -> None:
        self._results = results
        self._known: dict[str, dict[tuple[str, date], float]] = {}

    def stated(self, check_in: CheckIn) -> Iterator[StatedRow]:
        """Return what a check-in says of the key results, leaving out what does not count."""
        for stated in check_in.values:
            result = self._results.get(stated.key_result)
            if result is None:
                continue
            value = None if result.masked else self._value(result, check_in)
            if value is not None or stated.confidence is not None or stated.note:
                yield StatedRow(result, value, stated.confidence, stated.note)

    def _value(self, result: KeyResult, check_in: CheckIn) -> float | None:
        """Return the value that a check-in states of a key result, None where it does not count."""
        if result.id not in self._known:
            known = self._known[result.id] = {}
            for reading in result.readings:
                known.setdefault((reading.uri, reading.date), reading.value)
        return self._known[result.id].get((check_in.uri, check_in.date))
