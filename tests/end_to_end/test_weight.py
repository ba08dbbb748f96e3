"""What a reader's browser loads: sizes are the same everywhere, so that limits can hold them."""

from pathlib import Path

from tests.benchmarks.organisation import write_organisation
from tests.benchmarks.weight import first_view, largest_objective, ours, verdicts
from tests.sites import build_well, demo_site, made_once

SIZE = 100
"""Objectives: their pages weigh the same in an organisation of any size."""


def organisation() -> Path:
    return made_once("weighed", build_organisation) / "site"


def build_organisation(folder: Path) -> None:
    write_organisation(folder, SIZE)
    build_well(folder / "mkdocs.yml", folder / "site")


def test_every_demand_is_met() -> None:
    lines = [verdict.line() for verdict in verdicts(organisation(), SIZE)]
    assert [line for line in lines if line.endswith("NOT MET")] == []


def test_the_first_view_of_the_demo_is_light() -> None:
    assert first_view(demo_site()) < 150_000


def test_what_is_weighed_is_there() -> None:
    assert first_view(demo_site()) > 50_000
    assert largest_objective(organisation()) > 5_000
    assert min(ours(demo_site(), ".css"), ours(demo_site(), ".js")) > 5_000
