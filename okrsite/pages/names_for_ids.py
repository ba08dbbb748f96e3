"""Names in place of ids, in sentences about documents that people read on the site."""

import re
from html import unescape

from markupsafe import Markup, escape

from okrsite.pages.parts import Link, PageContext
from okrsite.project.model import Objective

_CODE = re.compile(r"<code>([^<]+)</code>")


def names_for_ids(context: PageContext, html: Markup, objective: Objective | None = None) -> Markup:
    """Return HTML in which links to pages replace the ids in code marks.

    Ids of key results are those of the `objective` that the sentence is about.
    """

    def name(match: re.Match[str]) -> str:
        link = _link(context, unescape(match[1]), objective)
        return str(escape(link)) if link else match[0]

    return Markup(_CODE.sub(name, html))


def _link(context: PageContext, id: str, objective: Objective | None) -> Link | None:
    project = context.site.project
    if objective is not None and any(result.id == id for result in objective.key_results):
        return context.objective(objective.id, id)
    if id in project.owners:
        return context.owner(id)
    if id in project.kpis and "/" in id:
        return context.kpi(id)
    if id in project.objectives and "/" in id:
        return context.objective(id)
    return None
