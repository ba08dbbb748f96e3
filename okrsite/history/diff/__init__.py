"""The changes between two states of a site, in OKR terms.

`compare` is a pure function of two states; `compare_objective` and the like do the same for one
document, for its change log.
"""

from okrsite.history.diff.check_ins import compare_check_ins
from okrsite.history.diff.compare import compare
from okrsite.history.diff.json import to_json
from okrsite.history.diff.kpis import compare_kpi
from okrsite.history.diff.markdown import to_markdown
from okrsite.history.diff.model import Change, ChangeKind, Changes, Group, Sentence
from okrsite.history.diff.objectives import compare_objective
from okrsite.history.diff.owners import compare_owner
from okrsite.history.diff.sections import Sides
from okrsite.history.diff.sentences import ChangeSentences, Hidden, Name
from okrsite.history.diff.state import SiteState
from okrsite.history.diff.text import to_text

__all__ = [
    "Change",
    "ChangeKind",
    "ChangeSentences",
    "Changes",
    "Group",
    "Hidden",
    "Name",
    "Sentence",
    "Sides",
    "SiteState",
    "compare",
    "compare_check_ins",
    "compare_kpi",
    "compare_objective",
    "compare_owner",
    "to_json",
    "to_markdown",
    "to_text",
]
