# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Leakage of EU export bans through hubs, estimated from EU exports of sanctioned goods to seven partners."""
