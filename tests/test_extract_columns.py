"""`read_facts` on the columns of a DataFrame."""

from __future__ import annotations

from datetime import date

import pandas
import pytest

from tasks.extract import read_facts

FRAME = pandas.DataFrame(
    {
        "text": ["La maire de Vannes est revenue hier.", "Le préfet est venu hier à Vannes."],
        "day": pandas.to_datetime(["2025-03-05", None]),
    }
)


def test_columns_are_read_as_lists_and_a_missing_day_is_none() -> None:
    first, second = read_facts(FRAME["text"], published_at=FRAME["day"])
    assert [(one.surface, one.starts_on) for one in first.dates] == [("hier", date(2025, 3, 4))]
    assert [(one.surface, one.starts_on, one.is_resolved) for one in second.dates] == [("hier", None, False)]
    assert [facts.mentions[0].surface for facts in (first, second)] == ["Vannes", "Vannes"]


def test_one_text_in_place_of_a_list_is_refused() -> None:
    with pytest.raises(TypeError, match=r"read_facts\(\[text\]\)"):
        read_facts("La maire de Vannes est revenue.")
