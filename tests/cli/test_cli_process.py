# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The command line as a process: terminals of every encoding, closed pipes, no home, Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SMALL = Path(__file__).parents[1] / "study" / "small.yaml"
COMMAND = [sys.executable, "-W", "error", "-c", "from tertius.cli import main; main()"]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def tertius(*words, encoding="utf-8", cwd=None, **variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LC_", "LANG"))}
    environment |= {"OPENBLAS_NUM_THREADS": "1"} | variables
    done = subprocess.run(
        [*COMMAND, *map(str, words)], cwd=cwd, env=environment, capture_output=True, timeout=60, check=False
    )
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


def test_a_mistake_ends_with_two_and_one_line(tmp_path):
    code, out, err = tertius("solve", "decoupling-x3", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("tertius: scenario: 'decoupling-x3' is not a known scenario")
    assert err.endswith("did you mean decoupling-x2?\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("encoding", "variables"),
    [
        ("ascii", {"PYTHONIOENCODING": "ascii"}),
        ("cp1251", {"PYTHONIOENCODING": "cp1251"}),
        ("ascii", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ("utf-8", {"LANG": "C"}),
    ],
)
def test_terminals_that_are_not_utf8(encoding, variables, tmp_path):
    study = tmp_path / "mine.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("elasticities: [FGO, CP]", "elasticities: [FGO]")
    study.write_text(text, encoding="utf-8")
    code, out, err = tertius("run", study, "--out", tmp_path / "run", encoding=encoding, **variables)
    assert code == 0, err
    minus = "\u2212" if encoding == "utf-8" else "-"
    assert f"income changes by {minus}" in " ".join(out.split()), "the sign must survive"
    if encoding != "utf-8":
        code, out, err = tertius("run", study, "--json", cwd=tmp_path, encoding=encoding, **variables)
        assert code == 0, err
        assert "\u2212" in json.loads(out)["ledger"]["C1"]["reading"]
        code, out, err = tertius("solve", "Казахстан", encoding=encoding, **variables)
        assert code == 2
        assert err.startswith("tertius: scenario: ")


@posix
def test_without_a_home_and_in_a_folder_that_cannot_be_written(tmp_path):
    cwd = "/proc" if sys.platform == "linux" else None
    environment = {"PATH": os.environ["PATH"], "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [*COMMAND, "run", str(SMALL), "--out", str(tmp_path / "run")],
        cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run" / "manifest.json").is_file()


@posix
def test_a_reader_that_leaves_early_gets_no_traceback():
    first = subprocess.Popen(
        [*COMMAND, "schema", "study"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    first.stdout.close()
    err = first.stderr.read()
    first.stderr.close()
    assert first.wait(timeout=60) == 1
    assert err == ""


@posix
def test_ctrl_c_leaves_nothing(tmp_path):
    run = subprocess.Popen(
        [*COMMAND, "run", "kazakhstan-2022", "--out", str(tmp_path / "a" / "run")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A shell that runs the tests in the background has told its children to ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    first = run.stderr.readline()
    assert first.startswith("solving ")
    assert len(list(tmp_path.iterdir())) == 1
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 1
    assert out == ""
    assert err.splitlines()[-1] == "tertius: stopped"
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_itself_is_light():
    code = "import sys, tertius.cli; print(sorted({'numpy', 'pandas', 'rich.table'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
