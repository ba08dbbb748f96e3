"""What a reader's browser loads: sizes are the same everywhere, so that limits can hold them."""

from pathlib import Path

from tests.benchmarks.organisation import write_organisation
from tests.benchmarks.weight import (
    LARGEST_FRAME,
    MOST_GROWTH,
    OBJECTIVES,
    first_view,
    frame,
    grown,
    largest_objective,
    ours,
    verdicts,
)
from tests.sites import build_well, demo_site, made_once


def organisation() -> Path:
    return made_once("weighed", build_organisation) / "site"


def build_organisation(folder: Path) -> None:
    write_organisation(folder, OBJECTIVES)
    build_well(folder / "mkdocs.yml", folder / "site")


def test_every_demand_is_met() -> None:
    lines = [verdict.line() for verdict in verdicts(organisation(), OBJECTIVES)]
    assert [line for line in lines if line.endswith("NOT MET")] == []


def test_no_kind_of_page_has_grown_much() -> None:
    assert {
        kind: ratio for kind, ratio in grown(organisation()).items() if ratio > MOST_GROWTH
    } == {}


def test_what_every_page_repeats_is_light() -> None:
    people = [*(organisation() / "people").glob("*/index.html")]
    assert len(people) == 99
    assert max(map(frame, people)) < LARGEST_FRAME


def test_the_first_view_of_the_demo_is_light() -> None:
    assert first_view(demo_site()) < 150_000


def test_what_is_weighed_is_there() -> None:
    assert first_view(demo_site()) > 50_000
    assert largest_objective(organisation()) > 5_000
    assert min(ours(demo_site(), ".css"), ours(demo_site(), ".js")) > 5_000
