"""The `.meta.yml` of folders, which Material's `meta` plugin adds to the front matter of pages.

Its option `meta_file` may give them another name.

Documents take nothing from there. Who writes `visibility: private` into one means all that lies
below, so that is kept out of the site; that, and every other field of ours, is an error.
"""

import re

from okrsite.documents.models import MODELS
from okrsite.documents.theme_fields import THEME_FIELDS
from okrsite.documents.trees import METADATA_FILE, Tree
from okrsite.documents.visibility import private_line
from okrsite.findings.finding import Finding, finding
from okrsite.i18n import phrase

MISSPELT = ".meta.yaml"
_FIELD = re.compile(r"[\"']?(\w+)[\"']?[ \t]*:")
_PAGES_TOO = frozenset({"title", "description", "tags", "status", "id"}) | THEME_FIELDS
_OURS = {
    field.alias or name for model in MODELS.values() for name, field in model.model_fields.items()
} - _PAGES_TOO | {"type"}


class FolderMetadata:
    """Reads the metadata of each folder of a tree once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        # The usual name in its other spelling is read by nobody, but meant all the same.
        self._names = dict.fromkeys((METADATA_FILE, tree.metadata_file, MISSPELT))
        self._private: dict[str, bool] = {}
        self._findings: list[Finding] = []

    def take_findings(self) -> list[Finding]:
        """Return the findings about what was read since the last time."""
        taken, self._findings = self._findings, []
        return taken

    def makes_private(self, uri: str) -> bool:
        """Whether a folder above a file makes everything below it private."""
        folder, slash, _ = uri.rpartition("/")
        if folder not in self._private:
            above = self.makes_private(folder) if slash else False
            read = [self._read(f"{folder}{slash}{name}") for name in self._names]
            self._private[folder] = any(read) or above
        return self._private[folder]

    def _read(self, uri: str) -> bool:
        try:
            text = self._tree.read(uri).decode(errors="replace")
        except OSError:
            return False
        lines = text.split("\n")
        path, private = self._tree.path(uri), private_line(lines)
        name = uri.rpartition("/")[2]
        if private is not None:
            message = phrase("a `%(name)s` can't make documents private", name=name)
            hint = phrase(
                "add `visibility: private` to each; until then everything below is kept out"
            )
            self._findings.append(finding("OKR104", path, private + 1, message, hint))
        for number, line in enumerate(lines, 1):
            field = _FIELD.match(line)
            if field and field[1] in _OURS and number - 1 != private:
                message = phrase(
                    "`%(field)s` in a `%(name)s` doesn't apply to any document",
                    field=field[1],
                    name=name,
                )
                hint = phrase("add it to the front matter of each document")
                self._findings.append(finding("OKR104", path, number, message, hint))
        return private is not None
