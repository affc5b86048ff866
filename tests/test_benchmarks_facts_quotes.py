"""The project's own gold of quotes and roles is complete, and its scores show errors."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.facts_gold import half_of, parse_ranges, read_csv
from benchmarks.facts_quotes import NOT_SPEECH, SPEECH, Document, names_agree, score_quotes, score_roles
from warehouse.facts import Facts, Quote, Role


def test_both_halves_have_enough_annotations() -> None:
    for kinds, least in ((SPEECH, 130), (NOT_SPEECH, 60), (("pronoun",), 25), (("office",), 15), (("group",), 18)):
        rows = [row for row in read_csv("quotes") if row["kind"] in kinds]
        assert min(sum(half_of(row["document"]) == half for row in rows) for half in (0, 1)) >= least
    assert min(sum(half_of(row["document"]) == half for row in read_csv("roles")) for half in (0, 1)) >= 70


def test_spans_stand_in_annotated_ranges_in_order_and_no_text_is_kept() -> None:
    ranges = {entry["document"]: parse_ranges(entry["ranges"]) for entry in read_csv("quote_documents")}
    rows = read_csv("quotes")
    assert {row["kind"] for row in rows} == {*SPEECH, *NOT_SPEECH, "optional"}
    places = [(row["document"], int(row["start"]), int(row["end"])) for row in rows]
    assert [place for place in places if not any(a <= place[1] < place[2] <= b for a, b in ranges[place[0]])] == []
    assert [after for before, after in pairwise(places) if before[0] == after[0] and before[1] >= after[1]] == []
    assert [row for row in rows if row["kind"] in SPEECH and not row["speaker"]] == []
    for row in rows:
        parse_ranges(row["speaker"])  # positions, not words


TEXT = "« Tout va bien », dit Odile Marchand. Le « bazar »."


def quote(**changed: str | int) -> Facts:
    fields = {"start_char": 2, "end_char": 14, "surface": TEXT[2:14], "speaker": "Odile Marchand"} | changed
    return Facts(quotes=(Quote(**fields),))  # type: ignore[arg-type]


def document() -> Document:
    rows = [
        {"start": "2", "end": "14", "kind": "name", "speaker": "22-36", "is_null_right": "0"},
        {"start": "43", "end": "48", "kind": "scare", "speaker": "", "is_null_right": "0"},
    ]
    return Document("page", TEXT, 0, rows, [])


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        (quote(), {"found": 1, "right": 1, "wrong": 0, "taken": 0}),
        (quote(speaker="Marchand"), {"found": 1, "right": 1, "wrong": 0, "taken": 0}),
        (quote(speaker="Karim Sellier"), {"found": 1, "right": 0, "wrong": 1, "taken": 0}),
        (quote(speaker=None), {"found": 1, "right": 0, "wrong": 0, "taken": 0}),
        (quote(start_char=43, end_char=48), {"found": 0, "right": 0, "wrong": 0, "taken": 1}),
        (quote(is_reported=True), {"found": 0, "right": 0, "wrong": 0, "taken": 0}),
        (Facts(), {"found": 0, "right": 0, "wrong": 0, "taken": 0}),
    ],
)
def test_the_score_of_quotes_shows_errors(facts: Facts, counts: dict[str, int]) -> None:
    score = score_quotes([document()], [facts])
    assert {name: score.counts[name] for name in counts} == counts
    assert score.counts["wanted"] == 1
    assert bool(score.misses) == (counts["right"] == 0)


def test_names_agree_when_one_holds_the_words_of_the_other() -> None:
    assert names_agree("la Mairie", ["mairie"]) and names_agree("Sellier", ["Marchand", "Karim Sellier"])
    assert not names_agree("Odile Sellier", ["Karim Sellier"]) and not names_agree("la", ["la mairie"])


def test_the_score_of_roles_shows_errors() -> None:
    text = "Odile Marchand, maire de Rennes, part."
    row = {
        "name_start": "0", "name_end": "14", "role_start": "16", "role_end": "21", "organisation": "25-31",
        "is_former": "0", "distance": "beside",
    }  # fmt: skip
    page = Document("page", text, 0, [], [row])

    def counts(*roles: Role) -> tuple[int, int, int]:
        score = score_roles([page], [Facts(roles=roles)])
        return score.counts["found"], score.counts["given"], score.counts["found_organisation"]

    right = Role(0, 31, text[:31], "Odile Marchand", "maire", "Rennes")
    assert counts(right) == (1, 1, 1)
    assert counts(Role(0, 31, text[:31], "Odile Marchand", "maire", "Vannes")) == (1, 1, 0)
    assert counts(right, Role(0, 31, text[:31], "Odile Marchand", "juge")) == (1, 2, 1)
    assert counts() == (0, 0, 0)
