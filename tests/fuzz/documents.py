"""The sound site that every example begins with."""

from typing import Any


def documents() -> dict[str, tuple[dict[str, Any], str]]:
    """Return the front matter and body of each document by its path."""
    return {
        "company.md": ({"type": "company", "title": "Acme"}, "What we are for."),
        "teams/sales.md": ({"type": "team", "title": "Sales"}, ""),
        "teams/field.md": ({"type": "team", "parent": "sales"}, "# In the field\n\nWe sell."),
        "people/eve.md": ({"type": "person", "team": "field", "title": "Eve"}, ""),
        "people/zoe.md": ({"type": "person", "team": "sales", "visibility": "private"}, ""),
        "cycles/spring.md": (
            {"type": "cycle", "start": "2026-09-15", "end": "2027-01-15", "closed": "2027-01-20"},
            "",
        ),
        "kpis/csat.md": (
            {
                "type": "kpi", "owner": "sales", "unit": "%", "keep": {"min": "85"},
                "alert": {"min": "75"}, "target": {"value": "95", "by": "2026-12-31"},
                "drives": ["churn"], "data": "csat.csv", "indicator": "leading",
                "readings": [
                    {"date": "2026-09-30", "value": "82", "note": "Holiday *backlog*"},
                    {"date": "2026-10-31", "value": "86%"},
                ],
            },
            "",
        ),
        "kpis/churn.md": (
            {"type": "kpi", "owner": "eve", "keep": {"max": "4"}, "visibility": "private",
             "readings": [{"date": "2026-10-05", "value": "3"}]},
            "",
        ),
        "okrs/2026/company/vision.md": (
            {
                "type": "objective", "title": "Be the first choice", "commitment": "committed",
                "key_results": [
                    {"id": "v", "title": "Everyone reaches it", "roll_up": True},
                    {"title": "Words only"},
                ],
                "grade": {"score": "0.6", "reason": "So far"},
            },
            "Why.\n\n## Retrospective\n\nWell done.",
        ),
        "okrs/2026-q4/sales/grow.md": (
            {
                "type": "objective", "title": "Grow", "aligns_to": ["vision#v"], "every": "2 weeks",
                "contributors": ["eve"], "tags": ["growth"],
                "key_results": [
                    {"id": "a", "title": "Double it", "from": "$5M", "to": "$10M", "weight": "2",
                     "plan": [["2026-10-31", "$6M"], ["2026-11-30", "$8M"]]},
                    {"id": "b", "title": "Answer sooner", "current": "6",
                     "scale": [["10", "0"], ["5", "0.7"], ["3", "1"]]},
                    {"id": "c", "title": "Launch", "due": "2026-11-30", "milestones": [
                        {"title": "Chosen", "done": "2026-10-09"},
                        {"title": "Moved", "weight": "2", "due": "2026-11-15", "progress": "50%"},
                    ]},
                    {"id": "d", "title": "Stay up", "keep": {"min": "99.9%"}},
                    {"id": "e", "title": "Please", "kpi": "csat", "to": "90", "aggregate": "mean"},
                    {"id": "f", "title": "Ship", "measured_by": "it is there", "done": "false"},
                    {"id": "g", "title": "Gone", "to": "4 days", "status": "cancelled"},
                ],
                "initiatives": [
                    {"title": "New page", "owner": "eve", "status": "doing", "key_result": "a",
                     "url": "https://example.com/42"},
                ],
                "check_ins": [
                    {"date": "2026-10-12", "confidence": "0.8", "values": {"a": "$5.5M"}},
                    {"date": "2026-11-09", "confidence": "6/10", "note": "Slipped.",
                     "values": {"a": "$6.1M", "d": {"value": "99.95%", "confidence": "0.3"}},
                     "blockers": ["Legal"], "next": "Close it"},
                ],
            },
            "Why this matters.",
        ),
        "okrs/2026-q4/eve/win.md": (
            {
                "type": "objective", "owners": ["eve", "zoe"], "aligns_to": "grow#a",
                "depends_on": "home", "status": "active",
                "key_results": [{"title": "Win", "to": "10", "owner": "eve"},
                                {"title": "On a private KPI", "kpi": "churn", "to": "1"}],
            },
            "# Win them\n",
        ),
        "okrs/spring/home.md": (
            {"type": "objective", "title": "Home", "owner": "company", "cycle": "spring",
             "visibility": "private", "key_results": [{"title": "Keep", "keep": {"max": "5"}}]},
            "",
        ),
        "check-ins/2026-11-10-sales.md": (
            {"type": "check-in", "owner": "sales", "updates": [
                {"objective": "grow", "values": {"d": "99.99%", "b": "4"}, "confidence": "0.7"},
                {"objective": "home", "values": {"kr1": "4"}, "note": "Quiet"},
            ]},
            "All in all a good week.",
        ),
    }  # fmt: skip
