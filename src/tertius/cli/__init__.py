# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The command line: arguments, progress, exit codes; the work is done in the rooms."""

from tertius.cli.app import app as app
from tertius.cli.app import main as main
from tertius.cli.app import world_app as world_app
from tertius.cli.drafting import new_app as new_app

from tertius.cli import studying as studying  # isort: skip - the order of the commands in the help
from tertius.cli import drafting as drafting  # isort: skip
from tertius.cli import reading as reading  # isort: skip
from tertius.cli import solving as solving  # isort: skip
from tertius.cli import levers as levers  # isort: skip
from tertius.cli import frontier as frontier  # isort: skip
from tertius.cli import coalition as coalition  # isort: skip
from tertius.cli import exposure as exposure  # isort: skip
from tertius.cli import union as union  # isort: skip
from tertius.cli import transit as transit  # isort: skip
from tertius.cli import choice as choice  # isort: skip
from tertius.cli import listing as listing  # isort: skip
from tertius.cli import worlds as worlds  # isort: skip
from tertius.cli import splitting as splitting  # isort: skip
from tertius.cli import evidence as evidence  # isort: skip
from tertius.cli import backtest as backtest  # isort: skip
from tertius.cli import sky as sky  # isort: skip
from tertius.cli import gain as gain  # isort: skip
