"""`okrsite plan`: whether everybody is ready for a cycle that has not begun."""

import json
from dataclasses import replace

import click
from markupsafe import Markup
from rich.console import Console
from rich.text import Text

from okrsite.cli.commands.status import shown_site
from okrsite.cli.common import LoadedSite, SiteOptions, format_option, open_site, site_options
from okrsite.cli.completion import CYCLES, Existing
from okrsite.cli.terminal import (
    health_text,
    joined,
    plain_only,
    print_line,
    print_rich,
    print_wrapped,
    title,
)
from okrsite.cli.typed_names import TypedNames
from okrsite.documents.code_owners import read_code_owners
from okrsite.exports.plan import plan_data
from okrsite.findings.finding import Finding
from okrsite.findings.report import as_line
from okrsite.pages.parts import HEALTH_WORDS
from okrsite.pages.plan import PlanView, plan_view, planned_cycles
from okrsite.pages.site import Site
from okrsite.project.meanings import NameKind
from okrsite.project.model.cycles import State

_EXAMPLE = """\b
Examples:
  okrsite plan
  okrsite plan 2027-q1 --format json"""

_MOST = 20
"""So many unfinished objectives, people and findings are listed."""


@click.command(epilog=_EXAMPLE)
@site_options
@click.argument("cycle", type=Existing(CYCLES), required=False)
@format_option(["text", "json"], "text", "The format of the plan.", show_default=True)
def plan(given: SiteOptions, cycle: str | None, format_: str) -> None:
    """Show the plan for CYCLE, which hasn't begun yet; default: the next one.

    It shows what is still to do, the objectives of every owner, what is carried over, who supports
    the objectives of longer cycles, KPIs out of range, people's share of work, and who still has to
    review. Private documents are included.

    Exit status: 0 success, 2 usage error.
    """
    site = open_site(given)
    names = TypedNames(site.project)
    shown = _site(site)
    asked = names.cycle(cycle) if cycle else next(iter(planned_cycles(shown)), None)
    if asked is None:
        click.echo(
            "There is no upcoming cycle: name one that hasn't begun, like okrsite plan 2027-q1."
        )
        return
    if asked.state(site.as_of) is not State.UPCOMING:
        written = names.shortest(NameKind.CYCLE, asked.id)
        begun = f"{title(asked.title)} began on {asked.start}"
        raise click.UsageError(f"{begun}: okrsite status --cycle {written} shows it")
    if asked.id not in shown.project.cycles:
        cycles = {**shown.project.cycles, asked.id: asked}
        shown = replace(shown, project=replace(shown.project, cycles=cycles))
    view = plan_view(shown, "", Markup(), asked)
    if format_ == "json":
        click.echo(json.dumps(plan_data(view.plan), indent=2, ensure_ascii=False))
        return
    print_rich(lambda console: _Drawing(console, view, names).draw())


def _site(site: LoadedSite) -> Site:
    """Return the site with its findings and with who reviews which file."""
    by_path: dict[str, list[Finding]] = {}
    for finding in site.findings():
        by_path.setdefault(finding.path, []).append(finding)
    found = {path: tuple(findings) for path, findings in by_path.items()}
    reviewers = read_code_owners(site.configuration.folder.project)
    return replace(shown_site(site), findings=found, code_owners=reviewers)


class _Drawing:
    """Draws a plan on a console."""

    def __init__(self, console: Console, view: PlanView, names: TypedNames) -> None:
        self._console = console
        self._view = view
        self._plan = view.plan
        self._names = names
        self._site = view.context.site
        self._project = self._site.project

    def draw(self) -> None:
        """Draw the plan, part by part."""
        self._head()
        self._todos()
        self._owners()
        self._support()
        self._dues()
        self._carried()
        self._kpis()
        self._work()
        self._reviews()
        self._findings()

    def _head(self) -> None:
        plan, words = self._plan, self._site.words
        begins = f"begins on {words.day(plan.cycle.start)}"
        until = words.count("%(number)s day to go", "%(number)s days to go", self._view.days)
        head = joined([f"Planning {title(plan.cycle.title)}", begins, until])
        print_wrapped(self._console, Text(head, "bold"))
        ready = f"{len(plan.with_objectives)} of {len(plan.owners)} owners have objectives"
        agreed = len(plan.planned) - len(plan.drafts)
        drafts = words.count("%(number)s draft", "%(number)s drafts", len(plan.drafts))
        print_wrapped(self._console, f"{ready}: {agreed} agreed, {drafts}")

    def _part(self, name: str, detail: str = "") -> None:
        self._console.print()
        print_wrapped(self._console, Text.assemble((name, "bold"), (f"  {detail}", "dim")))

    def _todos(self) -> None:
        self._part("Still to do")
        done = "x" if plain_only(self._console) else "✓"
        for todo in self._view.todos:
            mark = f"[{done if todo.done else ' '}] "
            about = "" if todo.done else f": {_listed(todo.names)}"
            print_wrapped(self._console, f"{mark}{todo.text}{about}", 2)

    def _owners(self) -> None:
        count = self._site.words.count
        self._part("Owners")
        for row in self._view.owners:
            own = row.plan
            facts = [f"{own.carried} of {own.unfinished} carried over" if own.unfinished else None]
            others = ", ".join(title(self._project.owners[id].title) for id in own.passed_to)
            facts += [f"{own.passed} by {others}" if others else None]
            facts += ["more than five objectives" if own.too_many else None]
            name = title(self._project.owners[own.owner].title)
            print_wrapped(
                self._console, Text.assemble(name, (f"  {joined(facts)}", "dim")), 2 + 2 * row.depth
            )
            for one in own.planned:
                waits = f"waiting for {', '.join(one.reviewers)}" if one.reviewers else None
                state = joined(["draft", waits]) if one.draft else "agreed"
                number = len(one.findings)
                found = count("%(number)s finding", "%(number)s findings", number)
                aligned = None if one.aligned else "not aligned"
                facts = [state, aligned, found if number else None]
                text = Text.assemble(
                    f"- {title(one.objective.page.title)}", (f"  {joined(facts)}", "dim")
                )
                print_wrapped(self._console, text, 4 + 2 * row.depth)
            if not own.planned:
                print_line(self._console, Text("none yet", "red"), 4 + 2 * row.depth)

    def _support(self) -> None:
        if not self._plan.supports and not self._plan.pillars:
            return
        self._part("Support", "objectives of longer cycles, and pillars")
        for support in self._plan.supports:
            self._supported(title(support.objective.page.title), len(support.by))
        for pillar, by in self._plan.pillars.items():
            self._supported(title(self._project.pillars[pillar].page.title), len(by))

    def _supported(self, name: str, number: int) -> None:
        words = self._site.words
        count = words.count("%(number)s objective", "%(number)s objectives", number)
        support = (f"  {count}", "dim") if number else ("  no support yet", "red")
        print_wrapped(self._console, Text.assemble(name, support), 2)

    def _dues(self) -> None:
        dues, words = self._plan.dues, self._site.words
        if not dues:
            return
        self._part("Due dates")
        for due in dues[:_MOST]:
            whose = ", ".join(title(self._project.owners[owner].title) for owner in due.owners)
            detail = joined([self._view.kind(due), self._objective(due.objective), whose])
            line = Text.assemble(
                f"{words.day(due.day)}  {title(due.title)}", (f"  {detail}", "dim")
            )
            print_wrapped(self._console, line, 2)
        self._more(len(dues))

    def _carried(self) -> None:
        plan = self._plan
        if plan.before is None:
            return
        done, every = len(plan.carried), len(plan.unfinished)
        self._part("Carried over", f"{done} of {every} unfinished from {title(plan.before.title)}")
        for row in self._view.carried[:_MOST]:
            id = row.row.objective.id
            where = ", ".join(title(self._project.owners[owner].title) for owner in row.owners)
            detail = f"to {where}" if where else "not yet"
            name = self._names.shortest(NameKind.OBJECTIVE, id)
            print_wrapped(self._console, Text.assemble(name, (f"  {detail}", "dim")), 2)
        self._more(every)
        if done < every:
            cycle = self._names.shortest(NameKind.CYCLE, plan.cycle.id)
            print_wrapped(
                self._console, Text(f"okrsite carry --all --to {cycle} --dry-run", "dim"), 2
            )

    def _kpis(self) -> None:
        if not self._plan.kpis:
            return
        self._part("KPIs out of range")
        for kpi in self._plan.kpis:
            health = self._site.words.say(HEALTH_WORDS[kpi.health])
            by = f"  addressed by {len(kpi.by)}" if kpi.by else "  not addressed"
            name = title(self._project.kpis[kpi.kpi].page.title)
            line = Text.assemble(health_text(self._console, kpi.health, health), f"  {name}")
            print_wrapped(self._console, line.append(by, "dim" if kpi.by else "red"), 2)

    def _work(self) -> None:
        if not self._plan.work:
            return
        self._part("Share of work", "key results owned, objectives contributed to")
        for work in self._plan.work[:_MOST]:
            name = title(self._project.owners[work.person].title)
            many = "  more than five key results" if work.too_many else ""
            figures = f"{work.key_results:>4}{work.contributes:>4}"
            print_wrapped(self._console, Text.assemble(figures, f"  {name}", (many, "yellow")), 0)
        self._more(len(self._plan.work))

    def _reviews(self) -> None:
        plan = self._plan
        if not plan.drafts:
            return
        rules = plan.code_owners
        self._part("Review", rules.path or "the repository has no CODEOWNERS file")
        if rules.problem:
            print_wrapped(self._console, Text(f"it was not read: {rules.problem}", "yellow"), 2)
        for name, ids in plan.reviews.items():
            print_wrapped(
                self._console, f"{name}: {_listed([self._objective(id) for id in ids])}", 2
            )
        if plan.unreviewed and rules.path:
            listed = _listed([self._objective(id) for id in plan.unreviewed])
            print_wrapped(self._console, f"no reviewers named for {listed}", 2)

    def _objective(self, id: str) -> str:
        return title(self._project.objectives[id].page.title)

    def _findings(self) -> None:
        findings = self._plan.findings
        if not findings:
            return
        self._part("Findings")
        for finding in findings[:_MOST]:
            print_wrapped(self._console, as_line(finding), 2)
        self._more(len(findings))

    def _more(self, number: int) -> None:
        if number > _MOST:
            print_line(self._console, Text(f"and {number - _MOST} more", "dim"), 2)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    """Return names in a row, of many only the first."""
    more = f", and {len(names) - 8} more" if len(names) > 8 else ""
    return ", ".join(title(name) for name in names[:8]) + more
