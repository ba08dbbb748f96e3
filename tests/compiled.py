"""Templates of the tests' many small sites, compiled once: that is most of the work of a build."""

from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2.bccache import Bucket


class _Compiled(jinja2.FileSystemBytecodeCache):
    """What templates were compiled to, by their file, their text, and how they were compiled."""

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        how = (
            type(environment).__qualname__, environment.autoescape, environment.trim_blocks,
            environment.lstrip_blocks, sorted(environment.extensions),
        )  # fmt: skip
        return super().get_bucket(environment, f"{name} {how}", filename, source)


def compile_once(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Keep in a folder, for all workers, what every environment compiles."""
    folder.mkdir(parents=True, exist_ok=True)
    compiled = _Compiled(str(folder))
    begin = jinja2.Environment.__init__

    def with_cache(self: jinja2.Environment, *values: Any, **options: Any) -> None:
        begin(self, *values, **{"bytecode_cache": compiled, **options})

    def never(self: jinja2.nodes.Filter, context: object = None) -> Any:
        raise jinja2.nodes.Impossible

    patch.setattr(jinja2.Environment, "__init__", with_cache)
    # What a filter says of a constant may depend on the language of a site: it is not compiled in.
    patch.setattr(jinja2.nodes.Filter, "as_const", never)
