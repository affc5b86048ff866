"""discover: inputs, uris, hashes, shards."""

import io
import os
import socket

import pytest

from tasks.discover import discover_inputs, drop_known, plan_shards
from tasks.runtime.shards import fit_shard_bytes
from warehouse.errors import UsageError
from warehouse.rows import Input
from warehouse.uris import normalize_name


@pytest.fixture
def folder(tmp_path):
    for name in ("a.txt", "b.html", "deep/c.jsonl.gz", ".hidden.txt", "deep/.git/d.txt", "picture.jpg", "pages.zip"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "in"


def test_a_folder_gives_its_readable_files_by_relative_uri_and_counts_the_others(folder):
    found = discover_inputs([str(folder)])
    assert [item.uri for item in found.inputs] == ["a.txt", "b.html", "deep/c.jsonl.gz", "pages.zip"]
    assert found.count_passed_over == 3


def test_a_file_has_the_same_uri_alone_as_in_its_folder(folder):
    assert discover_inputs([str(folder / "a.txt")]).inputs[0] == discover_inputs([str(folder)]).inputs[0]


def test_a_file_named_twice_is_one_input(folder):
    assert len(discover_inputs([str(folder / "a.txt"), str(folder), str(folder / "*.txt")]).inputs) == 4


def test_two_files_of_one_name_have_different_uris(folder, tmp_path):
    other = tmp_path / "other" / "a.txt"
    other.parent.mkdir()
    other.write_text("other")
    uris = [item.uri for item in discover_inputs([str(folder / "a.txt"), str(other)]).inputs]
    assert uris == ["a.txt", other.as_posix()]


def test_a_pattern_is_expanded(folder):
    assert [item.uri for item in discover_inputs([str(folder / "*.txt")]).inputs] == ["a.txt"]


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere/*.txt"])
def test_a_path_that_does_not_exist_is_an_error_that_names_it(tmp_path, name):
    with pytest.raises(UsageError, match="nowhere"):
        discover_inputs([str(tmp_path / name)])


def test_a_folder_without_inputs_is_an_input_with_a_problem(tmp_path):
    [item] = discover_inputs([str(tmp_path)]).inputs
    assert item.problem == "no_inputs"


def test_standard_input_is_kept_in_a_file_and_has_the_uri_minus(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Été".encode())))
    [item] = discover_inputs(["-"], stdin_file=tmp_path / "stdin.txt").inputs
    assert (item.uri, item.count_bytes, (tmp_path / "stdin.txt").read_text(encoding="utf-8")) == ("-", 5, "Été")


def test_small_inputs_make_some_shards_for_each_worker():
    sizes = [fit_shard_bytes(10**power, most=2_000_000, workers=2) for power in (3, 5, 6, 7, 8, 9)]
    assert sizes == sorted(sizes) and sizes[0] == sizes[1] == 31_250  # not smaller than ten pages or so
    assert sizes[2:] == [125_000, 1_000_000, 2_000_000, 2_000_000]
    assert fit_shard_bytes(1_000_000, most=2_000_000, workers=64) == 31_250
    assert fit_shard_bytes(10, most=7_000, workers=2) == 7_000
    assert fit_shard_bytes(1_030_000, most=2_000_000, workers=2) == sizes[2]  # with one more input, the same shards


def test_inputs_met_before_with_the_same_bytes_are_dropped_and_their_records_counted():
    inputs = [Input("/in/a", "a", "1"), Input("/in/b", "b", "2"), Input("/in/c", "c", "3")]
    fresh, count_unchanged = drop_known(inputs, {("a", "1"): 7, ("b", "other bytes"): 5})
    assert ([item.uri for item in fresh], count_unchanged) == (["b", "c"], 7)


def test_shards_are_filled_in_order_and_a_large_input_has_its_own():
    inputs = [Input("", str(number), count_bytes=size) for number, size in enumerate((0, 40, 40, 40, 500, 10))]
    assert [[item.uri for item in shard] for shard in plan_shards(inputs, shard_bytes=100)] == [
        ["0", "1", "2"],
        ["3"],
        ["4"],
        ["5"],
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda path: os.mkfifo(path),
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
    ],
)
def test_what_is_no_regular_file_is_a_problem_and_is_never_waited_for(folder, make):
    make(folder / "a0.txt")
    for given in (folder, folder / "a0.txt"):
        found = {item.uri: item for item in discover_inputs([str(given)]).inputs}
        assert found["a0.txt"].problem == "not_a_file"
        assert found["a0.txt"].detail.endswith(".")
    assert len(discover_inputs([str(folder)]).inputs) == 5


def test_a_pipe_given_by_name_says_how_it_can_be_read(tmp_path):
    os.mkfifo(tmp_path / "63")
    [item] = discover_inputs([str(tmp_path / "63")]).inputs
    assert "revue run -" in item.detail


def test_links_to_files_are_read_and_broken_or_circular_ones_are_problems(folder):
    (folder / "link.txt").symlink_to(folder / "a.txt")
    (folder / "broken.txt").symlink_to("nowhere.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    found = {item.uri: item for item in discover_inputs([str(folder)]).inputs}
    assert found["link.txt"].content_hash == found["a.txt"].content_hash
    assert (found["broken.txt"].problem, found["circle.txt"].problem) == ("unreadable", "unreadable")
    [item] = discover_inputs([str(folder / "broken.txt")]).inputs
    assert item.problem == "unreadable"


def test_a_link_to_a_folder_elsewhere_is_a_problem_and_one_to_a_folder_inside_is_not(folder, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "o.txt").write_text("o")
    (folder / "elsewhere").symlink_to(tmp_path / "other")
    (folder / "latest").symlink_to(folder / "deep")
    (folder / "deep" / "up").symlink_to(folder)
    found = discover_inputs([str(folder)]).inputs
    assert [(item.uri, item.problem) for item in found if item.problem] == [("elsewhere", "not_a_file")]
    assert len(found) == 5


def test_names_that_cannot_be_stored_are_escaped_and_found_again(folder):
    for name in (b"caf\xe9.txt", b"deux\nlignes.txt", b"a\\b.txt"):
        (folder / os.fsdecode(name)).write_text("x")
    found = {item.uri: item for item in discover_inputs([str(folder)]).inputs}
    for uri in ("caf\\xe9.txt", "deux\\nlignes.txt", "a\\\\b.txt"):
        assert found[uri].count_bytes == 1
        [again] = discover_inputs([f"{folder}/{uri}"]).inputs
        assert (again.uri, again.path) == (uri, found[uri].path)
    [given] = discover_inputs([normalize_name(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt"))]).inputs
    assert given == found["caf\\xe9.txt"]


@pytest.fixture
def warehouse_folder(folder):
    """A folder with pages and the warehouse made of them, and with what stands beside it."""
    for name in (
        "news.duckdb", "news.duckdb.wal", "news.duckdb.lock", "news.duckdb.runs/20260102T030405-00ff/stdin.txt", "news.report.html",
        "news.docs/index.html", "news.checks/own.txt", "sources.csv", "aliases.csv", "export/schema.sql",
        "export/load.sql", "export/documents.parquet",
    ):  # fmt: skip
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def test_what_stands_beside_a_warehouse_is_no_input_of_its_folder(warehouse_folder):
    found = discover_inputs([str(warehouse_folder)])
    assert [item.uri for item in found.inputs] == ["a.txt", "b.html", "deep/c.jsonl.gz", "pages.zip"]
    assert found.count_passed_over == 3


def test_a_warehouse_without_published_file_or_usual_ending_is_known_by_its_runs(folder):
    (folder / "w.db.runs" / "20260102T030405-00ff").mkdir(parents=True)
    (folder / "w.db.runs" / "20260102T030405-00ff" / "stdin.txt").write_text("x")
    (folder / "sources.csv").write_text("x")
    assert len(discover_inputs([str(folder)]).inputs) == 4


def test_patterns_pass_over_a_warehouse_and_its_own_name_is_a_problem(warehouse_folder):
    found = discover_inputs([str(warehouse_folder / "**" / "*.*")]).inputs
    assert {item.uri for item in found} == {"a.txt", "b.html", "c.jsonl.gz", "picture.jpg", "pages.zip"}
    for name in ("sources.csv", "news.duckdb.runs", "news.docs/index.html"):
        [item] = discover_inputs([str(warehouse_folder / name)]).inputs
        assert item.problem == "of_warehouse"


def test_tables_of_articles_are_inputs_where_no_warehouse_is(folder):
    for name in ("sources.csv", "articles.parquet", "news.docs/a.html", "feed.rss"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name)
    assert len(discover_inputs([str(folder)]).inputs) == 8
