"""Outcomes on the sample pages change only together with the version of the step that makes them."""

import json

import pytest

from benchmarks.freeze import FROZEN, hash_outcomes, read_versions


@pytest.mark.parametrize("constant", sorted(read_versions()))
def test_outcomes_are_those_frozen_for_this_version(constant, published):
    frozen = json.loads(FROZEN.read_text(encoding="utf-8"))[constant]
    assert read_versions()[constant] == frozen["version"], f"{constant} is new: run `make freeze`."
    assert hash_outcomes(published)[constant] == frozen["outcome"], (
        f"Outcomes changed and {constant} did not. Raise it by one, then run `make freeze`."
    )
