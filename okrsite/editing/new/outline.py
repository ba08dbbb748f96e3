"""An objective that is begun for somebody: what to write stands where it belongs."""

from okrsite.documents.types import Type
from okrsite.editing.new.documents import Draft
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.names import Known
from okrsite.editing.yaml_text import scalar_text
from okrsite.project.model.cycles import Cycle

_NAME = "new-objective"


def begun_objective(known: Known, layout: Layout, cycle: Cycle) -> Draft:
    """Begin an objective of the company in a cycle; its owner is written, to be changed."""
    company = known.registry.company
    taken = known.last_segments(Type.OBJECTIVE, cycle=cycle)
    uri = layout.uri(Type.OBJECTIVE, _NAME, company, cycle, taken)
    teams = known.registry.of(Type.TEAM)
    example = f", or a team like {known.name_of(teams[0].id)}" if teams else ""
    placed = known.registry.folder_cycle(uri)
    lines = [
        "---",
        "type: objective",
        "title: New objective  # where you want to go, in a few words without numbers",
        f"owner: {scalar_text(known.name_of(company))}  # whose it is: the company{example}",
    ]
    if placed is None or placed.id != cycle.id:
        lines.append(f"cycle: {scalar_text(known.cycle_name(cycle))}")
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
    return [
        f"  - id: {which}",
        f"    title: {which.capitalize()} key result",
        "    from: 0",
        "    to: 10",
    ]
