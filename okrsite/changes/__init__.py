"""What is different between two states of a site, in the words of OKRs.

`compare` is a pure function of two states; `compare_objective` and `compare_kpi` are the same for
one document, so that its change log says it in the same words.
"""

from okrsite.changes.check_ins import compare_check_ins
from okrsite.changes.compare import compare
from okrsite.changes.data import to_json
from okrsite.changes.kpis import compare_kpi
from okrsite.changes.markdown import to_markdown
from okrsite.changes.model import Change, ChangeKind, Changes, Group, Sentence
from okrsite.changes.objectives import compare_objective
from okrsite.changes.outline import Sides
from okrsite.changes.owners import compare_owner
from okrsite.changes.state import State
from okrsite.changes.text import to_text
from okrsite.changes.voice import Moves, Name, Titles, Unsaid, Voice

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
