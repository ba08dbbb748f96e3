"""`okrsite mine`: what is overdue, owned and supported by somebody."""

from collections.abc import Sequence

import click
from rich.console import Console
from rich.text import Text

from okrsite.cli.commands.status import shown_site
from okrsite.cli.common import SiteOptions, open_site, site_options, warn_of_private
from okrsite.cli.completion import OWNERS, Existing
from okrsite.cli.duties import Duty, duties_of, in_progress
from okrsite.cli.overview import Overview, OwnerSection
from okrsite.cli.terminal import (
    health_text,
    joined,
    print_line,
    print_rich,
    print_wrapped,
    shown,
    title,
)
from okrsite.cli.terminal_rows import TerminalRows
from okrsite.cli.typed_names import TypedNames
from okrsite.cli.whoami import owner_or_me
from okrsite.pages.parts import HEALTH_WORDS, PageContext
from okrsite.project.model import Objective, Owner
from okrsite.project.names import NameKind
from okrsite.scores.shown import as_shown

_EXAMPLE = """\b
Examples:
  okrsite mine
  okrsite mine lena-hofer"""


@click.command(epilog=_EXAMPLE)
@click.argument("person", type=Existing(OWNERS), required=False)
@site_options
def mine(given: SiteOptions, person: str | None) -> None:
    """Show what is overdue for you, and what you own and support in open cycles.

    PERSON is a person or a team; without it, git's user.name or user.email says who you are. Below
    each overdue item is the command that takes care of it.

    Exit status: 0 success, 2 usage error.
    """
    site = open_site(given)
    owner = owner_or_me(site, person, "okrsite mine ada-lovelace")
    warn_of_private(site)
    names = TypedNames(site.project, site.current_cycle)
    context = PageContext(shown_site(site), "")
    duties = duties_of(site, context, names, owner)
    figures = as_shown(site.published_project, site.published)

    def draw(console: Console) -> None:
        head = joined([title(owner.title), f"as of {site.words.day(site.as_of)}"])
        print_wrapped(console, Text(shown(head), "bold"))
        _draw_duties(console, duties)
        for cycle in context.site.cycles:
            drawn = Overview(console, context, names, cycle, figures)
            section = _section(context, owner, cycle.id)
            if section is not None:
                _heading(console, title(cycle.title))
                rows = TerminalRows(console, site.words)
                drawn.add_objectives(rows, section)
                console.print(rows.text, soft_wrap=True, end="")
        _draw_supported(console, context, names, owner)
        _draw_kpis(console, context, names, owner)

    print_rich(draw)


def _heading(console: Console, text: str) -> None:
    console.print()
    print_line(console, Text(text, "bold"))


def _draw_duties(console: Console, duties: Sequence[Duty]) -> None:
    _heading(console, "To do")
    if not duties:
        print_line(console, "Nothing overdue.", 2)
    for duty in duties:
        print_wrapped(console, f"{title(duty.title)}: {shown(duty.why)}", 2)
        print_line(console, Text(shown(duty.command), "dim"), 4)


def _section(context: PageContext, owner: Owner, cycle: str) -> OwnerSection | None:
    """Return an owner's objectives and key results that are in progress in a cycle."""
    worked = [o for o in in_progress(context, owner) if o.cycle == cycle]
    own = tuple(objective for objective in worked if owner.id in objective.owners)
    pairs = context.site.results_by_owner.get(owner.id, ())
    elsewhere = tuple((o, result) for o, result in pairs if o in worked)
    return OwnerSection(owner, own, elsewhere) if worked else None


def _draw_supported(
    console: Console, context: PageContext, names: TypedNames, owner: Owner
) -> None:
    """Draw the objectives of others that one contributes to, and those that one's own support."""
    site = context.site
    helped = [o for o in site.by_contributor.get(owner.id, ()) if o.active]
    own = [o for o in in_progress(context, owner) if owner.id in o.owners]
    ids = [link.objective for objective in own for link in objective.aligns_to]
    above = [site.project.objectives[id] for id in ids]
    rows: dict[str, tuple[Objective, str]] = {}
    for objective, how in (*((o, "contributor") for o in helped), *((o, "aligned") for o in above)):
        if owner.id not in objective.owners and _is_open(context, objective):
            rows.setdefault(objective.id, (objective, how))
    if not rows:
        return
    _heading(console, "Supports")
    for objective, how in rows.values():
        figures = site.scorecard.objectives[objective.id]
        name = names.shortest(NameKind.OBJECTIVE, objective.id)
        score = shown(site.words.score(figures.score))
        print_wrapped(console, f"{score} {title(objective.page.title)}", 2)
        print_line(console, Text(joined([name, how]), "dim"), 7)


def _is_open(context: PageContext, objective: Objective) -> bool:
    return context.site.project.cycles[objective.cycle].state(context.site.as_of) == "open"


def _draw_kpis(console: Console, context: PageContext, names: TypedNames, owner: Owner) -> None:
    site = context.site
    kpis = [kpi for kpi in site.kpis_by_owner.get(owner.id, ()) if kpi.active]
    if not kpis:
        return
    _heading(console, "KPIs")
    for kpi in kpis:
        figures = site.scorecard.kpis[kpi.id]
        value = "no reading yet"
        if figures.last is not None:
            quantity = site.words.quantity(figures.last.value, kpi.unit)
            value = f"{quantity} on {site.words.short_day(figures.last.date)}"
        health = health_text(console, figures.health, HEALTH_WORDS[figures.health])
        print_line(console, Text.assemble(f"{title(kpi.page.title)}: {shown(value)} ", health), 2)
        print_line(console, Text(names.shortest(NameKind.KPI, kpi.id), "dim"), 4)
