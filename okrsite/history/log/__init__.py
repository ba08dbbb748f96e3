"""Who changed what and when, in OKR terms, read out of git's objects.

It is the comparison of `okrsite diff`, one document and one commit at a time. It shows only what
was public when it was committed, and is public now.
"""

from okrsite.history.log.addresses import commit_addresses
from okrsite.history.log.cache import HistoryCache
from okrsite.history.log.model import History, LogEntry, LoggedChange, MovedGoalposts
from okrsite.history.log.read import read_history
from okrsite.history.log.version_reader import HistorySource

__all__ = [
    "History",
    "HistoryCache",
    "HistorySource",
    "LogEntry",
    "LoggedChange",
    "MovedGoalposts",
    "commit_addresses",
    "read_history",
]
