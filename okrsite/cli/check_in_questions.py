"""Ask the questions of `okrsite check-in`: each key result in turn, then the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import click

from okrsite.cli.asking import STOPPED
from okrsite.cli.common import LoadedSite
from okrsite.cli.editing import Refused, read_file
from okrsite.cli.objective_edits import UNIT
from okrsite.editing.check_in import add_check_in
from okrsite.editing.key_result_values import progress_line, wanted, wrong_share, wrong_value
from okrsite.editing.new_check_in import Statement
from okrsite.editing.source_file import EditError
from okrsite.language.inline import plain
from okrsite.project.model import KeyResult, Objective
from okrsite.project.reload import revise


def doubt_about(
    site: LoadedSite, objective: Objective, result: KeyResult, text: str, day: date
) -> str | None:
    """Return the doubt about a value that is probably in another unit (OKR305), with the hint.

    None where there is none, or where the document or the settings suppress it.
    """
    stated = Statement(day, values={result.id: text.strip()})
    try:
        content = add_check_in(read_file(site, objective.page.uri), stated).content
    except EditError:
        return None  # the reason is given when the check-in is added
    _, findings = revise(site.project, site.around, objective, content)
    ignored = {objective.page.path: objective.page.ignore}
    for finding in site.configuration.settings.wanted(findings, ignored):
        if finding.code == UNIT:
            return f"{finding.message}: {finding.hint}"
    return None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is repeated until the answer is empty or valid.

    A doubtful answer has to be confirmed.
    """

    text: str
    wrong: Callable[[str], str | None] = lambda _: None
    doubt: Callable[[str], str | None] = lambda _: None

    def answer(self) -> str | None:
        """Ask, and return the answer; None for an empty one. Raises click.Abort for Ctrl-C."""
        while answer := click.prompt(self.text, default="", show_default=False, err=True).strip():
            if wrong := self.wrong(answer):
                click.echo(f"  {wrong}", err=True)
                continue
            doubt = self.doubt(answer)
            if doubt is None:
                return str(answer)
            click.echo(f"  {doubt}", err=True)
            if click.confirm("  Write it anyway?", err=True):
                return str(answer)
        return None


def ask_for_check_in(
    site: LoadedSite, objective: Objective, statement: Statement, anyway: bool
) -> Statement:
    """Return a check-in with the answers for each key result, then the rest; Enter skips one."""
    cycle = plain(site.project.cycles[objective.cycle].title)
    click.echo(f"{plain(objective.page.title)} ({cycle}, {statement.date})", err=True)
    click.echo("Press Enter to skip a question; Ctrl-C quits without writing.", err=True)
    try:
        answered = answers_about(site, objective, statement, anyway, objective.counting)
    except click.Abort:
        raise Refused(STOPPED) from None
    if not answered.fields():
        raise Refused("nothing to write")
    return answered


def answers_about(
    site: LoadedSite,
    objective: Objective,
    statement: Statement,
    anyway: bool,
    results: Iterable[KeyResult],
    with_rest: bool = True,
) -> Statement:
    """Return a check-in with the answers about some key results, and those about the `rest`.

    What the day's check-in says already is not asked. Raises click.Abort for Ctrl-C.
    """
    place, day = (objective.page.uri, statement.date), None if anyway else statement.date
    own = [check_in for check_in in objective.check_ins if (check_in.uri, check_in.date) == place]
    stated = {value.key_result for check_in in own for value in check_in.values}
    values = {
        result.id: answer
        for result in results
        if result.takes_check_ins
        and result.id not in stated
        and (answer := _question_about(site, objective, result, day).answer()) is not None
    }
    answers: dict[str, Any] = {}
    if with_rest:
        click.echo(err=True)
        if all(check_in.confidence is None for check_in in own):
            answers["confidence"] = Question("Confidence, 0 to 1", wrong_share).answer()
        if all(check_in.note is None for check_in in own):
            answers["note"] = Question("Note").answer()
        for field, question in (("blockers", "What is in the way"), ("next", "What comes next")):
            if not any(getattr(check_in, field) for check_in in own):
                answer = Question(question).answer()
                answers[field] = (answer,) if answer else ()
    return replace(statement, values=values, **answers)


def _question_about(
    site: LoadedSite, objective: Objective, result: KeyResult, day: date | None
) -> Question:
    """Return the question for a value; it is doubted as one of a day, without a day never."""
    figures = site.scorecard.objectives[objective.id].key_results[result.id]
    cycle = site.project.cycles[objective.cycle]
    current = progress_line(site.words, result, figures, cycle, site.as_of)
    click.echo(f"\n{plain(result.title)}\n  {current}", err=True)
    question = ", ".join(filter(None, (result.id, wanted(result, figures))))
    return Question(
        f"  {question}",
        lambda text: wrong_value(result, text),
        lambda text: doubt_about(site, objective, result, text, day) if day else None,
    )
