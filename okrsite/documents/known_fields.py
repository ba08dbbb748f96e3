"""Which fields a document may have at a place, and which of those in braces are empty."""

from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel

from okrsite.documents.lines import Location
from okrsite.documents.models import MODELS


def fields_at(model: type[BaseModel], location: Location) -> list[str]:
    """Return the names of the fields that are possible at a location."""
    steps = iter(step for step in location if isinstance(step, str))
    for step in steps:
        inner = _models_in(model).get(step)
        if inner is None or (step == _BY_ID and next(steps, None) is None):
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items()]


@lru_cache(1)
def every_field() -> frozenset[str]:
    """Return the names of all the fields that are possible anywhere."""
    waiting: list[type[BaseModel]] = list(MODELS.values())
    names = {"type"}
    while waiting:
        inside = _models_in(waiting.pop())
        names |= inside.keys()
        waiting += filter(None, inside.values())
    return frozenset(names)


def without_empty(value: Any, model: type[BaseModel] | None) -> Any:
    """Return fields without those of a model that are empty in braces, and what is empty then.

    Unknown keys without a value stay: they are said to be cut off, or, among values, to be none of
    the key results.
    """
    if isinstance(value, list):
        return [without_empty(item, model) for item in value]
    if not isinstance(value, dict):
        return value
    models = _models_in(model) if model else {}
    kept = {}
    for name, inner in value.items():
        if name == _BY_ID and isinstance(inner, dict):
            inner = {id: without_empty(stated, models.get(name)) for id, stated in inner.items()}
        else:
            inner = without_empty(inner, models.get(name))
        if inner != {} and (inner is not None or name not in models):
            kept[name] = inner
    return kept


_BY_ID = "values"
"""The field whose keys are ids of key results, and not fields."""


@lru_cache(64)
def _models_in(model: type[BaseModel]) -> dict[str, type[BaseModel] | None]:
    """Return the fields of a model, each with the model of what is in it."""
    return {f.alias or name: _model_in(f.annotation) for name, f in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in inner if model), None)
