"""The home page: where the company stands, in ten seconds and in ten minutes."""

from okrsite.views.home.attention import Attention
from okrsite.views.home.counts import (
    StatusCount,
    company_explained,
    health_counts,
    status_counts,
)
from okrsite.views.home.page import HomeView, home_view

__all__ = [
    "Attention",
    "HomeView",
    "StatusCount",
    "company_explained",
    "health_counts",
    "home_view",
    "status_counts",
]
