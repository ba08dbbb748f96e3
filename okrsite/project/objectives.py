"""Objectives: who owns them, what they align to, and what their key results are measured by."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import cast

from okrsite.documents.lines import Location
from okrsite.documents.models import KeyResultFields, ObjectiveFields
from okrsite.documents.source import Source, check_id
from okrsite.documents.validate import Document
from okrsite.documents.values import Commitment
from okrsite.findings.finding import Finding, Severity
from okrsite.project.check_ins import Entry, Reported, apply_check_ins, own_entries
from okrsite.project.model import (
    Figure,
    Grade,
    Initiative,
    KeyResult,
    Kpi,
    Level,
    Link,
    Objective,
    Page,
    Place,
)
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import NameKind, key_result_ids
from okrsite.project.read_measures import measured_numbers, read_measure
from okrsite.project.registry import Registry
from okrsite.util.spelling import nearest, normal_form


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What an objective is built with: the names of the site, its KPIs, the updates about it.

    `private_kpis` give the scores of public key results, and nothing else of them is published.
    """

    registry: Registry
    kpis: dict[str, Kpi]
    entries: dict[str, list[Entry]]
    commitment: Commitment
    private_kpis: Mapping[str, Kpi] = field(default_factory=dict)


def build_objective(
    context: BuildContext, document: Document, page: Page
) -> tuple[Objective | None, list[Finding]]:
    """Return the objective of a document; None where an error leaves it without figures."""
    objective, counts, findings = read_objective(context, document, page)
    return (objective if counts else None), findings


def read_objective(
    context: BuildContext, document: Document, page: Page
) -> tuple[Objective, bool, list[Finding]]:
    """Return what can be read of an objective, and whether no error leaves it without figures.

    All of it is read whatever is wrong with one part, so that everything wrong is found at once.
    """
    registry, source = context.registry, document.source
    fields = cast(ObjectiveFields, document.fields)
    cycle = registry.cycle_of.get(document.id)
    owners, findings = _owners(registry, document, fields)
    contributors, said = registry.owners(document, ("contributors",), fields.contributors)
    findings += said
    aligns_to, hidden_alignments, said = _links(registry, document, "aligns_to", cycle)
    findings += said
    pillars, said = registry.references(
        NameKind.PILLAR, document, ("pillars",), fields.pillars or ()
    )
    findings += said
    guardrails, said = registry.references(
        NameKind.KPI, document, ("guardrails",), fields.guardrails
    )
    findings += said
    depends_on, _, said = _links(registry, document, "depends_on", cycle)
    findings += said
    continues, said = _predecessor(registry, document, fields, cycle)
    findings += said
    initiatives, said = _initiatives(registry, document, fields, owners)
    findings += said
    # A reference that leads nowhere leaves nothing out but itself.
    results, said, wrong = _key_results(context, document, fields, cycle, owners)
    findings += [*said, *wrong]
    broken = document.broken or any(_leaves_out(found) for found in wrong)
    entries = [*own_entries(document), *context.entries.get(document.id, [])]
    unread = _unread_key_results(document)
    measured = {
        result.id: measured_numbers(source, at, fields.key_results[result.position - 1])
        for result in results
        if result.measure.in_units
        for at in [("key_results", result.position - 1)]
    }
    about = Reported(document.id, cycle, tuple(results), measured, unread)
    key_results, check_ins, said = apply_check_ins(registry, about, entries)
    # A finding about an update in another document tells something of this one.
    findings += [replace(found, mentions=(*found.mentions, source.path)) for found in said]
    place = Place(source.path, source.line("weight"))
    objective = Objective(
        page=page,
        cycle=cycle.id if cycle else "",
        owners=owners,
        level=level_of(registry, owners[0]) if owners else Level.TEAM,
        contributors=contributors,
        commitment=fields.commitment or context.commitment,
        every=fields.every,
        status=fields.status,
        weight=Figure(fields.weight, place),
        grade=_grade(source, ("grade",), fields.grade),
        aligns_to=aligns_to,
        supported_by=(),
        depends_on=depends_on,
        needed_by=(),
        hidden_alignments=hidden_alignments,
        key_results=tuple(replace(r, kpi=None) if r.masked else r for r in key_results),
        initiatives=initiatives,
        check_ins=check_ins,
        aligned_in_writing=bool(fields.aligns_to),
        continues=continues,
        pillars=pillars,
        inherits_pillars=fields.pillars is None,
        guardrails=guardrails,
        origin=fields.origin,
    )
    return objective, not broken and cycle is not None and bool(owners), findings


def _unread_key_results(document: Document) -> frozenset[str]:
    """Return the ids of the key results that cannot be read for an error in them."""
    ids = enumerate(key_result_ids(document))
    return frozenset(id for position, id in ids if document.damages("key_results", position))


def level_of(registry: Registry, owner: str) -> Level:
    """Return the level of an objective by its first owner."""
    if owner == registry.company:
        return Level.COMPANY
    return Level.INDIVIDUAL if owner in registry.people else Level.TEAM


def private_owners_alone(registry: Registry, document: Document, private: Set[str]) -> bool:
    """Whether the owners of an objective, broken or not, are private ones alone."""
    fields, written = document.fields, list(document.source.owners)
    if isinstance(fields, ObjectiveFields):
        written = [fields.owner] if fields.owner is not None else list(fields.owners)
    if written:
        found = {registry.owner(document, ("owner",), reference)[0] for reference in written}
    else:
        found = {registry.folder_owner(document.uri)}
    owners = found - {None}
    return bool(owners) and owners <= private


def _leaves_out(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.code.startswith("OKR1")


def _owners(
    registry: Registry, document: Document, fields: ObjectiveFields
) -> tuple[tuple[str, ...], list[Finding]]:
    if fields.owner is not None and fields.owners:
        message = "`owner` and `owners` are both written"
        found = document.source.finding("OKR104", ("owners",), message, "write one of the two")
        return (), [found]
    if fields.owner is not None:
        owner, findings = registry.owner(document, ("owner",), fields.owner)
        return (owner,) if owner is not None else (), findings
    if fields.owners:
        return registry.owners(document, ("owners",), fields.owners)
    named = registry.folder_owner(document.uri)
    if named is not None or document.damages("owner") or document.damages("owners"):
        return (named,) if named is not None else (), []
    return (), [registry.missing_owner(document, "an objective")]


def _links(
    registry: Registry, document: Document, field: str, cycle: Cycle | None
) -> tuple[tuple[Link, ...], int, list[Finding]]:
    """Return the links of a field, and how many private objectives it links to as well."""
    links: dict[str, Link] = {}
    private: set[str] = set()
    findings: list[Finding] = []
    for position, reference in enumerate(getattr(document.fields, field)):
        location: Location = (field, position)
        found, said = registry.objective_or_key_result(document, location, reference, cycle)
        findings += said
        if found is None:
            hidden = registry.private_id(NameKind.OBJECTIVE, reference, document.id, cycle)
            private |= {hidden} if hidden is not None else set()
            continue
        other = registry.cycle_of.get(found.id)
        if field == "aligns_to" and cycle and other and not cycle.overlaps(other):
            message = (
                f"`{reference[:80]}` is in {other.title}, which shares no day with {cycle.title}"
            )
            hint = "align to an objective of this cycle, or of one that contains it"
            mentions = registry.paths(found.kind, [found.id])
            findings.append(document.source.finding("OKR204", location, message, hint, mentions))
        place = Place(document.source.path, document.source.line(*location))
        link = Link(found.id, found.key_result, place)
        links.setdefault(link.id, link)
    return tuple(links.values()), len(private), findings


def _predecessor(
    registry: Registry, document: Document, fields: ObjectiveFields, cycle: Cycle | None
) -> tuple[str | None, list[Finding]]:
    """Find the objective that one goes on from; a single key result cannot be gone on from."""
    if fields.continues is None:
        return None, []
    location: Location = ("continues",)
    written = fields.continues
    if "#" in written:
        message = f"`{written[:80]}` points to a key result, and `continues` to an objective"
        hint = f"write `{written.partition('#')[0][:80]}`"
        return None, [document.source.finding("OKR201", location, message, hint)]
    return registry.objective(document, location, written, cycle)


def _key_results(
    context: BuildContext, document: Document, fields: ObjectiveFields, cycle: Cycle | None,
    owners: tuple[str, ...],
) -> tuple[list[KeyResult], list[Finding], list[Finding]]:  # fmt: skip
    """Return the key results, what is wrong with references in them, and what else is wrong."""
    results: list[KeyResult] = []
    references: list[Finding] = []
    findings: list[Finding] = []
    ids = key_result_ids(document)
    twice = {id for id, count in Counter(ids).items() if count > 1}
    seen: set[str] = set()
    for position, (id, written) in enumerate(zip(ids, fields.key_results, strict=True)):
        location: Location = ("key_results", position)
        if problem := check_id(id):
            findings.append(document.source.finding("OKR104", (*location, "id"), problem))
        if id in twice and id in seen:
            message = f"the key result id `{id}` is used twice in this objective"
            at = (*location, "id")
            findings.append(document.source.finding("OKR105", at, message, "choose another `id`"))
        seen.add(id)
        if document.damages(*location):
            continue
        made, said, wrong = _key_result(context, document, location, id, written, cycle, owners)
        results.append(made)
        references += said
        findings += wrong
    return results, references, findings


def _key_result(
    context: BuildContext, document: Document, location: Location, id: str,
    written: KeyResultFields, cycle: Cycle | None, objective_owners: tuple[str, ...],
) -> tuple[KeyResult, list[Finding], list[Finding]]:  # fmt: skip
    registry, source = context.registry, document.source
    kpi_id: str | None = None
    references: list[Finding] = []
    if written.kpi is not None:
        kpi_id, references = registry.kpi(document, (*location, "kpi"), written.kpi)
    kpi = context.kpis.get(kpi_id) if kpi_id else None
    masked = False
    if written.kpi is not None and kpi_id is None:
        kpi_id = registry.private_id(NameKind.KPI, written.kpi)
        kpi, masked = context.private_kpis.get(kpi_id or ""), kpi_id is not None
    owners, said = registry.owners(document, (*location, "owner"), written.owner)
    references += said
    moves, said = registry.references(NameKind.KPI, document, (*location, "moves"), written.moves)
    references += said
    measure, unit, current, said = read_measure(
        source, location, written, kpi.unit if kpi and not masked else None, cycle
    )
    mentions = registry.paths(NameKind.KPI, [kpi_id] if kpi_id else ())
    findings = [replace(found, mentions=mentions) for found in said]
    if not measure.in_units:  # a KPI can't give values to other kinds, and was reported as unused
        kpi_id, kpi, masked = None, None, False
    line, lines = source.line(*location), source.lines(*location)
    made = KeyResult(
        id=id,
        objective=document.id,
        position=int(location[1]) + 1,
        title=written.title,
        description=written.description,
        measure=measure,
        unit=unit,
        current=current,
        measured_by=written.measured_by,
        kpi=kpi_id,
        owners=owners or objective_owners,
        weight=Figure(written.weight, Place(source.path, lines.get("weight", line))),
        due=written.due,
        cancelled=written.status is not None,
        grade=_grade(source, (*location, "grade"), written.grade),
        readings=kpi.readings if kpi else (),
        masked=masked,
        confidences=(),
        lines=lines,
        place=Place(source.path, line),
        moves=moves,
    )
    return made, references, findings


def _initiatives(
    registry: Registry, document: Document, fields: ObjectiveFields, owners: tuple[str, ...]
) -> tuple[tuple[Initiative, ...], list[Finding]]:
    made: list[Initiative] = []
    findings: list[Finding] = []
    known = dict.fromkeys(key_result_ids(document))
    for position, initiative in enumerate(fields.initiatives):
        location: Location = ("initiatives", position)
        who, said = registry.owners(document, (*location, "owner"), initiative.owner)
        findings += said
        key_result = (
            normal_form(initiative.key_result).lstrip("#") if initiative.key_result else None
        )
        if key_result is not None and key_result not in known:
            near = nearest(key_result, known)
            hint = f"did you mean `{near}`?" if near else None
            message = f"`{key_result[:60]}` points to no key result of this objective"
            at = (*location, "key_result")
            findings.append(document.source.finding("OKR201", at, message, hint))
            key_result = None
        made.append(
            Initiative(
                initiative.title, who, initiative.status, key_result, initiative.url,
                Place(document.source.path, document.source.line(*location, "title")),
                initiative.due, initiative.progress,
            )
        )  # fmt: skip
    return tuple(made), findings


def _grade(source: Source, location: Location, fields: object) -> Grade | None:
    score = getattr(fields, "score", None)
    if score is None:
        return None
    place = Place(source.path, source.line(*location))
    return Grade(score, getattr(fields, "reason", None), place)
