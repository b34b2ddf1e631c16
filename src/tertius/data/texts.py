# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Reading YAML that people write: strict, with errors that name the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, Tag, ValidationError

from tertius.errors import BadInput, nearest

__all__ = ["Strict", "parse", "read_text", "read_yaml"]

Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """A record that refuses fields it does not know, and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_text(path: Path, what: str = "YAML") -> str:
    """Read a file that somebody wrote.

    Parameters
    ----------
    path
        Where it is.
    what
        Kind of file, for the error.

    Raises
    ------
    BadInput
        If it is not there, or not text in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadInput(str(path), f"cannot be read ({why})", f"give the path of a {what} file") from error


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses keys given twice, and leaves dates as text for the model to judge."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise _broken(f"{key!r} cannot be the name of a field; put it in quotes", key_node)
        if key in seen:
            raise _broken(f"{key!r} is given twice", key_node)
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


def _as_written(loader: _Loader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


def _broken(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_written)


def read_yaml(text: str, where: str) -> Any:
    """Parse YAML text; dates stay text.

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
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}: line {mark.line + 1}, column {mark.column + 1}" if mark else where
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        raise BadInput(place, f"not valid YAML: {problem}") from error


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
        kind = model.__name__.removesuffix("File").lower()
        raise BadInput(where, "must be a mapping of fields", f"start from `tertius schema {kind}`")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = [_fault(e, model) for e in _own_faults(error)]
        raise BadInput(where, "; ".join(dict.fromkeys(faults))) from error


def _own_faults(error: ValidationError) -> Iterator[Any]:
    """All faults, without the lists that only seem too short because what they hold is at fault."""
    faults = error.errors()
    for e in faults:
        loc = e["loc"]
        inside = any(len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in faults)
        if not (e["type"] == "too_short" and inside):
            yield e


WORDS = {
    "string_type": "must be text",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping of fields",
    "model_attributes_type": "must be a mapping of fields",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "union_tag_not_found": "kind is missing",
} | dict.fromkeys(
    ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
    "must be a date, written YYYY-MM-DD",
)


def _fault(error: Any, model: type[BaseModel]) -> str:
    place, known = _follow(model, error["loc"])
    kind, context, got = error["type"], error.get("ctx", {}), error.get("input")
    if kind == "extra_forbidden":
        near = nearest(str(error["loc"][-1]), known)
        return f"{place} is not a known field" + (f" (did you mean {', '.join(near)}?)" if near else "")
    if kind == "union_tag_invalid":
        tags = [t.strip("' ") for t in context["expected_tags"].split(",")]
        near = nearest(context["tag"], tags)
        hint = f"did you mean {', '.join(near)}?" if near else f"known are {', '.join(tags)}"
        return f"{place}.kind: {context['tag']!r} is not a known measure ({hint})"
    if kind == "missing":
        return f"{place} is missing"
    message = WORDS.get(kind) or error["msg"].removeprefix("Value error, ").replace("Input should", "must")
    if kind == "string_type" and isinstance(got, bool):
        message += ": YAML reads NO, ON and YES without quotes as false and true"
    return f"{place}: {message}" + ("" if isinstance(got, dict | list | None) else f" (got {got!r})")


def _follow(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[str, list[str]]:
    """Path of a fault as the file has it, and the fields that the last step could have named.

    Where the model allows a union, pydantic's location holds the tag of a branch; the file does not.
    """
    here: Any = model
    path, known = "", list[str]()
    for step in loc:
        if step == "[key]":  # the fault is in the name before
            continue
        branches = _branches(here)
        if len(branches) > 1:
            here = next((b for b in branches if _tag(b) == step), None)
            continue
        here = _bare(branches[0]) if branches else None
        known = []
        if isinstance(step, int):
            path, here = f"{path}[{step}]", next(iter(get_args(here)), None)
            continue
        if isinstance(here, type) and issubclass(here, BaseModel):
            known = sorted(here.model_fields)
            here = here.model_fields[step].annotation if step in here.model_fields else None
        else:
            here = next(iter(get_args(here)[1:]), None)
        path = f"{path}.{step}" if path else step
    return path or "file", known


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _branches(annotation: Any) -> list[Any]:
    """What an annotation allows besides nothing: several for a union."""
    bare = _bare(annotation)
    if get_origin(bare) in (Union, UnionType):
        return [b for a in get_args(bare) if a is not NoneType for b in _branches(a)]
    return [annotation]


def _tag(branch: Any) -> str | None:
    """Name by which pydantic tells a branch of a union: its tag, or the value of its field ``kind``."""
    for extra in get_args(branch)[1:] if get_origin(branch) is Annotated else ():
        if isinstance(extra, Tag):
            return extra.tag
    fields = getattr(_bare(branch), "model_fields", {})
    return str(get_args(fields["kind"].annotation)[0]) if "kind" in fields else None
