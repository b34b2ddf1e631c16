# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Data: readers of raw files, origin records, and the shipped tables and worlds."""
