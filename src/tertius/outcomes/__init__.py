# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
