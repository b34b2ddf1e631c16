# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands that list what is shipped and print schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tertius.cli.app import AsJson, app
from tertius.errors import unknown

if TYPE_CHECKING:
    from pydantic import BaseModel


@app.command(epilog="Example: tertius scenarios sanctions-2022@december")
def scenarios(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Show this one with its measures and acts.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List the shipped scenarios, or show one with its measures and their acts."""
    from tertius.policy import Scenario, list_scenarios
    from tertius.terminal import print_json, show_scenario, show_table

    found = [Scenario.load(n) for n in ([name] if name else list_scenarios())]
    if as_json:
        print_json([s.file.model_dump(mode="json") | {"blocks": s.blocks} for s in found])
    elif name:
        show_scenario(found[0])
    else:
        rows = [[s.file.name, s.title, ", ".join(s.file.versions), ", ".join(s.blocks)] for s in found]
        show_table("", ["scenario", "title", "versions", "blocks"], rows)


@app.command(epilog="Example: tertius studies")
def studies(as_json: AsJson = False) -> None:
    """List the shipped studies."""
    from tertius.study import list_studies, load_study
    from tertius.terminal import print_json, show_table

    found = [load_study(name)[0] for name in list_studies()]
    if as_json:
        print_json([{"name": s.name, "title": s.title, "question": s.question} for s in found])
    else:
        show_table("", ["study", "title", "question"], [[s.name, s.title, s.question] for s in found])


@app.command(epilog="Example: tertius schema scenario > scenario.schema.json")
def schema(kind: Annotated[str, typer.Argument(metavar="KIND", help="scenario or study")]) -> None:
    """Print the JSON Schema of a scenario or study file, for editors."""
    from tertius.policy import ScenarioFile
    from tertius.study import StudyFile
    from tertius.terminal import print_json

    models: dict[str, type[BaseModel]] = {"scenario": ScenarioFile, "study": StudyFile}
    if kind not in models:
        raise unknown("schema", "kind of file", kind, models)
    print_json(models[kind].model_json_schema())
