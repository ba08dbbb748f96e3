"""The whole model as data: JSON and CSV, the same bytes for the same input."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pydantic import TypeAdapter

from okrsite.exports.model_schema import ExportedModel
from okrsite.language.inline import plain
from okrsite.project.model import CheckIn, KeyResult, Kpi, Objective, Owner, Project
from okrsite.project.model.measures import Keep, Metric
from okrsite.scores import KeyResultFigures, Scorecard

FORMAT = "okrsite/1"
"""The name and version of the format; what is added later does not change it."""

Addresses = Callable[[str], str]
"""Returns the address of a document's page, relative to the site's root."""

_FOUR_DECIMALS = Decimal("0.0001")
_SHARED = ("title", "cycle", "owners", "level", "status", "score", "expected")
_OWN = (
    "position",
    "title",
    "kind",
    "from",
    "to",
    "value",
    "unit",
    "raw",
    "score",
    "computed_score",
    "graded",
    "expected",
    "status",
    "confidence",
    "weight",
    "kpi",
    "due",
    "owners",
    "moves",
)
_LATER = ("keep_min", "keep_max", "scale", "plan", "aggregate")
_LAST = ("commitment", "weight", "graded", "confidence", "aligns_to")
_COLUMNS = (
    "objective",
    "objective_title",
    "cycle",
    "owners",
    "level",
    "objective_status",
    "objective_score",
    "objective_expected",
    "key_result",
    *_OWN[:-2],
    "key_result_owners",
    "moves",
    *_LATER,
    "commitment",
    "objective_weight",
    "objective_graded",
    "objective_confidence",
    "aligns_to",
    "cycle_start",
    "cycle_end",
)


def export(
    project: Project, scorecard: Scorecard, address: Addresses, later: bool = False
) -> dict[str, Any]:
    """Return the model at the scorecard's date, as plain data with rounded numbers.

    With `later` each objective is made when it is read, so that not all are in memory.
    """
    objectives = _Objectives(project, scorecard, address)
    used = {objective.cycle for objective in project.objectives.values()}
    broken = {document.page.uri for document in project.broken}
    return {
        "format": FORMAT,
        "as_of": scorecard.as_of.isoformat(),
        "cycles": {
            cycle.id: {
                "title": plain(cycle.title),
                "start": cycle.start.isoformat(),
                "end": cycle.end.isoformat(),
                "state": str(cycle.state(scorecard.as_of)),
                "elapsed": rounded_share(cycle.elapsed(scorecard.as_of)),
            }
            for cycle in project.cycles.values()
            if cycle.document or cycle.id in used
        },
        "objectives": objectives if later else dict(objectives),
        "kpis": {kpi.id: _kpi(kpi, scorecard, address) for kpi in project.kpis.values()},
        "owners": {
            owner.id: _owner(owner, scorecard)
            for owner in project.owners.values()
            if owner.page is None or owner.page.uri not in broken
        },
        "pillars": {
            pillar.id: {
                "title": plain(pillar.page.title),
                "kpis": sorted(pillar.kpis),
                "objectives": sorted(pillar.objectives),
            }
            for pillar in project.pillars.values()
        },
    }


class _Objectives(Mapping[str, dict[str, Any]]):
    """The objectives as data, each made when it is read."""

    def __init__(self, project: Project, scorecard: Scorecard, address: Addresses) -> None:
        self._project, self._scorecard, self._address = project, scorecard, address

    def __getitem__(self, id: str) -> dict[str, Any]:
        objective = self._project.objectives[id]
        return _objective(self._project, objective, self._scorecard, self._address)

    def __iter__(self) -> Iterator[str]:
        return iter(self._project.objectives)

    def __len__(self) -> int:
        return len(self._project.objectives)


def to_json(model: Mapping[str, Any]) -> str:
    """Return the model as JSON with sorted keys."""
    return "".join(json_pieces(model))


def json_pieces(model: Mapping[str, Any]) -> Iterator[str]:
    """Return the same in pieces, one for each entry of its mappings."""
    before = "{"
    for name in sorted(model):
        yield f"{before}\n {_json(name, 1)}: "
        value = model[name]
        if isinstance(value, Mapping) and value:
            opening = "{"
            for key in sorted(value):
                yield f"{opening}\n  {_json(key, 2)}: {_json(value[key], 2)}"
                opening = ","
            yield "\n }"
        else:
            yield _json(dict(value) if isinstance(value, Mapping) else value, 1)
        before = ","
    yield "\n}\n"


def _json(value: object, depth: int) -> str:
    """Return a value as JSON, indented to its depth; no text in JSON has line ends of its own."""
    text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return text.replace("\n", "\n" + " " * depth)


def to_csv(model: Mapping[str, Any]) -> str:
    """Return one row a key result, sorted by objective and position."""
    return "".join(csv_pieces(model))


def csv_pieces(model: Mapping[str, Any]) -> Iterator[str]:
    """Return the same row by row."""
    yield _line(_COLUMNS)
    for id in sorted(model["objectives"]):
        objective = model["objectives"][id]
        shared = [objective[name] for name in _SHARED]
        cycle = model["cycles"][objective["cycle"]]
        last = [objective[name] for name in _LAST]
        last += [cycle["start"], cycle["end"]]
        results = sorted(objective["key_results"].items(), key=lambda pair: pair[1]["position"])
        for key, result in results:
            own = (result[name] for name in (*_OWN, *_LATER))
            yield _line(as_cell(value) for value in (id, *shared, key, *own, *last))


def _line(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _objective(
    project: Project, objective: Objective, scorecard: Scorecard, address: Addresses
) -> dict[str, Any]:
    supporters = {link.objective for link in objective.supported_by}
    figures = scorecard.objectives[objective.id]
    return {
        "title": plain(objective.page.title),
        "url": address(objective.page.uri),
        "path": objective.page.path,
        "cycle": objective.cycle,
        "owners": list(objective.owners),
        "level": str(objective.level),
        "commitment": str(objective.commitment),
        "status": figures.status and str(figures.status),
        "stale": figures.stale,
        "confidence": rounded_share(figures.confidence.value if figures.confidence else None),
        "score": rounded_share(figures.score),
        "computed_score": rounded_share(figures.computed),
        "graded": figures.graded,
        "expected": rounded_share(figures.expected),
        "pace": rounded_share(figures.pace),
        "support": rounded_share(figures.support),
        "weight": rounded_value(objective.weight.value),
        "description": plain_text(objective.page.description),
        "pillars": sorted(objective.pillars),
        "guardrails": sorted(objective.guardrails),
        "origin": objective.origin and str(objective.origin),
        "contributors": sorted(objective.contributors),
        "last_check_in": _check_in(objective.last_check_in(scorecard.as_of)),
        "aligns_to": sorted(link.id for link in objective.aligns_to),
        "supported_by": sorted(id for id in supporters if project.objectives[id].active),
        "depends_on": sorted(link.id for link in objective.depends_on),
        "continues": objective.continues,
        "initiatives": [
            {
                "title": plain(initiative.title),
                "owners": list(initiative.owners),
                "status": str(initiative.status),
                "key_result": initiative.key_result,
                "due": initiative.due.isoformat() if initiative.due else None,
                "progress": rounded_value(initiative.progress),
                "url": initiative.url,
            }
            for initiative in objective.initiatives
        ],
        "key_results": {
            result.id: _key_result(result, figures.key_results[result.id])
            for result in objective.key_results
        },
    }


def _check_in(check_in: CheckIn | None) -> dict[str, Any] | None:
    if check_in is None:
        return None
    return {
        "date": check_in.date.isoformat(),
        "confidence": rounded_share(check_in.confidence),
        "note": plain_text(check_in.note),
        "wins": [plain(win) for win in check_in.wins],
        "blockers": [plain(blocker) for blocker in check_in.blockers],
        "next": "\n".join(map(plain, check_in.next)) or None,
    }


def _key_result(result: KeyResult, figures: KeyResultFigures) -> dict[str, Any]:
    evaluation = figures.evaluation
    measure = result.measure
    metric = measure if isinstance(measure, Metric) else None
    shown = metric if not result.masked else None
    kept = measure.range if isinstance(measure, Keep) and not result.masked else None
    return {
        "position": result.position,
        "title": plain(result.title),
        "kind": str(result.kind),
        "from": None if result.masked else rounded_value(evaluation.start),
        "to": rounded_value(shown.target.value if shown and shown.target else None),
        "value": None if result.masked else rounded_value(evaluation.value),
        "unit": None if result.masked else result.unit,
        "raw": None if result.masked else rounded_share(evaluation.raw),
        "score": rounded_share(figures.score),
        "computed_score": rounded_share(figures.computed),
        "graded": figures.graded,
        "expected": rounded_share(figures.expected),
        "status": str(figures.status),
        "confidence": rounded_share(figures.confidence.value if figures.confidence else None),
        "weight": rounded_value(result.weight.value),
        "kpi": result.kpi,
        "owners": list(result.owners),
        "due": result.due and result.due.isoformat(),
        "moves": sorted(result.moves),
        "keep_min": rounded_value(kept.minimum if kept else None),
        "keep_max": rounded_value(kept.maximum if kept else None),
        "scale": [
            [rounded_value(value), rounded_share(score)]
            for value, score in (shown.scale if shown else ())
        ],
        "plan": [
            [day.isoformat(), rounded_value(value)] for day, value in (shown.plan if shown else ())
        ],
        "aggregate": metric and str(metric.aggregate),
    }


def _kpi(kpi: Kpi, scorecard: Scorecard, address: Addresses) -> dict[str, Any]:
    figures = scorecard.kpis[kpi.id]
    last = figures.last
    return {
        "title": plain(kpi.page.title),
        "url": address(kpi.page.uri),
        "owner": kpi.owner,
        "unit": kpi.unit,
        "value": rounded_value(last.value if last else None),
        "date": last.date.isoformat() if last else None,
        "health": str(figures.health),
        "role": str(figures.role),
        "overdue": figures.overdue,
        "indicator": kpi.indicator and str(kpi.indicator),
        "drives": sorted(kpi.drives),
        "lags": {id: kpi.lags[id] for id in sorted(kpi.drives) if id in kpi.lags},
        "status": str(kpi.status),
        "contributors": sorted(kpi.contributors),
        "targets": [
            {"value": rounded_value(target.value.value), "by": target.by and target.by.isoformat()}
            for target in kpi.targets
        ],
        "key_results": sorted(
            reference
            for reference in kpi.key_results
            if scorecard.objectives[reference.partition("#")[0]].status
            not in ("draft", "cancelled")
        ),
    }


def _owner(owner: Owner, scorecard: Scorecard) -> dict[str, Any]:
    cycles = scorecard.owners.get(owner.id, {})
    return {
        "type": str(owner.type),
        "title": plain(owner.title),
        "parent": owner.parent,
        "until": owner.until and owner.until.isoformat(),
        "mission": plain_text(owner.mission),
        "vision": plain_text(owner.vision),
        "scores": {cycle: rounded_share(figures.score) for cycle, figures in cycles.items()},
        "expected": {cycle: rounded_share(figures.expected) for cycle, figures in cycles.items()},
        "statuses": {c: str(figures.status) for c, figures in cycles.items() if figures.status},
    }


def plain_text(text: str | None) -> str | None:
    """Return a text without marks; None for an empty one."""
    return plain(text) if text else None


def rounded_share(value: float | None) -> float | int | None:
    """Round a score or share to four decimals, half away from zero."""
    if value is None:
        return None
    return _plain_number(Decimal(repr(value)).quantize(_FOUR_DECIMALS, ROUND_HALF_UP))


def rounded_value(value: float | None) -> float | int | None:
    """Round what is measured to fifteen significant digits: all that a float surely has."""
    return None if value is None else _plain_number(Decimal(f"{value:.15g}"))


def _plain_number(number: Decimal) -> float | int:
    """Return a number as data: a whole one has no point, and zero no sign."""
    return int(number) if number == int(number) else float(number)


def as_cell(value: object) -> object:
    """Return a cell; a text that a spreadsheet would take for a formula is quoted.

    Lists have blanks between their items, and pairs an equals sign.
    """
    if isinstance(value, list):
        value = " ".join(v if isinstance(v, str) else "=".join(map(str, v)) for v in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the exported model."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(ExportedModel).json_schema(),
    }
