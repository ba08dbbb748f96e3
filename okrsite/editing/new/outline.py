"""Outline a new objective, with comments on what to write where."""

from okrsite.documents.types import Type
from okrsite.editing.new.documents import Draft
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.yaml_text import scalar_text
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import NameKind, Names


def begun_objective(names: Names, layout: Layout, cycle: Cycle) -> Draft:
    """Return the outline of an objective of the company, whose owner is to be changed."""
    company = names.reference(NameKind.OWNER, names.company)
    uri = layout.uri(Type.OBJECTIVE, "new-objective", names.company, cycle)
    teams = names.of(Type.TEAM)
    example = f", or a team like {names.reference(NameKind.OWNER, teams[0].id)}" if teams else ""
    placed = names.folder_cycle(uri)
    lines = [
        "---",
        "type: objective",
        "title: New objective  # where you want to go, in a few words without numbers",
        f"owner: {scalar_text(company)}  # whose it is: the company{example}",
    ]
    if placed is None or placed.id != cycle.id:
        lines.append(f"cycle: {scalar_text(names.reference(NameKind.CYCLE, cycle.id))}")
    lines += [
        "# aligns_to: the id of the objective that it supports",
        "key_results:  # two to five: how you will know",
        *_key_result("first"),
        *_key_result("second"),
        "---",
        "Why does it matter?",
        "",
    ]
    return Draft(uri, "\n".join(lines))


def _key_result(which: str) -> list[str]:
    title = f"{which.capitalize()} key result"
    return [f"  - id: {which}", f"    title: {title}", "    from: 0", "    to: 10"]
