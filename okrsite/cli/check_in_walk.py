"""Walk through everything that somebody owns: one check-in after the other, then the KPIs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

import click

from okrsite.cli.check_in_questions import Question, answers_about
from okrsite.cli.command_line import Refused
from okrsite.cli.commands.reading import new_reading, planned_reading, write_reading, wrong_reading
from okrsite.cli.commands.status import shown_site
from okrsite.cli.common import LoadedSite
from okrsite.cli.duties import in_progress, worked_on
from okrsite.cli.editing import read_file
from okrsite.cli.objective_edits import refuse_day, write_objective
from okrsite.cli.score_lines import score_line
from okrsite.cli.terminal import title
from okrsite.documents.values import read_date
from okrsite.editing.check_in import add_check_in
from okrsite.editing.fields import FieldPath, fields_of, with_field
from okrsite.editing.key_result_values import milestone_path
from okrsite.editing.new_check_in import Statement
from okrsite.editing.source_file import EditError
from okrsite.pages.parts import PageContext
from okrsite.project.model import KeyResult, Kpi, Objective, Owner
from okrsite.project.model.measures import Milestones
from okrsite.project.reload import revise_kpi
from okrsite.util.locking import locked

_YES, _NO = ("y", "yes"), ("n", "no")


class Walk:
    """A dialogue about all that an owner has in progress on a day.

    What is answered is written objective by objective and KPI by KPI, so that leaving loses only
    what is being asked.
    """

    def __init__(self, site: LoadedSite, owner: Owner, day: date, anyway: bool) -> None:
        self._site, self._owner, self._day, self._anyway = site, owner, day, anyway
        self._written = 0
        self._results: dict[str, Any] = {}

    def go(self) -> None:
        """Ask about everything; end the command with status 2 where it is left."""
        context = PageContext(shown_site(self._site), "")
        objectives = in_progress(context, self._owner)
        self._results = {o.id: self._written_results(o) for o in objectives}
        kpis = [kpi for kpi in context.site.kpis_by_owner.get(self._owner.id, ()) if kpi.active]
        if not objectives and not kpis:
            raise Refused(f"{title(self._owner.title)} has nothing in progress to check in on")
        steps = len(objectives) + len(kpis)
        click.echo(
            f"{title(self._owner.title)}: {_counted(objectives, 'objective')}, "
            f"{_counted(kpis, 'KPI')}. Press Enter to skip a question; Ctrl-C quits and keeps "
            "what is written.",
            err=True,
        )
        try:
            for number, objective in enumerate(objectives, 1):
                self._step(f"[{number}/{steps}]", partial(self._objective, objective))
            for number, kpi in enumerate(kpis, len(objectives) + 1):
                self._step(f"[{number}/{steps}]", partial(self._kpi, kpi))
        except click.Abort:
            click.echo(err=True)
            written = f"{self._written} written" if self._written else "nothing written"
            raise Refused(f"stopped; {written}") from None
        click.echo(f"\nDone: {self._written} written.", err=True)

    def _step(self, label: str, ask: Callable[[], bool]) -> None:
        """Ask about one thing; what cannot be written is said, and the rest goes on."""
        click.echo(f"\n{label} ", err=True, nl=False)
        try:
            self._written += ask()
        except Refused as refused:
            click.echo(f"  {refused.message}", err=True)
        except click.exceptions.Exit:
            pass  # the findings are printed

    def _objective(self, objective: Objective) -> bool:
        """Return whether a check-in or a milestone was written."""
        site, day = self._site, self._day
        results = worked_on(objective, self._owner)
        cycle = title(site.project.cycles[objective.cycle].title)
        click.echo(f"{title(objective.page.title)} ({cycle}, {day})", err=True)
        refuse_day(site, objective, day)
        milestones = dict(self._milestones(objective, results))
        own = self._owner.id in objective.owners
        stated = answers_about(
            site, objective, Statement(day), self._anyway, results, with_rest=own
        )
        if not milestones and not stated.fields():
            return False

        def edit(content: bytes) -> bytes:
            if milestones and fields_of(content).get("key_results") != self._results[objective.id]:
                # A milestone is known by its place in the list.
                raise EditError("the key results have changed in the meantime", 1, "run it again")
            for path, when in milestones.items():
                content = with_field(content, path, when.isoformat())
            return add_check_in(content, stated).content if stated.fields() else content

        with self._alone():
            made = write_objective(site, objective, edit)
        if made is not None:
            click.echo(score_line(site, objective, made, max(day, site.as_of)))
        return True

    def _written_results(self, objective: Objective) -> Any:
        """Return the key results of an objective as they are written."""
        try:
            return fields_of(read_file(self._site, objective.page.uri)).get("key_results")
        except EditError:
            return None  # the reason is given when the objective is asked about

    def _milestones(
        self, objective: Objective, results: list[KeyResult]
    ) -> Iterator[tuple[FieldPath, date]]:
        """Ask for each open milestone whether it was reached; yield where, and when."""
        for result in results:
            measure = result.measure
            if not isinstance(measure, Milestones) or measure.single:
                continue
            open_ones = [one for one in measure.milestones if not one.done]
            if open_ones:
                click.echo(f"\n{title(result.title)}", err=True)
            at = ("key_results", objective.key_results.index(result))
            for milestone in open_ones:
                due = milestone.due or result.due
                words = f", due {self._site.words.short_day(due)}" if due else ""
                asked = f"  {title(milestone.title)}{words}: done (y, or the date)"
                question = Question(asked, self._wrong_day)
                answer = question.answer()
                if answer is not None and answer.lower() not in _NO:
                    when = self._day if answer.lower() in _YES else read_date(answer)
                    yield milestone_path(at, measure, milestone), when

    def _wrong_day(self, answer: str) -> str | None:
        if answer.lower() in (*_YES, *_NO):
            return None
        try:
            day = read_date(answer)
        except ValueError:
            return f"{answer} is not a date: write y, or year-month-day like 2026-11-09"
        return f"{day} is in the future" if day > self._site.as_of else None

    def _kpi(self, kpi: Kpi) -> bool:
        """Return whether a reading was written."""
        site, day = self._site, self._day
        click.echo(f"{title(kpi.page.title)} (KPI, {day})", err=True)
        if any(reading.date == day for reading in kpi.readings):
            click.echo("  already has a reading for this day", err=True)
            return False
        figures = site.scorecard.kpis[kpi.id]
        last = "no reading yet"
        if figures.last is not None:
            value = site.words.quantity(figures.last.value, kpi.unit)
            last = f"last {value} on {site.words.short_day(figures.last.date)}"
            last += ", overdue" if figures.overdue else ""
        click.echo(f"  {last}", err=True)
        answer = Question(
            "  Reading",
            lambda text: wrong_reading(kpi, text),
            lambda text: self._doubt(kpi, text),
        ).answer()
        if answer is None:
            return False
        note = Question("  Note").answer()
        with self._alone():
            # Somebody may have added a reading while the question was open.
            now = revise_kpi(site.project, site.around, kpi, site.configuration.folder)[0] or kpi
            for line in write_reading(site, now, new_reading(kpi, day, answer, note), anyway=True):
                click.echo(line)
        return True

    def _doubt(self, kpi: Kpi, text: str) -> str | None:
        if self._anyway:
            return None
        return planned_reading(self._site, kpi, new_reading(kpi, self._day, text)).doubt(self._site)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other commands from writing, but not while a question is open."""
        with locked(self._site.configuration.folder.project):
            yield


def _counted(things: list[Objective] | list[Kpi], name: str) -> str:
    return f"{len(things)} {name}" if len(things) == 1 else f"{len(things)} {name}s"
