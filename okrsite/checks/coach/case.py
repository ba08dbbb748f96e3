"""One objective before the coach: what it is judged by, and what becomes of a criterion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from okrsite.documents.values import WrittenStatus
from okrsite.findings.finding import finding
from okrsite.language.wording import Words
from okrsite.project.model import Objective, Project
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores import ObjectiveFigures
from okrsite.settings import Settings

_MOST_NAMES = 3


class Verdict(StrEnum):
    """What became of a criterion: only the first two count in a share."""

    MET = "met"
    TO_DO = "to_do"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, what it was judged by, and what would satisfy the criterion where it is not met.

    The sentences are inline Markdown.
    """

    verdict: Verdict
    judged_by: str
    wanted: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One objective as it is judged on a day."""

    words: Words
    project: Project
    settings: Settings
    objective: Objective
    figures: ObjectiveFigures
    as_of: date

    @property
    def cycle(self) -> Cycle:
        """The objective's cycle."""
        return self.project.cycles[self.objective.cycle]

    @property
    def state(self) -> State:
        """Where its cycle is."""
        return self.cycle.state(self.as_of)

    @property
    def day(self) -> date:
        """The day that its rhythm is judged on: none is owed after the cycle's end."""
        return min(self.as_of, self.cycle.end, self.cycle.closing_day)

    def say(self, text: str, **values: object) -> str:
        """Return a text of the interface."""
        return self.words.say(text, **values)

    def unless_ignored(self, code: str, judged_by: str, wanted: str) -> Judgement:
        """Ask for something, unless the settings or the document do not want to hear of it."""
        page = self.objective.page
        said = finding(code, page.path, page.place.line, judged_by)
        if self.settings.wanted([said], {page.path: page.ignore}):
            return Judgement(Verdict.TO_DO, judged_by, wanted)
        ignored = self.say("`%(code)s` is ignored here.", code=code)
        return Judgement(Verdict.NOT_ASKED, f"{judged_by} {ignored}")


def before_check_ins(case: Case) -> Judgement | None:
    """Judge what check-ins say where none is due: of what is not alive, or has just begun."""
    say, due = case.say, case.cycle.start + timedelta(days=case.figures.due_days)
    if case.objective.status is WrittenStatus.CANCELLED:
        return Judgement(Verdict.NOT_ASKED, say("It was cancelled: no check-in is owed."))
    if not case.objective.active:
        wanted = say("Make it active, and check in on it.")
        return Judgement(Verdict.NOT_YET, say("It is a draft: no check-in is due."), wanted)
    begun = case.state is not State.UPCOMING
    heard = any(check_in.date <= case.day for check_in in case.objective.check_ins)
    if begun and (heard or case.state is State.CLOSED or due < case.day):
        return None
    day = case.words.day(min(due, case.cycle.closing_day))
    text = say("The first check-in is due by %(day)s.", day=day)
    return Judgement(Verdict.NOT_YET, text, say("State a `confidence` in it."))


def some_names(case: Case, ids: Sequence[str]) -> str:
    """List ids for a sentence, the first few and how many more there are."""
    shown = [f"`{id}`" for id in ids[:_MOST_NAMES]]
    if more := len(ids) - len(shown):
        shown.append(case.say("%(number)s more", number=case.words.number(more)))
    return case.words.listing(shown)


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
