"""`okrsite explain`: how a figure came about, with the file and the line of every number."""

from collections.abc import Callable
from functools import partial

import click
from rich.console import Console

from okrsite.cli.common import LoadedSite, SiteOptions, open_site, site_options, warn_of_private
from okrsite.cli.completion import CYCLES, KPIS, OBJECTIVES, OWNERS, Existing
from okrsite.cli.reasons import Reasons
from okrsite.cli.terminal import print_rich
from okrsite.cli.typed_names import NamingError, TypedNames, UnknownNameError
from okrsite.findings.report import visible
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import NameKind, unknown

_EXAMPLE = """\b
Examples:
  okrsite explain financial-targets
  okrsite explain financial-targets#revenue --as-of 2026-10-31
  okrsite explain sales --cycle 2026-q3"""
_WHAT = "OBJECTIVE[#KEY_RESULT]|OWNER|KPI"
_CYCLE = "The owner's cycle; default: the home page's."

Drawing = Callable[[Console], None]


@click.command(epilog=_EXAMPLE)
@site_options
@click.argument("what", type=Existing(OBJECTIVES, OWNERS, KPIS), metavar=_WHAT)
@click.option("--cycle", type=Existing(CYCLES), metavar="CYCLE", help=_CYCLE)
def explain(given: SiteOptions, what: str, cycle: str | None) -> None:
    """Explain a score: the formula with its numbers, and the file and line of each.

    It explains the score, expected score and status of an objective or one of its key
    results, the score of an owner in a cycle, and the health of a KPI.

    Exit status: 0 success, 2 usage error.
    """
    site = open_site(given)
    draw = drawing_of(site, what, cycle)
    warn_of_private(site)
    print_rich(draw)


def drawing_of(site: LoadedSite, what: str, cycle: str | None) -> Drawing:
    """Return what draws the explanation of a figure; raise NamingError where there is none."""
    period = TypedNames(site.project).cycle(cycle) if cycle else site.current_cycle
    return _drawing(site, TypedNames(site.project, period), period, what, cycle is not None)


def _drawing(
    site: LoadedSite, names: TypedNames, cycle: Cycle | None, what: str, asked: bool
) -> Drawing:
    """Find what is meant: an objective, else an owner, else a KPI.

    `asked` is whether a cycle was given: then objectives of other cycles are refused.
    """
    if asked and cycle is not None:
        _refuse_other_cycle(site, names, cycle, what)
    settings = site.configuration.settings
    reasons = Reasons(site.project, site.scorecard, site.published, settings, site.words)
    finders: list[Callable[[], Drawing]] = [
        lambda: _objective(reasons, names, what),
        lambda: partial(reasons.owner, owner=names.owner(what), cycle=cycle),
        lambda: partial(reasons.kpi, kpi=names.kpi(what)),
    ]
    if "#" in what:
        return finders[0]()
    near: list[str] = []
    for find in finders:
        try:
            return find()
        except UnknownNameError as error:
            near += error.suggestions
    kinds = (NameKind.OBJECTIVE, NameKind.OWNER, NameKind.KPI)
    raise UnknownNameError(unknown(what, kinds, tuple(near)))


def _refuse_other_cycle(site: LoadedSite, names: TypedNames, cycle: Cycle, what: str) -> None:
    try:
        objective, _ = names.objective_or_key_result(what)
    except NamingError:
        return  # an owner, a KPI, or nothing: that is found out next
    if objective.cycle != cycle.id:
        own = site.project.cycles[objective.cycle].title
        raise click.UsageError(f"`{visible(what[:80])}` is in {own}, not in {cycle.title}")


def _objective(reasons: Reasons, names: TypedNames, what: str) -> Drawing:
    objective, result = names.objective_or_key_result(what)
    if result is None:
        return partial(reasons.objective, objective=objective)
    return partial(reasons.key_result, result=result)
