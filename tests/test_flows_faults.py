"""What the system does to a run: each fault is one sentence, keeps what was published, and the next step works as it is given."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow
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
    assert done.returncode == 2
    assert re.fullmatch(
        r"revue: \S+ cannot be written to\. Change its permissions, or name another place with --warehouse\.",
        only_line(done),
    )
    assert revue("query", "select uri from documents", "--csv", cwd=small_disk).stdout == b"uri\na.txt\n"
    for command in (("export", "csv"), ("report",), ("forget", "a.txt", "--because", "x"), ("refresh",)):
        refused = revue(*command, cwd=small_disk)
        assert refused.returncode == 2 and "cannot be written to" in only_line(refused)


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


def test_a_warehouse_that_cannot_be_a_file_is_said(revue, page_copy):
    (page_copy / "folder.duckdb").mkdir()
    for name, sentence in (
        ("folder.duckdb", "folder.duckdb is not a file. Name another with --warehouse."),
        ("a.txt/w.duckdb", f"{page_copy}/a.txt is not a folder. Name another place with --warehouse."),
    ):
        done = revue("run", "a.txt", "--warehouse", name, cwd=page_copy)
        assert (done.returncode, only_line(done)) == (2, f"revue: {sentence}")


@pytest.mark.parametrize("is_there", [True, False])
def test_of_a_symbolic_link_the_file_it_names_is_published(ingest, page_copy, rows, is_there):
    link, target = page_copy / "revue.duckdb", page_copy / "large disk" / "news.duckdb"
    second = write_page(page_copy / "b.txt", "Une autre page", BODY[::-1])
    if is_there:
        target.parent.mkdir()
        link.rename(target)
        link.with_name("revue.duckdb.runs").rename(target.with_name("news.duckdb.runs"))
    else:
        link.unlink()
    link.symlink_to("large disk/news.duckdb")
    ingest([second], link)
    assert link.is_symlink()
    expected = [("a.txt",), ("b.txt",)] if is_there else [("b.txt",)]
    assert rows(target, "select uri from documents order by uri") == expected
    assert target.with_name("news.duckdb.runs").is_dir() and target.with_name("news.report.html").is_file()


# The file of DuckDB: three headers of 4,096 bytes, then blocks of 256 KiB, each with a checksum (https://duckdb.org/docs/stable/internals/storage).
_HEADERS, _BLOCK = 3 * 4096, 262_144


def test_damage_that_opening_does_not_meet_is_that_of_the_warehouse(revue, page_copy):
    warehouse = page_copy / "revue.duckdb"
    sound = warehouse.read_bytes()
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        [(block,)] = connection.execute(
            "select max(block_id) from pragma_storage_info('documents') where column_name = 'text' and block_id >= 0"
        ).fetchall()
    content = bytearray(sound)
    content[_HEADERS + block * _BLOCK + 1000] ^= 0xFF
    warehouse.write_bytes(content)
    kept = page_copy / "revue.duckdb.runs" / "20990101T000000-0000" / "previous.duckdb"
    kept.parent.mkdir()
    kept.write_bytes(sound)
    said = only_line(revue("check", cwd=page_copy))
    assert only_line(revue("query", "select max(text) from documents", cwd=page_copy)) == said
    [copy] = re.findall(r"Copy (\S+) over it, or name another file with --warehouse\.$", said)
    assert said.startswith("revue: revue.duckdb is damaged: IO Error: Corrupt database file")
    shutil.copy(page_copy / copy, warehouse)
    assert revue("check", cwd=page_copy).returncode == 0


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


@pytest.mark.parametrize("error", [MemoryError(), pyarrow.ArrowMemoryError("malloc of size 64 failed")])
def test_too_little_memory_is_said_with_what_to_change(error):
    said = describe_fault(error, Path("revue.duckdb"))
    assert said.startswith("The memory was not enough, so nothing was published.")
    assert "REVUE_DOCUMENT_BYTES" in said


def test_an_unexpected_error_that_names_a_file_format_is_no_fault():
    assert describe_fault(KeyError("the parquet footer"), Path("revue.duckdb")) is None
