"""What a name means, for documents, for a resolved project and for what is typed."""

import pytest

from okrsite.documents.types import Type
from okrsite.project.load import read_documents
from okrsite.project.model import Project
from okrsite.project.model.cycles import calendar_cycle
from okrsite.project.names import Ambiguous, Found, NamedDocument, NameKind, Names, Unknown
from okrsite.project.registry import Registry
from tests.samples import Shelf, document, findings_of, objective, project_of

KR = "id: base, title: A, to: 10"
FILES: dict[str, str | bytes] = {
    "about/us.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "people/ana.md": document("person", "title: Ana"),
    "cycles/spring.md": document("cycle", "start: 2026-03-01", "end: 2026-04-30"),
    "cycles/lost.md": document("cycle", "start: 2026-03-01"),
    "okrs/2026/company/grow.md": objective(KR, title="Grow for a year", cycle="2026"),
    "okrs/2026-q4/sales/grow.md": objective(KR, owner="sales"),
    "okrs/2026-q4/company/keep.md": objective(KR, title="Keep", owner="company"),
    "okrs/2026-q3/sales/keep.md": objective(KR, title="Keep", owner="sales", cycle="2026-q3"),
    "okrs/2026-q4/sales/broken.md": objective("id: a, title: A, to: 5m"),
    "kpis/visits.md": document("kpi", "owner: sales"),
}


@pytest.fixture(scope="module")
def project() -> Project:
    return project_of(FILES)


@pytest.fixture(params=["documents", "project"])
def names(request: pytest.FixtureRequest, project: Project) -> Names:
    if request.param == "documents":
        return Registry(read_documents(Shelf(FILES))[0]).names
    return Names.of_project(project)


QUARTER = calendar_cycle("2026-q4")


@pytest.mark.parametrize(
    ("kind", "written", "id"),
    [
        (NameKind.OWNER, "Sales", "teams/sales"),
        (NameKind.OWNER, "company", "about/us"),
        (NameKind.OWNER, "us", "about/us"),
        (NameKind.KPI, "visits", "kpis/visits"),
        (NameKind.CYCLE, "spring", "cycles/spring"),
        (NameKind.CYCLE, "2026-Q4", "2026-q4"),
        (NameKind.CYCLE, "2031-h1", "2031-h1"),
        (NameKind.OBJECTIVE, "grow", "okrs/2026-q4/sales/grow"),
        (NameKind.OBJECTIVE, "company/grow", "okrs/2026/company/grow"),
        (NameKind.OBJECTIVE, "sales/broken", "okrs/2026-q4/sales/broken"),
    ],
)
def test_documents_and_a_project_give_the_same_answer(
    names: Names, kind: NameKind, written: str, id: str
) -> None:
    assert names.find(kind, written, cycle=QUARTER) == Found(kind, id)


def test_what_means_nothing_is_answered_with_a_sentence_and_what_may_have_been_meant(
    names: Names,
) -> None:
    found = names.find(NameKind.OWNER, "slaes")
    assert found == Unknown(
        "there is no owner `slaes`",
        "did you mean `sales`?",
        ("sales",),
        ("content/teams/sales.md",),
    )
    assert found.sentence == "there is no owner `slaes`: did you mean `sales`?"
    assert names.find(NameKind.CYCLE, "zzz") == Unknown(
        "there is no cycle `zzz`", "write a period like 2026, 2026-h2, 2026-q4 or 2026-10"
    )


def test_what_means_several_things_is_answered_with_them(names: Names) -> None:
    found = names.find(NameKind.OBJECTIVE, "grow")
    ids = ("okrs/2026-q4/sales/grow", "okrs/2026/company/grow")
    assert isinstance(found, Ambiguous)
    assert found.suggestions == ids
    assert found.files == tuple(f"content/{id}.md" for id in ids)


def test_a_name_never_means_the_document_that_it_is_written_in(names: Names) -> None:
    found = names.find(NameKind.OWNER, "sales", itself="teams/sales")
    assert isinstance(found, Unknown)
    assert found.itself


def test_a_key_result_is_checked_where_the_objective_can_be_read(names: Names) -> None:
    def check(written: str) -> object:
        found = names.find(NameKind.OBJECTIVE, written, cycle=QUARTER)
        return names.check_key_result(found, written)

    id = "okrs/2026-q4/sales/grow"
    assert check("grow#BASE") == Found(NameKind.OBJECTIVE, id, "base")
    wrong = check("grow#bsae")
    assert isinstance(wrong, Unknown)
    assert wrong.message == f"there is no key result `grow#bsae`: `{id}` has no `bsae`"
    assert wrong.hint == "did you mean `sales/grow#base`?"


def test_a_team_is_no_person(names: Names) -> None:
    assert names.find_team("ana") == Unknown("`ana` is a person, not a team", "name a team")


@pytest.mark.parametrize(
    "typed", ["content/okrs/2026-q4/company/keep.md", "okrs/2026-q4/company/keep.md", "KEEP "]
)
def test_files_and_titles_can_be_typed(names: Names, typed: str) -> None:
    id = "okrs/2026-q4/company/keep"
    assert names.find_typed(NameKind.OBJECTIVE, typed, QUARTER) == Found(NameKind.OBJECTIVE, id)


def test_a_title_of_a_cycle_around_the_current_one_comes_before_others(names: Names) -> None:
    found = names.find_typed(NameKind.OBJECTIVE, "Grow for a YEAR#base", QUARTER)
    assert found == Found(NameKind.OBJECTIVE, "okrs/2026/company/grow", "base")


def test_folders_name_owners_and_cycles(names: Names) -> None:
    assert names.folder_owner("okrs/2026-q4/sales/new.md") == "teams/sales"
    assert names.folder_owner("okrs/company/x/new.md") == "about/us"
    assert names.folder_owner("okrs/us/new.md") is None
    for folder, cycle in (("2026/q4/sales", "2026-q4"), ("spring", "cycles/spring")):
        found = names.folder_cycle(f"okrs/{folder}/new.md")
        assert found is not None
        assert found.id == cycle
    assert names.folder_cycle("okrs/lost/new.md") is None


def test_a_period_whose_document_has_errors_is_that_of_the_calendar() -> None:
    names = Names([NamedDocument("cycles/2026-q4", Type.CYCLE, broken=True)], {})
    assert names.cycle("cycles/2026-q4") == QUARTER


def test_a_reference_is_as_short_as_it_can_be(names: Names) -> None:
    written = [
        names.reference(NameKind.OWNER, "about/us"),
        names.reference(NameKind.OWNER, "teams/sales"),
        names.reference(NameKind.OBJECTIVE, "okrs/2026-q4/sales/grow#base"),
        names.reference(NameKind.CYCLE, "2031-h1"),
    ]
    assert written == ["company", "sales", "sales/grow#base", "2031-h1"]


def hint_of(files: dict[str, str], code: str = "OKR201") -> str | None:
    return next(found.hint for found in findings_of(files) if found.code == code)


def test_the_hint_names_the_objective_of_this_cycle_before_those_of_others() -> None:
    files = {
        f"okrs/{cycle}/company/grow.md": objective(KR, cycle=cycle)
        for cycle in ("2026-q2", "2026-q3", "2026-q4")
    }
    files["okrs/2026-q4/company/ride.md"] = objective(KR, aligns_to="gorw")
    assert hint_of(files) == "did you mean `2026-q4/company/grow`?"


def test_the_hint_names_one_of_this_cycle_before_one_of_another_that_is_spelled_more_alike() -> (
    None
):
    files = {
        "okrs/2026-q3/company/last.md": objective(KR, cycle="2026-q3"),
        "okrs/2026-q4/company/lasts.md": objective(KR, cycle="2026-q4"),
        "okrs/2026-q4/company/ride.md": objective(KR, aligns_to="lats"),
    }
    assert hint_of(files) == "did you mean `lasts`?"
    # A word that is hardly alike is not meant, wherever it is.
    files["okrs/2026-q3/company/win-europe.md"] = objective(KR, cycle="2026-q3")
    files["okrs/2026-q4/company/win-ear.md"] = objective(KR, cycle="2026-q4")
    files["okrs/2026-q4/company/ride.md"] = objective(KR, aligns_to="win-eurpoe")
    assert hint_of(files) == "did you mean `win-europe`?"


def test_a_title_is_answered_with_the_id() -> None:
    files = {
        "okrs/2026/company/year.md": objective(KR, title="Have a *good* year", cycle="2026"),
        "okrs/2026-q4/company/ride.md": objective(KR, aligns_to="have a good year"),
    }
    assert hint_of(files) == "that is a title: write its id, `year`"


@pytest.mark.parametrize(
    "written",
    ["year, ride-on", "Have a *good* year; ride-on", "year und ride-on", "ride-on & year"],
)
def test_several_names_in_a_row_are_answered_with_a_list(written: str) -> None:
    files = {
        "okrs/2026/company/year.md": objective(KR, title="Have a *good* year", cycle="2026"),
        "okrs/2026/company/ride-on.md": objective(KR, title="Ride on", cycle="2026"),
        "okrs/2026-q4/company/ride.md": objective(KR, aligns_to=f'"{written}"'),
    }
    last = written.startswith("ride")
    listed = "ride-on, year" if last else "year, ride-on"
    assert hint_of(files) == f"write several as a list: [{listed}]"


def test_several_owners_in_a_row_are_answered_with_their_field() -> None:
    files = {
        "teams/sales.md": document("team"),
        "teams/support.md": document("team"),
        "okrs/ride.md": objective(KR, owner="sales, support"),
    }
    assert hint_of(files) == "write several as `owners`: [sales, support]"


def test_the_title_of_this_cycle_comes_before_that_of_the_last() -> None:
    files = {
        f"okrs/{cycle}/company/keep.md": objective(KR, title="Keep on", cycle=cycle)
        for cycle in ("2026-q3", "2026-q4")
    }
    files["okrs/2026-q4/company/ride.md"] = objective(KR, aligns_to="Keep on")
    assert hint_of(files) == "that is a title: write its id, `2026-q4/company/keep`"


def test_the_title_of_a_team_is_answered_with_its_id() -> None:
    files = {
        "teams/mkt.md": document("team", "title: Marketing & Sales"),
        "okrs/ride.md": objective(KR, owner="Marketing & Sales"),
    }
    assert hint_of(files) == "that is a title: write its id, `mkt`"


@pytest.mark.parametrize(
    "written",
    [
        "../../2026/company/year.md", "year.md", "/okrs/2026/company/year/index.html",
        "content/okrs/2026/company/year.md", "[The year](../2026/company/year.md)", "[[year|it]]",
        "<../year.md>", "https://okrs.acme.example/okrs/2026/company/year/?a=b#top",
    ],
)  # fmt: skip
def test_a_path_or_a_link_is_answered_with_the_id(written: str) -> None:
    files = {
        "okrs/2026/company/year.md": objective(KR, cycle="2026"),
        "okrs/2026-q4/company/ride.md": objective(KR, aligns_to=f'"{written}"'),
    }
    assert hint_of(files) == "that is a path or a link: write its id, `year`"


@pytest.mark.parametrize(
    ("title", "id"), [("Happy *guests*", "happy"), ("happy guests", "happy"), ("Rides", "kr2")]
)
def test_the_title_of_a_key_result_is_answered_with_its_id(title: str, id: str) -> None:
    values = f"[{{date: 2026-11-02, values: {{{title}: 3}}}}]"
    results = "id: happy, title: Happy *guests*, to: 9", "title: Rides, to: 9"
    files = {"okrs/ride.md": objective(*results, check_ins=values)}
    assert hint_of(files, "OKR302") == f"that is a title: write its id, `{id}`"


def test_a_folder_called_after_two_owners_says_so() -> None:
    files = {
        "teams/sales.md": document("team", "title: Sales"),
        "people/sales.md": document("person", "title: Sal Es"),
        "okrs/2026-q4/sales/ride.md": document("objective", "title: Ride"),
    }
    hint = "write `owner: people/sales` or `owner: teams/sales`"
    assert hint_of(files, "OKR103") == f"several owners match the folder `sales`: {hint}"
