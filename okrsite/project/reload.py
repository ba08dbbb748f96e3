"""One objective or KPI read again after its file has changed, among documents that have not."""

from dataclasses import replace

from okrsite.documents.source import read_source
from okrsite.documents.trees import Tree
from okrsite.documents.validate import validate_document
from okrsite.findings.baseline import new_findings
from okrsite.findings.finding import Finding
from okrsite.project.kpis import build_kpi
from okrsite.project.load import page_of
from okrsite.project.model import Kpi, Objective, Project
from okrsite.project.objectives import BuildContext, build_objective


def revise(
    project: Project, context: BuildContext, objective: Objective, content: bytes
) -> tuple[Objective | None, list[Finding]]:
    """Return an objective built again from other content, and the findings that are new in it.

    It takes the time of one document instead of all. That is enough for changes inside an
    objective, like its check-ins: its id, its cycle and what it aligns to have to stay as they
    were. None where it would have no figures any more.
    """
    page = objective.page
    source, findings = read_source(page.uri, page.path, content)
    if source is None:
        return None, findings
    document, of_fields = validate_document(source, findings)
    findings += of_fields
    if document.fields is None:
        return None, new_findings(project.findings, findings)
    revised, of_objective = build_objective(context, document, page_of(document))
    findings += context.left_out.taken_from(of_objective)
    if revised is not None:
        revised = replace(
            revised,
            aligns_to=objective.aligns_to,
            depends_on=objective.depends_on,
            supported_by=objective.supported_by,
            needed_by=objective.needed_by,
            continues=objective.continues,
            continued_by=objective.continued_by,
            pillars=objective.pillars,
        )
    return revised, new_findings(project.findings, findings)


def revise_kpi(
    project: Project, context: BuildContext, kpi: Kpi, tree: Tree
) -> tuple[Kpi | None, list[Finding]]:
    """Return a KPI built again from a tree with other readings, and the findings that are new.

    Only the readings, and what is said of them, may differ. None where it would have no figures
    any more.
    """
    page = kpi.page
    source, findings = read_source(page.uri, page.path, tree.read(page.uri))
    if source is None:
        return None, findings
    document, of_fields = validate_document(source, findings)
    findings += of_fields
    if document.fields is None:
        return None, new_findings(project.findings, findings)
    revised, of_kpi = build_kpi(context.registry, tree, document, page_of(document))
    findings += context.left_out.taken_from(of_kpi)
    if revised is not None:
        revised = replace(kpi, readings=revised.readings, unit=revised.unit)
    return revised, new_findings(project.findings, findings)
