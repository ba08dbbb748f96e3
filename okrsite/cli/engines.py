"""Build a site with the engine of choice."""

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from okrsite.cli.common import SiteOptions
from okrsite.cli.configuration import ConfigurationError, read_tagged
from okrsite.cli.editing import Refused
from okrsite.cli.mkdocs import run_mkdocs

MKDOCS, PROPERDOCS, ZENSICAL, PLAIN = ENGINES = ("mkdocs", "properdocs", "zensical", "plain")

_WORK = Path(".cache", "okrsite", ZENSICAL)
"""Where the Markdown for Zensical is, in the project's folder."""


def build_with(
    engine: str, given: SiteOptions, site_dir: Path | None, strict: bool, others: Sequence[str]
) -> None:
    """Build a site into a folder; `others` are options of MkDocs, which two of the engines take.

    Ends with status 1 where a strict build had warnings; raises Refused where an engine fails.
    """
    if engine in (MKDOCS, PROPERDOCS):
        # MkDocs takes a folder from where mkdocs.yml is; on a command line it is from here.
        where = ["--site-dir", str(site_dir.absolute())] if site_dir else []
        run_mkdocs("build", given, strict, [*where, *others], engine)
        return
    if others:
        raise click.UsageError(f"`{others[0]}` is for MkDocs: leave it out with --engine {engine}")
    if engine == ZENSICAL and importlib.util.find_spec(ZENSICAL) is None:
        raise Refused("Zensical isn't installed: write `pip install zensical`")
    from okrsite.cli.generating import copy_site, generate_once  # slow to import
    from okrsite.generating.plain import write_plain
    from okrsite.generating.zensical import SITE, write_zensical

    folder = site_dir or _usual_folder(given.config_file)
    if engine == PLAIN:
        done = generate_once(given, folder, write_plain)
    else:
        work = given.config_file.resolve().parent / _WORK
        done = generate_once(given, work, write_zensical)
        words = [sys.executable, "-m", ZENSICAL, "build", "--clean", "-f", str(work / "mkdocs.yml")]
        if subprocess.run(words, check=False).returncode:
            raise Refused("Zensical could not build the site")
        copy_site(work / SITE, folder)
    done.check(strict)


def _usual_folder(config_file: Path) -> Path:
    """Return site_dir of mkdocs.yml, which is `site` where nothing else is written."""
    try:
        written = read_tagged(config_file).get("site_dir")
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    return config_file.resolve().parent / str(written or "site")
