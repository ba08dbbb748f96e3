from okrsite.project.continuations import chain
from okrsite.project.published import publish
from tests.pages.test_objective import html_of, view_of
from tests.samples import document, export_of, findings_of, places, project_of

Q3, Q4, Q1 = (f"okrs/{cycle}/company/grow" for cycle in ("2026-q3", "2026-q4", "2027-q1"))


def grow(continues: str | None = None, *more: str) -> str:
    lines = [f"continues: {continues}"] if continues else []
    return document("objective", *lines, *more, "key_results:", "- {title: A, to: 3}")


FILES = {
    f"{Q3}.md": grow(),
    f"{Q4}.md": grow("2026-q3/company/grow"),
    f"{Q1}.md": grow("2026-q4/company/grow"),
}


def test_both_sides_know_the_chain() -> None:
    objectives = project_of(FILES).objectives
    assert [objectives[id].continues for id in (Q3, Q4, Q1)] == [None, Q3, Q4]
    assert [objectives[id].continued_by for id in (Q3, Q4, Q1)] == [(Q4,), (Q1,), ()]
    assert {chain(objectives, id) for id in (Q3, Q4, Q1)} == {(Q3, Q4, Q1)}


def test_several_may_go_on_from_one() -> None:
    files = {**FILES, "okrs/2026-q4/company/win.md": grow("2026-q3/company/grow")}
    objectives = project_of(files).objectives
    assert chain(objectives, Q3) == (Q3, Q4, "okrs/2026-q4/company/win", Q1)
    assert chain(objectives, "okrs/2026-q4/company/win") == (Q3, "okrs/2026-q4/company/win")


def test_a_private_one_is_left_out_of_what_is_published() -> None:
    files = {**FILES, f"{Q4}.md": grow("2026-q3/company/grow", "visibility: private")}
    objectives = publish(project_of(files)).objectives
    assert [objectives[id].continues for id in (Q3, Q1)] == [None, None]
    assert [objectives[id].continued_by for id in (Q3, Q1)] == [(), ()]


def test_what_leads_nowhere_or_in_a_circle_is_a_finding() -> None:
    files = {**FILES, f"{Q3}.md": grow("2027-q1/company/grow")}
    assert places(findings_of(files))[0] == f"OKR203 {Q3}.md:3"
    objectives = project_of(files).objectives
    assert chain(objectives, Q3) == (Q3,)
    for reference, hint in (("gro", "did you mean"), ("2026-q3/company/grow#kr1", "write `2026")):
        found = [f for f in findings_of({**FILES, f"{Q4}.md": grow(reference)}) if f.path[:2]]
        wrong = [f for f in found if f.code == "OKR201"]
        assert [(f.path, f.line) for f in wrong] == [(f"content/{Q4}.md", 3)]
        assert hint in str(wrong[0].hint)
    broken = project_of({**FILES, f"{Q3}.md": grow(None, "weight: -1")})
    assert broken.objectives[Q4].continues is None


def test_the_page_of_each_shows_the_chain() -> None:
    for id in (Q3, Q4, Q1):
        view = view_of(FILES, id)
        assert [row.objective.id for row in view.chain] == [Q3, Q4, Q1]
        part = html_of(view).partition("Across cycles")[2].partition("</ul>")[0]
        for folder, cycle in (
            ("2026-q3", "2026 Q3"),
            ("2026-q4", "2026 Q4"),
            ("2027-q1", "2027 Q1"),
        ):
            assert (f'href="../../../{folder}/company/grow/"' in part) == (folder not in id)
            assert f">{cycle}</a>" in part
    alone = view_of({f"{Q3}.md": grow()}, Q3)
    assert alone.chain == ()
    assert "Across cycles" not in html_of(alone)


def test_an_export_names_what_one_continues() -> None:
    objectives = export_of(FILES)["objectives"]
    assert [objectives[id]["continues"] for id in (Q3, Q4, Q1)] == [None, Q3, Q4]
