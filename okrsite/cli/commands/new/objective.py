"""`okrsite new objective`."""

from dataclasses import replace
from functools import partial
from typing import Any

import click

from okrsite.cli import asking
from okrsite.cli.asking import answer_to, given_or_asked, optional_answer, words
from okrsite.cli.commands.new.options import NewDocument, document_options, private_option
from okrsite.cli.common import Texts
from okrsite.cli.completion import Existing
from okrsite.cli.project_folder import ProjectFolder
from okrsite.documents.types import Type
from okrsite.documents.values import Commitment
from okrsite.editing.new.documents import DocumentSubject, Draft, draft, first_check_in
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
from okrsite.project.meanings import Ambiguous, Found, NameKind
from okrsite.project.model.cycles import Cycle

_ENOUGH = 2
"""So many key results are asked for; more are welcome."""

_OWNER = "Who owns it; repeatable."
_ALIGNS_TO = "An objective or key result that it supports; repeatable."
_FROM = "A template like support/satisfaction; `okrsite new --list` lists them."
_KEY_RESULT = "Like “Raise satisfaction from 78% to 90%”; repeatable."

_EXAMPLE = """\
\b
Example:
  okrsite new objective --owner sales --title "Win back past guests" \\
      --aligns-to growth --key-result "Past guests from 0 to 200" \\
      --key-result "Time to answer from 3 days to 1 day"
"""


@click.command(epilog=_EXAMPLE)
@document_options(Type.OBJECTIVE)
@click.option("--owner", "owners", type=Existing("owners"), multiple=True, help=_OWNER)
@click.option("--cycle", type=Existing("cycles"), help="The period; default: the current one.")
@click.option("--aligns-to", type=Existing("objectives"), multiple=True, help=_ALIGNS_TO)
@click.option("--key-result", "key_results", metavar="TEXT", multiple=True, help=_KEY_RESULT)
@click.option("--from", "start", metavar="TEMPLATE", help=_FROM)
@click.option(
    "--commitment", type=click.Choice([str(c) for c in Commitment]), help="Its commitment."
)
@private_option
def objective(
    new: NewDocument,
    owners: Texts,
    cycle: str | None,
    aligns_to: Texts,
    key_results: Texts,
    start: str | None,
    commitment: str | None,
) -> None:
    """Write an objective with its key results.

    A key result says how it is measured: “TITLE from 78% to 90%”, “TITLE, at least 99.9%”,
    “TITLE, at most 3 days”, “TITLE, KPI gross-margin to 25%” or “TITLE, measured by WORDS”.
    With --from, they come from a template, along with any of its KPIs that don't exist yet. Advice
    is printed, but doesn't keep the objective from being written.
    """
    template = _template(start)
    if template is not None:
        title, why = new.title or template.title, new.text or template.why
        new = replace(new, title=title, text=why, template=True)
    folder = new.folder
    subject = new.subject("Where do you want to go")
    all_owners = _owners(folder, owners)
    period = _cycle(new, cycle)
    subjects = [replace(subject, owner=one, cycle=period) for one in all_owners]
    for each in subjects:
        new.refuse_twin(each)
    shared = [folder.names.reference(NameKind.OWNER, one) for one in all_owners]
    fields: dict[str, Any] = {
        "owners": Flow(shared) if len(shared) > 1 else None,
        "commitment": commitment,
        "aligns_to": _aligned(new, aligns_to, all_owners[0], period),
        **new.visibility,
        **(template.fields if template else {}),
    }
    if key_results or template is None:
        fields["key_results"] = with_ids(_key_results(folder, key_results))
    fields |= {
        "check_ins": first_check_in(period, folder.configuration.settings, folder.as_of),
    }
    if new.interactive and new.text is None:
        text = optional_answer("Why does it matter (Enter: later)", words)
        new = replace(new, text=text)
    kpis = _missing_kpis(folder, template, all_owners[0]) if template else []
    new.add(subjects[0], fields, *kpis)


def _template(written: str | None) -> Template | None:
    """Return the template that is asked for; end the command where there is none."""
    try:
        return find_template(written) if written is not None else None
    except UnknownTemplateError as error:
        raise click.BadParameter(str(error), param_hint="--from") from None


def _missing_kpis(folder: ProjectFolder, template: Template, owner: str) -> list[Draft]:
    """Return the KPIs of a template that the site does not have, as planned ones."""
    made: list[Draft] = []
    for name, fields in template.kpis.items():
        if isinstance(folder.names.find(NameKind.KPI, name), Found | Ambiguous):
            continue
        subject, planned = DocumentSubject(Type.KPI, name, owner), {**fields, "status": "planned"}
        kpi = draft(folder.layout, subject, planned, "")
        if not kpi.uri.endswith(f"/{name}.md"):  # another page has the file
            kpi = draft(folder.layout, subject, {"id": name, **planned}, "")
        made.append(kpi)
    return made


def _owners(folder: ProjectFolder, typed: Texts) -> list[str]:
    """Return who owns the objective: all that were typed, each once, or the one that is asked for.

    The document goes to the folder of the first.
    """
    find = partial(find_owner, folder.names)
    found = [given_or_asked(one, "Who owns it", "--owner", find) for one in (typed or (None,))]
    return list(dict.fromkeys(found))


def _cycle(new: NewDocument, typed: str | None) -> Cycle:
    names = new.folder.names
    current = cycle_of_today(names, new.folder.configuration.settings.cycle, new.folder.as_of)
    if typed is None and not new.interactive:
        return current
    default = names.reference(NameKind.CYCLE, current.id)
    return given_or_asked(typed, "Which cycle", "--cycle", partial(find_cycle, names), default)


def _aligned(new: NewDocument, typed: Texts, owner: str, cycle: Cycle) -> str | list[str]:
    names = new.folder.names

    def read(text: str) -> str:
        return names.reference(NameKind.OBJECTIVE, find_objective(names, text, cycle))

    found = [given_or_asked(name, "", "--aligns-to", read) for name in typed]
    asked = new.interactive or (new.template and asking.on_terminal())
    if asked and not typed and owner != names.company and names.of(Type.OBJECTIVE):
        answer = optional_answer("Which objective does it support (Enter: none)", read)
        found = [answer] if answer else []
    return found[0] if len(found) == 1 else found


def _key_results(folder: ProjectFolder, typed: Texts) -> list[dict[str, Any]]:
    def read(text: str) -> dict[str, Any]:
        result = key_result(text)
        if "kpi" in result:
            kpi = find_kpi(folder.names, result["kpi"])
            result["kpi"] = folder.names.reference(NameKind.KPI, kpi)
        return {**result, "keep": Flow(result["keep"])} if "keep" in result else result

    if typed or not asking.on_terminal():
        given = typed or (None,)
        return [given_or_asked(one, "How will you know", "--key-result", read) for one in given]
    click.echo(f"Key results, like {', '.join(FORMS[:3])}", err=True)
    found = [answer_to(f"Key result {n + 1}", "--key-result", read) for n in range(_ENOUGH)]
    while more := optional_answer(f"Key result {len(found) + 1} (Enter: no more)", read):
        found.append(more)
    return found
