"""The search for interpreters of `make test-interpreters`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools.interpreters.suite import find_interpreter

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


def _place(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def shim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only python of `PATH`: it starts nothing, as a shim of a version that is not selected."""
    monkeypatch.setenv("PATH", str(tmp_path / "shims"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    return _place(tmp_path / "shims" / f"python{VERSION}", "exit 127")


def test_interpreter_of_the_path_is_found(shim: Path) -> None:
    _place(shim, f'exec {sys.executable} "$@"')
    assert find_interpreter(VERSION) == str(shim)


def test_shim_that_does_not_start_is_no_interpreter(shim: Path) -> None:
    assert os.access(shim, os.X_OK)
    assert find_interpreter(VERSION) is None


def test_interpreter_of_pyenv_is_found_when_the_shim_does_not_start(shim: Path, tmp_path: Path) -> None:
    installed = _place(tmp_path / f"pyenv/versions/{VERSION}.7/bin/python{VERSION}", f'exec {sys.executable} "$@"')
    assert find_interpreter(VERSION) == str(installed)


def test_interpreter_after_the_shim_on_the_path_is_found(
    shim: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = _place(tmp_path / f"bin/python{VERSION}", f'exec {sys.executable} "$@"')
    monkeypatch.setenv("PATH", f"{shim.parent}:{installed.parent}")
    assert find_interpreter(VERSION) == str(installed)


def test_interpreter_of_another_version_is_not_taken(shim: Path) -> None:
    _place(shim, "echo 3.6")
    assert find_interpreter(VERSION) is None
