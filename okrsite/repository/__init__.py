"""Git's objects, read without checking anything out: what stood in a folder at any commit.

Everything here asks the `git` command and changes nothing; what it prints is read as bytes.
"""

from okrsite.repository.git import RepositoryError
from okrsite.repository.repository import Repository
from okrsite.repository.revision import Revision
from okrsite.repository.snapshot import Entry, Snapshot

__all__ = ["Entry", "Repository", "RepositoryError", "Revision", "Snapshot"]
