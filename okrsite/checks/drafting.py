"""Checks on how an objective is drafted: how many key results, what its title says, alignment."""

import re
from collections import defaultdict
from collections.abc import Iterator

from okrsite.checks.registry import Seen, Subject, of_objectives, of_projects
from okrsite.documents.values import WrittenStatus
from okrsite.i18n import counted, phrase
from okrsite.project.model import Level, Objective
from okrsite.project.model.cycles import State

FEWEST_KEY_RESULTS, MOST_KEY_RESULTS = 2, 5
"""An objective with fewer or more key results than these gets advice."""

MOST_OBJECTIVES = 5
"""So many active objectives may an owner have in one cycle without advice."""

_MEASURE = re.compile(
    r"[$€£¥]\s?[0-9][0-9.,]*(?:k|K|M|bn|B|T)?|[0-9][0-9.,_]*(?:\s?[%$€£¥]|(?:k|K|M|bn|B|T)\b)|\b[0-9][0-9.,]*\s(?:USD|EUR|GBP|JPY|CHF)\b"
)


def measure_in_title(objective: Objective) -> str | None:
    """Return the quantity that the objective's title says, like `$5M` or `20%`."""
    found = _MEASURE.search(objective.page.title)
    return found[0] if found else None


def serves(objective: Objective) -> bool:
    """Whether an objective is meant to serve another, or is the company's and need not."""
    written = objective.aligned_in_writing or objective.hidden_alignments
    return objective.level is Level.COMPANY or bool(written)


@of_objectives("OKR401")
def count_key_results(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """Fewer than two or more than five key results."""
    count = len(objective.counting)
    if subject.drafting(objective) and not FEWEST_KEY_RESULTS <= count <= MOST_KEY_RESULTS:
        many = count > MOST_KEY_RESULTS
        hint = phrase("keep the ones that matter most") if many else phrase("aim for two to five")
        message = phrase("the objective has no key results")
        if count:
            message = counted(
                "the objective has only one key result",
                "the objective has %(number)s key results",
                count,
            )
        yield objective.page.line("key_results"), message, hint


@of_objectives("OKR403")
def number_in_title(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """The title says a quantity that belongs in a key result."""
    found = measure_in_title(objective)
    if found and subject.drafting(objective):
        message = phrase("the title contains a number: “%(found)s”", found=found)
        hint = phrase("let the title say where to go, and a key result how far")
        yield objective.page.line("title"), message, hint


@of_projects("OKR404")
def too_many_objectives(subject: Subject) -> Iterator[Seen]:
    """More than five active objectives for one owner in one cycle."""
    owned: defaultdict[tuple[str, str], list[Objective]] = defaultdict(list)
    for objective in subject.project.objectives.values():
        if objective.active and not subject.closed(objective):
            for owner in objective.owners:
                owned[owner, objective.cycle].append(objective)
    for (owner, cycle), objectives in owned.items():
        gone = subject.project.all_former([owner], subject.scorecard.as_of)
        if len(objectives) > MOST_OBJECTIVES and not gone:
            sixth = sorted(objectives, key=lambda o: o.page.path)[MOST_OBJECTIVES]
            title = subject.project.cycles[cycle].title
            message = phrase(
                "`%(owner)s` has %(number)s active objectives in %(cycle)s",
                owner=owner,
                number=len(objectives),
                cycle=title,
            )
            hint = phrase("drop some, or move them to a later cycle as drafts")
            yield sixth.page.place, message, hint


@of_objectives("OKR405")
def aligned_to_nothing(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """An objective below company level that serves no other."""
    if not serves(objective) and subject.drafting(objective):
        hint = phrase("add `aligns_to:` with the objective it supports")
        yield objective.page.place, phrase("the objective is not aligned"), hint


@of_objectives("OKR422")
def still_a_draft(subject: Subject, objective: Objective) -> Iterator[Seen]:
    """A draft whose cycle has begun."""
    cycle, day = subject.cycle(objective), subject.scorecard.as_of
    if objective.status is WrittenStatus.DRAFT and cycle.state(day) is State.OPEN:
        if not subject.project.all_former(objective.owners, day):
            message = phrase(
                "the objective is still a draft, and %(cycle)s began on %(day)s",
                cycle=cycle.title,
                day=cycle.start,
            )
            hint = phrase("set `status: active`, `cancelled`, or a later `cycle`")
            yield objective.page.line("status"), message, hint
