"""Commands that a message suggests work when they are pasted, for a warehouse of any name."""

from __future__ import annotations

import ast
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import ROOT

from tasks.runtime.run_folder import RunFolder
from tasks.runtime.run_plan import RunPlan
from warehouse.suggestions import name_warehouse

NAME = "it's my news.duckdb"


@pytest.fixture
def folder(quarantined_copy: Path) -> Path:
    """The folder with a document in quarantine, its warehouse under a name that must be quoted."""
    (quarantined_copy / "revue.duckdb").rename(quarantined_copy / NAME)
    (quarantined_copy / "revue.duckdb.runs").rename(quarantined_copy / f"{NAME}.runs")
    plan = RunPlan("20200101T000000-aaaa", datetime(2020, 1, 1, tzinfo=UTC), ("in/good.txt", "in/sub"))
    RunFolder.create(quarantined_copy / f"{NAME}.runs", plan.run_id).write_plan(plan)
    return quarantined_copy


# A command, and the commands its message suggests, each with what it then prints or how it ends.
SUGGESTIONS = {
    "explain nothing": [("query", "good.txt"), ("rejected", "bees.txt")],
    "retry nothing": [("rejected", "bees.txt")],
    "diff good.txt": [("query", "duplicate_of")],
    "search ''": [("search", "No document holds")],
    "query ''": [("query", "title")],
    'query "from range(2000000)"': [("export", "20 tables")],
    "publish 20200101": [("run", "--quiet")],
}


@pytest.mark.parametrize("command", SUGGESTIONS)
def test_a_suggested_command_works_when_pasted(revue, folder, command):
    done = revue(*shlex.split(command), "--warehouse", NAME, cwd=folder)
    assert done.returncode == 2, done
    suggested = [shlex.split(one) for one in re.findall(r"`(revue [^`]+)`", done.stderr.decode())]
    assert [words[1] for words in suggested] == [name for name, _ in SUGGESTIONS[command]]
    for words, (name, expected) in zip(suggested, SUGGESTIONS[command], strict=True):
        assert words[-2:] == ["--warehouse", NAME]
        if name == "run":  # a run takes seconds, and others are run elsewhere; its inputs are found
            assert words[2:-2] == ["in/good.txt", "in/sub"]
            continue
        pasted = revue(*words[1:], cwd=folder)
        assert pasted.returncode == 0, pasted
        assert expected in pasted.stdout.decode()


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("See `revue rejected`.", "See `revue rejected --warehouse 'a b.duckdb'`."),
        ("`revue rejected --warehouse x`", "`revue rejected --warehouse x`"),
        ("`revue --help` and `pip install revue`", "`revue --help` and `pip install revue`"),
        ("`revue serve` runs already", "`revue serve` runs already"),
        ("`revue run -` or `revue clean`", "`revue run - --warehouse 'a b.duckdb'` or `revue clean --warehouse 'a b.duckdb'`"),
    ],
)  # fmt: skip
def test_the_warehouse_is_added_to_commands_that_take_one(message, expected):
    assert name_warehouse(message, Path("a b.duckdb")) == expected
    assert name_warehouse(message, Path("revue.duckdb")) == message


def test_an_empty_answer_names_a_command_that_works(revue, folder):
    done = revue("rejected", "--reason", "too_long", "--warehouse", NAME, cwd=folder)
    [suggested] = re.findall(r"`(revue [^`]+)`", done.stdout.decode())
    assert "bees.txt" in revue(*shlex.split(suggested)[1:], cwd=folder).stdout.decode()


_DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def find_suggestions() -> set[tuple[str, str]]:
    """Every command in backquotes in a string of the packages that is no docstring, by file."""
    found = set()
    for package in ("flows", "tasks", "expectations", "warehouse"):
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            docstrings = {
                ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, _DOCUMENTED)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
                    for words in re.findall(r"`revue ([a-z]+)", node.value):
                        found.add((path.relative_to(ROOT).as_posix(), words))
    return found


# Where each suggestion is pasted by a test, or why it is none.
PASTED = {
    ("flows/check.py", "check"): "test_cli_run runs it",
    ("flows/cli/commands.py", "query"): "help",
    ("flows/cli/commands.py", "run"): "help",
    ("flows/cli/forget.py", "forget"): "test_flows_forget",
    ("flows/cli/rejected.py", "rejected"): "here",
    ("flows/cli/retry.py", "retry"): "a folder is meant",
    ("flows/cli/run.py", "run"): "an example",
    ("flows/refresh.py", "run"): "test_cli_run, with the user's input",
    ("flows/runtime/doctor.py", "clean"): "test_flows_faults",
    ("flows/runtime/doctor.py", "export"): "no suggestion",
    ("flows/runtime/doctor.py", "run"): "test_cli_run, with the user's input",
    ("flows/runtime/doctor.py", "search"): "no suggestion",
    ("flows/runtime/faults.py", "clean"): "test_flows_faults",
    ("flows/runtime/refusal.py", "publish"): "test_cli_run",
    ("flows/runtime/refusal.py", "rejected"): "test_cli_run",
    ("flows/runtime/served.py", "serve"): "no suggestion",
    ("flows/runtime/serving.py", "run"): "no suggestion",
    ("tasks/audit/__init__.py", "run"): "test_cli_run, with the user's input",
    ("tasks/discover/inputs.py", "run"): "test_cli_run reads standard input",
    ("tasks/discover/regular_files.py", "run"): "test_cli_run reads standard input",
    ("tasks/discover/replay.py", "rejected"): "here",
    ("tasks/runtime/run_folder.py", "query"): "test_cli_run",
    ("warehouse/browse/diff.py", "explain"): "test_cli_browse runs it, with the document's id",
    ("warehouse/browse/diff.py", "query"): "here",
    ("warehouse/browse/explain.py", "query"): "here",
    ("warehouse/browse/explain.py", "rejected"): "here",
    ("warehouse/browse/limits.py", "query"): "the user's own SQL",
    ("warehouse/browse/query.py", "export"): "here",
    ("warehouse/browse/query.py", "query"): "here",
    ("warehouse/browse/search.py", "search"): "here",
    ("warehouse/browse/search_index.py", "query"): "the user's own SQL",
    ("warehouse/store.py", "query"): "the user's own SQL",
    ("warehouse/store.py", "run"): "test_cli_run, with the user's input",
}


def test_every_suggestion_is_listed_with_the_test_that_pastes_it():
    assert find_suggestions() == set(PASTED)
    for (_, command), place in PASTED.items():
        for module in re.findall(r"\btest_\w+", place):
            assert command in (ROOT / "tests" / f"{module}.py").read_text(encoding="utf-8"), (command, module)
