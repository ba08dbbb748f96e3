"""Documents to a project: every link followed, every series in order, every error said."""

from okrsite.project.load import load

__all__ = ["load"]
