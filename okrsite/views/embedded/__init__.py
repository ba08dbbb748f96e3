"""What stands in other pages: the answer to a block, a reference, a frame for another site."""

from okrsite.views.embedded.answered import EmbeddedView, embedded_view
from okrsite.views.embedded.frame import FrameView, frame_view
from okrsite.views.embedded.notice import NoticeView, notice_view
from okrsite.views.embedded.reference import ReferenceView, reference_view

__all__ = [
    "EmbeddedView",
    "FrameView",
    "NoticeView",
    "ReferenceView",
    "embedded_view",
    "frame_view",
    "notice_view",
    "reference_view",
]
