"""The order in which documents are listed."""

import pytest

from okrsite.project.sorting import natural
from tests.samples import document, objective, project_of

KR = "id: a, title: A, to: 10"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("O2 Ride", "O10 Ride"),
        ("o2 ride", "O10 Ride"),
        ("*O2* Ride", "O10 Ride"),
        ("O2", "O002b"),
        ("1.9", "1.10"),
        ("9" * 5000, "1" + "0" * 5000),
        ("2 houses", "houses"),
    ],
)
def test_digits_are_compared_as_numbers(first: str, second: str) -> None:
    assert natural(first) < natural(second)


def test_documents_are_listed_by_order_and_then_by_title() -> None:
    files = {f"okrs/{n}.md": objective(KR, title=f"O{n}") for n in (1, 10, 2)}
    files["okrs/a.md"] = objective(KR, title="Z last of the ordered", order="3")
    files["okrs/b.md"] = objective(KR, title="Before all", order="-1.5")
    files |= {f"teams/t{n}.md": document("team", f"title: Team {n}") for n in (3, 20)}
    files["teams/t100.md"] = document("team", "title: Team 100", "order: 1")
    files |= {f"kpis/k{n}.md": document("kpi", f"title: K{n}", "owner: company") for n in (10, 9)}
    project = project_of(files)
    assert [o.page.title for o in project.objectives.values()] == [
        "Before all", "Z last of the ordered", "O1", "O2", "O10",
    ]  # fmt: skip
    assert [o.title for o in project.owners.values()] == ["Team 100", "Acme", "Team 3", "Team 20"]
    assert [k.page.title for k in project.kpis.values()] == ["K9", "K10"]
