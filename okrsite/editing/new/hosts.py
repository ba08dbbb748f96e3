"""Where a repository is on the web, read from the address that git pushes to."""

import re
from dataclasses import dataclass
from urllib.parse import quote

GITHUB, GITLAB, NONE = "github", "gitlab", "none"

_SCP = re.compile(r"(?:[^@/:]+@)?(?P<host>[\w-]+(?:\.[\w-]+)+):(?!//)(?P<path>[^:\\]+)")
_URL = re.compile(r"(?:https?|ssh|git)://(?:[^@/]+@)?(?P<host>[\w.-]+)(?::\d+)?/(?P<path>.+)")


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository's host, like `github.com`, and its path there, without any credentials."""

    host: str
    path: str

    @property
    def kind(self) -> str:
        """The pipelines that run there: `github`, `gitlab` or `none`."""
        names = self.host.lower().split(".")
        return next((kind for kind in (GITHUB, GITLAB) if kind in names), NONE)

    def edit_uri(self, branch: str, docs: str) -> str | None:
        """Return the address below which the host edits the documents of a branch."""
        if self.kind == NONE:
            return None
        middle = "/-/edit/" if self.kind == GITLAB else "/edit/"
        return f"https://{self.host}/{quote(self.path)}{middle}{quote(branch)}/{docs}/"


def remote(address: str) -> Remote | None:
    """Return the remote of an address that git prints; None where it is not on the web."""
    match = _URL.fullmatch(address.strip()) or _SCP.fullmatch(address.strip())
    if match is None:
        return None
    path = match["path"].strip("/").removesuffix(".git")
    return Remote(match["host"], path) if path else None
