"""One objective read again after its file has changed, among documents that have not."""

from dataclasses import replace

from okrsite.documents.source import read_source
from okrsite.documents.validate import validate_document
from okrsite.findings.baseline import new_findings
from okrsite.findings.finding import Finding
from okrsite.project.load import page_of
from okrsite.project.model import Objective, Project
from okrsite.project.objectives import Surroundings, build_objective


def revise(
    project: Project, around: Surroundings, objective: Objective, content: bytes
) -> tuple[Objective | None, list[Finding]]:
    """Build an objective again from other content, and say what was not wrong in it before.

    It takes the time of one document instead of all. That is enough for what is said inside an
    objective, like its check-ins: who it is, what it belongs to and what it aligns to has to be as
    it was. None where it would have no figures any more.
    """
    page = objective.page
    source, findings = read_source(page.uri, page.path, content)
    if source is None:
        return None, findings
    document, said = validate_document(source, findings)
    findings += said
    if document.fields is None:
        return None, new_findings(project.findings, findings)
    made, said = build_objective(around, document, page_of(document))
    findings += said
    if made is not None:
        made = replace(
            made,
            aligns_to=objective.aligns_to,
            depends_on=objective.depends_on,
            supported_by=objective.supported_by,
            needed_by=objective.needed_by,
            continues=objective.continues,
            continued_by=objective.continued_by,
        )
    return made, new_findings(project.findings, findings)
