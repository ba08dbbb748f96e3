"""One page of every kind, with those that are not Material's: reviews, and frames for others."""

from tests.end_to_end.test_site import KINDS
from tests.sites import demo_site

GUIDE = {
    "guide": "guide/",
    "page of the guide": "guide/scores/",
    "reference": "guide/fields/",
    "code": "guide/embedding/",
    "not found": "404.html",
}

REVIEWS = {
    "review of a cycle": "cycles/2026-q4/review/",
    "review of a closed cycle": "cycles/2026-q3/review/",
    "review of a team": "teams/sales/review/",
}


def frames() -> dict[str, str]:
    """Find the frame of an objective."""
    (file,) = demo_site().glob("embed/okrs/2026-q4/company/financial-targets*")
    address = file.relative_to(demo_site()).as_posix()
    return {"frame": f"{address}/" if file.is_dir() else address}


def standalone() -> dict[str, str]:
    """One page of every kind that stands without Material around it."""
    return {**REVIEWS, **frames()}


def every_kind() -> dict[str, str]:
    """One page of every kind."""
    return {**KINDS, **GUIDE, **standalone()}
