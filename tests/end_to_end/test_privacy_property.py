"""Whatever an organisation writes, what it publishes is what it would publish without its secrets.

An organisation is drawn and written twice: with all its documents, and without the private ones and
the references to them, in the same lines. Both are published, and the data, the figures and the
findings are the same, apart from what the format says itself: that an objective aligns to something
private, and the score and status of a key result on a private KPI. Such a KPI stands in the second
organisation too, with another title, unit, owner and notes, every number of it and of the key
result doubled, so that what is more than score and status would not be the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.checks.registry import all_findings
from okrsite.exports.model import export, to_csv, to_json
from okrsite.project.model import KeyResult, Objective, Page, Project, Range
from okrsite.project.model.measures import Keep, Metric
from okrsite.project.published import publish
from okrsite.scores import KeyResultFigures, score_project
from okrsite.settings import read_settings
from tests.samples import project_of

Hidden = frozenset[str]
"""The last segments of the ids of what is left out; none, where everything is written."""

Line = Callable[[Hidden], str]
"""A line of a document, or a piece of one, without what is left out."""

NOTHING = "#"
"""What stands in a line of which nothing is left, so that the others keep their numbers."""


@dataclass(frozen=True)
class Document:
    """A document by its name, which no other has, and the files that it is made of.

    `owners` are those that are written in it or meant by its folder, `kpis` those that its key
    results are on.
    """

    name: str
    files: Mapping[str, tuple[Line, ...]]
    private: bool
    owners: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()


@dataclass(frozen=True)
class Organisation:
    documents: tuple[Document, ...]
    hidden: Hidden

    def __repr__(self) -> str:
        return "".join(f"\n== {uri}\n{text}" for uri, text in self.files().items())

    def files(self) -> dict[str, str]:
        """Write everything."""
        return _written(self.documents, frozenset())

    def public_files(self) -> dict[str, str]:
        """Write what is public, and the KPIs that say the scores of public key results."""
        public = [d for d in self.documents if d.name not in self.hidden]
        named = {kpi for document in public for kpi in document.kpis}
        stand_ins = [d for d in self.documents if d.name in named & self.hidden]
        return _written([*public, *stand_ins], self.hidden)


def _written(documents: Iterable[Document], hidden: Hidden) -> dict[str, str]:
    return {
        uri.replace(document.name, stand_in(document.name, hidden)): "\n".join(
            line(hidden) for line in lines
        )
        for document in documents
        for uri, lines in document.files.items()
    }


def stand_in(name: str, hidden: Hidden) -> str:
    """Return the name of what stands for something, which is its own where it is not left out."""
    return f"other-{name}" if name in hidden else name


# Lines


def always(text: str) -> Line:
    return lambda hidden: text


def about(name: str, text: str) -> Line:
    """A line that is there with what it is about."""
    return lambda hidden: NOTHING if name in hidden else text


def references(field: str, names: Iterable[str]) -> Line:
    names = tuple(names)

    def line(hidden: Hidden) -> str:
        kept = [name for name in names if name.partition("#")[0] not in hidden]
        return f"{field}: [{', '.join(kept)}]" if kept else NOTHING

    return line


def reference(field: str, name: str | None, instead: str = NOTHING) -> Line:
    return lambda hidden: f"{field}: {name}" if name and name not in hidden else instead


def number(text: str, value: float, kpi: str | None) -> Line:
    """A number, which is doubled where the KPI that it belongs to is only stood in for."""
    return lambda hidden: text.format(value * 2 if kpi in hidden else value)


def item(*pieces: Line) -> Line:
    """An item of a list: what is left of its pieces."""

    def line(hidden: Hidden) -> str:
        kept = [text for text in (piece(hidden) for piece in pieces) if text != NOTHING]
        return f"  - {{{', '.join(kept)}}}"

    return line


def document_lines(type: str, private: bool, *lines: Line) -> tuple[Line, ...]:
    visibility = always("visibility: private" if private else NOTHING)
    return (always("---"), always(f"type: {type}"), visibility, *lines, always("---"))


# What organisations are made of

# No two names are the same; that private ones take no name from public ones is tested
# in tests/project/test_published.py.
TEAMS, PEOPLE = ("sales", "support", "guides"), ("eve", "kim")
OWNERS = ("company", *TEAMS, *PEOPLE)
KPIS, OBJECTIVES = ("churn", "margin", "calls"), ("alpha", "beta", "gamma", "delta")
CHECK_INS = ("monday", "friday")
CYCLES = ("2026-q4", "2026-q4", "2026-q3", "2026", "sprint")
DAYS = st.sampled_from(["2026-09-28", "2026-10-05", "2026-10-12", "2026-11-02", "2026-11-20"])
AS_OF = date(2026, 11, 15)

NUMBERS = st.integers(0, 12)
SHARES = st.sampled_from(["0.2", "0.5", "0.9"])
UNITS = st.sampled_from(["", " days", " zebras"])
SELDOM = st.sampled_from([False, False, False, True])
PRIVATE = st.sampled_from([False, False, True])


def some(names: Iterable[str]) -> st.SearchStrategy[list[str]]:
    names = list(names)
    if not names:
        return st.just([])
    return st.lists(st.sampled_from(names), unique=True, max_size=2)


def all_but(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Name all others: what must not run in a circle may, and through something private too."""
    return tuple(other for other in names if other != name)


def maybe(names: Iterable[str]) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *names])


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    documents = [draw(owner("team", name, "parent", all_but(name, TEAMS))) for name in TEAMS]
    documents += [draw(owner("person", name, "team", TEAMS)) for name in PEOPLE]
    documents += [draw(kpi(name)) for name in KPIS]
    hidden = frozenset(document.name for document in documents if document.private)
    for name in OBJECTIVES:
        documents.append(draw(objective(name, hidden)))
    hidden |= {document.name for document in documents if document.private}
    objectives = [document for document in documents if document.name in OBJECTIVES]
    hidden |= {o.name for o in objectives if hidden.issuperset(o.owners)}
    for name in CHECK_INS:
        documents.append(draw(check_in(name, hidden)))
    hidden |= {document.name for document in documents if document.private}
    sprint = ("start: 2026-11-02", "end: 2026-11-29")
    lines = document_lines("cycle", False, *map(always, sprint))
    documents.append(Document("sprint", {"cycles/sprint.md": lines}, private=False))
    return Organisation(tuple(documents), hidden)


@st.composite
def owner(draw: st.DrawFn, type: str, name: str, field: str, above: Iterable[str]) -> Document:
    private = draw(PRIVATE)
    line = reference(field, draw(maybe(above)))
    return Document(name, {f"owners/{name}.md": document_lines(type, private, line)}, private)


@st.composite
def kpi(draw: st.DrawFn, name: str) -> Document:
    private, broken, unit = draw(st.booleans()), draw(SELDOM), draw(UNITS)
    owner = draw(st.sampled_from(OWNERS))
    # A KPI has to have an owner, and gets another where its own is left out.
    lines = [
        lambda hidden: f"title: The {stand_in(name, hidden)}",
        reference("owner", owner, "owner: company"),
        lambda hidden: f"unit: {'lions' if name in hidden else unit.strip() or 'tigers'}",
        number("keep: {{min: {}}}", draw(NUMBERS), name) if draw(st.booleans()) else always("#"),
        references("drives", draw(some(all_but(name, KPIS)))),
        always("weight: {" if broken else NOTHING),
        always("readings:"),
    ]
    for day in draw(st.lists(DAYS, unique=True, max_size=3)):
        note = draw(st.sampled_from(["A note", "Another"]))
        lines.append(
            item(
                always(f"date: {day}"),
                number("value: {}", draw(NUMBERS), name),
                about(name, f"note: {note}"),
            )
        )
    files = {f"kpis/{name}.md": document_lines("kpi", private, *lines)}
    if draw(st.booleans()):
        data: Line = lambda hidden: f"data: {stand_in(name, hidden)}.csv"  # noqa: E731
        rows = [number(f"{draw(DAYS)},{{}}", draw(NUMBERS), name) for _ in range(2)]
        files[f"kpis/{name}.csv"] = (always("date,value"), *rows)
        files[f"kpis/{name}.md"] = document_lines("kpi", private, data, *lines)
    return Document(name, files, private, (owner,))


@st.composite
def objective(draw: st.DrawFn, name: str, hidden: Hidden) -> Document:
    private, broken = draw(PRIVATE), draw(SELDOM)
    others = [other for other in OBJECTIVES if other != name]
    targets = [*others, *(f"{other}#a" for other in others)]
    folder = draw(st.sampled_from(["goals", *TEAMS, *PEOPLE]))
    owners = draw(st.lists(st.sampled_from(OWNERS), unique=True, max_size=2))
    owners = owners or ([folder] if folder != "goals" else ["company"])
    written = always(NOTHING) if owners == [folder] else references("owners", owners)
    kpis: list[str] = []
    lines = [
        always(f"cycle: {draw(st.sampled_from(CYCLES))}"),
        written,
        references("contributors", draw(some(OWNERS))),
        references("aligns_to", draw(some(targets))),
        references("depends_on", draw(some(others))),
        reference("continues", draw(maybe(all_but(name, OBJECTIVES)))),
        always(f"status: {draw(st.sampled_from(['active', 'active', 'active', 'draft']))}"),
        always(f"commitment: {draw(st.sampled_from(['aspirational', 'committed']))}"),
        always("weight: none" if broken else NOTHING),
        always("key_results:"),
    ]
    for id in ("a", "b"):
        measured, used = draw(measure())
        kpis += used
        lines.append(
            item(always(f"id: {id}, title: {id.upper()}"), measured,
                 references("owner", draw(some(OWNERS))))
        )  # fmt: skip
    lines.append(always("initiatives:"))
    for title in draw(st.sampled_from([(), ("Work",), ("Work", "More work")])):
        lines.append(item(always(f"title: {title}"), references("owner", draw(some(OWNERS)))))
    lines.append(always("check_ins:"))
    for day in draw(st.lists(DAYS, unique=True, max_size=2)):
        lines.append(item(always(f"date: {day}"), always(draw(entry(units=True)))))
    uri = f"okrs/{folder}/{name}.md"
    files = {uri: document_lines("objective", private, *lines)}
    return Document(name, files, private, tuple(owners), tuple(kpis))


@st.composite
def measure(draw: st.DrawFn) -> tuple[Line, list[str]]:
    """Draw how a key result is measured, and the KPI that it is on, if any."""
    on = draw(st.sampled_from([None, None, *KPIS]))
    low, high = draw(st.integers(0, 4)), draw(st.integers(5, 12))
    if on is None:
        return always(
            draw(
                st.sampled_from(
                    [
                        f"to: {high}",
                        f"from: {high}, to: {low}, unit: days",
                        f"to: {high}, aggregate: sum",
                        f"keep: {{min: {low}, max: {high}}}",
                        f"milestones: [{{title: M, done: 2026-10-0{low + 1}}}, {{title: N}}]",
                        "measured_by: words",
                        "roll_up: true",
                        "description: not measured",
                    ]
                )
            )
        ), []
    words = draw(
        st.sampled_from(
            ["to: {high}", "from: {low}, to: {high}", "to: {high} days", "keep: {{min: {high}}}"]
        )
    )

    def line(hidden: Hidden) -> str:
        times = 2 if on in hidden else 1
        return f"kpi: {stand_in(on, hidden)}, {words.format(low=low * times, high=high * times)}"

    return line, [on]


@st.composite
def entry(draw: st.DrawFn, units: bool) -> str:
    """Draw what a check-in says of an objective."""
    pieces = [f"note: {draw(st.sampled_from(['Slow', 'Fast']))}"]
    if draw(st.booleans()):
        pieces.append(f"confidence: {draw(SHARES)}")
    values = []
    for id in draw(some(["a", "b"])):
        value = draw(st.one_of(SHARES, NUMBERS.map(str)))
        values.append(f"{id}: {value}{draw(UNITS) if units else ''}")
        if draw(SELDOM):
            values[-1] = f"{id}: {{value: {value}, confidence: {draw(SHARES)}}}"
    if values:
        pieces.append(f"values: {{{', '.join(values)}}}")
    return ", ".join(pieces)


@st.composite
def check_in(draw: st.DrawFn, name: str, hidden: Hidden) -> Document:
    subjects = draw(st.lists(st.sampled_from(OBJECTIVES), unique=True, min_size=1, max_size=3))
    # A check-in has to say something of an objective: one on private ones alone is private here.
    private = draw(PRIVATE) or hidden.issuperset(subjects)
    lines = [
        always(f"date: {draw(DAYS)}"),
        reference("owner", draw(maybe(OWNERS))),
        always("updates:"),
    ]
    for subject in subjects:
        said = draw(entry(units=True))
        lines.append(about(subject, f"  - {{objective: {subject}, {said}}}"))
    files = {f"check-ins/{name}.md": document_lines("check-in", private, *lines)}
    return Document(name, files, private)


# What is published


@given(organisations())
@settings(max_examples=80)
def test_what_is_published_knows_nothing_of_what_is_private(organisation: Organisation) -> None:
    published = publish(project_of(organisation.files()))
    alone = with_notices(publish(project_of(organisation.public_files())), published, organisation)
    assert told(published) == told(alone)
    shown, expected = figures(published), figures(alone)
    assert shown == expected


def with_notices(project: Project, published: Project, organisation: Organisation) -> Project:
    """Return a project that counts private objectives aligned to, and has no private owners."""
    orphans = [
        document.name
        for document in organisation.documents
        if document.name in KPIS and organisation.hidden.issuperset(document.owners)
    ]
    broken = {document.page.uri: document.objective for document in published.broken}

    def with_notice(objective: Objective, told: Objective | None) -> Objective:
        return (
            objective
            if told is None
            else replace(
                objective,
                hidden_alignments=told.hidden_alignments,
                aligned_in_writing=told.aligned_in_writing,
            )
        )

    return replace(
        project,
        objectives={
            id: with_notice(objective, published.objectives.get(id))
            for id, objective in project.objectives.items()
        },
        broken=tuple(
            replace(one, objective=with_notice(one.objective, broken.get(one.page.uri)))
            if one.objective
            else one
            for one in project.broken
        ),
        kpis={
            id: replace(kpi, owner=None) if id.rpartition("/")[2] in orphans else kpi
            for id, kpi in project.kpis.items()
        },
    )


def told(project: Project) -> dict[str, Any]:
    """Return the published project, without the lines of what can have been left out."""
    return {
        "company": project.company,
        "cycles": project.cycles,
        "circles": project.circles,
        "owners": {
            id: replace(owner, page=owner.page and _unlined(owner.page))
            for id, owner in project.owners.items()
        },
        "objectives": {id: _objective(o) for id, o in project.objectives.items()},
        "kpis": {id: replace(kpi, page=_unlined(kpi.page)) for id, kpi in project.kpis.items()},
        "check-ins": {
            uri: replace(document, page=_unlined(document.page))
            for uri, document in project.check_in_documents.items()
        },
        "broken": [(document.type, _unlined(document.page)) for document in project.broken],
    }


def _unlined(page: Page) -> Page:
    return replace(page, lines={})


def _objective(objective: Objective) -> Objective:
    results = tuple(map(_key_result, objective.key_results))
    return replace(objective, page=_unlined(objective.page), key_results=results)


def _key_result(result: KeyResult) -> KeyResult:
    result = replace(result, lines={})
    if not result.masked:
        return result
    measure = result.measure
    if isinstance(measure, Metric):
        measure = replace(measure, start=None, target=None)
    elif isinstance(measure, Keep):
        measure = replace(measure, range=Range(None, None, result.place))
    return replace(result, unit=None, measure=measure, readings=())


def figures(project: Project) -> dict[str, Any]:
    """Return all figures of a published project, its data, and the findings that its pages show."""
    options = read_settings({})
    scorecard = score_project(project, options, AS_OF)
    data = export(project, scorecard, lambda uri: uri)
    return {
        "objectives": {
            id: replace(
                found,
                key_results={
                    result.id: _figures(found.key_results[result.id], result.masked)
                    for result in project.objectives[id].key_results
                },
            )
            for id, found in scorecard.objectives.items()
        },
        "owners": scorecard.owners,
        "kpis": scorecard.kpis,
        "json": to_json(data),
        "csv": to_csv(data),
        "findings": {
            (found.path, found.line, found.code, found.message, found.hint)
            for found in all_findings(project, options, scorecard)
        },
    }


def _figures(found: KeyResultFigures, masked: bool) -> Any:
    return (replace(found, evaluation=None), found.evaluation.score) if masked else found
