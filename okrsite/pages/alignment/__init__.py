"""Alignment: what supports what, from the company's objectives down to each individual's."""

from okrsite.pages.alignment.nodes import anchor_in_tree
from okrsite.pages.alignment.page import (
    AlignmentRow,
    AlignmentView,
    alignment_overview,
    alignment_view,
)

__all__ = [
    "AlignmentRow",
    "AlignmentView",
    "alignment_overview",
    "alignment_view",
    "anchor_in_tree",
]
