"""Standard streams that are closed, full, or of another encoding: a command ends with its status and says why."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import REVUE


@pytest.mark.parametrize(
    ("redirected", "status", "said"),
    [
        (">&-", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
        (
            ">/dev/full", 3,
            "revue: Standard output cannot be written to: No space left on device. Send it elsewhere, and run the same command again.\n",
        ),
        (">/dev/full 2>&1", 3, ""),
        ("| true", 0, ""),
    ],
)  # fmt: skip
def test_a_command_whose_output_is_closed_or_full_ends_with_its_status(redirected, status, said, tmp_path):
    done = subprocess.run(
        f"set -o pipefail; {REVUE} settings {redirected}", shell=True, executable="/bin/bash", cwd=tmp_path,
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr, done.stdout) == (status, said, "")


def test_a_file_opened_after_stdout_was_closed_is_not_printed_into(tmp_path):
    code = (
        "import os, sys; from flows.cli.terminal.streams import standard_streams\n"
        "with standard_streams():\n    file = open('data', 'w'); print('a word', flush=True); os.write(1, b'another')"
    )
    subprocess.run(f'{sys.executable} -c "{code}" >&-', shell=True, cwd=tmp_path, check=True)
    assert (tmp_path / "data").read_text() == ""


def test_a_character_that_the_encoding_of_the_terminal_does_not_have_is_escaped(tmp_path):
    done = subprocess.run(
        [REVUE, "settings"], cwd=tmp_path, capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "REVUE_MODEL": "modèle"},
    )  # fmt: skip
    assert done.returncode == 0
    assert b"mod\\xe8le" in done.stdout
