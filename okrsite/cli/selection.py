"""Select the findings that lint reports, by code and by file."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from okrsite.findings.finding import Finding
from okrsite.settings import covers, wrong_code


class Codes(click.ParamType[tuple[str, ...]]):
    """Codes, or beginnings of codes, separated by commas."""

    name = "codes"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the codes, or fail for one that does not exist."""
        if isinstance(value, tuple):
            return value
        codes = tuple(code.strip() for code in str(value).split(",") if code.strip())
        for code in codes:
            if problem := wrong_code(code):
                self.fail(problem, param, ctx)
        return codes


@dataclass(frozen=True, slots=True)
class Files:
    """The files and folders that were named, relative to the folder of mkdocs.yml.

    Without any, all files are selected.
    """

    paths: frozenset[str]
    folders: tuple[str, ...]

    @classmethod
    def named(cls, files: Sequence[Path], project: Path, docs: str) -> "Files":
        """Return those inside docs_dir or above it; other files have no findings.

        `project` is the folder of mkdocs.yml and `docs` the path of docs_dir from there.
        """
        docs = docs.rstrip("/")
        paths: set[str] = set()
        folders: list[str] = []
        for file in files:
            whole = file if file.is_dir() else file.parent
            path = os.path.relpath(whole.resolve(), project).replace(os.sep, "/")
            path = "" if path == "." else f"{path}/"
            inside, around = path.startswith(f"{docs}/"), f"{docs}/".startswith(path)
            if not file.is_dir() and inside:
                paths.add(f"{path}{file.name}")
            elif file.is_dir() and (inside or around):
                folders.append(path)
        return cls(frozenset(paths), tuple(folders))

    def __bool__(self) -> bool:
        return bool(self.paths or self.folders)

    def hold(self, finding: Finding) -> bool:
        """Whether a finding is about one of them."""
        return finding.path in self.paths or finding.path.startswith(self.folders)


def selected(
    findings: Sequence[Finding],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    files: Files | None,
) -> list[Finding]:
    """Return the findings of some codes and files; no codes or files means all."""
    return [
        finding
        for finding in findings
        if (not select or covers(select, finding.code))
        and not covers(ignore, finding.code)
        and (files is None or files.hold(finding))
    ]
