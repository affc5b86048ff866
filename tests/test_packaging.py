"""The wheel holds what the code needs, and works outside this folder."""

import os
import subprocess
import sys
import venv
import zipfile

import pytest
from conftest import ROOT

PROBE = (
    "import flows.cli, tasks.strip, tasks.extract, warehouse.companions, expectations.checks;"
    "from pathlib import Path;"
    "assert Path(tasks.strip.__file__).is_relative_to({place!r}), tasks.strip.__file__;"
    "page = tasks.strip.strip_text({page!r});"
    "[facts] = tasks.extract.read_facts([page.text]);"
    "assert facts.mentions and expectations.checks.document_checks();"
    "assert (warehouse.companions.SEEDS / 'sources.csv').is_file()"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def page():
    return (ROOT / "seeds" / "articles" / "01_crue-ardive-premier-bilan.txt").read_text(encoding="utf-8")


def test_every_data_file_is_in_the_wheel(wheel):
    packed = set(zipfile.ZipFile(wheel).namelist())
    for package in ("flows", "tasks", "warehouse", "expectations"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in packed
    assert "seeds/sources.csv" in packed


def test_the_unpacked_wheel_works_elsewhere(wheel, page, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "unpacked")
    place = str(tmp_path / "unpacked")
    environment = {**os.environ, "PYTHONPATH": place}
    subprocess.run(
        [sys.executable, "-c", PROBE.format(place=place, page=page)], cwd=tmp_path, env=environment, check=True
    )


@pytest.mark.slow
def test_the_wheel_installs_into_an_empty_environment_and_runs_there(wheel, page, tmp_path):
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True, capture_output=True)
    subprocess.run([*pip, wheel], check=True, capture_output=True)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    place = str(tmp_path / "env")
    subprocess.run([python, "-c", PROBE.format(place=place, page=page)], cwd=tmp_path, env=environment, check=True)
