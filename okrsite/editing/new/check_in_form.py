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
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.yaml_text import document_text, scalar_text
from okrsite.language.wording import Words
from okrsite.project.model import Figure, KeyResult, Objective, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Keep, Metric, Milestones, RollUp
from okrsite.project.names import NameKind, Names
from okrsite.scores import KeyResultFigures, Scorecard

NO_BREAK = "\u00a0"
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


def prepared_check_in(
    names: Names, layout: Layout, scorecard: Scorecard, words: Words,
    owner: str, work: Sequence[Open], private: bool = False, title: str | None = None,
) -> Draft:  # fmt: skip
    """Prepare an owner's check-in on the day of the figures, on one or more objectives.

    It goes to the folder of the shortest of their cycles.
    """
    uri = layout.dated(owner, shortest_cycle(work), scorecard.as_of)
    return check_in_draft(names, scorecard, words, owner, work, uri, private, title)


def shortest_cycle(work: Sequence[Open]) -> Cycle:
    """Return the cycle whose folder a check-in goes to."""
    return min((piece.cycle for piece in work), key=lambda cycle: cycle.days)


def check_in_draft(
    names: Names, scorecard: Scorecard, words: Words, owner: str, work: Sequence[Open], uri: str,
    private: bool = False, title: str | None = None, another_day: bool = False,
) -> Draft:  # fmt: skip
    """Write the check-in that goes to a file.

    `another_day` is for one that is offered on a page and may be filled in later: its date is
    written, and a comment explains what to do.
    """
    day = scorecard.as_of
    head: dict[str, Any] = {"type": "check-in"}
    if title:
        head["title"] = title
    if another_day or not uri.rsplit("/", 1)[-1].startswith(day.isoformat()):
        head["date"] = day
    if names.folder_owner(uri) != owner:
        head["owner"] = names.reference(NameKind.OWNER, owner)
    if private:
        head["visibility"] = "private"
    lines = ["updates:"]
    for piece in work:
        lines += _update(names, scorecard, words, piece, private)
    front = document_text(head).removesuffix("---\n")
    if another_day:
        front = front.replace("---\n", f"---\n{_WHAT_TO_DO}\n", 1)
        front = front.replace(f"date: {day}\n", f"date: {day}  # {_WHICH_DAY}\n", 1)
    return Draft(uri, front + "\n".join([*lines, "---", ""]))


def _update(
    names: Names, scorecard: Scorecard, words: Words, piece: Open, private: bool
) -> Iterator[str]:
    """Write one entry; its fields are comments until they are filled in."""
    objective = piece.objective
    figures = scorecard.objectives[objective.id]
    confidence = words.confidence(figures.confidence.value) if figures.confidence else "0.7"
    yield f"  # {_one_line(objective.page.title)}"
    yield f"  - objective: {scalar_text(names.reference(NameKind.OBJECTIVE, objective.id))}"
    yield f"    # confidence: {confidence}"
    if piece.key_results:
        yield "    values:"
    for result in piece.key_results:
        shown = figures.key_results[result.id]
        if result.masked or not (private or _is_public(names, result.kpi)):
            yield f"      # {_one_line(result.title)}: comes from a private KPI"
            continue
        comment = _last(names, result, shown, words)
        comment += _expected(result, piece, words, shown, scorecard.as_of)
        takes = result.takes_check_ins
        since = wanted(result, shown) if takes else None
        if since:
            comment += f"; write {since}"
        yield f"      # {_one_line(result.title)}: {comment}"
        if takes:
            # The last value would be added once more if only the `#` were removed.
            last = None if since else _written(objective, result, scorecard.as_of)
            value = last or "…"
            yield f"      # {scalar_text(result.id)}: {_one_line(value)}"
    yield "    # note: What happened?"
    yield "    # blockers: [What is in the way]"
    yield "    # next: What comes next?"


def _last(names: Names, result: KeyResult, figures: KeyResultFigures, words: Words) -> str:
    """Describe the last value, and where the next one belongs if not here."""
    match result.measure:
        case RollUp():
            return "comes from what aligns to it"
        case Milestones(milestones=milestones, single=False):
            done = sum(bool(milestone.done) for milestone in milestones)
            return f"{done} of {len(milestones)} milestones done; they stand in the objective"
    evaluation = figures.evaluation
    together = so_far(words, result, evaluation)
    if together is not None:
        value = words.quantity(evaluation.readings[-1].value, result.unit, result.measure.goals)
        last = _plain(f"{together}; last {value}")
    elif result.measure.in_units:
        last = _plain(words.quantity(evaluation.value, result.unit, result.measure.goals))
    else:
        last = "" if evaluation.score is None else words.score(evaluation.score)
    if evaluation.value is None and not isinstance(result.measure, Milestones):
        last = "no value yet"
    elif evaluation.readings:
        last += f" on {evaluation.readings[-1].date}"
    if result.kpi:
        last += f", from the KPI {names.reference(NameKind.KPI, result.kpi)}"
    return last


def _is_public(names: Names, kpi: str | None) -> bool:
    document = names.document(NameKind.KPI, kpi) if kpi is not None else None
    return document is None or not document.private


def _expected(
    result: KeyResult, piece: Open, words: Words, figures: KeyResultFigures, day: date
) -> str:  # fmt: skip
    """Describe the value that was expected by now, and the target."""
    value = expected_value(result, figures, piece.cycle, day)
    match result.measure:
        case Metric(target=Figure(value=goal)) if value is not None:
            target = _plain(words.limit_of(goal, result.unit))
            expected = _plain(words.quantity(value, result.unit, (goal,)))
            return f"; expected {expected}, target {target}"
        case Keep(band=band):
            low, high = (
                _plain(words.limit_of(bound, result.unit)) for bound in (band.minimum, band.maximum)
            )
            bounds = [f"at least {low}"] if band.minimum is not None else []
            bounds += [f"at most {high}"] if band.maximum is not None else []
            return f"; expected {' and '.join(bounds)}"
    return f"; expected a score of {words.score(figures.expected)}" if figures.expected else ""


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
