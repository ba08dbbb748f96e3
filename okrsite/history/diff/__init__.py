"""What is different between two states of a site, in the words of OKRs.

`compare` is a pure function of two states; `compare_objective` and `compare_kpi` are the same for
one document, so that its change log says it in the same words.
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
from okrsite.history.diff.sentences import Moves, Name, Titles, Unsaid, Voice
from okrsite.history.diff.side import State
from okrsite.history.diff.text import to_text

__all__ = [
    "Change",
    "ChangeKind",
    "Changes",
    "Group",
    "Moves",
    "Name",
    "Sentence",
    "Sides",
    "State",
    "Titles",
    "Unsaid",
    "Voice",
    "compare",
    "compare_check_ins",
    "compare_kpi",
    "compare_objective",
    "compare_owner",
    "to_json",
    "to_markdown",
    "to_text",
]
