"""Names in place of ids, in sentences about documents that people read on the site."""

import re
from html import unescape

from markupsafe import Markup

from okrsite.pages.parts import Desk, Link
from okrsite.project.model import Objective

_CODE = re.compile(r"<code>([^<]+)</code>")


def named(desk: Desk, html: Markup, objective: Objective | None = None) -> Markup:
    """Put names for the ids that stand in code marks, each with a link to its page.

    A key result is looked up in the objective that is spoken of.
    """

    def name(match: re.Match[str]) -> str:
        link = _link(desk, unescape(match[1]), objective)
        if link is None:
            return match[0]
        return str(Markup('<a href="%s">%s</a>') % (link.href, link.text))

    return Markup(_CODE.sub(name, html))


def _link(desk: Desk, id: str, objective: Objective | None) -> Link | None:
    project = desk.site.project
    if objective is not None and any(result.id == id for result in objective.key_results):
        return desk.objective(objective.id, id)
    if id in project.owners:
        return desk.owner(id)
    if id in project.kpis and "/" in id:
        return desk.kpi(id)
    if id in project.objectives and "/" in id:
        return desk.objective(id)
    return None
