"""How an edit changes scores, in lines for the terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from okrsite.cli.common import LoadedSite
from okrsite.cli.editing import read_file
from okrsite.cli.typed_names import TypedNames
from okrsite.project.model import Kpi, Objective
from okrsite.project.model.cycles import State
from okrsite.project.names import NameKind
from okrsite.project.reload import revise
from okrsite.scores import Scores


def score_line(site: LoadedSite, before: Objective, after: Objective, day: date) -> str:
    """Return how an objective's score changes, on the day of the edit if that is later."""
    words = site.words
    old, new = _both(site, {after.id: after}, before.id, day)
    when = f" on {words.day(day)}" if day != site.as_of else ""
    if old == new:
        return f"Score{when}: {words.score(new)}, as before"
    return f"Score{when}: {words.score(old)} → {words.score(new)}"


def scores_on_kpi(site: LoadedSite, kpi: Kpi, day: date) -> Iterator[str]:
    """Yield how the scores of the objectives in progress change that are measured by a KPI."""
    words, names = site.words, TypedNames(site.project)
    around = replace(site.around, kpis={**site.around.kpis, kpi.id: kpi})
    for id in dict.fromkeys(reference.partition("#")[0] for reference in kpi.key_results):
        objective = site.project.objectives[id]
        if site.project.cycles[objective.cycle].state(day) is not State.OPEN:
            continue
        made, _ = revise(site.project, around, objective, read_file(site, objective.page.uri))
        if made is not None:
            old, new = _both(site, {id: made}, id, day)
            if old != new:
                name = names.shortest(NameKind.OBJECTIVE, id)
                yield f"{name}: score {words.score(old)} → {words.score(new)}"


def _both(
    site: LoadedSite, revised: Mapping[str, Objective], id: str, day: date
) -> tuple[float | None, float | None]:
    """Return an objective's score before and after an edit."""
    project = replace(site.project, objectives={**site.project.objectives, **revised})
    return Scores(site.project).at(id, day).score, Scores(project).at(id, day).score
