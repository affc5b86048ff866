"""discover: inputs, uris, hashes, shards."""

import io

import pytest

from tasks.discover import discover_inputs, drop_known, plan_shards
from warehouse.errors import UsageError
from warehouse.rows import Input


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
