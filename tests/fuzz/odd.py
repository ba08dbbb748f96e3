"""Values that careless and hostile hands write where others are expected."""

from datetime import date
from typing import Any

DAYS = [
    date(2026, 11, 15), date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1), date(1900, 1, 1),
    date(2999, 12, 31), date(2024, 2, 29),
]  # fmt: skip

ODD_NUMBERS: list[Any] = [
    "0", "-0", "1", "-1", "100%", "-5%", "1e308", "1e-320", "9" * 30, "9" * 400, "0." + "0" * 80,
    ".nan", "NaN", ".inf", "-.inf", "∞", "٣", "1_000", "12,5", "12,500", "5M", "-5bn", "$-3", "€5k",
    "4 days", "1 day", "3 °C", "6/10", "0/0", "7/6", "USD 5", "XXX 5", "5m", "999999T", 0, 10**30,
]  # fmt: skip

ODD_DAYS: list[Any] = [
    "2026-02-30", "99999-01-01", "1900-01-01", "2999-12-31", "0001-01-01", "2026-10-01",
    "2026-12-31", "2026-11-15", "2027-01-01", "26-1-1", date(2026, 11, 9),
]  # fmt: skip

ODD_TEXTS: list[Any] = [
    "", " ", "~", "null", "yes", "no", "true", "false", "x" * 3000, "İ", "ß", "é", "e\u0301", "😀",
    "\u202e", "\ufeff", "\u2028", "a\nb", "[*_`<&", "](", "![](x)", "`" * 50, "<script>alert(1)",
    "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "[x](javascript:alert(1))",
    "javascript:alert(1)", "data:text/html,x", "//host/x", "http://[", "%s %(x)s", "{{ 7*7 }}",
    "{% raw %}", "\\", "'", '"', "salary", "$5M",
]  # fmt: skip

ODD_REFERENCES: list[Any] = [
    "company", "COMPANY ", "sales", "people/eve", "eve", "grow", "grow#a", "grow#", "#a", "grow#zz",
    "okrs/2026-q4/sales/grow", "okrs/2026/company/vision", "vision#v", "nothing", "..", "../grow",
    "a//b", "/", ".", "csat", "kpis/csat", "2026", "2026-q4", "2026-Q4", "2026-h2", "2026-12",
    "2999-q4", "spring", "home", "win", "Grow",
]  # fmt: skip

ODD_SHAPES: list[Any] = [
    None, [], {}, [None], [[]], [[[["deep"]]]], {"x": {"y": {"z": "deep"}}}, ["a", "b"], {"a": "b"},
    {5: 1}, [{"title": "T"}], True, False, 3.5,
]  # fmt: skip

ODD = [ODD_NUMBERS, ODD_DAYS, ODD_TEXTS, ODD_REFERENCES, ODD_SHAPES]
