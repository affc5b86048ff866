"""What reaches a terminal: no control character of a scraped page, and numbers that agree with their nouns."""

from __future__ import annotations

import io
import os
import pty
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console
from small_warehouse import write_warehouse

from flows.cli import main
from flows.cli.terminal.checks import print_failing_checks
from flows.cli.terminal.escapes import escape_controls
from flows.cli.terminal.progress_bar import Pace, ProgressBar
from flows.cli.terminal.run_summary import print_run
from flows.cli.terminal.tables import open_console, print_table
from tasks.report.summary import Summary
from warehouse.rows import Run
from warehouse.settings import Settings
from warehouse.store import connect, fetch_rows, insert_rows
from warehouse.wording import count_noun

HOSTILE = "Le maire \x1b]0;pris\x07\x1b[31mparle\x9b2J\u202etxt.exe"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terminal")
    write_warehouse(folder / "revue.duckdb", [{"text": HOSTILE, "title": HOSTILE, "uri": "a\x1b[2Jb.txt"}])
    return folder


def call(folder, *arguments, **variables) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from flows.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, env={**os.environ, **variables}, timeout=120)


def call_in_terminal(folder, *arguments) -> bytes:
    """What a command prints on a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from flows.cli import main; main()", *arguments]
    with subprocess.Popen(
        command, cwd=folder, stdout=theirs, stderr=theirs, env={**os.environ, "NO_COLOR": "1"}
    ) as process:
        os.close(theirs)
        printed = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            printed += part
        process.wait()
    os.close(ours)
    return printed


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "select title, text, uri from documents"),
        ("query", "select title, text, uri from documents", "--csv"),
        ("query", "select title, text, uri from documents", "--json"),
        ("explain", "a\x1b[2Jb.txt"),
        ("diff", "a\x1b[2Jb.txt"),
    ],
)
def test_control_characters_of_a_page_do_not_reach_the_terminal(folder, arguments):
    printed = call_in_terminal(folder, *arguments).decode()
    assert "\\x1b" in printed or "\\u001b" in printed
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(printed)


def test_data_for_another_program_stay_as_they_are(folder):
    assert HOSTILE in call(folder, "query", "select title from documents", "--csv").stdout.decode()


def test_text_without_control_characters_stays_as_it_is():
    text = "L’été\u00a0: «\u202fdéjà\u202f»\t— œuvre\n\U0001f600 e\u0301"
    assert escape_controls(text) == text
    assert escape_controls("a\rb\x00\x85") == "a\\x0db\\x00\\x85"


def test_one_is_singular():
    assert [count_noun(number, "record") for number in (0, 1, 2, 1200)] == [
        "0 records",
        "1 record",
        "2 records",
        "1,200 records",
    ]
    assert count_noun(3, "copy") == "3 copies"


def test_no_colour_is_written_where_there_is_no_terminal(folder):
    printed = call(folder, "explain", "a\x1b[2Jb.txt", FORCE_COLOR="").stdout
    assert b"\x1b" not in printed and b"documents" not in printed.split(b"\n")[0]


def test_the_time_left_is_shown_once_it_can_be_estimated():
    pace = Pace(total=200, started_at=100.0)
    assert pace.describe(100.5) == "0 of 200"
    pace.done, pace.words = 2, 900
    assert pace.estimate_seconds(110.0) is None  # a hundredth of the work is too little to estimate from
    pace.done, pace.words = 50, 20_000
    assert pace.describe(101.0) == "50 of 200"
    assert pace.describe(110.0) == "50 of 200, 2,000 words/s, 30 s left"
    pace.rejected = 1
    assert pace.describe(200.0) == "50 of 200, 200 words/s, 5 min left, 1 record rejected"
    pace.done = 200
    assert "left" not in pace.describe(300.0)


def test_a_phase_of_unknown_length_shows_its_pace_and_no_count():
    page = io.StringIO()
    now = iter(range(0, 1000, 5))
    with ProgressBar(
        quiet=False, console=Console(file=page, force_terminal=True, width=100), clock=lambda: next(now)
    ) as bar:
        bar.begin("checking", 0)
        bar.advance("checking", 3)
        bar._progress.refresh()
        assert "/s" in page.getvalue() and " of " not in page.getvalue()
        bar.end("checking")
        bar.begin("stripping and extracting", 8)
        bar.advance("stripping and extracting", 4, words=1000, rejected=2)
        bar.end("stripping and extracting")
        bar._progress.refresh()
    assert "4 of 8" in page.getvalue() and "2 records rejected" in page.getvalue()


def test_progress_is_not_written_where_there_is_no_terminal():
    page = io.StringIO()
    with ProgressBar(quiet=False, console=Console(file=page)) as bar:
        bar.begin("checking", 3)
        bar.advance("checking", 3)
        bar.end("checking")
    assert page.getvalue() == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["export", "parquet", "/tmp/x"],
            "`revue export` does not know what to do with `/tmp/x`. See `revue export --help`.",
        ),
        (["rejected", "--foo"], "Unknown option: --foo. See `revue rejected --help`."),
    ],
)
def test_a_word_too_many_is_answered_with_the_help_of_its_command(words, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert (ended.value.code, capsys.readouterr().err) == (2, f"revue: {said}\n")


def test_a_table_in_a_file_has_no_white_space_at_the_end_of_its_lines(capsys):
    print_table(["name", "number"], [("Port-Aubry", 1), ("", None)])
    lines = capsys.readouterr().out.splitlines()
    assert [line.rstrip() for line in lines] == lines and "Port-Aubry" in lines[3]


@pytest.fixture(scope="module")
def ten_pages(tmp_path_factory):
    """The warehouse of a run that published ten pages with long titles, and the run."""
    path = tmp_path_factory.mktemp("summary") / "revue.duckdb"
    title = "Port-Aubry lance les travaux de la digue de la Roselière après dix ans d’attente et trois enquêtes"
    pages = [
        {"text": f"Page {number}.", "title": title, "source_id": "gazette-estuaire.example"} for number in range(10)
    ]
    write_warehouse(path, [page | {"count_words": 12345, "count_lines_removed": 678} for page in pages])
    run_id, now = "20250401T080000-aaaa", datetime(2025, 4, 1, 8, tzinfo=UTC)
    row = {
        "run_id": run_id, "flow_run_id": None, "started_at": now, "finished_at": now, "state": "published", "inputs": ["in"],
        "count_read": 10, "count_published": 10, "count_unchanged": 0, "count_duplicates": 0, "count_rejected": 0, "count_quarantined": 0,
    }  # fmt: skip
    with connect(path) as connection:
        insert_rows(connection, "runs", [row])
        [stored] = fetch_rows(connection, "select * from runs")
    return Settings(warehouse=str(path)), Run(**(stored | {"inputs": ("in",)}))


@pytest.mark.parametrize(
    ("width", "columns"),
    [
        (50, ["title", "date"]),
        (80, ["title", "date", "source", "words"]),
        (100, ["title", "date", "source", "words", "removed", "entities"]),
    ],
)
def test_a_narrow_terminal_shows_whole_columns_and_leaves_out_others(ten_pages, width, columns, monkeypatch, capsys):
    for name, value in {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": str(width)}.items():
        monkeypatch.setenv(name, value)
    settings, run = ten_pages
    print_run(settings, run, run.started_at, quiet=False, as_json=False)
    lines = capsys.readouterr().out.split("10 records read")[0].splitlines()
    assert {len(line) for line in lines[1:-1]} == {width}
    [header] = [line for line in lines if line.startswith(" title")]
    assert header.split() == columns
    [row, *_] = [line.split() for line in lines if "2025-03-01" in line]
    assert row[row.index("2025-03-01") - 1].endswith("…") and len(row[row.index("2025-03-01") :]) == len(columns) - 1


def test_a_summary_in_a_file_has_no_white_space_at_the_end_of_its_lines(ten_pages, capsys):
    settings, run = ten_pages
    print_run(settings, run, run.started_at, quiet=False, as_json=False)
    text = capsys.readouterr().out
    assert "lines\n title" in text and "12345" in text
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_a_summary_says_that_unchanged_records_keep_their_outcome(ten_pages, tmp_path, capsys):
    settings, run = ten_pages
    path = Path(shutil.copy(settings.warehouse, tmp_path))
    now = run.started_at
    rejection = {
        "uri": "2.txt", "record_no": 1, "doc_id": "", "outcome": "rejected", "stage": "read", "reason": "empty", "detail": "Empty.",
        "attempts": 1, "recipe": "1", "run_id": run.run_id, "first_rejected_at": now, "rejected_at": now,
    }  # fmt: skip
    with connect(path) as connection:
        insert_rows(connection, "rejections", [rejection])
    again = replace(run, run_id="20250402T080000-bbbb", count_published=0, count_unchanged=10)
    for one in (again, run):
        print_run(Settings(warehouse=str(path)), one, run.started_at, quiet=False, as_json=False)
    said, said_before = " ".join(capsys.readouterr().out.split()).split("10 records read")[1:]
    sentence = "An unchanged record keeps its outcome of an earlier run; 1 record of earlier runs is not published."
    assert sentence in said and "rejected --warehouse" in said
    assert "unchanged record" not in said_before
    from tasks.report.artifacts import (
        list_funnel,
    )  # imports Prefect, which must not happen before the server's address is set

    funnel = list_funnel(Summary(again, [], [], [], [], 1, again.run_id))
    assert funnel[1] == {
        "records": "unchanged",
        "reason": "met before: its outcome of then stands",
        "count": 10,
        "share": "100.0%",
    }


def test_a_check_that_fails_for_many_sources_is_one_sentence(capsys):
    passed = {"check_name": "share_removed", "severity": "critical", "success": True}
    one = {
        "check_name": "undated_share", "severity": "warning", "success": False, "low": None, "high": 0.3, "count_unexpected": 1,
        "sentence": "Most of a source's articles have a publication day.", "accepted_by": None, "failing_ids": [],
    }  # fmt: skip
    failing = [one | {"source_id": f"source-{number}.example", "value": 0.5} for number in range(8)]
    jumped = one | {"check_name": "length_jumped", "low": 0.5, "high": 2.0}
    other = [
        jumped | {"source_id": name, "value": 4.0, "sentence": f"{name}: median words 100 → 400"} for name in ("a", "b")
    ]
    accepted = failing[0] | {"accepted_by": "Ada", "accepted_because": "a test feed", "accepted_until": None}
    print_failing_checks(open_console(), [passed, *failing, *other, accepted])
    text = " ".join(capsys.readouterr().out.split())
    assert text == (
        "12 checks: 1 passed, 11 did not "
        "warning undated_share: 8 sources: Most of a source's articles have a publication day. Measured source-0.example 0.5, "
        "source-1.example 0.5, source-2.example 0.5, source-3.example 0.5 and 4 more; passes up to 0.3. "
        "warning length_jumped: 2 sources: a: median words 100 → 400; b: median words 100 → 400; passes 0.5 to 2. "
        "warning undated_share, source-0.example: Most of a source's articles have a publication day. (measured 0.5, passes up to "
        "0.3) Accepted by Ada: a test feed"
    )
