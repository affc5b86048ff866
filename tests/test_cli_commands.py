"""The command line itself: wrong commands, settings, help, and the process it runs in."""

from __future__ import annotations

import gc
import json
import subprocess

import pytest

from flows.cli import main
from flows.cli.commands import app


def test_the_installed_command_exits_with_the_status_and_prints_the_error_on_stderr(start):
    done = start("query", "select 1")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"revue: ") and b"revue.duckdb" in done.stderr
    assert start("--version").stdout.strip()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("run",), 2, "Nothing to read"),
        (("run", "nowhere.txt"), 2, "nowhere.txt"),
        (("run", "x", "--workers", "many"), 2, "many"),
        (("nonsense",), 2, "nonsense"),
        (("query", "select 1"), 2, "revue.duckdb"),
        (("explain", "x"), 2, "revue.duckdb"),
        (("check",), 2, "revue.duckdb"),
        (("rejected",), 2, "revue.duckdb"),
        (("retry",), 2, "revue.duckdb"),
        (("publish", "2026"), 2, "no run 2026"),
        (("publish", "2026", "--accept", "accounting"), 2, "--because"),
        (("publish", "2026", "--because", "so"), 2, "--accept"),
    ],
)
def test_a_wrong_command_exits_2_with_one_sentence_and_starts_nothing(revue, tmp_path, arguments, status, words):
    done = revue(*arguments)
    assert done.returncode == status
    assert words in done.stderr.decode() and "Traceback" not in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def test_a_setting_of_the_environment_overrides_the_file_and_the_file_the_default(revue, tmp_path):
    (tmp_path / "revue.toml").write_text("workers = 3\nshard_bytes = 5000\n")
    listed = {
        row["setting"]: (row["value"], row["from"])
        for row in json.loads(revue("settings", "--json", REVUE_SHARD_BYTES="7000").stdout)
    }
    assert listed["workers"] == (3, "revue.toml")
    assert listed["shard_bytes"] == (7000, "environment")
    assert listed["record_bytes"][1] == "default"
    (tmp_path / "revue.toml").write_text("wokers = 3\n")
    wrong = revue("settings")
    assert wrong.returncode == 2 and "wokers" in wrong.stderr.decode()


def test_help_of_every_command_has_an_example(revue):
    for name in ("run", "check", "query", "explain", "rejected", "retry", "refresh", "publish", "report", "settings"):
        assert name in app
        assert f"revue {name}" in revue(name, "--help").stdout.decode(), name
    assert revue("--version").stdout.strip()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("se", {"search", "serve", "settings"}),
        ("run --w", {"--warehouse", "--workers"}),
        ("export ", {"csv", "json", "lake", "months", "parquet"}),
        ("run articles/ par", {"parish.txt", "parts"}),
        ("check --warehouse par", {"parish.txt", "parts"}),
        ("export csv --output par", {"parish.txt", "parts"}),
        ("serve par", {"parish.txt", "parts"}),
    ],
)
def test_bash_completes_commands_options_and_file_names(tmp_path, monkeypatch, words, offered):
    monkeypatch.setenv("HOME", str(tmp_path))
    script = tmp_path / "revue.bash"
    with pytest.raises(SystemExit) as ended:
        main(["--install-completion", "--shell", "bash", "--output", str(script)])
    assert not ended.value.code
    (tmp_path / "parish.txt").touch()
    (tmp_path / "parts").mkdir()
    *before, current = words.split(" ")
    completion = f"""
        . {script}
        COMP_WORDS=(revue {" ".join(before)} '{current}')
        COMP_CWORD={len(before) + 1}
        _revue revue '{current}' '{before[-1] if before else "revue"}'
        printf '%s\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", completion], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == offered


def test_an_input_is_taken_as_it_was_typed(revue, tmp_path):
    for name in ("./nowhere//x.txt", "nowhere/"):  # Path would drop the ./ and the slashes
        done = revue("run", name)
        assert done.returncode == 2 and f"There is no file or folder {name}." in done.stderr.decode()
    assert revue("run", "").returncode == 2  # and not the current folder
    assert list(tmp_path.iterdir()) == []


def test_the_collector_runs_rarely_in_a_command():
    before = gc.get_threshold()
    try:
        with pytest.raises(SystemExit):
            main(["--version"])
        count = gc.get_stats()[0]["collections"]
        kept = [[] for _ in range(120_000)]
        assert len(kept) == 120_000
        assert gc.get_stats()[0]["collections"] - count <= 3
    finally:
        gc.set_threshold(*before)
