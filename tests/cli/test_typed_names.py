import pytest

from okrsite.cli.typed_names import NamingError, TypedNames, UnknownNameError
from okrsite.editing.new.naming import find_cycle, find_kpi, find_owner, find_team
from okrsite.project.model import Project
from okrsite.project.names import NameKind, Names
from tests.samples import document, objective, project_of

KR = "id: base, title: A, to: 10"


@pytest.fixture(scope="module")
def project() -> Project:
    return project_of(
        {
            "company.md": document("company", "title: Acme"),
            "teams/sales.md": document("team", "title: Sales"),
            "teams/support.md": document("team", "title: Support"),
            "people/sales/ana.md": document("person", "title: Ana"),
            "cycles/spring.md": document("cycle", "start: 2026-03-01", "end: 2026-04-30"),
            "okrs/2026/company/grow.md": objective(KR, cycle="2026"),
            "okrs/2026-q3/sales/win.md": objective(KR, cycle="2026-q3", owner="sales"),
            "okrs/2026-q4/sales/win.md": objective(KR, owner="sales"),
            "okrs/2026-q4/support/win.md": objective(KR, owner="support"),
            "okrs/2026-q4/sales/keep.md": objective(KR, owner="sales"),
            "okrs/2026-q4/sales/broken.md": objective("id: a, title: A, to: 5m"),
            "kpis/visits.md": document("kpi", "owner: sales"),
        }
    )


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("sales", "teams/sales"),
        ("Teams/Sales", "teams/sales"),
        (" ana ", "people/sales/ana"),
        ("company", "company"),
        ("COMPANY", "company"),
        ("content/teams/sales.md", "teams/sales"),
        ("./content/teams/sales.md", "teams/sales"),
        ("teams/sales.md", "teams/sales"),
    ],
)
def test_an_owner_is_found(project: Project, typed: str, id: str) -> None:
    assert TypedNames(project).owner(typed).id == id


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("spring", "cycles/spring"),
        ("2026-q4", "2026-q4"),
        ("2026-Q4", "2026-q4"),
        ("2031-h1", "2031-h1"),
    ],
)
def test_a_cycle_is_found_even_if_nothing_is_in_it(project: Project, typed: str, id: str) -> None:
    assert TypedNames(project).cycle(typed).id == id


def test_objectives_key_results_and_kpis_are_found(project: Project) -> None:
    names = TypedNames(project)
    assert names.objective("grow").id == "okrs/2026/company/grow"
    found, result = names.objective_or_key_result("KEEP#Base")
    assert (found.id, result.id if result else None) == ("okrs/2026-q4/sales/keep", "base")
    assert names.objective_or_key_result("keep")[1] is None
    assert names.objective_or_key_result("keep#")[1] is None
    assert names.kpi("visits").id == "kpis/visits"


def test_a_cycle_decides_which_objective_is_meant(project: Project) -> None:
    with pytest.raises(NamingError, match="ambiguous"):
        TypedNames(project).objective("sales/win")
    for cycle in ("2026-q3", "2026-q4"):
        found = TypedNames(project, project.cycles[cycle]).objective("sales/win")
        assert found.id == f"okrs/{cycle}/sales/win"
    assert TypedNames(project, project.cycles["2026-q4"]).objective("grow").cycle == "2026"


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("owner", "slaes", "there is no owner `slaes`: did you mean `sales`?"),
        ("owner", "zzz", "there is no owner `zzz`"),
        ("owner", "", "there is no owner ``"),
        ("cycle", "sprign", "did you mean `spring`?"),
        ("cycle", "2026-q5", "there is no cycle `2026-q5`"),
        ("objective", "kepe", "did you mean `keep`?"),
        ("objective", "content/kepe.md", "there is no objective `content/kepe.md`"),
        ("objective", "sales", "there is no objective `sales`"),
        ("kpi", "visit", "there is no KPI `visit`: did you mean `visits`?"),
    ],
)
def test_an_unknown_name_is_answered_by_the_nearest(
    project: Project, kind: str, typed: str, said: str
) -> None:
    with pytest.raises(UnknownNameError) as error:
        getattr(TypedNames(project), kind)(typed)
    assert said in error.value.message
    assert error.value.exit_code == 2


def test_an_ambiguous_name_is_answered_by_the_candidates(project: Project) -> None:
    with pytest.raises(NamingError) as error:
        TypedNames(project, project.cycles["2026-q4"]).objective("win")
    assert error.value.message == (
        "`win` is ambiguous: several objectives end in this name: "
        "write one of `okrs/2026-q4/sales/win`, `okrs/2026-q4/support/win`"
    )
    assert not isinstance(error.value, UnknownNameError)


@pytest.mark.parametrize("typed", ["broken", "content/okrs/2026-q4/sales/broken.md"])
def test_a_document_with_errors_is_said_to_have_some(project: Project, typed: str) -> None:
    with pytest.raises(NamingError) as error:
        TypedNames(project).objective(typed)
    assert error.value.message == (
        "content/okrs/2026-q4/sales/broken.md has errors and isn't counted: see `okrsite lint`"
    )


def test_an_unknown_key_result_is_answered_by_those_there_are(project: Project) -> None:
    names = TypedNames(project)
    with pytest.raises(NamingError, match="did you mean `keep#base`"):
        names.objective_or_key_result("keep#bsae")
    with pytest.raises(NamingError, match="it has `base`"):
        names.objective_or_key_result("keep#xyz")


def test_what_was_typed_cannot_speak_to_the_terminal(project: Project) -> None:
    with pytest.raises(NamingError) as error:
        TypedNames(project).owner("\x1b[2J" + "x" * 200)
    assert "\x1b" not in error.value.message
    assert len(error.value.message) < 130


def test_the_shortest_name_of_something_is_what_to_write(project: Project) -> None:
    names = TypedNames(project)
    assert names.shortest(NameKind.OBJECTIVE, "okrs/2026-q4/sales/win") == "2026-q4/sales/win"
    assert names.shortest(NameKind.OBJECTIVE, "okrs/2026-q4/support/win") == "support/win"
    assert names.shortest(NameKind.OWNER, "teams/sales") == "sales"
    assert names.shortest(NameKind.KPI, "kpis/visits") == "visits"


def titled(*documents: str) -> Project:
    """Return a project of objectives by their files, each called Grow as `objective` does."""
    files = {file: objective(KR, cycle=file.split("/")[1]) for file in documents}
    return project_of({"company.md": document("company"), **files})


def test_a_title_is_a_name_of_an_objective() -> None:
    project = titled("okrs/2026-q4/company/big.md")
    for typed in ("Grow", " GROW ", "grow"):
        assert TypedNames(project).objective(typed).id == "okrs/2026-q4/company/big"
    found = TypedNames(project).objective_or_key_result("Grow#base")[1]
    assert found is not None
    assert found.id == "base"
    with pytest.raises(UnknownNameError):
        TypedNames(project).objective("Grow on")


def test_a_title_as_it_is_shown_is_a_name() -> None:
    marked = objective(KR, title='"Grow *fast*"')
    project = project_of({"okrs/2026-q4/company/big.md": marked})
    assert TypedNames(project).objective("grow fast").id == "okrs/2026-q4/company/big"
    assert TypedNames(project).objective("Grow *fast*").id == "okrs/2026-q4/company/big"


def test_a_title_of_the_current_cycle_is_meant_first() -> None:
    project = titled("okrs/2026-q3/company/a.md", "okrs/2026-q4/company/b.md")
    for cycle in ("2026-q3", "2026-q4"):
        found = TypedNames(project, project.cycles[cycle]).objective("Grow")
        assert found.cycle == cycle
    with pytest.raises(
        NamingError, match="have this title: write one of `okrs/2026-q3/company/a`, `okrs"
    ):
        TypedNames(project).objective("Grow")


def test_an_id_is_meant_before_a_title() -> None:
    project = titled("okrs/2026-q4/company/grow.md", "okrs/2026-q4/company/other.md")
    assert TypedNames(project).objective("Grow").id == "okrs/2026-q4/company/grow"


TITLED = {
    "company.md": document("company", "title: Acme"),
    "teams/care.md": document("team", "title: Customer *Care*"),
    "teams/web.md": document("team", "title: Twins"),
    "people/twins.md": document("person", "title: Ana", "id: people/web-ana"),
    "people/ben.md": document("person", "title: Twins"),
    "cycles/spring.md": document(
        "cycle", "title: Spring season", "start: 2026-03-01", "end: 2026-04-30"
    ),
    "kpis/csat.md": document("kpi", "title: Customer satisfaction", "owner: care"),
    "okrs/2026-q4/care/a.md": objective(KR, owner="care"),
}


@pytest.mark.parametrize(
    ("kind", "typed", "id"),
    [
        ("owner", "Customer Care", "teams/care"),
        ("owner", "customer *care*", "teams/care"),
        ("owner", "acme", "company"),
        ("owner", "Ana", "people/web-ana"),
        ("kpi", "Customer satisfaction", "kpis/csat"),
        ("cycle", "Spring season", "cycles/spring"),
        ("cycle", "2026 Q4", "2026-q4"),
        ("cycle", "Q4 2026", "2026-q4"),
        ("cycle", " q4/2026 ", "2026-q4"),
        ("cycle", "H1 2031", "2031-h1"),
    ],
)
def test_owners_cycles_and_kpis_are_named_by_title_too(kind: str, typed: str, id: str) -> None:
    assert getattr(TypedNames(project_of(TITLED)), kind)(typed).id == id


def test_a_title_that_two_owners_have_is_ambiguous() -> None:
    message = "`Twins` is ambiguous: several owners have this title: write one of `people/ben`"
    with pytest.raises(NamingError) as error:
        TypedNames(project_of(TITLED)).owner("Twins")
    assert message in error.value.message


@pytest.mark.parametrize("typed", ["Q5 2026", "2026-q5", "Autumn season"])
def test_a_period_that_no_year_has_is_no_cycle(typed: str) -> None:
    with pytest.raises(UnknownNameError):
        TypedNames(project_of(TITLED)).cycle(typed)


def test_new_documents_name_owners_by_title() -> None:
    names = Names.of_project(project_of(TITLED))
    assert find_owner(names, "Customer Care") == "teams/care"
    assert find_team(names, "Twins") == "teams/web"
    assert find_kpi(names, "customer satisfaction") == "kpis/csat"
    assert find_cycle(names, "Q4 2026").id == "2026-q4"
