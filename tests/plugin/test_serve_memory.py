"""What `mkdocs serve` keeps from one save to the next, and builds of changed pages alone."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from mkdocs.__main__ import cli

from tests.samples import objective

Write = Callable[..., Path]
FILES = {
    f"okrs/2026-q4/company/o{number}.md": objective("id: a, title: A, from: 1, to: 2")
    for number in range(3)
}
SAVES = 50
PROGRAM = f"""
import gc, sys
from mkdocs.commands import build
from mkdocs.config import load_config

def alive():
    return gc.get_freeze_count() + len(gc.get_objects())

counted = []
for save in range({SAVES}):
    config = load_config(sys.argv[1], site_dir=sys.argv[2])
    if save == 0:
        config.plugins.on_startup(command="serve", dirty=False)
    build.build(config)
    counted.append(alive())
print(max(counted[1:5]), max(counted[5:]))
"""


def test_what_builds_before_made_is_freed(write_site: Write, tmp_path: Path) -> None:
    plugins = [{"okrsite": {"as_of": "2026-11-15", "history": False}}]
    site = write_site(FILES, plugins=plugins, theme={"name": "material", "font": False})
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, site, tmp_path / "site"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    first, most = map(int, done.stdout.split())
    assert most < 1.05 * first, done.stdout


def test_a_build_of_changed_pages_alone_is_refused(write_site: Write, tmp_path: Path) -> None:
    plugins = [{"okrsite": {"as_of": "2026-11-15"}}]
    site = write_site(FILES, plugins=plugins, theme={"name": "material", "font": False})
    words = ["build", "--dirty", "-f", str(site), "-d", str(tmp_path / "site")]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 1
    assert "okrsite only builds whole sites: leave out --dirty" in result.output
    assert not (tmp_path / "site").exists()
