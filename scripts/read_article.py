# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build ``data/tables/article_reading.csv``: what the reader finds in the article, without its text.

Usage: python scripts/read_article.py RAW

RAW is the article, a text file that may not be shared; ``data/origins/article-kazakhstan-2022.yaml`` has its
fingerprint, and another file is refused.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from tertius.data.origins import origins
from tertius.reading import read_file
from tertius.reading.shipped import as_table

TABLE = Path(__file__).parents[1] / "src/tertius/data/tables/article_reading.csv"
# REUSE-IgnoreStart
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/read_article.py; what the reader finds in the article (docs/reading.md), without its text.
"""
# REUSE-IgnoreEnd


def main(raw: Path) -> None:
    """Read the article and write the table."""
    (known,) = origins()["article-kazakhstan-2022"].files
    if hashlib.sha256(raw.read_bytes()).hexdigest() != known.sha256:
        sys.exit(f"{raw} is not the article of the record ({known.name})")
    TABLE.write_text(HEAD + as_table(read_file(raw)), encoding="utf-8", newline="")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
