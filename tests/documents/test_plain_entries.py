"""Entries that were written as a line are shown with the fields that they need."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from okrsite.documents.models import MODELS, KeyResultFields
from okrsite.documents.plain_entries import ENTRY_FIELDS, PLACEHOLDER, as_mapping, with_fields
from okrsite.documents.types import Type
from tests.samples import document, findings_of


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("More guests from 100 to 200", "{title: More guests, from: 100, to: 200}"),
        ("Guests: 100 → 200", "{title: Guests, from: 100, to: 200}"),
        ("NPS 30 to 50", "{title: NPS, from: 30, to: 50}"),
        ("100 to 200 guests", "{title: 100 to 200 guests, from: 100, to: 200}"),
        ("Gäste von 100 auf 200 steigern", "{title: Gäste steigern, from: 100, to: 200}"),
        ("Retours de 4 % à 2,5 %", "{title: Retours, from: 4 %, to: 2.5 %}"),
        ("Huéspedes de 100 a 200", "{title: Huéspedes, from: 100, to: 200}"),
        ("*Grow* guests to 1,200", '{title: "*Grow* guests", to: "1,200"}'),
        (
            "Keep uptime at least 99.9%",
            "{title: Keep uptime at least 99.9%, keep: {min: 99.9%}}",
        ),
        ("Uptime ≥ 99.9%", "{title: Uptime ≥ 99.9%, keep: {min: 99.9%}}"),
        ("Churn unter 2% halten", "{title: Churn unter 2% halten, keep: {max: 2%}}"),
        (
            "Verfügbarkeit mindestens 99,9 %",
            '{title: "Verfügbarkeit mindestens 99,9 %", keep: {min: 99.9 %}}',
        ),
        (
            "Answer time under 2 hours",
            "{title: Answer time under 2 hours, keep: {max: 2 hours}}",
        ),
        ("Reduce churn below 2%", "{title: Reduce churn below 2%, from: …, to: 2%}"),
        (
            "Launch the shop by 2026-12-01",
            "{title: Launch the shop, due: 2026-12-01, done: false}",
        ),
        ("Win 5 awards", "{title: Win 5 awards, to: 5}"),
        ("Open the shop in 2027", "title: Open the shop in 2027"),
        ("Be #1 in guests", 'title: "Be #1 in guests"'),
        ('Say "yes"', 'title: "Say \\"yes\\""'),
    ],
)
def test_a_key_result(line: str, instead: str) -> None:
    assert with_fields("key_results", line) == f"- {instead}"


@pytest.mark.parametrize(
    ("name", "written", "instead"),
    [
        ("key_results", {"Guests": "from 4 to 5"}, "{title: Guests, from: 4, to: 5}"),
        ("key_results", {"Guests": {"title": "G", "to": "5"}}, "{id: guests, title: G, to: 5}"),
        ("key_results", "- A from 1 to 2\n- B", "{title: A, from: 1, to: 2}"),
        ("check_ins", {"2026-11-01": "fine"}, "{date: 2026-11-01, note: fine}"),
        ("check_ins", {"2026-11-01": {"confidence": "1"}}, "{date: 2026-11-01, confidence: 1}"),
        ("check_ins", {"2026-11-01": "A", "wins": "B"}, "{date: 2026-11-01, note: A, wins: B}"),
        ("check_ins", "2026-11-01 so, so", '{date: 2026-11-01, note: "so, so"}'),
        ("check_ins", "fine", "{date: 2026-11-09, note: fine}"),
        ("readings", {"2026-11-01": "85%"}, "{date: 2026-11-01, value: 85%}"),
        ("targets", {"2026-12-31": "95"}, "{value: 95, by: 2026-12-31}"),
        ("milestones", {"Contract": "2026-11-01"}, "{title: Contract, due: 2026-11-01}"),
        ("milestones", {"Contract": "erledigt"}, "{title: Contract, done: true}"),
        ("milestones", "Contract by 2026-11-01", "{title: Contract, due: 2026-11-01}"),
        ("initiatives", {"Call": "doing"}, "{title: Call, status: doing}"),
        ("initiatives", "Call guests", "title: Call guests"),
        ("links", {"Chat": "https://a.b/c"}, '{title: Chat, url: "https://a.b/c"}'),
        ("links", "https://a.b", '{title: …, url: "https://a.b"}'),
        ("updates", {"grow": "0.7"}, "{objective: grow, confidence: 0.7}"),
        ("updates", {"grow": "fine"}, "{objective: grow, note: fine}"),
    ],
)
def test_an_entry_of_another_list(name: str, written: Any, instead: str) -> None:
    assert with_fields(name, written) == f"- {instead}"


@pytest.mark.parametrize(
    ("name", "written", "instead"),
    [
        ("keep", "85%", "keep: {min: 85%}"),
        ("keep", "at most 5%", "keep: {max: 5%}"),
        ("alert", "75", None),
        ("target", "95 by 2026-12-31", "target: {value: 95, by: 2026-12-31}"),
        ("grade", "0.7", "grade: {score: 0.7, reason: …}"),
        ("grade", "good", None),
    ],
)
def test_a_field_of_several_parts(name: str, written: str, instead: str | None) -> None:
    assert as_mapping(name, written) == instead


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60) | (
    st.lists(
        st.sampled_from(
            ["from", "to", "5", "1,200", "99.9%", "at least", "A", "#1", ":", "2026-12-01", "-"]
        )
    ).map(" ".join)
)


@given(
    st.sampled_from(sorted(ENTRY_FIELDS)),
    TEXTS | st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=1),
)
def test_what_is_shown_is_yaml_that_is_an_entry(name: str, written: Any) -> None:
    instead = with_fields(name, written)
    if instead is not None and PLACEHOLDER not in instead:
        (entry,) = yaml.load(instead, yaml.CSafeLoader)
        assert isinstance(entry, dict)


@pytest.mark.parametrize(
    "lines",
    [
        ("key_results:", "  - More guests from 100 to 200"),
        ("key_results: Keep uptime at least 99.9%",),
        ("key_results:", "  More guests from 100 to 200", "  Win 5 awards"),
        ("key_results:", "  - Guests: from 100 to 200", "    weight: 2"),
        ("key_results:", "  - Win #1 guests from 4 to 5"),
    ],
)
def test_what_is_shown_for_a_key_result_has_a_measure(lines: tuple[str, ...]) -> None:
    found = findings_of({"a.md": document("objective", *lines)})
    (hint,) = {f.hint for f in found if f.code == "OKR104" or (f.code == "OKR103" and f.line > 1)}
    (entry,) = yaml.load(str(hint).removeprefix("write `").removesuffix("`"), yaml.BaseLoader)
    read = KeyResultFields.model_validate(entry)
    assert read.to or read.keep
    assert "Win 5" not in read.title
    assert read.title.startswith("Win #1 ") == ("#1" in lines[-1])


def test_lists_of_entries_are_known() -> None:
    lists = {
        name
        for model in MODELS.values()
        for name, field in model.model_fields.items()
        if "Fields, ..." in str(field.annotation)
    }
    assert lists - {"drives"} <= ENTRY_FIELDS
    assert Type.OBJECTIVE in MODELS
