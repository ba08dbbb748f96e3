"""Who changed what and when, in the words of OKRs, read out of git's objects.

It is the comparison of `okrsite diff`, one document and one commit at a time. What it says is what
was public when it was committed, and is public now.
"""

from okrsite.history.log.addresses import commit_addresses
from okrsite.history.log.archive import Journal
from okrsite.history.log.cache import Remembered
from okrsite.history.log.model import History, Moved, Remark, Told
from okrsite.history.log.read import read_history

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
