"""Small git repositories for the tests, each with its own settings and nobody else's."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import yaml

from tests.samples import Files

_ENVIRONMENT = {
    "GIT_AUTHOR_NAME": "Ada Adler", "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "Ada Adler", "GIT_COMMITTER_EMAIL": "ada@example.com",
    "GIT_AUTHOR_DATE": "2026-11-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-01T12:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip

CONFIGURATION = {
    "site_name": "Acme",
    "docs_dir": "content",
    "plugins": [{"okrsite": {"as_of": "2026-11-15"}}],
}


class Repo:
    """A repository in a folder, with what tests do to it."""

    def __init__(self, folder: Path, configuration: Mapping[str, object] = CONFIGURATION) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", ".")
        self.configuration = folder / "mkdocs.yml"
        self.configuration.write_text(yaml.safe_dump(dict(configuration)), encoding="utf-8")

    def git(self, *words: str | bytes) -> str:
        """Run git and give what it prints."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env={**os.environ, **_ENVIRONMENT},
            capture_output=True,
            check=True,
        )
        return done.stdout.decode(errors="replace").strip()

    def write(self, files: Files) -> None:
        """Write documents below `content`."""
        for uri, content in files.items():
            file = self.folder / "content" / uri
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: Files | None = None) -> str:
        """Commit everything there is, after writing some documents; give the commit's id."""
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change")
        return self.git("rev-parse", "HEAD")

    def move(self, uri: str, to: str) -> None:
        """Move a document."""
        target = self.folder / "content" / to
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "content" / uri).rename(target)

    def remove(self, uri: str) -> None:
        """Remove a document."""
        (self.folder / "content" / uri).unlink()
