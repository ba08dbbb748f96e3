"""Blocks: what they ask for, what is wrong in them, and what they are answered with."""

from collections.abc import Mapping
from datetime import date

import pytest

from okrsite.documents.trees import ObservedTree
from okrsite.embeds.answer import Answer, answer
from okrsite.embeds.filters import BlockContext, QueryData, ResultItem
from okrsite.embeds.findings import BlockCollector, embedded_findings
from okrsite.embeds.lists import LISTS, Listed
from okrsite.embeds.page_names import NotPublished, PageNames
from okrsite.embeds.query import Problem, Query, read_query
from okrsite.project import load
from okrsite.project.model.cycles import current_cycle
from okrsite.project.names import Found, NameKind, NotFound
from okrsite.project.published import publish
from okrsite.scores import score_project
from okrsite.settings import read_settings
from tests.samples import AS_OF, Shelf, document, objective, places, project_of

FILES = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "teams/support.md": document("team", "title: Support", "parent: sales"),
    "people/ana.md": document("person", "title: Ana", "team: sales"),
    "okrs/2026-q4/grow-base.md": objective(
        "id: mrr, title: Monthly revenue, from: 0, to: 10, current: 9",
        "id: churn, title: Fewer leave, from: 10, to: 0, current: 10",
        title="Grow the base", owner="sales", tags="[growth]",
    ),
    "okrs/2026-q4/delight.md": objective(
        "id: csat, title: Satisfaction, kpi: csat, to: 90",
        title="Delight guests", owner="support", aligns_to="grow-base#mrr",
        commitment="committed",
    ),
    "okrs/2026-q4/idea.md": objective(
        "id: kr1, title: Draft result, to: 1", title="An idea", owner="sales", status="draft"
    ),
    "okrs/2026-q3/grow-base.md": objective(
        "id: mrr, title: Revenue before, from: 0, to: 10, current: 5",
        title="Grow before", owner="sales", cycle="2026-q3",
    ),
    "kpis/csat.md": document(
        "kpi", "title: Guest satisfaction", "owner: support", "keep: {min: 85}",
        "indicator: lagging", "readings:", "  - {date: 2026-10-05, value: 80}",
        "  - {date: 2026-11-01, value: 82}",
    ),
    "okrs/2026-q4/checks/2026-11-09.md": document(
        "check-in", "owner: ana", "updates:",
        "  - {objective: grow-base, confidence: 0.9, note: All went well}",
    ),
}  # fmt: skip


def data(files: Mapping[str, str] = FILES, as_of: date = AS_OF) -> QueryData:
    settings = read_settings({})
    published = publish(project_of(files))
    cycle = current_cycle(published.cycles.values(), None, as_of)
    return QueryData(published, score_project(published, settings, as_of), cycle)


def asking(files: Mapping[str, str] = FILES, cycle: str | None = None) -> BlockContext:
    everything = project_of(files)
    return BlockContext(PageNames(publish(everything), everything), cycle)


def read(text: str, files: Mapping[str, str] = FILES, cycle: str | None = None) -> Query:
    query, problems = read_query(text, asking(files, cycle))
    assert problems == []
    assert query is not None
    return query


def problems_of(text: str, files: Mapping[str, str] = FILES) -> list[Problem]:
    query, problems = read_query(text, asking(files))
    assert query is None
    return problems


def ask(text: str, files: Mapping[str, str] = FILES) -> Answer:
    return answer(read(text, files), data(files))


def ids(text: str, files: Mapping[str, str] = FILES) -> list[str]:
    def id(item: object) -> str:
        if isinstance(item, ResultItem):
            return item.result.reference.rsplit("/", 1)[-1]
        found = getattr(item, "id", None) or getattr(item, "objective")  # noqa: B009
        return str(found)

    return [id(item) for item in ask(text, files).items]


# What is listed


def test_objectives_by_title_without_drafts() -> None:
    assert ids("list: objectives\nwhere: {cycle: current}") == [
        "okrs/2026-q4/delight",
        "okrs/2026-q4/grow-base",
    ]
    assert ids("list: objectives\nwhere: {status: draft}") == ["okrs/2026-q4/idea"]


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_drafts_and_what_was_cancelled_are_listed_only_where_asked_for(status: str) -> None:
    result = "id: a, title: A, to: 10, current: 4"
    files = {"on.md": objective(result), "off.md": objective(result, status=status)}
    assert ids("list: objectives", files) == ["on"]
    assert ids("list: key_results", files) == ["on#a"]
    assert ids(f"list: objectives\nwhere: {{status: {status}}}", files) == ["off"]
    assert ids(f"list: key_results\nwhere: {{status: {status}}}", files) == ["off#a"]


def test_filters_work_together_and_a_list_means_any_of() -> None:
    assert ids("list: objectives\nwhere: {cycle: 2026-q4, owner: sales}") == [
        "okrs/2026-q4/grow-base"
    ]
    assert ids("list: objectives\nwhere: {cycle: [2026-q4, 2026-q3], owner: sales}") == [
        "okrs/2026-q3/grow-base",
        "okrs/2026-q4/grow-base",
    ]
    assert ids("list: objectives\nwhere: {owner: support, commitment: aspirational}") == []


def test_what_serves_a_pillar_is_found_by_it() -> None:
    files = {
        **FILES,
        "strategy/guests.md": document("pillar", "title: Guests", "kpis: [csat]"),
        "strategy/hush.md": document("pillar", "title: Hush", "private: true"),
        "okrs/2026-q4/grow-base.md": FILES["okrs/2026-q4/grow-base.md"].replace(
            "title: Grow the base", "title: Grow the base\npillars: [guests, hush]"
        ),
    }
    q4 = "okrs/2026-q4"
    found = ids("list: objectives\nwhere: {pillar: guests}", files)
    assert found == [f"{q4}/delight", f"{q4}/grow-base"]
    assert len(ids("list: key_results\nwhere: {pillar: strategy/guests}", files)) == 3
    assert ids("list: kpis\nwhere: {pillar: guests}", files) == ["kpis/csat"]
    assert ids("list: objectives\nwhere: {pillar: hush}", files) == []
    [problem] = problems_of("list: kpis\nwhere: {pillar: guest}", files)
    assert "hush" not in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("{owner: sales, cycle: current}", ["grow-base#mrr", "grow-base#churn"]),
        ("{status: off_track, cycle: current}", ["delight#csat", "grow-base#churn"]),
        ("{kpi: csat}", ["delight#csat"]),
        ("{objective: 2026-q4/grow-base, text: REVENUE}", ["grow-base#mrr"]),
        ("{tag: Growth}", ["grow-base#mrr", "grow-base#churn"]),
        ("{kind: keep}", []),
        ("{commitment: committed}", ["delight#csat"]),
        ("{level: team, stale: true, cycle: 2026-q3}", []),
    ],
)
def test_key_results(where: str, found: list[str]) -> None:
    assert ids(f"list: key_results\nwhere: {where}") == found


def test_kpis_check_ins_and_owners() -> None:
    assert ids("list: kpis\nwhere: {role: focus, indicator: lagging, overdue: false}") == [
        "kpis/csat"
    ]
    assert ids("list: kpis\nwhere: {health: healthy}") == []
    assert ids("list: check_ins\nwhere: {owner: ana, since: 2026-11-01}") == [
        "okrs/2026-q4/grow-base"
    ]
    assert ids("list: check_ins\nwhere: {until: 2026-11-01}") == []
    assert ids("list: owners\nwhere: {type: team}\nsort: title") == ["teams/sales", "teams/support"]
    assert ids("list: owners\nwhere: {parent: sales}") == ["people/ana", "teams/support"]


def test_what_aligns_to_an_objective_or_to_one_key_result() -> None:
    for target in ("2026-q4/grow-base", "2026-q4/grow-base#mrr"):
        assert ids(f"list: objectives\nwhere: {{aligns_to: '{target}'}}") == [
            "okrs/2026-q4/delight"
        ]
    assert ids("list: objectives\nwhere: {aligns_to: '2026-q4/grow-base#churn'}") == []


def test_scores_of_owners_are_those_of_the_cycle_that_is_asked_for() -> None:
    now = ask("list: owners\nwhere: {type: team}\nsort: -score")
    before = ask("list: owners\nwhere: {type: team, cycle: 2026-q3}")
    assert now.cycle is not None
    assert now.cycle.id == "2026-q4"
    assert before.cycle is not None
    assert before.cycle.id == "2026-q3"


def test_sorting_keeps_what_has_no_value_last_and_is_always_the_same() -> None:
    up = ids("list: key_results\nwhere: {cycle: current}\nsort: score")
    down = ids("list: key_results\nwhere: {cycle: current}\nsort: -score")
    assert down[0] == up[-1] == "grow-base#mrr"
    owners = "list: owners\nsort: {}"
    for sort in ("score", "-score"):
        assert ids(owners.format(sort))[-1] == "people/ana"
    assert ids("list: objectives\nsort: [-cycle, title]")[-1] == "okrs/2026-q3/grow-base"


def test_a_limit_says_how_many_more_there_are() -> None:
    found = ask("list: key_results\nwhere: {cycle: current}\nlimit: 1")
    assert len(found.items) == 1
    assert found.more == 2


def test_a_cycle_that_nothing_is_in_gives_nothing() -> None:
    assert ids("list: objectives\nwhere: {cycle: 2019-q1}") == []


# What is wrong


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"),
    [
        ("list: key_result", "OKR104", 2, "did you mean `key_results`?"),
        ("where: {}", "OKR103", 1, "write `list:`"),
        ("list: kpis\nwheer: {owner: sales}", "OKR106", 3, "did you mean `where`?"),
        ("list: kpis\nwhere:\n  helth: healthy", "OKR106", 4, "did you mean `health`?"),
        ("list: kpis\nwhere: {health: fine}", "OKR104", 3, "write one of healthy"),
        ("list: objectives\nwhere: {status: [at_risk,\n  of_track]}", "OKR104", 4, "off_track"),
        ("list: objectives\nwhere: {owner: sale}", "OKR201", 3, "did you mean `sales`?"),
        ("list: objectives\nwhere: {aligns_to: grow-base}", "OKR202", 3, "2026-q3/grow-base"),
        (
            "list: objectives\nwhere: {aligns_to: '2026-q4/grow-base#mr'}",
            "OKR201",
            3,
            "`2026-q4/grow-base#mrr`",
        ),
        ("list: objectives\nwhere: sales", "OKR104", 3, "write it like"),
        ("list: kpis\nsort: -healt", "OKR104", 3, "did you mean `health`?"),
        ("list: kpis\nlimit: 0", "OKR104", 3, "from 1 to 1,000"),
        ("list: kpis\nlimit: many", "OKR104", 3, "from 1 to 1,000"),
        ("list: kpis\nas: tree", "OKR104", 3, "table or cards"),
        ("list: kpis\nas: tabel", "OKR104", 3, "did you mean `table`?"),
        ("list: check_ins\nwhere: {since: yesterday}", "OKR104", 3, "2026-11-09"),
        ("list: objectives\nwhere: {stale: maybe}", "OKR104", 3, "true or false"),
        ("list: owners\nwhere: {cycle: [2026-q4, 2026-q3]}", "OKR104", 3, "write one"),
        ("list: kpis\nwhere: {owner: {a: b}}", "OKR104", 3, ""),
        ("list: [kpis", "OKR101", 2, "line 2"),
        ("list: kpis\nlist: kpis", "OKR101", 3, "remove one of the two"),
        ("list: kpis\n---\nx", "OKR101", 1, "remove the line"),
        ("- kpis", "OKR101", 2, "field: value"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, code: str, line: int, hint: str) -> None:
    query, problems = read_query(text, asking())
    assert query is None
    assert [(p.code, p.line) for p in problems] == [(code, line)]
    assert hint in (problems[0].hint or "")


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = "list: kpis\nwhere: {helth: x, owner: nobody-knows}\nsort: size\nlimit: -1"
    assert [p.code for p in problems_of(text)] == ["OKR104", "OKR106", "OKR201", "OKR104"]


def test_lines_that_a_hint_names_are_those_of_the_file() -> None:
    (problem,) = problems_of("list: [kpis")
    assert "line 12" in (problem.below(11).hint or "")


def test_no_tag_and_no_code_is_run() -> None:
    (problem,) = problems_of("list: !!python/object/apply:os.system ['true']")
    assert problem.code == "OKR101"


def test_every_list_and_field_can_be_asked_for() -> None:
    for listed in Listed:
        for name in LISTS[listed].sorts:
            ask(f"list: {listed}\nsort: [-{name}, {name}]")


# References


def test_a_reference_in_a_text_is_looked_for_in_order() -> None:
    names = asking().names
    assert names.find_any("csat") == Found(NameKind.KPI, "kpis/csat")
    assert isinstance(names.find_any("sales"), Found)
    assert isinstance(names.find_any("company"), Found)
    assert isinstance(names.find_any("2026-q4"), Found)
    assert isinstance(names.find_any("2019-q1"), NotFound)
    found = names.find_any("grow-base#mrr", "2026-q4")
    assert isinstance(found, Found)
    assert found.reference == "okrs/2026-q4/grow-base#mrr"


def test_a_key_result_of_the_page_itself_needs_no_name() -> None:
    found = asking().names.find_any("#mrr", None, "okrs/2026-q4/grow-base")
    assert isinstance(found, Found)
    assert found.reference == "okrs/2026-q4/grow-base#mrr"


def test_an_ambiguous_or_unknown_reference_is_said() -> None:
    names = asking().names
    ambiguous = names.find_any("grow-base")
    assert isinstance(ambiguous, NotFound)
    assert ambiguous.code == "OKR202"
    unknown = names.find_any("delihgt")
    assert isinstance(unknown, NotFound)
    assert (unknown.code, unknown.hint) == ("OKR201", "did you mean `delight`?")


# Pages


def findings(page: str, uri: str = "guide.md") -> list[str]:
    collector, shelf = BlockCollector(), Shelf({**FILES, uri: page})
    project = load(ObservedTree(shelf, collector), read_settings({}), "Acme")
    return places(embedded_findings(collector, shelf, project))


def test_findings_of_an_ordinary_page_have_the_lines_of_the_file() -> None:
    page = "---\ntitle: x\n---\n# Page\n\n```okr\nlist: kpis\nwher: {a: b}\n```\n\n[[nothing]]\n"
    assert findings(page) == ["OKR106 guide.md:8", "OKR201 guide.md:11"]
    assert findings("# Page\n\nAn example: `[[x]]`.\n") == []


def test_findings_of_a_document_have_the_lines_of_the_file() -> None:
    text = objective("title: a, to: 1", body="# Grow\n\nWhy [[nope]].\n\n```okr\nlist: x\n```\n")
    line = text.splitlines().index("Why [[nope]].") + 1
    assert findings(text, "okrs/new.md") == [
        f"OKR201 okrs/new.md:{line}",
        f"OKR104 okrs/new.md:{line + 3}",
    ]


def test_a_block_that_is_not_closed_is_said() -> None:
    assert findings("```okr\nlist: kpis\n") == ["OKR101 guide.md:1"]


# What is private


PRIVATE: dict[str, str] = {
    **FILES,
    "teams/secret.md": document("team", "title: Secret", "visibility: private"),
    "okrs/2026-q4/merger.md": objective(
        "id: deal, title: Sign, to: 1", title="Merger", owner="sales", visibility="private"
    ),
    "kpis/burn.md": document("kpi", "owner: sales", "visibility: private"),
}


def test_what_is_private_is_hidden_and_matches_nothing() -> None:
    names = asking(PRIVATE).names
    assert isinstance(names.find_any("merger"), NotPublished)
    assert isinstance(names.find_any("merger#deal"), NotPublished)
    assert isinstance(names.find_any("secret"), NotPublished)
    assert ids("list: objectives\nwhere: {owner: secret}", PRIVATE) == []
    assert ids("list: key_results\nwhere: {kpi: burn}", PRIVATE) == []
    assert "okrs/2026-q4/merger" not in ids("list: objectives", PRIVATE)


def test_what_fits_several_private_documents_is_hidden_too() -> None:
    more = {f"x{n}/plan.md": PRIVATE["okrs/2026-q4/merger.md"] for n in range(2)}
    assert isinstance(asking({**PRIVATE, **more}).names.find_any("plan"), NotPublished)


def test_a_hint_on_the_page_never_names_what_is_private() -> None:
    for text in ("list: objectives\nwhere: {owner: secre}", "list: kpis\nwhere: {text: x}"):
        _, problems = read_query(text, asking(PRIVATE))
        assert all("secret" not in (p.hint or "") for p in problems)
    lost = asking(PRIVATE).names.find_any("merge")
    assert isinstance(lost, NotFound)
    assert lost.hint is None
