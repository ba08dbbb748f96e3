"""Which commit a build is of, where its files were taken out of a repository."""

import json
import os
from dataclasses import dataclass

VARIABLE = "OKRSITE_PAST"
"""The variable by which `okrsite build --at` tells the plugin what it builds."""


@dataclass(frozen=True, slots=True)
class Past:
    """A commit of the repository whose work tree begins in `top`; `folder` is docs_dir in it, as it
    was called then. `project` is the folder of mkdocs.yml as it is now."""

    top: str
    commit: str
    folder: str
    project: str

    def written(self) -> str:
        """Write it as the value of the variable."""
        return json.dumps([self.top, self.commit, self.folder, self.project])


def past_of_build() -> Past | None:
    """Return what the variable says; None where the files on disk are built as they are."""
    try:
        top, commit, folder, project = json.loads(os.environ.get(VARIABLE, "null"))
    except (ValueError, TypeError):
        return None
    return Past(str(top), str(commit), str(folder), str(project))
