"""The home page: where the company stands, in ten seconds and in ten minutes."""

from okrsite.pages.home.attention import Attention
from okrsite.pages.home.counts import StatusCount, company_explained, health_counts, status_counts
from okrsite.pages.home.page import HomeView, home_view

__all__ = [
    "Attention",
    "HomeView",
    "StatusCount",
    "company_explained",
    "health_counts",
    "home_view",
    "status_counts",
]
