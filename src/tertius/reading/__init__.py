# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Reading articles: facts of the page, actors, mechanisms, claims to test; by rules, offline."""

from tertius.reading.actors import powers as powers
from tertius.reading.article import read_article as read_article
from tertius.reading.article import read_file as read_file
from tertius.reading.lexicon import lexicon as lexicon
from tertius.reading.result import Actor as Actor
from tertius.reading.result import Fact as Fact
from tertius.reading.result import Page as Page
from tertius.reading.result import Reading as Reading
from tertius.reading.result import Sentence as Sentence
