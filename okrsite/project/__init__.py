"""From documents to one project: links followed, series in order, errors found.

What is computed from it belongs in `okrsite.scores`, advice on it in `okrsite.checks`.
"""

from okrsite.project.load import load

__all__ = ["load"]
