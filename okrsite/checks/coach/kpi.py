"""SMART for a KPI: is it measured, can somebody act on it, does anybody use it, is it read on time?

A KPI has no S: how its title is worded says little. What is judged is the document.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.checks.coach.subject import Assessment, Verdict
from okrsite.checks.kpi_quality import has_range, is_used
from okrsite.documents.values import KpiStatus
from okrsite.findings.finding import finding
from okrsite.i18n import message
from okrsite.language.wording import Words
from okrsite.project.model import Kpi, Project
from okrsite.scores import KpiFigures, Scorecard
from okrsite.settings import Settings


@dataclass(frozen=True, slots=True)
class KpiCriterion:
    """One letter of SMART for a KPI, with how a KPI meets it."""

    letter: str
    name: str
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class _Subject:
    words: Words
    project: Project
    settings: Settings
    kpi: Kpi
    figures: KpiFigures

    def unless_ignored(self, code: str, judged_by: str, wanted: str) -> Assessment:
        """Return the letter as to do, or as not asked where its code is ignored."""
        page = self.kpi.page
        found = finding(code, page.path, page.place.line, judged_by)
        if self.settings.wanted([found], {page.path: page.ignore}):
            return Assessment(Verdict.TO_DO, judged_by, wanted)
        ignored = self.words.say("`%(code)s` is ignored here.", code=code)
        return Assessment(Verdict.NOT_ASKED, f"{judged_by} {ignored}")


def coach_kpi(
    words: Words, project: Project, scorecard: Scorecard, settings: Settings, kpi: Kpi
) -> tuple[KpiCriterion, ...]:
    """Return the letters with their assessments; none for a KPI that is retired."""
    if kpi.status is KpiStatus.RETIRED:
        return ()
    subject = _Subject(words, project, settings, kpi, scorecard.kpis[kpi.id])
    return tuple(_criteria(subject))


def _criteria(subject: _Subject) -> Iterator[KpiCriterion]:
    yield KpiCriterion("M", message("Measurable"), _measurable(subject))
    yield KpiCriterion("A", message("Actionable"), _actionable(subject))
    yield KpiCriterion("R", message("Relevant"), _relevant(subject))
    yield KpiCriterion("T", message("Timely"), _timely(subject))


def _measurable(subject: _Subject) -> Assessment:
    say, number = subject.words.say, len(subject.figures.readings)
    if number:
        text = subject.words.count(
            "It has %(number)s reading.", "It has %(number)s readings.", number
        )
        return Assessment(Verdict.MET, text)
    wanted = say("Add a date and a value under `readings`, or name a CSV file in `data`.")
    verdict = Verdict.TO_DO if subject.kpi.active else Verdict.NOT_YET
    return Assessment(verdict, say("It has no readings."), wanted)


def _actionable(subject: _Subject) -> Assessment:
    say, kpi = subject.words.say, subject.kpi
    if kpi.owner is None:
        wanted = say("Add an `owner:`, a team or a person.")
        return Assessment(Verdict.TO_DO, say("Nobody owns it."), wanted)
    if has_range(kpi):
        return Assessment(Verdict.MET, say("It has an owner, and a range or a target."))
    wanted = say("Add `keep:` with the healthy range, or a `target:`.")
    judged_by = say("It has an owner, but no range or target to say when to act.")
    return subject.unless_ignored("OKR431", judged_by, wanted)


def _relevant(subject: _Subject) -> Assessment:
    say, kpi = subject.words.say, subject.kpi
    if kpi.pillars or kpi.key_results or kpi.guards or kpi.moved_by:
        return Assessment(Verdict.MET, say("A pillar or an objective uses it."))
    if is_used(subject.project, kpi):
        return Assessment(Verdict.MET, say("It drives a KPI that a pillar or an objective uses."))
    if kpi.drives or kpi.driven_by:
        return Assessment(Verdict.MET, say("It is linked to other KPIs as a driver."))
    wanted = say(
        "Name it in a pillar's `kpis`, as the `kpi` or guardrail of an objective, or in `drives`."
    )
    judged_by = say("No pillar, no objective and no other KPI uses it.")
    return subject.unless_ignored("OKR432", judged_by, wanted)


def _timely(subject: _Subject) -> Assessment:
    say, kpi, figures = subject.words.say, subject.kpi, subject.figures
    if not kpi.active:
        return Assessment(Verdict.NOT_YET, say("It is planned: no reading is due."))
    if figures.last is None:
        wanted = say("Add the first reading.")
        return subject.unless_ignored("OKR415", say("It has no readings."), wanted)
    day = subject.words.day(figures.last.date)
    if not figures.overdue:
        return Assessment(Verdict.MET, say("Last reading: %(day)s.", day=day))
    judged_by = say("Last reading: %(day)s. The next one is overdue.", day=day)
    return subject.unless_ignored("OKR415", judged_by, say("Add a reading."))
