"""Git's objects, read without checking anything out: what stood in a folder at any commit.

Everything here asks the `git` command and changes nothing; what it prints is read as bytes.
"""

from okrsite.history.git.git import RepositoryError
from okrsite.history.git.repository import Repository
from okrsite.history.git.revision import Revision
from okrsite.history.git.snapshot import Entry, Snapshot

__all__ = ["Entry", "Repository", "RepositoryError", "Revision", "Snapshot"]
