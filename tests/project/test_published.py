"""What is private appears nowhere in what is published, and cannot be computed back."""

import json

import pytest

from okrsite.exports.model import to_csv, to_json
from okrsite.project.published import private_files, publish
from tests.samples import Shelf, document, export_of, findings_of, objective, project_of

SECRET = "zebra"

METRIC = "id: a, title: A, to: 10, current: 4"


def hidden(text: str) -> str:
    """Make a document private."""
    return text.replace("\n", "\nvisibility: private\n", 1)


def site() -> dict[str, str]:
    """A site in which the word stands in everything that is private, and nowhere else."""
    return {
        "teams/sales.md": document("team", "title: Sales", f"parent: {SECRET}-north"),
        f"teams/{SECRET}-north.md": hidden(document("team", f"title: {SECRET} north")),
        f"people/{SECRET}-eve.md": hidden(
            document("person", f"title: {SECRET} Eve", "team: sales", body=SECRET)
        ),
        "okrs/open.md": objective(
            "id: a, title: A, to: 10, owner: " + f"[sales, {SECRET}-eve]",
            f"id: b, title: B, kpi: {SECRET}-kpi, from: 100, to: 300, unit: {SECRET}s",
            title="Open",
            owner="",
            owners=f"[sales, {SECRET}-eve]",
            contributors=f"[{SECRET}-eve]",
            aligns_to=f"[{SECRET}-goal, open-goal]",
            depends_on=f"{SECRET}-goal",
            initiatives=f"[{{title: Work, owner: {SECRET}-eve}}]",
        ),
        "okrs/open-goal.md": objective(METRIC, title="Goal"),
        f"okrs/{SECRET}-goal.md": hidden(objective(METRIC, title=SECRET, aligns_to="open-goal")),
        f"okrs/{SECRET}-own.md": objective(METRIC, title="Own", owner=f"{SECRET}-eve"),
        f"kpis/{SECRET}-kpi.md": hidden(
            document("kpi", "owner: sales", f"unit: {SECRET}s", f"data: {SECRET}.csv",
                     "drives: open-kpi")
        ),
        f"kpis/{SECRET}.csv": "date,value\n2026-10-01,100\n2026-11-01,250\n",
        "kpis/open-kpi.md": document("kpi", f"owner: {SECRET}-eve", f"drives: [{SECRET}-kpi]"),
        f"check-ins/2026-11-10-{SECRET}.md": hidden(
            document("check-in", "updates: [{objective: open, values: {a: 9}, confidence: 0.1}]")
        ),
        f"broken/{SECRET}.md": hidden(document("objective", "weight: none", f"title: {SECRET}")),
    }  # fmt: skip


def test_a_private_word_is_in_no_export() -> None:
    model = export_of(site())
    assert SECRET not in to_json(model).lower()
    assert SECRET not in to_csv(model).lower()
    assert "okrs/open" in model["objectives"]


def test_with_include_private_everything_is_there() -> None:
    model = export_of(site(), include_private=True)
    assert f"okrs/{SECRET}-goal" in model["objectives"]
    assert f"kpis/{SECRET}-kpi" in model["kpis"]
    assert f"people/{SECRET}-eve" in model["owners"]


def test_no_value_of_something_private_can_be_computed_back() -> None:
    private = export_of(site())["objectives"]
    without = {
        name: text
        for name, text in site().items()
        if SECRET not in name or name.startswith(("kpis/", "people/"))
    }
    alone = export_of(without)["objectives"]
    assert private["okrs/open"]["key_results"]["a"]["value"] is None
    assert private["okrs/open"]["confidence"] is None
    assert private["okrs/open-goal"]["support"] == alone["okrs/open-goal"]["support"]


def test_no_score_of_an_owner_knows_a_private_objective() -> None:
    files = {
        "sales.md": document("team"),
        "a.md": objective("id: a, title: A, to: 10, current: 4", owner="sales"),
        "b.md": hidden(objective("id: a, title: A, to: 10, current: 10", owner="sales")),
    }
    assert export_of(files)["owners"]["sales"]["scores"] == {"2026-q4": 0.4}
    assert export_of(files, include_private=True)["owners"]["sales"]["scores"] == {"2026-q4": 0.7}


def test_a_public_key_result_on_a_private_kpi_shows_score_and_status_alone() -> None:
    result = export_of(site())["objectives"]["okrs/open"]["key_results"]["b"]
    assert (result["score"], result["status"]) == (0.75, "on_track")
    for name in ("from", "to", "value", "unit", "raw", "kpi"):
        assert result[name] is None, name


def test_an_objective_whose_owners_are_all_private_is_private() -> None:
    assert f"okrs/{SECRET}-own" not in export_of(site())["objectives"]


def test_a_shared_objective_keeps_its_public_owners_and_their_level() -> None:
    found = export_of(site())["objectives"]["okrs/open"]
    assert (found["owners"], found["level"]) == (["teams/sales"], "team")
    swapped = {
        "eve.md": hidden(document("person")),
        "sales.md": document("team"),
        "o.md": objective(METRIC, owner="", owners="[eve, sales]"),
    }
    found = export_of(swapped)["objectives"]["o"]
    assert (found["owners"], found["level"]) == (["sales"], "team")
    assert export_of(swapped, include_private=True)["objectives"]["o"]["level"] == "individual"


def test_an_alignment_to_something_private_is_counted_and_not_named() -> None:
    published = publish(project_of(site()))
    found = published.objectives["okrs/open"]
    assert [link.id for link in found.aligns_to] == ["okrs/open-goal"]
    assert found.hidden_alignments == 1


def test_who_is_below_a_private_team_stands_below_the_company() -> None:
    assert export_of(site())["owners"]["teams/sales"]["parent"] == "company"


def test_published_findings_neither_lie_in_private_files_nor_quote_them() -> None:
    files = {
        **site(),
        "okrs/typing.md": objective(METRIC, title="Typing", aligns_to=f"{SECRET}-gaol"),
    }
    project = project_of(files)
    # The word that the public file itself has is its own; the nearest spelling is not.
    quoting = [f for f in project.findings if f.path == "content/okrs/typing.md"]
    assert [f"{SECRET}-goal" in str(f.hint) for f in quoting] == [True]
    published = publish(project).findings
    (typing,) = [f for f in published if f.path == "content/okrs/typing.md"]
    assert (typing.code, typing.hint) == ("OKR201", None)
    others = [(f.path, f.message, f.hint) for f in published if f is not typing]
    assert SECRET not in json.dumps(others)


@pytest.mark.parametrize(
    ("code", "files"),
    [
        (
            "OKR302",
            {
                "o.md": hidden(objective(f"id: {SECRET}, title: A, to: 10")),
                "c.md": document("check-in", "date: 2026-10-12",
                                 "updates: [{objective: o, values: {a: 1}}]"),
            },
        ),
        ("OKR304", {"o.md": objective(f"id: a, title: A, kpi: {SECRET}, to: 9",
                                      check_ins="[{date: 2026-10-12, values: {a: 1}}]")}),
        ("OKR107", {"o.md": objective(f"id: a, title: A, kpi: {SECRET}, to: 9 days")}),
    ],
)  # fmt: skip
def test_no_finding_of_a_public_document_quotes_a_private_one(
    code: str, files: dict[str, str]
) -> None:
    kpi = hidden(document("kpi", "owner: company", f"unit: {SECRET}s"))
    project = project_of({f"{SECRET}.md": kpi, **files})
    assert any(f.code == code and SECRET in f"{f.message} {f.hint}" for f in project.findings)
    assert code not in {f.code for f in publish(project).findings}


def test_lint_judges_what_is_private_too() -> None:
    assert any(f.path == f"content/broken/{SECRET}.md" for f in findings_of(site()))


def test_the_files_of_private_documents_are_named_for_the_site_to_leave_out() -> None:
    files = {
        "kpis/k.md": hidden(document("kpi", "owner: company", "data: k.csv",
                                     body="![chart](images/k.png) [more](../notes.pdf#page=2)")),
        "kpis/open.md": document("kpi", "owner: company", "data: open.csv",
                                 body="![chart](images/open.png)"),
        "kpis/k.csv": "date,value\n",
        "kpis/open.csv": "date,value\n",
    }  # fmt: skip
    named = private_files(project_of(files))
    assert {"kpis/k.md", "kpis/k.csv", "kpis/images/k.png", "notes.pdf"} <= named
    assert not {"kpis/open.md", "kpis/open.csv", "kpis/images/open.png"} & named


@pytest.mark.parametrize(
    "secret",
    [
        hidden(objective(METRIC, initiatives="[{title: A, url: plan.pdf}]")),
        hidden(objective(METRIC, check_ins="[{date: 2026-11-02, note: 'See [it](plan.pdf)'}]")),
        hidden(objective(METRIC, check_ins="[{date: 2026-11-02, next: 'See [it](./plan.pdf)'}]")),
        hidden(objective(METRIC, description="see plan.pdf")),
        hidden(objective(METRIC, body='<img srcset="a.png 1x, plan.pdf 2x">')),
        hidden(objective(METRIC, body="See [the plan][1].\n\n[1]: plan.pdf 'The plan'")),
        hidden(objective(METRIC, body="<a href='../okrs/plan.pdf#page=2'>it</a>")),
        hidden(objective(METRIC, title="[", body="[it](plan.pdf)")),
        "----\nvisibility: private\nurl: plan.pdf\n----\n",
        objective(METRIC, owner="eve", body="[it](plan.pdf)"),
        objective(METRIC, owner="eve", initiatives="[{title: A, url: plan.pdf}]"),
    ],
)
def test_a_file_is_kept_out_with_a_private_document_however_it_names_it(secret: str) -> None:
    files = {"okrs/secret.md": secret, "eve.md": hidden(document("person"))}
    assert "okrs/plan.pdf" in private_files(project_of(files))
    public = {"okrs/open.md": objective(METRIC, body="[the plan](plan.pdf)")}
    assert "okrs/plan.pdf" in private_files(project_of({**files, **public}))


@pytest.mark.parametrize(
    "text",
    [
        hidden(document("kpi", "owner: nobody-knows", "data: k.csv")),
        hidden(document("kpi", "owner: company", "title: [", "data: k.csv")),
        hidden(document("kpi", "owner: company", "keep: {min: x1}", "data: 'k.csv'")),
    ],
)
def test_the_data_of_a_private_document_with_errors_stays_private(text: str) -> None:
    assert "k.csv" in private_files(project_of({"k.md": text, "k.csv": "date,value\n"}))


@pytest.mark.parametrize(
    "lines",
    [
        ("visibility: privat",),
        ("visibility: [public]",),
        ("visibility: private", "title: ["),
        ("visibility:", "  private", "title: ["),
        ("visibility: public", "visibility: private"),
        ("visibility: private", "visibility: public"),
    ],
    ids=["typing error", "list", "not YAML", "not YAML, next line", "twice", "twice, reversed"],
)
def test_any_visibility_but_public_is_private_whatever_else_is_wrong(
    lines: tuple[str, ...],
) -> None:
    files = {f"{SECRET}.md": document("kpi", "owner: company", *lines, body=SECRET)}
    published = publish(project_of(files))
    assert SECRET not in str(published)


def test_publishing_does_not_change_what_was_loaded() -> None:
    project = project_of(site())
    publish(project)
    assert f"okrs/{SECRET}-goal" in project.objectives
    assert Shelf(site()).path("x.md") == "content/x.md"


def test_a_cycle_of_private_objectives_alone_is_not_published() -> None:
    files = {
        "okrs/2026-q4/a.md": objective(METRIC),
        "okrs/2026-11/b.md": hidden(objective(METRIC, cycle="2026-11")),
        "cycles/spring.md": document("cycle", "start: 2027-03-01", "end: 2027-05-31"),
    }
    assert set(project_of(files).cycles) == {"2026-q4", "2026-11", "cycles/spring"}
    assert set(publish(project_of(files)).cycles) == {"2026-q4", "cycles/spring"}


def test_a_circle_through_something_private_is_none_for_the_others() -> None:
    files = {
        "okrs/a.md": objective(METRIC, aligns_to="b"),
        "okrs/b.md": objective(METRIC, aligns_to="secret"),
        "okrs/secret.md": hidden(objective(METRIC, aligns_to="a")),
    }
    assert ("okrs/a", "okrs/b") in project_of(files).circles
    assert publish(project_of(files)).circles == frozenset()
    files["okrs/secret.md"] = objective(METRIC, aligns_to="a")
    assert len(publish(project_of(files)).circles) == 3


def test_what_is_private_takes_no_name_from_what_is_public() -> None:
    public = {
        "teams/sales.md": document("team"),
        "okrs/goal.md": objective(METRIC, id="goal", owner="sales"),
        "okrs/sales/a.md": document("objective", "cycle: 2026-q4", "key_results: []"),
        "okrs/b.md": objective(METRIC, aligns_to="goal", owner="sales"),
    }
    private = {
        "a/goal.md": hidden(objective(METRIC, id="goal")),
        "people/sales.md": hidden(document("person")),
        "old/x/goal.md": hidden(objective(METRIC)),
    }
    assert export_of({**public, **private}) == export_of(public)
