"""`okrsite new objective`."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from okrsite.cli import asking
from okrsite.cli.asking import ask, ask_if_wanted, given_or_asked, words
from okrsite.cli.commands.new.options import document_options, private_option, visibility
from okrsite.cli.completion import Existing
from okrsite.cli.project_folder import ProjectFolder, open_project_folder
from okrsite.documents.types import Type
from okrsite.documents.values import Commitment
from okrsite.editing.new.documents import Draft, first_check_in
from okrsite.editing.new.key_result_lines import FORMS, key_result, with_ids
from okrsite.editing.new.naming import (
    cycle_of_today,
    find_cycle,
    find_kpi,
    find_objective,
    find_owner,
)
from okrsite.editing.new.templates import Template, UnknownTemplateError, find_template
from okrsite.editing.yaml_text import Flow
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import Ambiguous, Found, NameKind

_ENOUGH = 2
"""So many key results are asked for; more are welcome."""


_EXAMPLE = """\
\b
Example:
  okrsite new objective --owner sales --title "Win back past guests" \\
      --aligns-to growth --key-result "Past guests from 0 to 200" \\
      --key-result "Time to answer from 3 days to 1 day"
"""


@click.command(epilog=_EXAMPLE)
@document_options
@click.option(
    "--owner", "owners", type=Existing("owners"), multiple=True,
    help="Who owns it; repeatable.",
)  # fmt: skip
@click.option("--cycle", type=Existing("cycles"), help="The period; default: the current one.")
@click.option(
    "--aligns-to", type=Existing("objectives"), multiple=True,
    help="An objective or key result that it supports; repeatable.",
)  # fmt: skip
@click.option(
    "--key-result", "key_results", metavar="TEXT", multiple=True,
    help="Like “Raise satisfaction from 78% to 90%”; repeatable.",
)  # fmt: skip
@click.option(
    "--from", "start", metavar="TEMPLATE",
    help="Start from a template like support/satisfaction; `okrsite new --list` lists them.",
)  # fmt: skip
@click.option("--commitment", type=click.Choice([str(c) for c in Commitment]), help="How firm.")
@private_option
def objective(
    config_file: Path, as_of: date | None, title: str | None, text: str | None, anyway: bool,
    owners: tuple[str, ...], cycle: str | None, aligns_to: tuple[str, ...],
    key_results: tuple[str, ...], start: str | None, commitment: str | None, private: bool,
) -> None:  # fmt: skip
    """Write an objective with its key results.

    A key result says how it is measured: “TITLE from 78% to 90%”, “TITLE, at least 99.9%”,
    “TITLE, at most 3 days”, “TITLE, KPI gross-margin to 25%” or “TITLE, measured by WORDS”.
    With --from they come from a template, with the KPIs that it uses and that do not exist yet.
    """
    folder = open_project_folder(config_file, as_of)
    names, interactive = folder.names, title is None and asking.on_terminal()
    template = _template(start)
    if template is not None:
        title, text = title or template.title, text or template.why
    named = given_or_asked(title, "Where do you want to go", "--title", words)
    all_owners = _owners(folder, owners)
    whose = all_owners[0]
    period = _cycle(folder, cycle, interactive)
    for one in all_owners:
        folder.refuse_twin(Type.OBJECTIVE, named, anyway, one, period)
    shared = [names.reference(NameKind.OWNER, one) for one in all_owners]
    fields: dict[str, Any] = {
        "owners": Flow(shared) if len(shared) > 1 else None,
        "commitment": commitment,
        "aligns_to": _aligned(folder, aligns_to, whose, period, interactive),
        **visibility(private),
        **(template.fields if template else {}),
    }
    if key_results or template is None:
        results = with_ids(_key_results(folder, key_results))
        fields["key_results"] = [_item(result) for result in results]
    fields |= {
        "check_ins": first_check_in(period, folder.configuration.settings, folder.as_of),
    }
    if interactive and text is None:
        text = ask_if_wanted("Why does it matter (Enter: say it later)", words)
    made = folder.draft(Type.OBJECTIVE, named, fields, whose, period, text or "")
    kpis = _missing_kpis(folder, template, whose) if template else []
    folder.add(*kpis, made, anyway=anyway)


def _template(written: str | None) -> Template | None:
    """Return the template that is asked for; end the command where there is none."""
    if written is None:
        return None
    try:
        return find_template(written)
    except UnknownTemplateError as error:
        raise click.BadParameter(str(error), param_hint="--from") from None


def _missing_kpis(folder: ProjectFolder, template: Template, owner: str) -> list[Draft]:
    """Return the KPIs of a template that the site does not have, as planned ones."""
    made: list[Draft] = []
    for name, fields in template.kpis.items():
        if isinstance(folder.names.find(NameKind.KPI, name), Found | Ambiguous):
            continue
        kpi = folder.draft(Type.KPI, name, {**fields, "status": "planned"}, owner)
        if not kpi.uri.endswith(f"/{name}.md"):  # another page has the file
            kpi = folder.draft(Type.KPI, name, {**fields, "id": name, "status": "planned"}, owner)
        made.append(kpi)
    return made


def _owners(folder: ProjectFolder, typed: tuple[str, ...]) -> list[str]:
    """Return who owns the objective: all that were typed, each once, or the one that is asked for.

    The document lies in the folder of the first.
    """
    find = partial(find_owner, folder.names)
    found = [given_or_asked(one, "Who owns it", "--owner", find) for one in (typed or (None,))]
    return list(dict.fromkeys(found))


def _cycle(folder: ProjectFolder, typed: str | None, interactive: bool) -> Cycle:
    names = folder.names
    current = cycle_of_today(names, folder.configuration.settings.cycle, folder.as_of)
    if typed is None and not interactive:
        return current
    default = names.reference(NameKind.CYCLE, current.id)
    return given_or_asked(typed, "Which cycle", "--cycle", partial(find_cycle, names), default)


def _aligned(
    folder: ProjectFolder, typed: tuple[str, ...], owner: str, cycle: Cycle, interactive: bool
) -> str | list[str]:
    names = folder.names

    def read(text: str) -> str:
        return names.reference(NameKind.OBJECTIVE, find_objective(names, text, cycle))

    found = [given_or_asked(name, "", "--aligns-to", read) for name in typed]
    if interactive and not typed and owner != names.company and names.of(Type.OBJECTIVE):
        answer = ask_if_wanted("Which objective does it support (Enter: none)", read)
        found = [answer] if answer else []
    return found[0] if len(found) == 1 else found


def _key_results(folder: ProjectFolder, typed: tuple[str, ...]) -> list[dict[str, Any]]:
    def read(text: str) -> dict[str, Any]:
        result = key_result(text)
        if "kpi" in result:
            kpi = find_kpi(folder.names, result["kpi"])
            result["kpi"] = folder.names.reference(NameKind.KPI, kpi)
        return result

    if typed or not asking.on_terminal():
        given = typed or (None,)
        return [given_or_asked(one, "How will you know", "--key-result", read) for one in given]
    click.echo(f"Key results, like {', '.join(FORMS[:3])}", err=True)
    found = [ask(f"Key result {n + 1}", "--key-result", read) for n in range(_ENOUGH)]
    while more := ask_if_wanted(f"Key result {len(found) + 1} (Enter: no more)", read):
        found.append(more)
    return found


def _item(result: dict[str, Any]) -> dict[str, Any]:
    keep = result.get("keep")
    return {**result, "keep": Flow(keep)} if keep else result
