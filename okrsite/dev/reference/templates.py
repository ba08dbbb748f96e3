"""The page on the templates: objectives to start from, by department."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from okrsite.dev.reference.markdown import fence, paragraphs
from okrsite.editing.new.templates import Template, department_title, templates
from okrsite.editing.yaml_text import document_text

_USED = "../okrs/2027-q1/workshop/get-it-right-the-first-time.md"
_INTRODUCTION = f"""\
After reading this page you can start from an example instead of an empty page. A template is a
small objective with two to four key results of different kinds, a guardrail, and the KPIs it
uses. Copy one from here along with its KPIs, or have the command write them all:

```sh
okrsite new objective --from support/satisfaction --owner support
```

It writes the objective, and adds the KPIs you don't have yet as `planned` ones. If the objective
supports another one, use `--aligns-to`, or add `aligns_to` to the document afterwards.
`okrsite new --list` lists all templates. The numbers are only examples: write your own, and delete
what doesn't fit.

The demo uses one: [Get it right the first time]({_USED}), the workshop's draft for the next
quarter, began as `operations/quality`."""


def templates_page() -> str:
    """Return the page: every template as the documents that it makes."""
    parts = ["# Templates", _INTRODUCTION]
    for department, each in groupby(templates().values(), lambda template: template.department):
        parts.append(f"## {department_title(department)}")
        for template in each:
            parts += [f"### {template.title}", f"`{template.id}`", *_documents(template)]
    return paragraphs(parts)


def _documents(template: Template) -> list[str]:
    """Return the objective as a document, and a list of the KPIs that it uses."""
    fields = {"type": "objective", "title": template.title, **template.fields}
    document = document_text({name: value for name, value in fields.items() if value}, template.why)
    kpis = "\n".join(f"- {_kpi(name, about)}" for name, about in template.kpis.items())
    return [fence("yaml", document.rstrip()), f"KPIs:\n\n{kpis}"]


def _kpi(name: str, about: Mapping[str, Any]) -> str:
    """Return a KPI in words: its title, what it is, and where it is healthy."""
    description = f" ({about['description']})" if "description" in about else ""
    unit = about.get("unit", "")
    unit = unit if unit == "%" else f" {unit}".rstrip()
    signs = {"min": "≥", "max": "≤"}
    bounds = [f"{signs[bound]} {value}{unit}" for bound, value in about["keep"].value.items()]
    return f"`{name}`: {about['title']}{description}, healthy {' and '.join(bounds)}"
