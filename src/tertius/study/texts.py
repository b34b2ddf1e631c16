# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The texts of a study in another language, from a file beside it: ``NAME.ru.yaml`` with the same keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from tertius.data.texts import read_text, read_yaml
from tertius.errors import BadInput, unknown
from tertius.study.claims import places
from tertius.study.schema import StudyFile, load_study

__all__ = ["study_texts", "texts_of", "translations"]

OF_CLAIM = ("text", "covers", "reading", "grade", "falsifier", "waits_for")
OF_CASE = ("label", "block", "variant")


def texts_of(study: StudyFile) -> dict[str, str]:
    """Collect what a reader sees of a study file, by place.

    Examples
    --------
    >>> texts_of(load_study("kazakhstan-2022")[0])["cases.june.variant"]
    '8 June 2022'
    """
    found = {"title": study.title, "question": study.question, "summary": study.summary}
    found |= {"article.title": study.article.title, "article.author": study.article.author}
    found |= {f"figures.{f.quantity}": f.meaning for f in study.figures}
    found |= {f"cases.{key}.{part}": getattr(c, part) for key, c in study.cases.items() for part in OF_CASE}
    found |= {f"quantities.{key}": q.label for key, q in study.quantities.items()}
    found |= {f"claims.{c.id}.{part}": getattr(c, part) for c in study.claims for part in OF_CLAIM}
    found |= {f"not_modelled.{k}": line for k, line in enumerate(study.not_modelled, start=1)}
    return {place: words for place, words in found.items() if words}


def translations(study: StudyFile, content: Any, where: str) -> dict[str, str]:
    """Pair every text of a study with its translation.

    Parameters
    ----------
    study
        The study.
    content
        Nested mappings with the places of :func:`texts_of`; a list counts from one.
    where
        Name of the file, for errors.

    Returns
    -------
    dict
        Text of the study file -> translation.

    Raises
    ------
    BadInput
        If a place is not one of the study, its {quantities} differ, or one text is translated in two ways.
    """
    own, found = texts_of(study), dict[str, str]()
    for place, told in _flat(content, where):
        if place not in own:
            raise unknown(where, "text of the study", place, own)
        words = own[place]
        if sorted(places(told, place)) != sorted(places(words, place)):
            raise BadInput(f"{where}: {place}", "has other {places} than the study", "keep them as they are")
        if found.setdefault(words, told) != told:
            raise BadInput(f"{where}: {place}", f"{words!r} is translated in two ways", "choose one of them")
    return found


def study_texts(reference: str | Path, lang: str) -> dict[str, str]:
    """Load the texts of a study in a language; empty where there is no such file.

    Parameters
    ----------
    reference
        A shipped study or the path of a study file.
    lang
        Language, such as ``"ru"``.

    Raises
    ------
    BadInput
        If study or texts are not valid.

    Examples
    --------
    >>> study_texts("kazakhstan-2022", "ru")["8 June 2022"]
    '8 июня 2022 года'
    """
    path, study = Path(reference), load_study(reference)[0]
    if path.suffix in (".yaml", ".yml"):
        beside = path.with_suffix(f".{lang}{path.suffix}")
        text = read_text(beside, "study texts") if beside.exists() else ""
    else:
        beside = Path(f"{reference}.{lang}.yaml")
        shipped = files("tertius.study") / "studies" / beside.name
        text = shipped.read_text(encoding="utf-8") if shipped.is_file() else ""
    return translations(study, read_yaml(text, beside.name), beside.name) if text else {}


def _flat(content: Any, where: str, place: str = "") -> Iterator[tuple[str, str]]:
    """Places and texts of nested mappings and lists."""
    if isinstance(content, list):
        content = {str(k): words for k, words in enumerate(content, start=1)}
    if isinstance(content, Mapping):
        for key, held in content.items():
            yield from _flat(held, where, f"{place}.{key}" if place else str(key))
    elif isinstance(content, str) and place:
        yield place, content
    else:
        raise BadInput(f"{where}: {place or 'file'}", "must be text", "give the same keys as the study has")
