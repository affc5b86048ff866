"""The shell blocks of the documentation run: commands that only read against the sample warehouse, the others as far as they are
named. Blocks with `$ revue …` and its output are in tests/test_tools_docs.py.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS

from expectations.bounds import read_all_bounds
from expectations.checks import read_checks
from tools.docs.pages import QUESTION_PAGES, run_command
from warehouse.settings import read_settings

PAGES = [
    *QUESTION_PAGES,
    *(ROOT / "docs" / f"{name}.md" for name in ("adding-a-source", "operations", "quality", "inputs")),
]
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
# A command that reads and writes files of its own in seconds; the others run a flow or a server. What each prints.
READING = {
    "check": r"\d+ checks: \d+ passed",
    "clean": r"\d+ run folders? would be removed",
    "doctor": r"revue\.duckdb: 19 documents",
    "export": r"20 tables with [\d,]+ rows in \w+",
    "query": r"source_id|name ",
    "report": r"Report +\w+\.html",
    "retry": r"Nothing is rejected|doc_id",
}
FLOWS = {"run", "serve", "publish", "retry", "forget", "refresh"}


def read_blocks(page: Path) -> list[tuple[str, str]]:
    """The fenced blocks of a page: the language, empty for a shell, and the content."""
    return [(kind, textwrap.dedent(block)) for _, kind, block in BLOCK.findall(page.read_text(encoding="utf-8"))]


def read_commands(block: str) -> list[list[str]]:
    """The `revue` commands of a block as words, without comments."""
    lines = [line for line in block.splitlines() if line.startswith("revue ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def is_reading(words: list[str]) -> bool:
    return words[0] in READING and (words[0] not in FLOWS or "--dry-run" in words)


@pytest.fixture(scope="module")
def folder(published_folder, tmp_path_factory):
    return Path(shutil.copytree(published_folder, tmp_path_factory.mktemp("docs"), dirs_exist_ok=True))


def test_the_commands_of_shell_blocks_run_on_the_sample_warehouse(folder):
    commands = [
        words for page in PAGES for kind, block in read_blocks(page) if not kind for words in read_commands(block)
    ]
    reading = [words for words in commands if is_reading(words)]
    assert {words[0] for words in reading} == READING.keys()
    assert {words[0] for words in commands if not is_reading(words)} <= FLOWS
    for words in reading:
        if words[0] != "check":  # takes seconds: run once, with the check of the tutorial, below
            assert re.search(READING[words[0]], run_command(words, folder)), words
    assert (folder / "monday.html").stat().st_size > 100_000 and (folder / "parquet" / "documents.parquet").is_file()


def test_a_check_of_the_tutorial_prints_what_the_tutorial_says(folder):
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    [(block, said)] = re.findall(
        r"^```\n((?:(?!^```).)*?^revue check\n)```\n\n[^`\n]*\n\n```text\n(.*?)^```$", text, re.M | re.S
    )
    before, command, rest = block.rpartition("revue check\n")
    assert command and not rest
    subprocess.run(["bash", "-ec", before], cwd=folder, check=True)
    assert run_command(["check"], folder) == said


@pytest.mark.skipif(
    find_spec("duckdb_extension_ducklake") is None, reason="needs duckdb-extension-ducklake: pip install it"
)
def test_exports_are_read_without_revue_offline_in_a_process_of_its_own(folder, tmp_path):
    for format in ("months", "lake"):
        run_command(["export", format, "--table", "documents"], folder)
    [script] = [block for kind, block in read_blocks(ROOT / "docs" / "operations.md") if "read_exports" in block]
    moved = "(read_only, data_path 'FOLDER/revue-lake/data/', override_data_path true)"
    assert f"`{moved}`" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}  # no extension is installed there

    def read(script: str, folder: Path) -> str:
        command = [sys.executable, "-I", "-c", script]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    said = read(script, folder)
    assert "('2025-03', 8)" in said and "Crue de l’Ardive" in said
    for name in ("revue-months", "revue-lake"):
        (folder / name).rename(tmp_path / name)
    assert read(script.replace("(read_only)", moved.replace("FOLDER", str(tmp_path))), tmp_path) == said


def test_the_first_block_of_the_tutorial_makes_the_folder(tmp_path):
    (tmp_path / "revue").symlink_to(ROOT)
    [block] = [
        block for kind, block in read_blocks(ROOT / "docs" / "tutorial.md") if not kind and "mkdir press" in block
    ]
    subprocess.run(["bash", "-ec", block], cwd=tmp_path, env=os.environ | {"HOME": str(tmp_path)}, check=True)
    copied = {path.name for path in (tmp_path / "press" / "articles").iterdir()}
    assert copied == {path.name for path in SEEDS.iterdir() if path.is_file()}


def test_the_checks_bounds_and_settings_of_blocks_are_read(tmp_path):
    blocks = [(page, kind, block) for page in PAGES for kind, block in read_blocks(page)]
    checks = [block for _, kind, block in blocks if kind == "sql" and block.startswith("-- name:")]
    for number, block in enumerate(checks):
        (tmp_path / f"check_{number}.sql").write_text(block, encoding="utf-8")
    assert [check.severity for check in read_checks(tmp_path)] == ["warning"] * len(checks) and len(checks) == 2
    settings = [block for _, kind, block in blocks if kind == "toml" and block.startswith("# revue.toml")]
    bounds = [block for _, kind, block in blocks if kind == "toml" and not block.startswith("# revue.toml")]
    for block in bounds:
        (tmp_path / "thresholds.toml").write_text(block, encoding="utf-8")
        assert read_all_bounds(tmp_path) != read_all_bounds(None)
    for block in settings:
        (tmp_path / "revue.toml").write_text(block, encoding="utf-8")
        _, listed = read_settings(tmp_path / "revue.toml", {}, {})
        assert any(setting.origin.endswith("revue.toml") for setting in listed)
    assert (len(bounds), len(settings)) == (1, 2)


@pytest.mark.parametrize(
    "page", [ROOT / "docs" / "operations.md", ROOT / "docs" / "tutorial.md"], ids=lambda page: page.name
)
def test_the_deployments_of_shell_blocks_exist(page):
    import yaml

    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    known = {f"{one['entrypoint'].rpartition('.')[2]}/{one['name']}" for one in declared}
    shell = "".join(block for kind, block in read_blocks(page) if not kind)
    named = set(re.findall(r"^prefect deployment (?:run|schedule \w+) '?([\w/]+)", shell, re.M))
    assert named and named <= known
