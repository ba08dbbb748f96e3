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
from okrsite.i18n import phrase
from okrsite.project.check_ins import CheckInEntry, Reported, apply_check_ins, own_entries
from okrsite.project.left_out import LeftOut
from okrsite.project.meanings import NameKind
from okrsite.project.model import (
    Figure,
    Grade,
    Initiative,
    KeyResult,
    Kpi,
    Level,
    LinkTo,
    Objective,
    Page,
    Place,
)
from okrsite.project.named_documents import key_result_ids
from okrsite.project.read_measures import measured_numbers, read_measure
from okrsite.project.registry import Registry
from okrsite.util.spelling import invisible_character, nearest, normal_form


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What an objective is built with: the names of the site, its KPIs, the updates about it.

    `private_kpis` give the scores of public key results, and nothing else of them is published.
    References to what is `left_out` of the site are not reported.
    """

    registry: Registry
    kpis: dict[str, Kpi]
    entries: dict[str, list[CheckInEntry]]
    commitment: Commitment
    private_kpis: Mapping[str, Kpi] = field(default_factory=dict)
    left_out: LeftOut = field(default_factory=LeftOut)


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
    # A reference that leads nowhere leaves nothing out but itself.
    findings: list[Finding] = []
    wrong: list[Finding] = []
    owners = _owners(registry, document, fields, findings)
    contributors = registry.owners(document, ("contributors",), fields.contributors, findings)
    aligns_to, hidden_alignments = _links(registry, document, "aligns_to", findings)
    pillars = registry.references(
        NameKind.PILLAR, document, ("pillars",), fields.pillars or (), findings
    )
    guardrails = registry.references(
        NameKind.KPI, document, ("guardrails",), fields.guardrails, findings
    )
    depends_on, _ = _links(registry, document, "depends_on", findings)
    continues = _predecessor(registry, document, fields.continues, findings)
    initiatives = _initiatives(registry, document, fields, findings)
    results = _key_results(context, document, findings, wrong)
    results = [result if result.owners else replace(result, owners=owners) for result in results]
    findings += wrong
    broken = document.broken or any(_leaves_out(found) for found in wrong)
    entries = [*own_entries(document), *context.entries.get(document.id, [])]
    ids = enumerate(key_result_ids(document))
    unread = frozenset(id for at, id in ids if _unreadable(document, at))
    measured = {
        result.id: measured_numbers(source, ("key_results", at), fields.key_results[at])
        for at, result in ((result.position - 1, result) for result in results)
        if result.measure.in_units
    }
    about = Reported(document.id, cycle, tuple(results), measured, unread)
    key_results, check_ins, problems = apply_check_ins(registry, about, entries)
    # A finding about an update in another document tells something of this one.
    findings += [replace(found, mentions=(*found.mentions, source.path)) for found in problems]
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


_READ_WITHOUT = frozenset({"title", "description", "owner", "weight", "due", "status", "grade"})
"""The fields without which values of a key result can still be read."""


def _unreadable(document: Document, position: int) -> bool:
    """Whether a key result is damaged where its values depend on it."""
    inside = {at[2] for at in document.damaged if at[:2] == ("key_results", position) and at[2:]}
    return document.damages("key_results", position) and not (inside and inside <= _READ_WITHOUT)


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
        found = {registry.owner(document, ("owner",), reference, []) for reference in written}
    else:
        found = {registry.folder_owner(document.uri)}
    owners = found - {None}
    return bool(owners) and owners <= private


def _leaves_out(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.code.startswith("OKR1")


def _owners(
    registry: Registry, document: Document, fields: ObjectiveFields, findings: list[Finding]
) -> tuple[str, ...]:
    if fields.owner is not None and fields.owners:
        message = phrase("there are both `owner` and `owners`")
        hint = phrase("use one of the two")
        findings.append(document.source.finding("OKR104", ("owners",), message, hint))
        return ()
    if fields.owners:
        return registry.owners(document, ("owners",), fields.owners, findings)
    if fields.owner is not None:
        owner = registry.owner(document, ("owner",), fields.owner, findings)
    else:
        owner = registry.folder_owner(document.uri)
        if owner is None and not (document.damages("owner") or document.damages("owners")):
            findings.append(
                registry.missing_owner(document, phrase("`owner` is missing in an objective"))
            )
    return (owner,) if owner is not None else ()


def _links(
    registry: Registry, document: Document, field: str, findings: list[Finding]
) -> tuple[tuple[LinkTo, ...], int]:
    """Return the links of a field, and how many private objectives it links to as well."""
    links: dict[str, LinkTo] = {}
    private: set[str | None] = set()
    cycle = registry.cycle_of.get(document.id)
    for position, reference in enumerate(getattr(document.fields, field)):
        location: Location = (field, position)
        found = registry.objective_or_key_result(document, location, reference, findings)
        if found is None:
            private.add(registry.private_id(NameKind.OBJECTIVE, reference, document.id, cycle))
            continue
        other = registry.cycle_of.get(found.id)
        if field == "aligns_to" and cycle and other and not cycle.overlaps(other):
            message = phrase(
                "`%(reference)s` is in %(other)s, which doesn't overlap with %(cycle)s",
                reference=reference[:80],
                other=other.title,
                cycle=cycle.title,
            )
            hint = phrase("align to an objective of this cycle, or of one that contains it")
            mentions = registry.names.paths(found.kind, [found.id])
            findings.append(document.source.finding("OKR204", location, message, hint, mentions))
        place = Place(document.source.path, document.source.line(*location))
        link = LinkTo(found.id, found.key_result, place)
        links.setdefault(link.id, link)
    return tuple(links.values()), len(private - {None})


def _predecessor(
    registry: Registry, document: Document, written: str | None, findings: list[Finding]
) -> str | None:
    """Find the objective that one continues; a single key result can't be continued."""
    if written is None:
        return None
    if "#" in written:
        message = phrase(
            "`%(written)s` is a key result, but `continues` needs an objective",
            written=written[:80],
        )
        hint = phrase("write `%(example)s`", example=written.partition("#")[0][:80])
        findings.append(document.source.finding("OKR201", ("continues",), message, hint))
        return None
    return registry.objective(document, ("continues",), written, findings)


def _key_results(
    context: BuildContext, document: Document, references: list[Finding], findings: list[Finding]
) -> list[KeyResult]:
    """Return the key results; add what is wrong to `references` or, what else, to `findings`."""
    fields = cast(ObjectiveFields, document.fields)
    results: list[KeyResult] = []
    ids = key_result_ids(document)
    twice = {id for id, count in Counter(ids).items() if count > 1}
    seen: set[str] = set()
    for position, (id, written) in enumerate(zip(ids, fields.key_results, strict=True)):
        location: Location = ("key_results", position)
        if problem := check_id(id):
            findings.append(document.source.finding("OKR104", (*location, "id"), problem))
        if id in twice and id in seen:
            message = phrase("the key result id `%(id)s` is used twice in this objective", id=id)
            at, hint = (*location, "id"), phrase("choose a different `id`")
            findings.append(document.source.finding("OKR105", at, message, hint))
        seen.add(id)
        if _unreadable(document, position):
            registry = context.registry
            registry.owners(document, (*location, "owner"), written.owner, references)
            if written.kpi is not None:
                registry.kpi(document, (*location, "kpi"), written.kpi, references)
            continue
        made = _key_result(context, document, location, id, written, references, findings)
        results.append(made)
    return results


def _key_result(
    context: BuildContext,
    document: Document,
    location: Location,
    id: str,
    written: KeyResultFields,
    references: list[Finding],
    findings: list[Finding],
) -> KeyResult:
    registry, source = context.registry, document.source
    kpi_id: str | None = None
    if written.kpi is not None:
        kpi_id = registry.kpi(document, (*location, "kpi"), written.kpi, references)
    kpi = context.kpis.get(kpi_id) if kpi_id else None
    masked = False
    if written.kpi is not None and kpi_id is None:
        kpi_id = registry.private_id(NameKind.KPI, written.kpi)
        kpi, masked = context.private_kpis.get(kpi_id or ""), kpi_id is not None
    owners = registry.owners(document, (*location, "owner"), written.owner, references)
    moves = registry.references(
        NameKind.KPI, document, (*location, "moves"), written.moves, references
    )
    kpi_unit = kpi.unit if kpi and not masked else None
    cycle = registry.cycle_of.get(document.id)
    measure, unit, current, problems = read_measure(source, location, written, kpi_unit, cycle)
    mentions = registry.names.paths(NameKind.KPI, [kpi_id] if kpi_id else ())
    findings += [replace(found, mentions=mentions) for found in problems]
    if not measure.in_units:  # a KPI can't give values to other kinds, and was reported as unused
        kpi_id, kpi, masked = None, None, False
    line, lines = source.line(*location), source.lines(*location)
    return KeyResult(
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
        owners=owners,
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


def _initiatives(
    registry: Registry, document: Document, fields: ObjectiveFields, findings: list[Finding]
) -> tuple[Initiative, ...]:
    made: list[Initiative] = []
    known = dict.fromkeys(key_result_ids(document))
    for position, initiative in enumerate(fields.initiatives):
        location: Location = ("initiatives", position)
        who = registry.owners(document, (*location, "owner"), initiative.owner, findings)
        key_result = normal_form(initiative.key_result or "").lstrip("#") or None
        if key_result is not None and key_result not in known:
            near = nearest(key_result, known)
            hint = phrase("did you mean `%(name)s`?", name=near) if near else None
            if unseen := invisible_character(key_result):
                hint = phrase(
                    "it contains the invisible character %(unseen)s: retype it", unseen=unseen
                )
            message = phrase(
                "this objective has no key result `%(key_result)s`",
                key_result=key_result[:60],
            )
            at = (*location, "key_result")
            findings.append(document.source.finding("OKR201", at, message, hint))
            key_result = None
        place = Place(document.source.path, document.source.line(*location, "title"))
        title, status, url = initiative.title, initiative.status, initiative.url
        planned = initiative.due, initiative.progress
        made.append(Initiative(title, who, status, key_result, url, place, *planned))
    return tuple(made)


def _grade(source: Source, location: Location, fields: object) -> Grade | None:
    score = getattr(fields, "score", None)
    if score is None:
        return None
    place = Place(source.path, source.line(*location))
    return Grade(score, getattr(fields, "reason", None), place)
