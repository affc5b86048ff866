"""The project's own gold standard of figures and dates is complete, and its scores show errors."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from benchmarks.facts_gold import (
    SHARED,
    Document,
    half_of,
    make_document,
    only_relative,
    parse_ranges,
    read_csv,
    read_documents,
    read_raw,
)
from benchmarks.facts_gold_score import Found, our_dates, our_figures, score

KINDS = ("dates", "figures")


def required(kind: str) -> list[dict[str, str]]:
    return [row for row in read_csv(kind) if row["is_optional"] == "0"]


def test_both_halves_have_enough_annotations() -> None:
    relative = [row for row in required("dates") if row["needs"] != "nothing"]
    assert len(required("figures")) >= 150
    assert len(relative) >= 150
    for rows in (required("figures"), relative):
        assert min(sum(half_of(row["document"]) == half for row in rows) for half in (0, 1)) >= 75


@pytest.mark.parametrize("kind", KINDS)
def test_spans_stand_in_annotated_ranges_in_order(kind: str) -> None:
    ranges = {entry["document"]: parse_ranges(entry["ranges"]) for entry in read_csv("documents")}
    places = [(row["document"], int(row["start"]), int(row["end"])) for row in read_csv(kind)]
    assert [place for place in places if not any(a <= place[1] < place[2] <= b for a, b in ranges[place[0]])] == []
    assert [next_ for last, next_ in pairwise(places) if last[0] == next_[0] and last[1] >= next_[1]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_surfaces_are_those_of_the_sample_pages_and_no_other_text_is_kept(kind: str) -> None:
    files = {entry["document"]: entry["file"] for entry in read_csv("documents")}
    for row in read_csv(kind):
        raw = read_raw(files[row["document"]]) if files[row["document"]].startswith("seeds/") else None
        assert row["surface"] == (raw[int(row["start"]) : int(row["end"])] if raw else ""), row
        assert raw or not row.get("subject"), row


def test_development_texts_are_those_that_were_annotated() -> None:
    if not SHARED.exists():
        pytest.skip("the development data are not beside the checkout")
    assert len(read_documents()) == len(read_csv("documents"))


def test_a_changed_text_is_an_error() -> None:
    entry = read_csv("documents")[0]
    raw = read_raw(entry["file"])
    assert raw is not None
    assert make_document(entry, raw, {}).name == entry["document"]
    with pytest.raises(ValueError, match="has changed"):
        make_document(entry, raw + "\n", {})


def page(text: str, dates: list[dict[str, str]] | None = None, figures: list[dict[str, str]] | None = None) -> Document:
    return Document("page", text, date(2025, 3, 12), 0, True, {"dates": dates or [], "figures": figures or []})


DAY = {"start": "14", "end": "18", "needs": "anchor", "is_optional": "0", "timex": "2025-03-11"} | {
    "starts_on": "2025-03-11", "last_on": "2025-03-11", "granularity": "day", "is_resolved": "1",
}  # fmt: skip
COUNT = {"start": "10", "end": "18", "is_optional": "0", "value": "12", "low": "", "high": "", "unit": ""} | {
    "kind": "count", "currency": "", "qualifier": "", "counted_start": "13", "counted_end": "18", "subject": "",
}  # fmt: skip


def test_correct_readings_score_100() -> None:
    dates = score([page("Le maire vint hier.", dates=[DAY])], "dates", our_dates)
    figures = score([page("On plante 12 ormes.", figures=[COUNT])], "figures", our_figures)
    for tally in (dates, figures):
        assert (tally.precision, tally.recall, tally.exact, tally.misses) == (100, 100, 1, [])
    assert {name: dates.right(name) for name in dates.fields} == dict.fromkeys(dates.fields, 100)
    assert figures.right_of_all("value") == figures.right("counted") == 100


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"starts_on": date(2025, 3, 10)}, {"days", "starts_on"}),
        ({"last_on": None}, {"days", "last_on"}),
        ({"granularity": "week"}, {"granularity"}),
        ({"is_resolved": False}, {"is_resolved"}),
        ({"timex": "2025-03"}, {"timex"}),
    ],
)
def test_a_wrong_field_lowers_its_score(changed: Found, wrong: set[str]) -> None:
    def wrongly(document: Document) -> list[Found]:
        return [each | changed for each in our_dates(document)]

    tally = score([page("Le maire vint hier.", dates=[DAY])], "dates", wrongly)
    assert {name for name in tally.fields if tally.right(name) == 0} == wrong
    assert tally.recall == 100


def test_missed_and_spurious_spans_count_and_optional_ones_do_not() -> None:
    text = "Le maire vint hier."
    missed = score([page(text, dates=[DAY])], "dates", lambda document: [])
    assert (missed.recall, missed.right_of_all("days")) == (0, 0)
    assert score([page(text)], "dates", our_dates).given == 1
    optional = score([page(text, dates=[DAY | {"is_optional": "1"}])], "dates", our_dates)
    assert (optional.given, optional.wanted) == (0, 0)


def test_only_relative_dates_are_scored() -> None:
    absolute = DAY | {"needs": "nothing"}
    assert score(only_relative([page("Le maire vint hier.", dates=[absolute])]), "dates", our_dates).wanted == 0
    assert score(only_relative([page("Le maire vint hier.", dates=[DAY])]), "dates", our_dates).wanted == 1
