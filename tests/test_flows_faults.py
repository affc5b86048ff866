"""What the system does to a run: each fault is one sentence, keeps what was published, and the next step works as it is given."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import BODY, write_page

from flows.runtime.faults import describe_fault
from warehouse.errors import RevueError


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """An empty file system of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("a tmpfs cannot be mounted here; run the tests as root, or in a container with CAP_SYS_ADMIN")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def set_disk(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)


def only_line(done: subprocess.CompletedProcess[bytes]) -> str:
    [line] = done.stderr.decode().splitlines()
    assert done.stdout == b""
    return line


def test_a_full_disk_is_said_and_the_run_continues_when_there_is_room(revue, small_disk, page_folder, rows):
    shutil.copy(page_folder / "revue.duckdb", small_disk)
    before = (small_disk / "revue.duckdb").read_bytes()
    write_page(small_disk / "b.txt", "Une autre page", BODY[::-1])
    set_disk(small_disk, f"size={len(before) + 1_500_000}")
    done = revue("run", "b.txt", "--quiet", cwd=small_disk)
    assert done.returncode == 3
    assert only_line(done).startswith("revue: The disk is full, so nothing was published (")
    assert (small_disk / "revue.duckdb").read_bytes() == before
    assert revue("clean", cwd=small_disk).returncode == 0
    set_disk(small_disk, "size=64m")
    assert revue("run", "b.txt", "--quiet", cwd=small_disk).returncode == 0
    assert rows(small_disk / "revue.duckdb", "select uri from documents order by uri") == [("a.txt",), ("b.txt",)]


def test_a_folder_that_cannot_be_written_to_is_named(revue, small_disk, page_folder):
    shutil.copy(page_folder / "revue.duckdb", small_disk)
    write_page(small_disk / "b.txt")
    set_disk(small_disk, "ro")
    done = revue("run", "b.txt", "--quiet", cwd=small_disk)
    assert done.returncode == 3
    assert re.fullmatch(
        r"revue: \S+ cannot be written to\. Change its permissions, or .* --warehouse\.", only_line(done)
    )
    assert revue("query", "select uri from documents", "--csv", cwd=small_disk).stdout == b"uri\na.txt\n"
    exported = revue("export", "csv", cwd=small_disk)
    assert exported.returncode != 0 and "cannot be written to" in only_line(exported)


@pytest.mark.slow
def test_a_run_whose_folder_was_removed_says_so_and_reads_again(ingest, page_copy, rows, monkeypatch):
    import flows.ingest as flow

    warehouse = page_copy / "revue.duckdb"
    second = write_page(page_copy / "b.txt", "Une autre page", BODY[::-1])

    def remove(*arguments, **options):
        for folder in warehouse.with_name("revue.duckdb.runs").glob("*/strip"):
            shutil.rmtree(folder.parent)
        return loaded(*arguments, **options)

    loaded = flow.load
    with monkeypatch.context() as broken:
        broken.setattr(flow, "load", remove)
        with pytest.raises(RevueError, match="was removed while the run worked"):
            ingest([second], warehouse)
    ingest([second], warehouse)
    assert rows(warehouse, "select uri from documents order by uri") == [("a.txt",), ("b.txt",)]


def test_a_damaged_shard_file_is_made_again_or_named(ingest, tmp_path, rows, monkeypatch):
    import flows.ingest as flow

    warehouse = tmp_path / "my news" / "revue.duckdb"
    page = write_page(tmp_path / "a.txt")

    def stop(*arguments, **options):
        raise RevueError("stopped here")

    with monkeypatch.context() as broken, pytest.raises(RevueError, match="stopped here"):
        broken.setattr(flow, "load", stop)
        ingest([page], warehouse)
    [cut] = warehouse.parent.glob("*.runs/*/strip/*/pages.parquet")
    cut.write_bytes(cut.read_bytes()[:-20])
    [spoilt] = warehouse.parent.glob("*.runs/*/read/*/*/records.parquet")
    content = bytearray(spoilt.read_bytes())
    content[4:60] = b"\xff" * 56
    spoilt.write_bytes(content)
    with pytest.raises(RevueError, match="is damaged") as said:
        ingest([page], warehouse)
    assert not warehouse.exists()
    [command] = re.findall(r"`([^`]+)`", str(said.value))
    subprocess.run(command, shell=True, check=True)
    ingest([page], warehouse)
    assert rows(warehouse, "select uri from documents") == [("a.txt",)]


_HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == 'reads'); print(1, flush=True); input()"


@pytest.mark.slow
def test_a_run_is_refused_while_another_program_writes_the_published_file_but_not_while_one_reads_it(
    revue, page_copy, rows
):
    warehouse = page_copy / "revue.duckdb"
    write_page(page_copy / "b.txt", "Une autre page", BODY[::-1])

    def run_while_another(what: str) -> subprocess.CompletedProcess[bytes]:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen([sys.executable, "-c", _HOLD, warehouse, what], **pipes) as other:
            assert other.stdout.readline() == b"1\n"
            done = revue("run", "b.txt", "--quiet", cwd=page_copy)
            other.communicate(b"\n")
        return done

    refused = run_while_another("writes")
    assert refused.returncode == 2
    assert only_line(refused).endswith("open for writing. Close it there, then try again.")
    done = run_while_another("reads")
    assert (done.returncode, done.stderr) == (0, b"")
    assert rows(warehouse, "select count(*) from documents") == [(2,)]


def test_a_model_that_is_not_installed_is_named_before_anything_is_read(revue, page_copy):
    before = (page_copy / "revue.duckdb").read_bytes()
    done = revue("run", "a.txt", "--model", "fr_core_news_xl", "--quiet", cwd=page_copy)
    assert done.returncode == 2
    assert only_line(done).startswith("revue: The language model fr_core_news_xl is not installed. Run `make run` once")
    assert (page_copy / "revue.duckdb").read_bytes() == before


def test_an_unexpected_error_that_names_a_file_format_is_no_fault():
    assert describe_fault(KeyError("the parquet footer"), Path("revue.duckdb")) is None
