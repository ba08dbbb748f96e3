"""An objective as the coach sees it, and the assessment of one criterion."""

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
    """The outcome of a criterion; only the first two count in a share."""

    MET = "met"
    TO_DO = "to_do"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict, its reason, and what would meet the criterion where it isn't met.

    The sentences are inline Markdown.
    """

    verdict: Verdict
    judged_by: str
    wanted: str | None = None


@dataclass(frozen=True, slots=True)
class CoachSubject:
    """An objective with all that the criteria look at on a day."""

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
        """The state of its cycle."""
        return self.cycle.state(self.as_of)

    @property
    def day(self) -> date:
        """The day for its cadence: no check-in is due after the cycle's end."""
        return min(self.as_of, self.cycle.end, self.cycle.closing_day)

    def say(self, text: str, **values: object) -> str:
        """Return a text of the interface."""
        return self.words.say(text, **values)

    def unless_ignored(self, code: str, judged_by: str, wanted: str) -> Assessment:
        """Return the criterion as to do, or as not asked where its code is ignored."""
        page = self.objective.page
        found = finding(code, page.path, page.place.line, judged_by)
        if self.settings.wanted([found], {page.path: page.ignore}):
            return Assessment(Verdict.TO_DO, judged_by, wanted)
        ignored = self.say("`%(code)s` is ignored here.", code=code)
        return Assessment(Verdict.NOT_ASKED, f"{judged_by} {ignored}")


def before_check_ins(subject: CoachSubject) -> Assessment | None:
    """Return the assessment where no check-in is due yet or any more, else None."""
    say, due = subject.say, subject.cycle.start + timedelta(days=subject.figures.due_days)
    if subject.objective.status is WrittenStatus.CANCELLED:
        return Assessment(Verdict.NOT_ASKED, say("It was cancelled: no check-in is due."))
    if not subject.objective.active:
        wanted = say("Make it active, and check in on it.")
        return Assessment(Verdict.NOT_YET, say("It is a draft: no check-in is due."), wanted)
    begun = subject.state is not State.UPCOMING
    checked_in = any(check_in.date <= subject.day for check_in in subject.objective.check_ins)
    if begun and (checked_in or subject.state is State.CLOSED or due < subject.day):
        return None
    day = subject.words.day(min(due, subject.cycle.closing_day))
    text = say("The first check-in is due by %(day)s.", day=day)
    return Assessment(Verdict.NOT_YET, text, say("Add a `confidence` to it."))


def some_names(subject: CoachSubject, ids: Sequence[str]) -> str:
    """List ids for a sentence, the first few and how many more there are."""
    shown = [f"`{id}`" for id in ids[:_MOST_NAMES]]
    if more := len(ids) - len(shown):
        shown.append(subject.say("%(number)s more", number=subject.words.number(more)))
    return subject.words.listing(shown)


class _NoWords(Words):
    """Null `Words`: returns "", so that verdicts can be computed without wording."""

    def say(self, text: str, **values: object) -> str:
        return ""

    def count(self, one: str, many: str, number: float, **values: object) -> str:
        return ""

    def listing(self, names: Sequence[str]) -> str:
        return ""

    def number(self, value: float) -> str:
        return ""

    def confidence(self, confidence: float) -> str:  # type: ignore[override]
        return ""

    def day(self, day: date) -> str:  # type: ignore[override]
        return ""


NO_WORDS = _NoWords.of("en")
