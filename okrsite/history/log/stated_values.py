"""The values that check-in documents stated, as they were before a commit."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from okrsite.documents.quantity import InvalidValueError, parse_quantity, parse_share
from okrsite.history.log.document_log import DocumentLogs, Dropped
from okrsite.history.log.numbering import Numbering
from okrsite.history.log.renames import Steps
from okrsite.history.log.versions import DocumentCheckIns
from okrsite.project.model import CheckIn, KeyResult, Objective, Reading


class StatedValues:
    """Finds the values that were stated; the steps are read when the first is wanted."""

    def __init__(self, logs: DocumentLogs, read_steps: Callable[[], Steps]) -> None:
        self._versions = logs.versions
        self._public = logs.public
        self._read_steps = read_steps

    @cached_property
    def _steps(self) -> Steps:
        return self._read_steps()

    @cached_property
    def _about(self) -> Mapping[str, Sequence[str]]:
        """The check-in documents about each objective, by its id."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for uri in sorted(self._steps):
            for _, version in self._versions.in_order(self._steps[uri]):
                if version is not None:
                    for objective in self._versions.facts_of(version).objectives:
                        found[objective][uri] = None
        return {id: tuple(uris) for id, uris in found.items()}

    def of(
        self, objective: str, result: KeyResult, dropped: Dropped, numbering: Numbering
    ) -> Iterator[Reading]:
        """Return the values of a key result that was dropped, as they were before it was."""
        for uri in self._about.get(objective, ()):
            steps = [step for step in self._steps[uri] if step.place > dropped.place]
            facts = [
                self._versions.facts_of(key) for step in self._steps[uri] if (key := step.after)
            ]
            if not steps or steps[0].after is None or not all(map(self._public, facts)):
                continue
            id = self._id_then(result, dropped, numbering, steps[0].place)
            content = self._versions.content_of(steps[0].after)
            if id is None or not isinstance(content, DocumentCheckIns):
                continue
            for check_in in content.check_ins.get(objective, ()):
                for value in check_in.values:
                    if value.key_result == id and value.text is not None:
                        yield from _reading(result, check_in, value.text)

    def _id_then(
        self, result: KeyResult, dropped: Dropped, numbering: Numbering, place: int
    ) -> str | None:
        """Return the id that a key result had after the commit at a place, None where there was
        none yet. A document of before its objective has those that this began with."""
        place = min(place, numbering.versions[0].place)
        position = numbering.position_at(place, dropped.position, dropped.place + 1)
        then = numbering.at(place)
        if then is None or position is None:
            return None
        content = self._versions.content_of(then)
        return content.key_results[position].id if isinstance(content, Objective) else None


def _reading(result: KeyResult, check_in: CheckIn, text: str) -> Iterator[Reading]:
    try:
        value = parse_quantity(text).value if result.measure.in_units else parse_share(text)
    except InvalidValueError:
        return
    yield Reading(check_in.date, value, check_in.place, check_in.uri)
