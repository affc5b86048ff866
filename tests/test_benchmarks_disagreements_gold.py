"""The gold of disagreements: every pair is complete, and articles of one pair are from two sources in order of time."""

from __future__ import annotations

from datetime import date

from benchmarks.disagreements import read_pairs

CLASSES = {"contradiction", "update", "range", "different", "same"}


def test_every_pair_is_complete_and_in_order():
    pairs = read_pairs(None)
    assert len({pair["id"] for pair in pairs}) == len(pairs) > 100
    for pair in pairs:
        one, other = pair["articles"]
        assert pair["class"] in CLASSES
        assert one["source"] != other["source"]
        assert date.fromisoformat(one["published"]) <= date.fromisoformat(other["published"])
        assert (pair["values"] is not None) == (pair["class"] in ("contradiction", "update"))


def test_both_halves_have_every_class():
    for half in (0, 1):
        assert {pair["class"] for pair in read_pairs(half)} == CLASSES
