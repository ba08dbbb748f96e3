"""Ask the questions of `okrsite check-in`: each key result in turn, then the rest."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import click

from okrsite.cli.common import LoadedSite
from okrsite.cli.editing import Refused
from okrsite.editing.key_result_values import (
    standing,
    wanted,
    wrong_share,
    wrong_value,
)
from okrsite.editing.new_check_in import Statement
from okrsite.editing.unit_slips import Slip, slip
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Objective


def doubt_about(
    site: LoadedSite, objective: Objective, result: KeyResult, text: str
) -> Slip | None:
    """Return the doubt about a value that seems to be meant in another unit, or None."""
    figures = site.scorecard.objectives[objective.id].key_results[result.id]
    return slip(Words.of("en", site.configuration.settings.thresholds), result, figures, text)


@dataclass(frozen=True, slots=True)
class _Question:
    """A question that is repeated until the answer is empty or valid.

    A doubtful answer has to be confirmed.
    """

    text: str
    wrong: Callable[[str], str | None] = lambda _: None
    doubt: Callable[[str], Slip | None] = lambda _: None

    def ask(self) -> str | None:
        while True:
            answer = click.prompt(self.text, default="", show_default=False, err=True).strip()
            if not answer:
                return None
            wrong = self.wrong(answer)
            if wrong is None and self._is_confirmed(answer):
                return str(answer)
            if wrong is not None:
                click.echo(f"  {wrong}", err=True)

    def _is_confirmed(self, answer: str) -> bool:
        doubt = self.doubt(answer)
        if doubt is None:
            return True
        click.echo(f"  {doubt.message}{_or_else(doubt)}", err=True)
        return click.confirm("  Write it anyway?", err=True)


def _or_else(doubt: Slip) -> str:
    return f": write {doubt.meant} if that is meant" if doubt.meant else ""


def ask_for_check_in(
    site: LoadedSite, objective: Objective, statement: Statement, anyway: bool
) -> Statement:
    """Return a check-in with the answers for each key result, then the rest; Enter skips one."""
    cycle = plain(site.project.cycles[objective.cycle].title)
    click.echo(f"{plain(objective.page.title)} ({cycle}, {statement.date})", err=True)
    click.echo("Press Enter to skip a question; Ctrl-C ends without writing.", err=True)
    own = [
        c for c in objective.check_ins if c.uri == objective.page.uri and c.date == statement.date
    ]
    stated = {value.key_result for check_in in own for value in check_in.values}
    try:
        values = {
            result.id: answer
            for result in objective.counting
            if result.takes_check_ins
            and result.id not in stated
            and (answer := _question_about(site, objective, result, anyway).ask()) is not None
        }
        click.echo(err=True)
        confidence = note = blocker = following = None
        if all(check_in.confidence is None for check_in in own):
            confidence = _Question("Confidence, 0 to 1", wrong_share).ask()
        if all(check_in.note is None for check_in in own):
            note = _Question("Note").ask()
        if not any(check_in.blockers for check_in in own):
            blocker = _Question("What is in the way").ask()
        if not any(check_in.next for check_in in own):
            following = _Question("What comes next").ask()
    except click.Abort:
        raise Refused("stopped: nothing was written") from None
    answered = replace(
        statement, values=values, confidence=confidence, note=note,
        blockers=(blocker,) if blocker else (), next=(following,) if following else (),
    )  # fmt: skip
    if not answered.fields():
        raise Refused("nothing to write")
    return answered


def _question_about(
    site: LoadedSite, objective: Objective, result: KeyResult, anyway: bool
) -> _Question:
    figures = site.scorecard.objectives[objective.id].key_results[result.id]
    cycle = site.project.cycles[objective.cycle]
    words = Words.of("en", site.configuration.settings.thresholds)
    current = standing(words, result, figures, cycle, site.as_of)
    click.echo(f"\n{plain(result.title)}\n  {current}", err=True)
    question = ", ".join(filter(None, (result.id, wanted(result, figures))))
    return _Question(
        f"  {question}",
        lambda text: wrong_value(result, text),
        lambda text: None if anyway else doubt_about(site, objective, result, text),
    )
