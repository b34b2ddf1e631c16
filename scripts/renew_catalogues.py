# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Renew the catalogues of the report from code, templates and shipped files.

Run ``python scripts/renew_catalogues.py``. New messages come in without a translation and are listed, those
that nobody says any more go out, names in
grammatical cases (``msgctxt``) stay. How to translate: docs/languages.md.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from tertius.text import has_words

ROOT = Path(__file__).parents[1] / "src" / "tertius"
CATALOGUES = ROOT / "report" / "languages"
SAYING = {"say": slice(0, 1), "count": slice(1, 3)}
STUDIED = {
    "levers": ("any-focal", "kazakhstan"),
    "scenarios": (
        *("belarus-sanctions-2021", "decoupling-x2", "embargo-rus-kaz", "hubs-join-2022"),
        *("sanctions-2022", "us-tariffs-2025", "vietnam-transshipment-2025"),
    ),
    "world": ("eurasia-2021", "icio-2021"),
}
"""Shipped files whose texts are translated: what the shipped studies show."""

DATED = tuple(
    f'"{field}: '
    for field in (
        *("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date"),
        *("Last-Translator", "Language-Team", "Generated-By"),
    )
)

Forms = tuple[str, ...]


def messages() -> list[Forms]:
    """Collect what the report says, in the order of the files: singular, and plural where it counts."""
    found = [*(m for p in sorted(ROOT.rglob("*.py")) for m in _of_code(p.read_text(encoding="utf-8")))]
    found += [m for p in sorted(ROOT.rglob("*.j2")) for m in _of_template(p.read_text(encoding="utf-8"))]
    found += [(text,) for text in shipped_texts()]
    return list(dict.fromkeys(found))


def _of_code(text: str) -> Iterator[Forms]:
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda c: (c.lineno, c.col_offset)):
        if isinstance(node.func, ast.Name) and node.func.id in SAYING:
            said = node.args[SAYING[node.func.id]]
            if said and all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in said):
                yield tuple(str(a.value) for a in said if isinstance(a, ast.Constant))


def _of_template(text: str) -> Iterator[Forms]:
    for call in Environment().parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in SAYING:
            said = call.args[SAYING[call.node.name]]
            if said and all(isinstance(a, nodes.Const) for a in said):
                yield tuple(str(a.value) for a in said if isinstance(a, nodes.Const))


def shipped_texts() -> list[str]:
    """Collect texts of shipped files, published facts, and what the record of the world admits."""
    from tertius.data.evidence import evidence_table
    from tertius.policy import Scenario
    from tertius.policy.lever import load_levers
    from tertius.world import load_world
    from tertius.world.check import weak_cells

    found: list[str] = []
    for name in STUDIED["levers"]:
        for lever in load_levers(name).levers:
            found += [lever.title, lever.reason]
    for name in STUDIED["scenarios"]:
        file = Scenario.load(name).file
        found += [file.title, file.summary, *file.not_modelled, *(m.label for m in file.measures)]
    for name in STUDIED["world"]:
        found += weak_cells(load_world(name))
    facts = evidence_table("published_facts.csv")
    for row in facts[["indicator", "unit"]].itertuples(index=False):
        found += row
    return [text for text in dict.fromkeys(found) if text]


def renewed(old: Catalog) -> Catalog:
    """Give a catalogue with exactly the messages that are said, keeping what is translated.

    A message without words is in it only if it is told differently, as quotation marks may be.
    """
    new = Catalog(locale=old.locale, header_comment=old.header_comment, fuzzy=False)
    for said in messages():
        key = said if len(said) > 1 else said[0]
        known = old.get(said[0])
        told = known.string if known and known.id == key else None
        if told or has_words(said[0]):
            new.add(key, told)
    for message in old:
        if message.context:
            new.add(message.id, message.string, context=message.context)
    return new


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue without the fields that change by the day."""
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, no_location=True)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith(DATED)), encoding="utf-8", newline="\n")


def main() -> None:
    """Renew every catalogue and list what waits for a translation."""
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            catalogue = renewed(read_po(file, locale=path.stem))
        write(path, catalogue)
        for message in catalogue:
            if message.id and not (message.string and all(message.string)):
                print(f"{path.name}: {message.id}")


if __name__ == "__main__":
    main()
