# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Reading YAML that people write: strict, with errors that name the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from tertius.errors import BadInput, nearest

__all__ = ["Strict", "parse", "read_yaml"]

Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """A record that refuses fields it does not know, and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a key given twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"{key!r} is given twice", key_node.start_mark
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(text: str, where: str) -> Any:
    """Parse YAML text.

    Parameters
    ----------
    text
        The text.
    where
        File name for errors.

    Raises
    ------
    BadInput
        With line and column of what is not YAML.
    """
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}: line {mark.line + 1}, column {mark.column + 1}" if mark else where
        raise BadInput(place, f"not valid YAML: {getattr(error, 'problem', error)}") from error


def parse(model: type[Model], text: str, where: str) -> Model:
    """Parse YAML text into a model; every fault is reported, each with its place.

    Parameters
    ----------
    model
        The pydantic model that the text must satisfy.
    text, where
        As in :func:`read_yaml`.

    Raises
    ------
    BadInput
        Listing all faults with the nearest valid names.
    """
    content = read_yaml(text, where)
    if not isinstance(content, dict):
        raise BadInput(
            where, "must be a mapping of fields", f"start from `tertius schema {model.__name__.lower()}`"
        )
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = [_fault(e, content, model) for e in error.errors()]
        raise BadInput(where, "; ".join(dict.fromkeys(faults))) from error


def _fault(error: Any, content: Any, model: type[BaseModel]) -> str:
    place = _place(error["loc"], content)
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        known = _siblings(model, error["loc"])
        near = nearest(str(error["loc"][-1]), known)
        return f"{place} is not a known field" + (f" (did you mean {', '.join(near)}?)" if near else "")
    if kind == "union_tag_invalid":
        tags = [t.strip("' ") for t in context["expected_tags"].split(",")]
        near = nearest(context["tag"], tags) or tags
        return f"{place}.kind: {context['tag']!r} is not a known measure (did you mean {', '.join(near)}?)"
    if kind == "missing":
        return f"{place} is missing"
    message = error["msg"].removeprefix("Value error, ")
    shown = error.get("input")
    return f"{place}: {message}" + ("" if isinstance(shown, dict | list) else f" (got {shown!r})")


def _place(loc: Sequence[str | int], content: Any) -> str:
    """Path in the file; the tag of a union, which pydantic adds, is not part of it."""
    path, here = "", content
    for step in loc:
        if isinstance(step, int):
            path += f"[{step}]"
            here = here[step] if isinstance(here, list) and step < len(here) else None
        elif isinstance(here, dict) and here.get("kind") == step and step not in here:
            continue
        else:
            path += f".{step}" if path else str(step)
            here = here.get(step) if isinstance(here, dict) else None
    return path or "file"


def _siblings(model: type[BaseModel], loc: Sequence[str | int]) -> Iterable[str]:
    """Field names valid at a place, following the models that the annotations name."""
    here: list[type[BaseModel]] = [model]
    for step in loc[:-1]:
        inner = (
            [m for h in here for m in _models(h.model_fields[str(step)].annotation) if True]
            if any(str(step) in h.model_fields for h in here)
            else [h for h in here if _kind(h) == step] or here
        )
        here = inner or here
    return sorted({f for h in here for f in h.model_fields})


def _kind(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("kind")
    return get_args(field.annotation)[0] if field and get_args(field.annotation) else None


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if isinstance(annotation, Mapping):
        return []
    return [m for a in get_args(annotation) for m in _models(a)]
