"""A check-in document that is prepared for somebody to fill in.

It names every objective and key result that an owner still works on, with the last value and what
was expected, as comments: as prepared it says nothing yet, and has no findings.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrsite.editing.key_result_values import expected_value, so_far, wanted
from okrsite.editing.new.documents import Draft
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.names import Known
from okrsite.editing.yaml_text import document_text, scalar_text
from okrsite.language.wording import Words
from okrsite.project.model import Figure, KeyResult, Objective, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Keep, Metric, Milestones, RollUp
from okrsite.scores import KeyResultFigures, Scorecard

NO_BREAK = "\u00a0"
_WHAT_TO_DO = "# Take away the # before what you fill in, and leave out the rest."
_WHICH_DAY = "the day that you speak of"


@dataclass(frozen=True, slots=True)
class Open:
    """An objective in an open cycle, and its key results that somebody works on."""

    objective: Objective
    cycle: Cycle
    key_results: tuple[KeyResult, ...]


def open_work(
    project: Project, owner: str, day: date, among: Iterable[Objective] | None = None
) -> list[Open]:
    """List what an owner checks in on: their objectives, and their key results in others'.

    `among` are the objectives to look at, each once, where it is known that no other is theirs.
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
    known: Known, layout: Layout, scorecard: Scorecard, words: Words,
    owner: str, work: Sequence[Open], private: bool = False, title: str | None = None,
) -> Draft:  # fmt: skip
    """Prepare an owner's check-in on the day of the figures, on one or more objectives.

    It goes to the folder of the shortest of their cycles.
    """
    uri = layout.dated(owner, shortest_cycle(work), scorecard.as_of)
    return check_in_draft(known, scorecard, words, owner, work, uri, private, title)


def shortest_cycle(work: Sequence[Open]) -> Cycle:
    """Return the cycle whose folder a check-in goes to."""
    return min((piece.cycle for piece in work), key=lambda cycle: cycle.days)


def check_in_draft(
    known: Known, scorecard: Scorecard, words: Words, owner: str, work: Sequence[Open], uri: str,
    private: bool = False, title: str | None = None, another_day: bool = False,
) -> Draft:  # fmt: skip
    """Write the check-in that goes to a file.

    `another_day` is for one that may be filled in later, by somebody who has not asked for it at
    the command line: its day is written, and what is to be done is said.
    """
    day = scorecard.as_of
    head: dict[str, Any] = {"type": "check-in"}
    if title:
        head["title"] = title
    if another_day or not uri.rsplit("/", 1)[-1].startswith(day.isoformat()):
        head["date"] = day
    if known.registry.folder_owner(uri) != owner:
        head["owner"] = known.name_of(owner)
    if private:
        head["visibility"] = "private"
    hidden = () if private else known.private_kpis
    lines = ["updates:"]
    for piece in work:
        lines += _update(known, scorecard, words, piece, hidden)
    front = document_text(head).removesuffix("---\n")
    if another_day:
        front = front.replace("---\n", f"---\n{_WHAT_TO_DO}\n", 1)
        front = front.replace(f"date: {day}\n", f"date: {day}  # {_WHICH_DAY}\n", 1)
    return Draft(uri, front + "\n".join([*lines, "---", ""]))


def _update(
    known: Known, scorecard: Scorecard, words: Words, piece: Open,
    hidden: Collection[str],
) -> Iterator[str]:  # fmt: skip
    """Write one entry: what can be said is there, behind a `#` that is to be taken away."""
    objective = piece.objective
    figures = scorecard.objectives[objective.id]
    confidence = words.confidence(figures.confidence.value) if figures.confidence else "0.7"
    yield f"  # {_one_line(objective.page.title)}"
    yield f"  - objective: {scalar_text(known.reference(objective.id))}"
    yield f"    # confidence: {confidence}"
    if piece.key_results:
        yield "    values:"
    for result in piece.key_results:
        shown = figures.key_results[result.id]
        if result.masked or result.kpi in hidden:
            yield f"      # {_one_line(result.title)}: comes from a private KPI"
            continue
        said = _last(known, result, shown, words)
        said += _expected(result, piece, words, shown, scorecard.as_of)
        takes = result.takes_check_ins
        since = wanted(result, shown) if takes else None
        if since:
            said += f"; write {since}"
        yield f"      # {_one_line(result.title)}: {said}"
        if takes:
            # What came last would be added once more if somebody took the mark away and no more.
            last = None if since else _written(objective, result, scorecard.as_of)
            value = last or "…"
            yield f"      # {scalar_text(result.id)}: {_one_line(value)}"
    yield "    # note: What happened?"
    yield "    # blockers: [What is in the way]"
    yield "    # next: What comes next?"


def _last(known: Known, result: KeyResult, figures: KeyResultFigures, words: Words) -> str:
    """Say what the last value was, and where the next one is to be written, if not here."""
    match result.measure:
        case RollUp():
            return "comes from what aligns to it"
        case Milestones(milestones=milestones, single=False):
            done = sum(bool(milestone.done) for milestone in milestones)
            return f"{done} of {len(milestones)} milestones done; they stand in the objective"
    evaluation = figures.evaluation
    together = so_far(words, result, evaluation)
    if together is not None:
        last = words.quantity(evaluation.readings[-1].value, result.unit)
        said = _plain(f"{together}; last {last}")
    elif result.measure.in_units:
        said = _plain(words.quantity(evaluation.value, result.unit))
    else:
        said = "" if evaluation.score is None else f"{evaluation.score:.2f}"
    if evaluation.value is None and not isinstance(result.measure, Milestones):
        said = "no value yet"
    elif evaluation.readings:
        said += f" on {evaluation.readings[-1].date}"
    return f"{said}, from the KPI {known.kpi_name(result.kpi)}" if result.kpi else said


def _expected(
    result: KeyResult, piece: Open, words: Words, figures: KeyResultFigures, day: date
) -> str:  # fmt: skip
    """Say what was expected by now, and where it is to lead."""
    value = expected_value(result, figures, piece.cycle, day)
    match result.measure:
        case Metric(target=Figure(value=goal)) if value is not None:
            target = _plain(words.quantity(goal, result.unit))
            return f"; expected {_plain(words.quantity(value, result.unit))}, target {target}"
        case Keep(band=band):
            low, high = (
                _plain(words.quantity(bound, result.unit)) for bound in (band.minimum, band.maximum)
            )
            bounds = [f"at least {low}"] if band.minimum is not None else []
            bounds += [f"at most {high}"] if band.maximum is not None else []
            return f"; expected {' and '.join(bounds)}"
    return f"; expected a score of {figures.expected:.2f}" if figures.expected else ""


def _written(objective: Objective, result: KeyResult, day: date) -> str | None:
    """Return the last value as somebody wrote it."""
    said = [
        (check_in.date, stated.text)
        for check_in in objective.check_ins
        for stated in check_in.values
        if stated.key_result == result.id and stated.text and check_in.date <= day
    ]
    return max(said, key=lambda pair: pair[0])[1] if said else None


def _plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def _one_line(text: str) -> str:
    return " ".join(text.split())
