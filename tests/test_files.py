# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Files are written whole or not at all, wherever they are written."""

import os
import stat

import pytest

from tertius.errors import BadInput
from tertius.files import replacing


def test_a_new_file_appears_whole(tmp_path):
    target = tmp_path / "a.txt"
    with replacing(target) as part:
        part.write_text("whole")
        assert not target.exists()
        assert part.parent == tmp_path
    assert target.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("x")]
)
def test_whatever_goes_wrong_the_earlier_file_stays_and_nothing_else(error, tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("earlier")

    def fail():
        with replacing(target) as part:
            part.write_text("half")
            raise error

    with pytest.raises(type(error)):
        fail()
    assert target.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [target]


def test_a_fault_of_the_disk_is_bad_input_where_a_name_is_given(tmp_path):
    message = r"--out a\.txt: cannot be written \(No space left on device\)"
    with pytest.raises(BadInput, match=message), replacing(tmp_path / "a.txt", "--out a.txt"):
        raise OSError(28, "No space left on device")
    with pytest.raises(BadInput, match="cannot be written"), replacing(tmp_path / "none" / "a", "a") as part:
        part.write_text("x")


def test_a_writer_that_writes_nothing_is_a_fault(tmp_path):
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "a.txt"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")
def test_a_link_is_followed_and_the_mode_is_kept(tmp_path):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("earlier")
    real.chmod(0o640)
    link.symlink_to(real)
    with replacing(link) as part:
        part.write_text("new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_protected_file_and_a_folder_are_refused(tmp_path, monkeypatch):
    target = tmp_path / "a.txt"
    target.write_text("earlier")
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)  # also for a superuser
        with pytest.raises(BadInput, match="read-only"), replacing(target, "a.txt") as part:
            part.write_text("new")
    assert target.read_text() == "earlier"
    with pytest.raises(BadInput, match="not a file"), replacing(tmp_path, "folder"):
        pytest.fail("was opened")
