"""The plan of the next cycle: who has objectives, and what is still to be done."""

from okrsite.checks.plan import Plan, plan_of
from okrsite.checks.registry import all_findings
from okrsite.documents.code_owners import parse_code_owners
from okrsite.findings.finding import Finding
from okrsite.scores import score_project
from okrsite.settings import read_settings
from tests.samples import AS_OF, Files, document, objective, project_of

OPEN = "id: a, title: Reach, from: 0, to: 10, current: 4"
DONE = "id: a, title: Reach, from: 0, to: 10, current: 10"
NEXT = "2027-q1"

TEAMS = {f"teams/{name}.md": document("team") for name in ("sales", "hr", "web")}
PEOPLE = {
    "people/jo.md": document("person", "team: sales"),
    "people/ana.md": document("person", "team: hr", "until: 2026-12-01"),
}


def plan(files: Files, code_owners: str = "", cycle: str = NEXT) -> Plan:
    project = project_of({**TEAMS, **PEOPLE, **files})
    settings = read_settings({})
    scorecard = score_project(project, settings, AS_OF)
    findings: dict[str, list[Finding]] = {}
    for finding in all_findings(project, settings, scorecard):
        findings.setdefault(finding.path, []).append(finding)
    rules = parse_code_owners(code_owners, "CODEOWNERS")
    return plan_of(project, scorecard, project.cycles[cycle], findings, rules)


def ours(owner: str, *results: str, **fields: str) -> str:
    return objective(*(results or (OPEN,)), owner=owner, **fields)


def draft(owner: str, *results: str, **fields: str) -> str:
    return ours(owner, *results, cycle=NEXT, status="draft", **fields)


def test_owners_of_the_last_quarter_and_of_the_plan_are_listed_with_what_they_have() -> None:
    made = plan(
        {
            "okrs/old/sales.md": ours("sales"),
            "okrs/old/hr.md": ours("hr", DONE),
            "okrs/old/ana.md": ours("ana"),
            "okrs/old/jo.md": ours("jo"),
            "okrs/old/idea.md": ours("web", status="draft"),
            "okrs/next/more.md": draft("company"),
            "okrs/next/less.md": ours("company", cycle=NEXT),
            "okrs/next/no.md": ours("company", cycle=NEXT, status="cancelled"),
        }
    )
    assert made.before is not None
    assert made.before.id == "2026-q4"
    assert [owner.owner for owner in made.with_objectives] == ["company"]
    assert [owner.owner for owner in made.without_objectives] == ["teams/hr", "teams/sales"]
    assert [one.objective.page.title for one in made.drafts] == ["Grow"]
    assert len(made.planned) == 2


def test_what_is_carried_over_and_what_is_left() -> None:
    made = plan(
        {
            "okrs/old/one.md": ours("sales"),
            "okrs/old/two.md": ours("sales"),
            "okrs/old/three.md": ours("sales", DONE),
            "okrs/old/four.md": ours("hr", DONE),
            "okrs/next/one-again.md": draft("sales", continues="old/one"),
            "okrs/next/four-again.md": draft("hr", continues="old/four"),
        }
    )
    assert [(one.objective.id, one.successors) for one in made.unfinished] == [
        ("okrs/old/four", ("okrs/next/four-again",)),
        ("okrs/old/one", ("okrs/next/one-again",)),
        ("okrs/old/two", ()),
    ]
    assert {o.owner: (o.carried, o.unfinished) for o in made.owners} == {
        "teams/sales": (1, 2), "teams/hr": (1, 1),
    }  # fmt: skip


def test_what_only_others_carry_over_is_told_apart() -> None:
    made = plan(
        {
            "okrs/old/both.md": ours("[sales, hr]").replace("owner: [", "owners: ["),
            "okrs/old/hr.md": ours("hr"),
            "okrs/next/both-again.md": draft("sales", continues="old/both"),
            "okrs/next/hr-again.md": draft("hr", continues="old/hr"),
        }
    )
    assert {o.owner: (o.carried, o.passed, o.passed_to) for o in made.owners} == {
        "teams/hr": (2, 1, ("teams/sales",)),
        "teams/sales": (1, 0, ()),
    }


def test_objectives_of_the_year_are_supported_through_any_number_of_drafts() -> None:
    made = plan(
        {
            "okrs/2027/profit.md": ours("company", cycle="2027"),
            "okrs/2027/green.md": ours("company", cycle="2027", status="draft"),
            "okrs/2027/mine.md": ours("jo", cycle="2027"),
            "okrs/next/top.md": draft("company", aligns_to="2027/profit"),
            "okrs/next/low.md": draft("sales", aligns_to="top"),
            "okrs/next/alone.md": draft("hr"),
        }
    )
    assert [(s.objective.id, s.by) for s in made.supports] == [
        ("okrs/2027/green", ()),
        ("okrs/2027/profit", ("okrs/next/top", "okrs/next/low")),
    ]
    assert [support.objective.id for support in made.unsupported] == ["okrs/2027/green"]
    assert [one.objective.id for one in made.planned if not one.aligned] == ["okrs/next/alone"]
    assert {owner.owner: owner.aligned for owner in made.owners if owner.planned} == {
        "company": 1, "teams/sales": 1, "teams/hr": 0,
    }  # fmt: skip


def test_pillars_are_those_that_drafts_serve_or_inherit() -> None:
    made = plan(
        {
            "pillars/guests.md": document("pillar"),
            "pillars/green.md": document("pillar"),
            "okrs/next/top.md": draft("company", pillars="[guests]"),
            "okrs/next/low.md": draft("sales", aligns_to="top"),
        }
    )
    assert made.pillars == {
        "pillars/green": (), "pillars/guests": ("okrs/next/low", "okrs/next/top"),
    }  # fmt: skip
    assert made.unserved == ("pillars/green",)


def test_findings_are_those_of_the_cycles_documents() -> None:
    made = plan(
        {
            "cycles/2027-q1.md": document("cycle", "id: 2027-q1", "titel: Next"),
            "okrs/next/one.md": draft("sales", title="Grow to $5M"),
            "okrs/next/bad.md": draft("sales", "id: a, title: A, to: [1]"),
            "okrs/old/two.md": ours("sales"),
        }
    )
    assert {f.path.rpartition("/")[2] for f in made.findings} == {"2027-q1.md", "bad.md", "one.md"}
    [owner] = made.owners
    assert owner.findings == len(made.planned[0].findings) > 1


def test_kpis_out_of_range_are_taken_up_by_key_results_that_are_on_them_or_move_them() -> None:
    def kpi(value: int) -> str:
        return document(
            "kpi", "owner: sales", "keep: {min: 90}", "alert: {min: 50}",
            f"readings: [{{date: 2026-11-01, value: {value}}}]",
        )  # fmt: skip

    made = plan(
        {
            **{f"kpis/k{n}.md": kpi(value) for n, value in enumerate((95, 80, 40, 80))},
            "kpis/old.md": kpi(40).replace("owner:", "status: retired\nowner:"),
            "okrs/next/one.md": draft("sales", "id: a, title: A, kpi: k1, to: 95"),
            "okrs/next/two.md": draft("hr", "id: a, title: A, to: 95, moves: [k1]"),
            "okrs/next/no.md": ours(
                "hr", "id: a, title: A, to: 95, kpi: k3", cycle=NEXT, status="cancelled"
            ),
        }
    )
    assert [(kpi.kpi, str(kpi.health), len(kpi.by)) for kpi in made.kpis] == [
        ("kpis/k2", "critical", 0), ("kpis/k1", "warning", 2), ("kpis/k3", "warning", 0),
    ]  # fmt: skip


def test_a_persons_share_of_work_is_what_they_own_and_contribute_to() -> None:
    results = [f"id: k{n}, title: K, to: 5, owner: jo" for n in range(6)]
    made = plan(
        {
            "okrs/next/one.md": draft("sales", *results, contributors="[jo, hr]"),
            "okrs/next/two.md": draft("hr", OPEN, contributors="[jo]"),
        }
    )
    [work] = made.work
    assert (work.person, work.key_results, work.contributes) == ("people/jo", 6, 2)
    assert work.too_many


def test_drafts_wait_for_the_code_owners_of_their_files() -> None:
    made = plan(
        {
            "okrs/next/one.md": draft("sales"),
            "okrs/next/two.md": draft("hr"),
            "okrs/next/three.md": ours("hr", cycle=NEXT),
        },
        "one.md @jonas @amara\nthree.md @amara\n",
    )
    assert made.reviews == {"@jonas": ("okrs/next/one",), "@amara": ("okrs/next/one",)}
    assert made.unreviewed == ("okrs/next/two",)


def test_what_depends_on_a_later_cycle_and_who_has_too_many_objectives() -> None:
    many = {f"okrs/next/o{n}.md": draft("sales") for n in range(6)}
    many["okrs/next/o0.md"] = draft("sales", depends_on="okrs/later/x")
    made = plan({**many, "okrs/later/x.md": ours("hr", cycle="2027-q2")})
    assert [one.objective.id for one in made.planned if one.later] == ["okrs/next/o0"]
    [owner] = made.owners
    assert owner.too_many


def test_a_first_cycle_has_nothing_before_it() -> None:
    made = plan({"okrs/next/one.md": draft("sales")})
    assert (made.before, made.unfinished) == (None, ())
