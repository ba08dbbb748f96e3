"""A site grows with its documents and not with their square: no page lists all of anything.

Sizes are compared, and never times.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.samples import document, objective
from tests.sites import build_well, write_site

Files = dict[str, str]

KR = "id: a, title: Guests, from: 0, to: 10, current: 4"
COMPANY = {"company.md": document("company", "title: Acme")}


def of_cycles(number: int) -> Files:
    quarters = (divmod(2026 * 4 + 3 - back, 4) for back in range(number))
    return {
        f"okrs/{year}-q{quarter + 1}/company/grow.md": objective(KR, cycle=f"{year}-q{quarter + 1}")
        for year, quarter in quarters
    }


def of_owners(number: int) -> Files:
    teams = [f"team-{one}" for one in range(number)]
    files = {f"teams/{team}.md": document("team", f"title: {team}") for team in teams}
    for team in teams:
        files[f"okrs/2026-q4/{team}/grow.md"] = objective(KR, owner=team)
    return files


def of_shared(number: int) -> Files:
    teams = [f"team-{one}" for one in range(number)]
    files = {f"teams/{team}.md": document("team", f"title: {team}") for team in teams}
    files["okrs/2026-q4/company/grow.md"] = objective(KR, owners=f"[{', '.join(teams)}]")
    return files


@pytest.mark.parametrize("files_of", [of_cycles, of_owners, of_shared])
def test_twice_as_many_documents_add_twice_as_much(
    tmp_path: Path, files_of: Callable[[int], Files]
) -> None:
    sizes = []
    for number in (25, 50, 100):
        folder = tmp_path / str(number)
        files = COMPANY | files_of(number)
        configuration = write_site(folder, files, {"as_of": "2026-11-15"}, theme="material")
        build_well(configuration, folder / "site")
        sizes.append(sum(f.stat().st_size for f in (folder / "site").rglob("*") if f.is_file()))
    first, second = sizes[1] - sizes[0], sizes[2] - sizes[1]
    assert second < 2.2 * first


def test_pages_that_compare_cycles_stay_as_large_as_they_are(tmp_path: Path) -> None:
    largest = []
    for number in (50, 100):
        folder = tmp_path / str(number)
        files = COMPANY | of_cycles(number)
        configuration = write_site(folder, files, {"as_of": "2026-11-15"}, theme="material")
        build_well(configuration, folder / "site")
        pages = sorted((folder / "site" / "compare").rglob("index.html"))
        largest.append(max(page.stat().st_size for page in pages))
        compared = sum(page.read_text("utf-8").count('class="okr-compare"') for page in pages)
        assert compared == number - 1
    assert largest[1] < 1.05 * largest[0]
