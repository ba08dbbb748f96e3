"""One example: made from its number, followed, and judged."""

import copy
import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from click.testing import CliRunner

from okrsite.cli import main
from okrsite.cli.configuration import ConfigurationError, Written, read_written
from okrsite.documents.folder import excluding
from okrsite.settings import Settings, SettingsError, as_of_day
from tests.fuzz.configuration import configuration
from tests.fuzz.documents import documents
from tests.fuzz.follow import follow, judge
from tests.fuzz.odd import DAYS
from tests.fuzz.spoil import misplaced, spoil, written
from tests.fuzz.tables import table

_BUILT = 100
"""One of so many examples is built by the command: that takes a hundred times as long."""

_LONG_NAME = "a" * 120 + ".md"


@dataclass(frozen=True)
class Example:
    """The files of a site, its mkdocs.yml, and the day it is built for."""

    files: Mapping[str, str | bytes]
    configuration: str | bytes
    as_of: date

    def write(self, folder: Path) -> Path:
        """Write the example into a folder, and return its mkdocs.yml."""
        files = {f"content/{uri}": content for uri, content in self.files.items()}
        files["mkdocs.yml"] = self.configuration
        for uri, content in files.items():
            file = folder / uri
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder / "mkdocs.yml"


def example(seed: int, number: int) -> Example:
    """Make an example."""
    dice = random.Random(f"{seed}/{number}")
    files: dict[str, str | bytes] = {"kpis/csat.csv": table(dice)}
    for position, (uri, (fields, body)) in enumerate(documents().items()):
        if fields.get("visibility") == "private":
            fields["title"] = f"Zebra{number}x{position}"
        if dice.random() < 0.03:
            continue
        fields = copy.deepcopy(fields)
        for _ in range(dice.choice([0] * 14 + [1, 1, 2, 4])):
            spoil(dice, fields)
        files[misplaced(dice, uri)] = written(dice, fields, body)
    return Example(files, configuration(dice), dice.choice(DAYS))


def run(seed: int, number: int) -> None:
    """Make one example and look at what comes of it."""
    made = example(seed, number)
    settings, files = _configured(made)
    as_of = settings.as_of or made.as_of
    try:
        shown = follow(files, as_of, settings)
    except SettingsError as error:
        if "`cycle`" not in str(error):
            raise
        settings = settings.model_copy(update={"cycle": None})
        shown = follow(files, as_of, settings)
    judge(files, settings, shown)
    if number % _BUILT == 0:
        _build(made)


def _configured(made: Example) -> tuple[Settings, Mapping[str, str | bytes]]:
    """Return the settings of an example, or the usual ones, and the files they do not exclude."""
    try:
        settings = _written(made)
        excluded = excluding(settings.exclude)
    except ConfigurationError as error:
        message = str(error)
        assert "\n" not in message or "is not valid YAML" in message, message
        return Settings(), made.files
    except ValueError as error:
        if not str(error).endswith("isn't a pattern"):
            raise
        return Settings(), made.files
    excluded(_LONG_NAME)
    as_of_day(settings.settings)
    kept = {uri: content for uri, content in made.files.items() if not excluded(uri)}
    return settings.settings, kept


def _written(made: Example) -> Written:
    def read(path: PurePath) -> bytes:
        if str(path) != "mkdocs.yml":
            return Path("/nowhere", path).read_bytes()
        content = made.configuration
        return content.encode() if isinstance(content, str) else content

    return read_written(PurePath("mkdocs.yml"), read)


def _build(made: Example) -> None:
    """Build the example with the command, which may refuse it, but in a sentence."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        words = ["build", "-q", "-f", str(made.write(Path(folder))), "-d", f"{folder}/site"]
        done = CliRunner().invoke(main, words)
        assert isinstance(done.exception, SystemExit | None), done.exception
        assert done.exit_code in (0, 2), done.output
        assert "Traceback" not in done.output, done.output
