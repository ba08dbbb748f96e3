"""The commit that a build is of, if its files were extracted from a repository."""

import json
import os
from dataclasses import dataclass

VARIABLE = "OKRSITE_PAST"
"""The environment variable in which `okrsite build --at` hands the plugin the commit."""


@dataclass(frozen=True, slots=True)
class Past:
    """A commit of the repository at `top`; `folder` is docs_dir in that commit, and `project` the
    folder of mkdocs.yml as it is now."""

    top: str
    commit: str
    folder: str
    project: str

    def written(self) -> str:
        """Return it as the value of the variable."""
        return json.dumps([self.top, self.commit, self.folder, self.project])


def past_of_build() -> Past | None:
    """Return the commit in the variable; None where the files on disk are built as they are."""
    try:
        top, commit, folder, project = json.loads(os.environ.get(VARIABLE, "null"))
    except (ValueError, TypeError):
        return None
    return Past(str(top), str(commit), str(folder), str(project))
