"""Series over time: tables that a script draws, and that stand there without it."""

from okrsite.pages.series.courses import courses_of, key_result_series, objective_series
from okrsite.pages.series.values import Cell, Series, cell

__all__ = [
    "Cell",
    "Series",
    "cell",
    "courses_of",
    "key_result_series",
    "objective_series",
]
