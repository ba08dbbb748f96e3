"""The first documents of a new site: a small organisation, in the middle of a quarter."""

from datetime import date, timedelta
from typing import Any

from okrsite.editing.new.naming import quarter_of
from okrsite.editing.yaml_text import Flow, document_text
from okrsite.project.model.cycles import Cycle, calendar_cycle

DOCS = "content"
"""The folder of the documents."""

_GOAL = 0.7
_MOST_CHECK_INS = 4
_MOST_READINGS = 6


def sample_documents(name: str, day: date) -> dict[str, str]:
    """Return the documents of a new site as of a day, by their files below the documents' folder.

    `name` is the organisation's. None of them has a finding on that day.
    """
    cycle = calendar_cycle(quarter_of(day))
    assert cycle is not None
    okrs = f"okrs/{cycle.id}"
    return {
        "index.md": _HOME,
        "company.md": document_text({"type": "company", "title": name}, _COMPANY),
        "teams/product.md": document_text({"type": "team", "title": "Product"}, _PRODUCT),
        "teams/support.md": document_text({"type": "team", "title": "Support"}, _SUPPORT),
        "people/kim-berger.md": _person("Kim Berger", "product"),
        "people/robin-ames.md": _person("Robin Ames", "support"),
        "kpis/support/customer-satisfaction.md": document_text(_kpi(day), _KPI),
        f"{okrs}/company/recommended.md": document_text(_company_objective(cycle, day), _WHY),
        f"{okrs}/support/quick-answers.md": document_text(_team_objective(cycle, day), _WHY_TEAM),
    }


def _person(name: str, team: str) -> str:
    return document_text({"type": "person", "title": name, "team": team}, _PERSON)


def _kpi(day: date) -> dict[str, Any]:
    readings: list[Flow] = []
    following = day + timedelta(days=1)
    for number in reversed(range(_MOST_READINGS)):
        end = following.replace(day=1) - timedelta(days=1)
        readings.insert(0, Flow({"date": end, "value": 71 + number + number % 2}))
        following = end
    return {
        "type": "kpi",
        "title": "Customer satisfaction",
        "description": "Customers who would recommend us, of every hundred that we ask",
        "unit": "%",
        "keep": Flow({"min": 80}),
        "alert": Flow({"min": 65}),
        "every": "month",
        "readings": readings,
    }


def _company_objective(cycle: Cycle, day: date) -> dict[str, Any]:
    def values(share: float) -> dict[str, Any]:
        return {"reviews": round(40 * share), "answer": f"{3 - 2 * share:.1f} days"}

    return {
        "type": "objective",
        "title": "Customers recommend us to their friends",
        "contributors": Flow(["product", "support"]),
        "key_results": [
            {
                "id": "satisfaction",
                "title": "Make more customers happy",
                "kpi": "customer-satisfaction",
                "to": "85%",
            },
            {
                "id": "answer",
                "title": "Answer every question within a day",
                "from": "3 days",
                "to": "1 day",
                "owner": "support",
            },
            {"id": "reviews", "title": "Be praised in public", "from": 0, "to": "40 reviews"},
        ],
        "check_ins": _check_ins(cycle, day, values, _NOTES),
    }


def _team_objective(cycle: Cycle, day: date) -> dict[str, Any]:
    half = cycle.start + timedelta(days=cycle.days // 2)
    initiative = {"title": "One page for each question", "owner": "robin-ames"}

    def values(share: float) -> dict[str, Any]:
        return {"first": f"{8 - 6 * share:.1f} hours", "once": f"{55 + 20 * share:.0f}%"}

    return {
        "type": "objective",
        "title": "Nobody waits for an answer",
        "aligns_to": "recommended#answer",
        "key_results": [
            {
                "id": "first",
                "title": "Shorten the time to the first answer",
                "from": "8 hours",
                "to": "2 hours",
            },
            {"id": "once", "title": "Solve more at the first contact", "from": "55%", "to": "75%"},
            {
                "id": "pages",
                "title": "Answer the usual questions before they are asked",
                "milestones": [
                    Flow({"title": "Twenty questions collected", "done": cycle.start}),
                    Flow({"title": "Help pages published", "due": half}),
                    Flow({"title": "Linked from every mail", "due": cycle.end}),
                ],
            },
        ],
        "initiatives": [Flow({**initiative, "status": "doing", "key_result": "pages"})],
        "check_ins": _check_ins(cycle, day, values, _NOTES_TEAM),
    }


def _check_ins(cycle: Cycle, day: date, values: Any, notes: tuple[str, ...]) -> list[Any]:
    """Return check-ins on the last Mondays of the cycle, roughly on track."""
    monday = day - timedelta(days=day.weekday())
    days = [monday - timedelta(weeks=week) for week in range(_MOST_CHECK_INS)]
    days = [d for d in reversed(days) if d >= cycle.start] or [day]
    check_ins = []
    for number, d in enumerate(days):
        stated, note = values(cycle.elapsed(d) * _GOAL), notes[number % len(notes)]
        check_ins.append(Flow({"date": d, "confidence": 0.8, "values": stated, "note": note}))
    return check_ins


_HOME = """\
What we want to achieve, how far we've come, and what we've learned along the way. Anyone can read
everything, and anyone can ask.
"""
_COMPANY = """\
Say in two or three sentences who you are for, and what would be missing without you.
"""
_PRODUCT = "Builds what customers use every day."
_SUPPORT = "Helps customers, and tells the rest of us what they need."
_PERSON = "Say what people can ask you about."
_KPI = """\
We ask every customer a month after they came to us. The readings are examples: put your own
numbers into the front matter of this document.
"""
_WHY = """\
People believe their friends more than any advertisement. Every recommendation brings the next
customer.

This objective is an example. Edit it, and delete what you don't need.
"""
_WHY_TEAM = "A question that waits is a customer who looks elsewhere."
_NOTES = (
    "We have agreed on what to measure.",
    "The first customers wrote about us.",
    "Weekends are still slow.",
    "The new rota helps.",
)
_NOTES_TEAM = (
    "We've started counting.",
    "Two of us answer first thing in the morning.",
    "Most questions are about invoices.",
    "The help pages are half written.",
)
