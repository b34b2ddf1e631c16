# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Writing files whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tertius.errors import BadInput

__all__ = ["replacing"]


@contextmanager
def replacing(target: Path, where: str = "") -> Iterator[Path]:
    """Give a new path beside a file; once written, it takes the file's place in one step.

    Whatever goes wrong, nobody sees a half-written file, the earlier one stays, and nothing else is left
    behind. A link is followed, an earlier file's permissions are kept, a read-only file is refused.

    Parameters
    ----------
    target
        The file to write; its folder must exist.
    where
        Name of the file for the error, such as ``"--out table.csv"``; "" lets `OSError` through.

    Yields
    ------
    pathlib.Path
        Where to write instead; open it afresh, it does not exist yet.

    Raises
    ------
    BadInput
        If the file cannot be written and ``where`` is given.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing(Path(folder) / "note.txt") as part:
    ...         _ = part.write_text("whole")
    ...     (Path(folder) / "note.txt").read_text()
    'whole'
    """
    final = Path(os.path.realpath(target))
    part = final.with_name(f".{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        try:
            _usable(final)
            yield part
            if final.exists():
                shutil.copymode(final, part)
            with part.open("rb+") as written:
                os.fsync(written.fileno())
            part.replace(final)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        if not where:
            raise
        why = f"cannot be written ({error.strerror or error})"
        raise BadInput(where, why, "choose another place") from error


def _usable(final: Path) -> None:
    """Refuse to put a file in the place of a folder, a device, or a file that is protected."""
    if final.exists() and not final.is_file():
        raise OSError(22, "it is not a file", str(final))
    if final.exists() and not os.access(final, os.W_OK):
        raise PermissionError(13, "it is read-only", str(final))
