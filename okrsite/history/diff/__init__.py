"""The changes between two states of a site, in OKR terms.

`compare` is a pure function of two states; `compare_objective` and the like do the same for one
document, for its change log.
"""

from okrsite.history.diff.compare import compare
from okrsite.history.diff.json import to_json
from okrsite.history.diff.markdown import to_markdown
from okrsite.history.diff.model import Changes
from okrsite.history.diff.sections import Sides
from okrsite.history.diff.sentences import Hidden, Name
from okrsite.history.diff.state import SiteState
from okrsite.history.diff.text import to_text

__all__ = [
    "Changes", "Hidden", "Name", "Sides", "SiteState", "compare", "to_json", "to_markdown",
    "to_text",
]  # fmt: skip
