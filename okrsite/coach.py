"""Coaching: what an objective's document and rhythm say about how it is written and kept.

Two lists of criteria are read off them. SMART is by G. T. Doran, "There's a S.M.A.R.T. way to
write management's goals and objectives", Management Review 70 (1981), its A and R here in today's
reading, achievable and relevant. FAST is by D. Sull and C. Sull, "With Goals, FAST Beats SMART",
MIT Sloan Management Review (2018). What is judged is the document, never a person.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from okrsite.cycles import Cycle, State
from okrsite.fields import Commitment, WrittenStatus
from okrsite.findings import finding
from okrsite.model import Kind, Level, Milestone, Objective, Project
from okrsite.rules.cadence import reached_everything
from okrsite.rules.drafting import measure_in_title, serves
from okrsite.rules.results import has_measure
from okrsite.scorecard import ObjectiveFigures, Scorecard
from okrsite.settings import Settings
from okrsite.status import Status
from okrsite.wording import Words

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_RETROSPECTIVE = re.compile(
    r"^##[ \t]+Retrospective\b.*?(?=^##?[ \t]|\Z)", re.MULTILINE | re.IGNORECASE | re.DOTALL
)
_HEADING = re.compile(r"^[ \t]*(?:#{1,6}(?:[ \t].*)?|=+|-+)[ \t]*$", re.MULTILINE)
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
        """Give a text of the interface."""
        return self.words.say(text, **values)

    def unless_ignored(self, code: str, judged_by: str, wanted: str) -> Judgement:
        """Ask for something, unless the settings or the document do not want to hear of it."""
        page = self.objective.page
        said = finding(code, page.path, page.place.line, judged_by)
        if self.settings.wanted([said], {page.path: page.ignore}):
            return Judgement(Verdict.TO_DO, judged_by, wanted)
        ignored = self.say("`%(code)s` is ignored here.", code=code)
        return Judgement(Verdict.NOT_ASKED, f"{judged_by} {ignored}")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One letter of SMART or FAST, what it asks, and how that is judged."""

    acronym: str
    letter: str
    name: str
    asked: str
    judge: Callable[[Case], Judgement]


def coach(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, objective: Objective
) -> tuple[Judgement, ...]:
    """Judge an objective by every criterion, in the order of CRITERIA."""
    figures = scorecard.objectives[objective.id]
    case = Case(words, project, settings, objective, figures, scorecard.as_of)
    return tuple(criterion.judge(case) for criterion in CRITERIA)


def verdicts(
    project: Project, scorecard: Scorecard, settings: Settings, objective: Objective
) -> tuple[Verdict, ...]:
    """Give the verdicts alone, for whoever sums up many objectives."""
    judgements = coach(_SILENT, project, scorecard, settings, objective)
    return tuple(judgement.verdict for judgement in judgements)


class _Silent(Words):
    """Says nothing: a verdict needs no sentence, and sentences take most of the time."""

    def say(self, text: str, **values: object) -> str:
        return ""

    def count(self, one: str, many: str, number: int) -> str:
        return ""

    def listing(self, names: Sequence[str]) -> str:
        return ""

    def number(self, value: float) -> str:
        return ""

    def confidence(self, confidence: float) -> str:  # type: ignore[override]
        return ""

    def day(self, day: date) -> str:  # type: ignore[override]
        return ""


_SILENT = _Silent.of("en")


def _specific(case: Case) -> Judgement:
    """The title says no quantity, and there is a description or a text."""
    quantity = measure_in_title(case.objective)
    title = case.say("The title says no quantity.")
    if quantity is not None:
        title = case.say("The title says a quantity, “%(quantity)s”.", quantity=quantity)
    move = case.say("Say where to go, and how far in a key result.")
    described = bool(case.objective.page.description)
    if described or has_text(case.objective.page.body):
        more = case.say("A description says more.") if described else case.say("A text says more.")
        judged_by = f"{title} {more}"
        if quantity is None:
            return Judgement(Verdict.MET, judged_by)
        return case.unless_ignored("OKR403", judged_by, move)
    write = case.say("Write a `description`, or a few sentences on why it matters.")
    judged_by = f"{title} {case.say('No description and no text say more.')}"
    return Judgement(Verdict.TO_DO, judged_by, f"{move} {write}" if quantity else write)


def _measurable(case: Case) -> Judgement:
    """Every key result has a measure."""
    results, say = case.objective.counting, case.say
    if not results:
        wanted = say("Write two to five key results, each with a measure.")
        return Judgement(Verdict.TO_DO, say("There are no key results."), wanted)
    without = [result.id for result in results if not has_measure(result)]
    if not without:
        judged_by = case.words.count(
            "Its key result has a measure.", "Each of its %(number)s key results has a measure.",
            len(results),
        )  # fmt: skip
        return Judgement(Verdict.MET, judged_by)
    met = case.words.number(len(results) - len(without))
    text = "%(met)s of %(all)s key results have a measure; %(names)s have none."
    if len(without) == 1:
        text = "%(met)s of %(all)s key results have a measure; %(names)s has none."
    judged_by = say(text, met=met, all=case.words.number(len(results)), names=_names(case, without))
    wanted = say("Write a target as `to`, a band as `keep`, or a list of `milestones`.")
    return case.unless_ignored("OKR402", judged_by, wanted)


def _achievable(case: Case) -> Judgement:
    """Somebody said how sure they are: of the objective, or of each key result."""
    stated, say, words = case.figures.confidence, case.say, case.words
    if stated is not None:
        value, day = words.confidence(stated.value), words.day(stated.date)
        text = say("A confidence of %(value)s was stated on %(day)s.", value=value, day=day)
        return Judgement(Verdict.MET, text)
    results = case.objective.counting
    sure = sum(case.figures.key_results[r.id].confidence is not None for r in results)
    if results and sure == len(results):
        text = words.count(
            "A confidence is stated for its key result.",
            "A confidence is stated for each of its %(number)s key results.",
            sure,
        )
        return Judgement(Verdict.MET, text)
    wanted = say("State a `confidence` from 0 to 1 in a check-in.")
    if sure:
        judged_by = say(
            "A confidence is stated for %(sure)s of %(all)s key results, none for the objective.",
            sure=words.number(sure), all=words.number(len(results)),
        )  # fmt: skip
        return Judgement(Verdict.TO_DO, judged_by, wanted)
    return _before_check_ins(case) or Judgement(
        Verdict.TO_DO, say("No check-in states a confidence."), wanted
    )


def _relevant(case: Case) -> Judgement:
    """It is aligned, or stands at company level."""
    objective, say = case.objective, case.say
    number = len({link.objective for link in objective.aligns_to}) + objective.hidden_alignments
    if number:
        text = case.words.count(
            "It aligns to an objective.", "It aligns to %(number)s objectives.", number
        )
        return Judgement(Verdict.MET, text)
    if objective.level is Level.COMPANY:
        return Judgement(Verdict.MET, say("It is an objective of the whole company."))
    if serves(objective):
        wanted = say("Correct the reference in `aligns_to`.")
        return Judgement(Verdict.TO_DO, say("Its `aligns_to` leads to no objective."), wanted)
    wanted = say("Write `aligns_to` with the objective that it serves.")
    return case.unless_ignored("OKR405", say("It aligns to nothing."), wanted)


def _time_bound(case: Case) -> Judgement:
    """It runs in a cycle, and its milestones say when they are due."""
    say, words = case.say, case.words
    cycle = say("Its cycle ends on %(day)s.", day=words.day(case.cycle.end))
    milestones: list[tuple[str, bool]] = [
        (result.id, _dated(milestone, result.due))
        for result in case.objective.counting
        if result.kind is Kind.MILESTONE
        for milestone in result.milestones
    ]
    if not milestones:
        return Judgement(Verdict.MET, cycle)
    without = list(dict.fromkeys(id for id, dated in milestones if not dated))
    if not without:
        dues = words.count(
            "Its milestone has a date.", "Each of its %(number)s milestones has a date.",
            len(milestones),
        )  # fmt: skip
        return Judgement(Verdict.MET, f"{cycle} {dues}")
    dues = say(
        "Milestones with a date: %(dated)s of %(all)s, missing in %(names)s.",
        dated=words.number(sum(dated for _, dated in milestones)),
        all=words.number(len(milestones)), names=_names(case, without),
    )  # fmt: skip
    wanted = say("Write `due` for each milestone, or once for its key result.")
    return Judgement(Verdict.TO_DO, f"{cycle} {dues}", wanted)


def _frequent(case: Case) -> Judgement:
    """It is not stale, and the last check-in is no older than its rhythm asks."""
    early = _before_check_ins(case)
    if early is not None:
        return early
    say, words, day, closed = case.say, case.words, case.day, case.state is State.CLOSED
    rhythm = words.count(
        "One is due every day.", "One is due every %(number)s days.", case.figures.due_days
    )
    heard = min(case.as_of, case.cycle.closing_day)
    last = max((c.date for c in case.objective.check_ins if c.date <= heard), default=None)
    said = say("There was no check-in.") if closed else say("There is no check-in yet.")
    if last is not None:
        said = say("The last check-in is of %(day)s.", day=words.day(last))
        if (day - last).days <= case.figures.due_days and not case.figures.stale:
            return Judgement(Verdict.MET, f"{said} {rhythm}")
        if closed:
            said = say(
                "The last check-in is of %(day)s, the cycle ended on %(end)s.",
                day=words.day(last), end=words.day(day),
            )  # fmt: skip
    if not closed and case.figures.status is Status.ACHIEVED:
        return Judgement(Verdict.NOT_ASKED, f"{said} {say('It is achieved: none is owed.')}")
    wanted = say("Write a check-in, even when nothing has moved.")
    return case.unless_ignored("OKR406", f"{said} {rhythm}", wanted)


def _ambitious(case: Case) -> Judgement:
    """It is aspirational, and did not close with every key result at 1.0."""
    objective, say = case.objective, case.say
    if objective.commitment is Commitment.COMMITTED:
        return Judgement(Verdict.NOT_ASKED, say("It is a commitment: 1.0 is its goal."))
    goal = case.words.confidence(case.settings.thresholds.goal)
    aspirational = say("It is aspirational: %(goal)s is its goal.", goal=goal)
    closed = objective.active and case.state is State.CLOSED
    if closed and reached_everything(objective, case.figures):
        judged_by = f"{aspirational} {say('Every key result reached 1.0: the bar was low.')}"
        wanted = say("Aim higher next time, or call it committed.")
        return case.unless_ignored("OKR408", judged_by, wanted)
    return Judgement(Verdict.MET, aspirational)


def _concrete(case: Case) -> Judgement:
    """It is put into words, metrics and milestones: SMART's S and M, taken together."""
    silent = replace(case, words=_SILENT)
    smart = {"S": _specific(silent).verdict, "M": _measurable(silent).verdict}
    missing = [letter for letter, verdict in smart.items() if verdict is Verdict.TO_DO]
    if not missing:
        return Judgement(Verdict.MET, case.say("Words and measures are there, as SMART asks."))
    letters = case.words.listing(missing)
    judged_by = case.say(
        "Words and measures, as SMART asks; still to do: %(letters)s.", letters=letters
    )
    return Judgement(Verdict.TO_DO, judged_by, case.say("Do what is asked above."))


def _transparent(case: Case) -> Judgement:
    """It is public, and somebody owns it."""
    objective, say = case.objective, case.say
    pages = [case.project.owners[id].page for id in objective.owners if id in case.project.owners]
    if objective.page.private or all(page is not None and page.private for page in pages):
        wanted = say("Take `visibility: private` away once everybody may know.")
        return Judgement(Verdict.TO_DO, say("It is private."), wanted)
    text = case.words.count(
        "It is public and has an owner.", "It is public and has %(number)s owners.",
        len(objective.owners),
    )  # fmt: skip
    return Judgement(Verdict.MET, text)


def _before_check_ins(case: Case) -> Judgement | None:
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


def has_text(body: str) -> bool:
    """Tell whether a body says something: headings, comments and a retrospective do not."""
    for silent in (_COMMENT, _RETROSPECTIVE, _HEADING):
        body = silent.sub("", body)
    return bool(body.strip())


def _dated(milestone: Milestone, due: date | None) -> bool:
    return bool(milestone.due or due or milestone.done)


def _names(case: Case, ids: Sequence[str]) -> str:
    shown = [f"`{id}`" for id in ids[:_MOST_NAMES]]
    if more := len(ids) - len(shown):
        shown.append(case.say("%(number)s more", number=case.words.number(more)))
    return case.words.listing(shown)


CRITERIA = (
    Criterion(
        "SMART", "S", "Specific",
        "The title says where to go without a quantity; a description or a text says more.",
        _specific,
    ),
    Criterion("SMART", "M", "Measurable", "Every key result has a measure.", _measurable),
    Criterion(
        "SMART", "A", "Achievable", "Check-ins state how sure one is to reach it.", _achievable
    ),
    Criterion(
        "SMART", "R", "Relevant", "It aligns to an objective, or is the whole company's.", _relevant
    ),
    Criterion(
        "SMART", "T", "Time-bound", "It has a cycle, and its milestones have dates.", _time_bound
    ),
    Criterion(
        "FAST", "F", "Frequently discussed",
        "Check-ins come as often as the rhythm asks.",
        _frequent,
    ),
    Criterion(
        "FAST", "A", "Ambitious",
        "It is aspirational, and did not close with every key result at 1.0.",
        _ambitious,
    ),
    Criterion(
        "FAST", "S", "Specific", "It is put into words and measures: SMART’s S and M.", _concrete
    ),
    Criterion("FAST", "T", "Transparent", "It is public, and somebody owns it.", _transparent),
)  # fmt: skip
"""Every criterion in the order of its letters."""

ACRONYMS = tuple(dict.fromkeys(criterion.acronym for criterion in CRITERIA))
"""The lists of criteria by name."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those that could be judged meet what is asked."""

    met: int
    asked: int

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> "Share":
        """Count verdicts; what is not asked, or not yet, counts in neither number."""
        every = list(verdicts)
        met = every.count(Verdict.MET)
        return cls(met, met + every.count(Verdict.TO_DO))


def shares(judgements: Sequence[Judgement]) -> dict[str, Share]:
    """Give the share of SMART, and of FAST, that an objective meets."""
    return {
        acronym: Share.of(
            judgement.verdict
            for criterion, judgement in zip(CRITERIA, judgements, strict=True)
            if criterion.acronym == acronym
        )
        for acronym in ACRONYMS
    }
