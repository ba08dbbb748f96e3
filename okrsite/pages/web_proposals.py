"""What may be proposed from the browser: new files in the web editor of the repository's host."""

from dataclasses import dataclass

from okrsite.documents.types import Type
from okrsite.editing.new.check_in_form import Form, Open, open_work, shortest_cycle
from okrsite.editing.new.documents import Draft, begun_objective
from okrsite.editing.web_editor import WebEditor
from okrsite.i18n import message
from okrsite.language.wording import Words
from okrsite.pages.parts import PageContext
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle, State


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that begins a new file on a host; `label` is a message that names the host.

    `text` is what to copy into the file where the host takes none.
    """

    label: str
    host: str
    href: str
    text: str | None


def objective_check_in(context: PageContext, objective: Objective) -> Proposal | None:
    """Return the offer of a check-in on one objective that is worked on."""
    if context.site.editor is None or not objective.owners:
        return None
    owner = objective.owners[0]
    work = open_work(context.site.project, owner, context.site.as_of, (objective,))
    return _check_in(context, owner, work, objective.id.rsplit("/", 1)[-1])


def owner_check_in(context: PageContext, owner: str) -> Proposal | None:
    """Return the offer of a check-in on all that an owner works on."""
    site = context.site
    if site.editor is None:
        return None
    work = open_work(site.project, owner, site.as_of, site.worked_on_by(owner))
    return _check_in(context, owner, work)


def new_objective(context: PageContext, cycle: Cycle) -> Proposal | None:
    """Return the offer of a new objective in a cycle that is not over."""
    site = context.site
    if site.editor is None or cycle.state(site.as_of) is State.CLOSED:
        return None
    draft = begun_objective(site.names, site.layout, cycle)
    label = message("Propose an objective on %(host)s")
    return _proposal(site.editor, draft, label)


def _check_in(
    context: PageContext, owner: str, work: list[Open], about: str = ""
) -> Proposal | None:
    """Return the offer of a check-in; one about a single objective has its name in its file's."""
    site = context.site
    if site.editor is None or not work:
        return None
    name = site.layout.dated_name(owner, site.as_of)
    if about:
        name = f"{name}-{about}"
    uri = site.layout.uri(Type.CHECK_IN, name, owner, shortest_cycle(work))
    # What is in a prepared document is English, whatever the language of the site.
    words = Words.of("en", site.settings.thresholds)
    draft = Form(site.names, site.computed, words, owner, another_day=True).draft(work, uri)
    return _proposal(site.editor, draft, message("Check in on %(host)s"))


def _proposal(editor: WebEditor, draft: Draft, label: str) -> Proposal:
    file = editor.new_file(draft.uri, draft.text)
    return Proposal(label, editor.host, file.address, None if file.takes_text else draft.text)
