"""Who changed what and when, in the words of OKRs, read out of git's objects.

It is the comparison of `okrsite diff`, one document and one commit at a time. What it says is what
was public when it was committed, and is public now.
"""

from okrsite.history.addresses import commit_addresses
from okrsite.history.archive import Journal
from okrsite.history.model import History, Moved, Remark, Told
from okrsite.history.read import read_history
from okrsite.history.remembered import Remembered

__all__ = [
    "History",
    "Journal",
    "Moved",
    "Remark",
    "Remembered",
    "Told",
    "commit_addresses",
    "read_history",
]
