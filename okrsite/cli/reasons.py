"""Draw explanations in the terminal: result, formula, numbers, and their file and line."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from okrsite.cli.terminal import (
    Scored,
    health_text,
    on_site,
    print_line,
    print_wrapped,
    shown,
    status_text,
    title,
)
from okrsite.language.wording import Words
from okrsite.pages.parts import HEALTH_WORDS, STATUS_WORDS
from okrsite.project.model import KeyResult, Kpi, Objective, Owner, Place, Project
from okrsite.project.model.cycles import Cycle
from okrsite.scores import Scorecard
from okrsite.scores.explanation import (
    Explanation,
    StatusExplanation,
    Term,
    explain_expected,
    explain_expected_of_key_result,
    explain_expected_of_owner,
    explain_health,
    explain_key_result,
    explain_objective,
    explain_owner,
    explain_status,
    explain_status_of_key_result,
    explain_status_of_owner,
)
from okrsite.scores.status import Status
from okrsite.settings import Settings

_WIDEST_NAME, _WIDEST_VALUE = 44, 36


@dataclass(frozen=True, slots=True)
class Reasons:
    """Draws the explanations of figures; the site shows the `published` ones."""

    project: Project
    scorecard: Scorecard
    published: Scorecard
    settings: Settings
    words: Words

    def objective(self, console: Console, objective: Objective) -> None:
        """Explain an objective, then each of its key results."""
        project, scorecard, words = self.project, self.scorecard, self.words
        figures = scorecard.objectives[objective.id]
        cycle = project.cycles[objective.cycle]
        self._head(console, objective.page.title, objective.id, objective.page.place, cycle)
        status = explain_status(words, project, scorecard, self.settings, objective)
        if not objective.active:
            self._uncounted(console, status)
        score = explain_objective(words, objective, figures)
        if score is None and objective.grade is not None:
            self._grade(console, words.score(objective.grade.score), objective.grade.place)
        elif score is None:
            print_wrapped(console, "Score: none, no key result counts", 2)
        self._score(console, score, objective.active)
        expected = explain_expected(words, project, scorecard, self.settings, objective)
        self._explanation(console, "Expected", expected)
        if objective.active:
            self._status(console, status)
        self._on_site(console, figures, self.published.objectives.get(objective.id, figures))
        for result in objective.key_results:
            console.print()
            print_wrapped(console, Text(title(result.title), "bold"))
            print_line(console, Text(_at(result.place), "dim"))
            self._key_result(console, result)

    def key_result(self, console: Console, result: KeyResult) -> None:
        """Explain a key result."""
        cycle = self.project.cycles[self.project.objectives[result.objective].cycle]
        self._head(console, result.title, result.reference, result.place, cycle)
        self._key_result(console, result)

    def _key_result(self, console: Console, result: KeyResult) -> None:
        project, scorecard, words = self.project, self.scorecard, self.words
        counted = project.objectives[result.objective].active and not result.cancelled
        status = explain_status_of_key_result(words, project, scorecard, self.settings, result)
        if not counted:
            self._uncounted(console, status)
        self._score(console, explain_key_result(words, project, scorecard, result), counted)
        expected = explain_expected_of_key_result(words, project, scorecard, self.settings, result)
        self._explanation(console, "Expected", expected)
        if counted:
            self._status(console, status)
        figures = scorecard.objectives[result.objective].key_results[result.id]
        published = self.published.objectives.get(result.objective)
        site = published.key_results[result.id] if published else figures
        self._on_site(console, figures, site)

    def owner(self, console: Console, owner: Owner, cycle: Cycle | None) -> None:
        """Explain an owner's score in a cycle."""
        place = owner.page.place if owner.page else None
        self._head(console, owner.title, owner.id, place, cycle)
        figures = self.scorecard.owners.get(owner.id, {}).get(cycle.id) if cycle else None
        if cycle is None or figures is None:
            others = ", ".join(sorted(self.scorecard.owners.get(owner.id, {})))
            more = f"; there is one in {others}" if others else ""
            print_wrapped(console, f"Score: none, no active objective has one{more}", 2)
            return
        words, project, scorecard = self.words, self.project, self.scorecard
        self._score(console, explain_owner(words, project, scorecard, owner.id, cycle))
        expected = explain_expected_of_owner(words, project, scorecard, owner.id, cycle)
        self._explanation(console, "Expected", expected)
        status = explain_status_of_owner(words, figures, cycle, scorecard, self.settings)
        self._status(console, status)
        self._on_site(console, figures, self.published.owners.get(owner.id, {}).get(cycle.id))

    def kpi(self, console: Console, kpi: Kpi) -> None:
        """Explain the health of a KPI."""
        figures = self.scorecard.kpis[kpi.id]
        self._head(console, kpi.page.title, kpi.id, kpi.page.place, None)
        health = health_text(console, figures.health, HEALTH_WORDS[figures.health])
        print_line(console, Text.assemble(("Health: ", "bold"), health), 2)
        explanation = explain_health(self.words, kpi, figures)
        print_wrapped(console, shown(explanation.formula), 4)
        self._terms(console, explanation.terms)
        if figures.overdue:
            print_wrapped(console, "The reading is overdue.", 4)

    def _head(
        self, console: Console, name: str, id: str, place: Place | None, cycle: Cycle | None
    ) -> None:
        period = f"{title(cycle.title)}, " if cycle else ""
        day = f"{period}as of {self.words.day(self.scorecard.as_of)}"
        print_wrapped(console, Text(title(name), "bold"))
        for line in (shown(id), *([_at(place)] if place else []), day):
            print_line(console, Text(line, "dim"))

    def _uncounted(self, console: Console, explanation: StatusExplanation | None) -> None:
        """Print the status of a draft or of what was cancelled, and that no figure counts it."""
        if explanation is None:
            return
        self._status(console, explanation)
        if explanation.status is Status.DRAFT:
            print_wrapped(console, self.words.say("Not agreed yet, so it isn't counted."), 4)
        else:
            print_wrapped(console, self.words.say("No longer pursued, so it isn't counted."), 4)

    def _score(
        self, console: Console, explanation: Explanation | None, counted: bool = True
    ) -> None:
        """Print a score; a grade comes first, with the computed score below it."""
        given = explanation.given if explanation else None
        if explanation and given:
            self._grade(console, given.value, given.place)
            if explanation.given_reason:
                print_wrapped(console, title(explanation.given_reason), 4)
        name = "Score" if counted else "Score if it counted"
        self._explanation(console, "Computed" if given else name, explanation)

    def _grade(self, console: Console, score: str, place: Place | None) -> None:
        print_line(console, Text(f"Score: {score} (manual grade)", "bold"), 2)
        if place is not None:
            print_line(console, Text(_at(place), "dim"), 4)

    def _explanation(self, console: Console, name: str, explanation: Explanation | None) -> None:
        if explanation is None:
            return
        print_line(console, Text(f"{name}: {shown(explanation.result)}", "bold"), 2)
        for text in filter(None, (explanation.formula, explanation.numbers)):
            print_wrapped(console, shown(text), 4)
        self._terms(console, explanation.terms)
        if explanation.note:
            print_wrapped(console, shown(explanation.note), 4)

    def _status(self, console: Console, explanation: StatusExplanation | None) -> None:
        if explanation is None:
            return
        word = status_text(console, explanation.status, STATUS_WORDS[explanation.status])
        print_line(console, Text.assemble(("Status: ", "bold"), word), 2)
        print_wrapped(console, shown(explanation.rule), 4)
        self._terms(console, explanation.terms)

    def _on_site(self, console: Console, here: Scored, site: Scored | None) -> None:
        if (other := on_site(self.words, here, site)) is not None:
            print_line(console, Text(f"{other[0].upper()}{other[1:]}", "bold"), 2)

    def _terms(self, console: Console, terms: Sequence[Term]) -> None:
        """Print terms, one a line; file and line follow, on a line of their own where needed."""
        rows = [(shown(t.name), shown(t.value), t.place) for t in terms]
        names = min(max((cell_len(name) for name, _, _ in rows), default=0), _WIDEST_NAME)
        values = min(max((cell_len(value) for _, value, _ in rows), default=0), _WIDEST_VALUE)
        for name, value, place in rows:
            at = _at(place) if place is not None else ""
            line = f"{_padded(name, names)}  {_padded(value, values)}"
            if cell_len(line) + cell_len(at) + 10 <= console.width:
                print_line(console, Text(f"{line}  ").append(at, "dim"), 6)
                continue
            if cell_len(line.rstrip()) + 6 <= console.width:
                print_line(console, line.rstrip(), 6)
            else:
                print_wrapped(console, f"{name}: {value}", 6)
            if at:
                print_line(console, Text(at, "dim"), 8)


def _at(place: Place) -> str:
    return shown(f"{place.path}:{place.line}")


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
