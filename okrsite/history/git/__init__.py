"""Git's objects, read without a checkout: the content of a folder at any commit.

Everything here calls the `git` command and changes nothing; its output is read as bytes.
"""

from okrsite.history.git.git import RepositoryError
from okrsite.history.git.repository import Repository
from okrsite.history.git.revision import Revision
from okrsite.history.git.snapshot import Entry, Snapshot

__all__ = ["Entry", "Repository", "RepositoryError", "Revision", "Snapshot"]
