"""Prepare a check-in document to be filled in.

It lists every objective and key result that an owner still works on, with the last and the expected
value, as comments: it has no content and no findings yet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrsite.editing.key_result_values import expected_value, so_far, wanted
from okrsite.editing.new.documents import Draft
from okrsite.editing.yaml_text import document_text, scalar_text
from okrsite.language.wording import NO_BREAK, Words
from okrsite.project.model import Figure, KeyResult, Objective, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Keep, Metric, Milestones, RollUp
from okrsite.project.names import NameKind, Names
from okrsite.scores import KeyResultFigures, Scorecard

_WHAT_TO_DO = "# Remove the # from what you fill in, and delete the rest."
_WHICH_DAY = "the date of the check-in"


@dataclass(frozen=True, slots=True)
class Open:
    """An objective in an open cycle, and those of its key results that an owner works on."""

    objective: Objective
    cycle: Cycle
    key_results: tuple[KeyResult, ...]


def open_work(
    project: Project, owner: str, day: date, among: Iterable[Objective] | None = None
) -> list[Open]:
    """List what an owner checks in on: their objectives, and their key results in other objectives.

    `among` are the objectives to look at, where it is known that no other is theirs.
    """
    found = []
    for objective in project.objectives.values() if among is None else among:
        cycle = project.cycles[objective.cycle]
        if not objective.active or cycle.state(day) is not State.OPEN:
            continue
        theirs = owner in objective.owners
        results = tuple(r for r in objective.counting if theirs or owner in r.owners)
        if theirs or results:
            found.append(Open(objective, cycle, results))
    return sorted(
        found, key=lambda o: (owner not in o.objective.owners, o.cycle.days, o.objective.page.path)
    )


def shortest_cycle(work: Sequence[Open]) -> Cycle:
    """Return the cycle whose folder a check-in goes to."""
    return min((piece.cycle for piece in work), key=lambda cycle: cycle.days)


@dataclass(frozen=True, slots=True)
class Form:
    """The check-in of an owner on the day of the figures.

    `another_day` is for one that is offered on a page and may be filled in later: its date is
    written, and a comment explains what to do.
    """

    names: Names
    scorecard: Scorecard
    words: Words
    owner: str
    private: bool = False
    title: str | None = None
    another_day: bool = False

    def draft(self, work: Sequence[Open], uri: str) -> Draft:
        """Write the check-in on one or more objectives that goes to a file."""
        day = self.scorecard.as_of
        head: dict[str, Any] = {"type": "check-in"}
        if self.title:
            head["title"] = self.title
        if self.another_day or not uri.rsplit("/", 1)[-1].startswith(day.isoformat()):
            head["date"] = day
        if self.names.folder_owner(uri) != self.owner:
            head["owner"] = self.names.reference(NameKind.OWNER, self.owner)
        if self.private:
            head["visibility"] = "private"
        lines = ["updates:"]
        for piece in work:
            lines += self._update(piece)
        front = document_text(head).removesuffix("---\n")
        if self.another_day:
            front = front.replace("---\n", f"---\n{_WHAT_TO_DO}\n", 1)
            front = front.replace(f"date: {day}\n", f"date: {day}  # {_WHICH_DAY}\n", 1)
        return Draft(uri, front + "\n".join([*lines, "---", ""]))

    def _update(self, piece: Open) -> Iterator[str]:
        """Write one entry; its fields are comments until they are filled in."""
        objective = piece.objective
        figures = self.scorecard.objectives[objective.id]
        reference = self.names.reference(NameKind.OBJECTIVE, objective.id)
        known = figures.confidence
        yield f"  # {_one_line(objective.page.title)}"
        yield f"  - objective: {scalar_text(reference)}"
        yield f"    # confidence: {self.words.confidence(known.value) if known else '0.7'}"
        if piece.key_results:
            yield "    values:"
        for result in piece.key_results:
            shown = figures.key_results[result.id]
            if result.masked or not (self.private or _is_public(self.names, result.kpi)):
                yield f"      # {_one_line(result.title)}: comes from a private KPI"
                continue
            comment = self._last(result, shown) + self._expected(result, piece, shown)
            since = wanted(result, shown) if result.takes_check_ins else None
            if since:
                comment += f"; write {since}"
            yield f"      # {_one_line(result.title)}: {comment}"
            if result.takes_check_ins:
                # The last value would be added once more if only the `#` were removed.
                last = None if since else _written(objective, result, self.scorecard.as_of)
                yield f"      # {scalar_text(result.id)}: {_one_line(last or '…')}"
        yield "    # note: What happened?"
        yield "    # blockers: [What is in the way]"
        yield "    # next: What comes next?"

    def _last(self, result: KeyResult, figures: KeyResultFigures) -> str:
        """Describe the last value, and where the next one belongs if not here."""
        match result.measure:
            case RollUp():
                return "comes from its supporting objectives"
            case Milestones(milestones=milestones, single=False):
                done = sum(bool(milestone.done) for milestone in milestones)
                return f"{done} of {len(milestones)} milestones done; update them in the objective"
        words, evaluation, goals = self.words, figures.evaluation, result.measure.goals
        together = so_far(words, result, evaluation)
        if together is not None:
            value = words.quantity(evaluation.readings[-1].value, result.unit, goals)
            last = _plain(f"{together}; last {value}")
        elif result.measure.in_units:
            last = _plain(words.quantity(evaluation.value, result.unit, goals))
        else:
            last = "" if evaluation.score is None else words.score(evaluation.score)
        if evaluation.value is None and not isinstance(result.measure, Milestones):
            last = "no value yet"
        elif evaluation.readings:
            last += f" on {evaluation.readings[-1].date}"
        if result.kpi:
            last += f", from the KPI {self.names.reference(NameKind.KPI, result.kpi)}"
        return last

    def _expected(self, result: KeyResult, piece: Open, figures: KeyResultFigures) -> str:
        """Describe the value that was expected by now, and the target."""
        words, unit = self.words, result.unit
        value = expected_value(result, figures, piece.cycle, self.scorecard.as_of)
        match result.measure:
            case Metric(target=Figure(value=goal)) if value is not None:
                expected = words.quantity(value, unit, (goal,))
                return _plain(f"; expected {expected}, target {words.limit_of(goal, unit)}")
            case Keep(range=range_):
                bounds = {"at least": range_.minimum, "at most": range_.maximum}
                named = (
                    f"{n} {words.limit_of(b, unit)}" for n, b in bounds.items() if b is not None
                )
                return _plain(f"; expected {' and '.join(named)}")
        return f"; expected a score of {words.score(figures.expected)}" if figures.expected else ""


def _is_public(names: Names, kpi: str | None) -> bool:
    document = names.document(NameKind.KPI, kpi) if kpi is not None else None
    return document is None or not document.private


def _written(objective: Objective, result: KeyResult, day: date) -> str | None:
    """Return the last value as it was written."""
    values = [
        (check_in.date, stated.text)
        for check_in in objective.check_ins
        for stated in check_in.values
        if stated.key_result == result.id and stated.text and check_in.date <= day
    ]
    return max(values, key=lambda pair: pair[0])[1] if values else None


def _plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def _one_line(text: str) -> str:
    return " ".join(text.split())
