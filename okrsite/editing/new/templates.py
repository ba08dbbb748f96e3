"""Objectives to start from, by department: `support/satisfaction`.

Each is one entry of a file in `templates/`: a title, why it matters, two to four key results of
different kinds, initiatives, guardrails, and the KPIs that it uses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from okrsite.editing.yaml_text import Flow
from okrsite.util.spelling import nearest

_TITLES = {"hr": "HR", "data": "Data"}


class UnknownTemplateError(ValueError):
    """There is no such template; the text says which is meant."""


@dataclass(frozen=True, slots=True)
class Template:
    """An objective to start from; all values are texts as they are written in documents.

    `kpis` are the fields of the KPIs that it uses, by the names that it calls them.
    """

    department: str
    name: str
    title: str
    why: str
    fields: Mapping[str, Any]
    kpis: Mapping[str, Mapping[str, Any]]

    @property
    def id(self) -> str:
        """What `--from` takes: `support/satisfaction`."""
        return f"{self.department}/{self.name}"


def department_title(name: str) -> str:
    """Return what a department is called."""
    return _TITLES.get(name, name.capitalize())


@cache
def templates() -> Mapping[str, Template]:
    """Return every template by its id, by department."""
    return {template.id: template for template in _templates()}


def find_template(written: str) -> Template:
    """Return the template that is meant; raise UnknownTemplateError where there is none."""
    wanted, known = written.strip().lower(), templates()
    if wanted in known:
        return known[wanted]
    tails = [id for id in known if id.endswith(f"/{wanted}")]
    if len(tails) == 1:
        return known[tails[0]]
    if tails:
        raise UnknownTemplateError(f"`{written}` is in several: {', '.join(tails)}")
    near = nearest(wanted, known)
    hint = f"did you mean `{near}`?" if near else "`okrsite new --list` lists them"
    raise UnknownTemplateError(f"there is no template `{written}`: {hint}")


def _templates() -> Iterator[Template]:
    folder = resources.files(__package__).joinpath("templates")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        department = file.name.removesuffix(".yml")
        # Everything is text, as in documents: `10.5` stays what was written.
        written = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        for name, entry in written.items():
            fields = {
                "guardrails": Flow(entry["guardrails"]),
                "key_results": [_laid_out(result) for result in entry["key_results"]],
                "initiatives": [Flow({"title": t}) for t in entry.get("initiatives", ())],
            }
            kpis = {
                kpi: {key: _flow(value) for key, value in about.items()}
                for kpi, about in entry["kpis"].items()
            }
            yield Template(department, name, entry["title"], entry["why"], fields, kpis)


def _laid_out(result: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [Flow(item) for item in value] if name == "milestones" else _flow(value)
        for name, value in result.items()
    }


def _flow(value: Any) -> Any:
    return Flow(value) if isinstance(value, dict | list) else value
