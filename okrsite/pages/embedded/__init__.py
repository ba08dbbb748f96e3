"""What stands in other pages: the answer to a block, a reference, a frame for another site."""

from okrsite.pages.embedded.answered import EmbeddedView, NoticeView, embedded_view
from okrsite.pages.embedded.frame import FrameView, frame_view
from okrsite.pages.embedded.reference import ReferenceView, reference_view

__all__ = [
    "EmbeddedView",
    "FrameView",
    "NoticeView",
    "ReferenceView",
    "embedded_view",
    "frame_view",
    "reference_view",
]
