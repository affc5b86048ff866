"""Outcomes on the sample pages change only together with the version of the step that makes them."""

from __future__ import annotations

import json

import pytest

from tools.freeze import pages
from tools.freeze.pages import Frozen, merge, read_frozen, read_outcomes, read_versions, write_frozen

_SHOWN = 3  # rows of a section that a failure shows on each side


def describe_difference(frozen: Frozen, found: Frozen) -> str:
    """Every section that differs, with its file and its first rows that are gone (-) or new (+); '' when none does."""
    parts = []
    for name in sorted(frozen.keys() | found.keys()):
        for section in sorted(frozen.get(name, {}).keys() | found.get(name, {}).keys()):
            old, new = (side.get(name, {}).get(section) or [] for side in (frozen, found))
            gone, added = [row for row in old if row not in new], [row for row in new if row not in old]
            if old != new:
                parts.append(f"tests/frozen/{name}.json, {section}: rows gone: {len(gone)}, new: {len(added)}")
                parts += [f"  - {json.dumps(row, ensure_ascii=False)}" for row in gone[:_SHOWN]]
                parts += [f"  + {json.dumps(row, ensure_ascii=False)}" for row in added[:_SHOWN]]
    return "\n".join(parts)


@pytest.mark.parametrize("step", sorted(read_versions()))
def test_outcomes_are_those_frozen_for_this_version(step, published):
    versions, frozen = read_frozen()
    assert read_versions()[step] == versions[step], f"The version of {step} is new: run `make freeze`."
    found = read_outcomes(published)[step]
    expected = {name: {section: frozen[name].get(section) for section in sections} for name, sections in found.items()}
    difference = describe_difference(expected, found)
    assert not difference, f"Raise the VERSION of {step} and run `make freeze`, or undo the change:\n{difference}"


def test_every_frozen_row_is_still_made(published):
    _, frozen = read_frozen()
    difference = describe_difference(frozen, merge(read_outcomes(published)))
    assert not difference, f"Outcomes differ from the frozen ones; run `make freeze` and read the diff:\n{difference}"


def test_a_difference_names_the_file_the_section_and_the_rows():
    kept, old, new = {"no": 1}, {"no": 2, "surface": "été"}, {"no": 3}
    assert describe_difference({"a": {"dates": [kept, old]}}, {"a": {"dates": [kept, new]}}).splitlines() == [
        "tests/frozen/a.json, dates: rows gone: 1, new: 1",
        '  - {"no": 2, "surface": "été"}',
        '  + {"no": 3}',
    ]
    assert "rows gone: 0, new: 0" in describe_difference({"a": {"dates": [kept, old]}}, {"a": {"dates": [old, kept]}})
    assert describe_difference({"a": {"dates": [kept]}}, {"a": {"dates": [kept], "roles": []}}) == ""


def test_the_same_warehouse_is_frozen_to_the_same_files_again(published, tmp_path):
    def freeze() -> dict[str, bytes]:
        write_frozen(published, tmp_path)
        return {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    (tmp_path / "gone.json").write_text("{}")
    first = freeze()
    assert "gone.json" not in first and len(first) > 2
    assert freeze() == first
    assert first == {path.name: path.read_bytes() for path in pages.FROZEN.glob("*.json")}
