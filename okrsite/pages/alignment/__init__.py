"""Alignment: what serves what, from the company's objectives down to each individual's."""

from okrsite.pages.alignment.page import AlignmentView, alignment_overview, alignment_view
from okrsite.pages.alignment.places import anchor_in_tree
from okrsite.pages.alignment.rows import AlignmentRow

__all__ = [
    "AlignmentRow",
    "AlignmentView",
    "alignment_overview",
    "alignment_view",
    "anchor_in_tree",
]
