"""Temporal expressions become intervals of days; what only looks like a date does not."""

from __future__ import annotations

import csv
import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from growth import measure_seconds

from tasks.extract.fr.dates import find_dates
from tasks.extract.fr.dates.grammar import written_rules
from tasks.extract.fr.dates.tense import written_clues
from tasks.extract.fr.figures import find_figures
from tasks.extract.sentences import cut_sentences
from warehouse.facts import DateMention

WEDNESDAY = date(2025, 3, 12)
RULES = written_rules() + written_clues()
with Path(__file__).with_name("press_dates.csv").open(encoding="utf-8", newline="") as _lines:
    PRESS = list(csv.DictReader(_lines))


def dates(text: str, published: datetime | date | None = WEDNESDAY) -> list[DateMention]:
    return find_dates(text, cut_sentences(text), published_at=published)


def timexes(text: str, published: datetime | date | None = WEDNESDAY) -> list[str]:
    return [each.timex for each in dates(text, published)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["name"])
def test_rule_reads_its_example_and_leaves_its_counter_example(rule: dict[str, list[str]]) -> None:
    for text, *expected in (rule["example"], rule["counter"]):
        assert timexes(text) == expected, text


def shown(found: DateMention) -> str:
    """The days of a date as `press_dates.csv` writes them: `first..last`, one day alone, else what is known."""
    if not found.is_resolved:
        return found.timex
    if found.starts_on == found.last_on:
        return str(found.starts_on)
    return f"{found.starts_on or ''}..{found.last_on or ''}"


@pytest.mark.parametrize("row", PRESS, ids=lambda row: row["text"][:40])
def test_dates_of_press_sentences(row: dict[str, str]) -> None:
    published = date.fromisoformat(row["published"]) if row["published"] else None
    assert " ; ".join(map(shown, dates(row["text"], published))) == row["dates"]


def test_random_word_sequences_are_read_without_error() -> None:
    generator = random.Random(20250312)
    words = [word for rule in RULES for text in (rule["example"][0], rule["counter"][0]) for word in text.split()]
    words += ["30/2", "31/12/2024", "29", "février", "9999", "0", "25h", "1:99", "siècle", "décennies", "demi"]
    for published in (None, date(1, 1, 1), WEDNESDAY, date(9999, 12, 31)):
        for _ in range(800):
            text = "".join(
                generator.choice(words) + generator.choice([" ", " ", "-", ", ", "\u202f"]) for _ in range(7)
            )
            for found in dates(text, published):
                assert found.surface == text[found.start_char : found.end_char], text
                assert not (found.starts_on and found.last_on and found.starts_on > found.last_on), text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Le stade ouvre en mai 2024.", "2024-05-01", "2024-05-31"),
        ("Il pleut depuis début février 2025.", "2025-02-01", None),
        ("Le chantier dure jusqu'au 4 avril 2026.", None, "2026-04-04"),
        ("La foire va du 28 avril au 3 mai 2025.", "2025-04-28", "2025-05-03"),
        ("Une crise entre 2019 et 2021.", "2019-01-01", "2021-12-31"),
        ("Le prix a doublé dans les années 1990.", "1990-01-01", "1999-12-31"),
        ("Les ventes du deuxième trimestre 2024 reculent.", "2024-04-01", "2024-06-30"),
        ("Fermé de décembre à février 2024.", "2023-12-01", "2024-02-29"),
        ("La récolte de l'été 2023 est bonne.", "2023-06-01", "2023-08-31"),
        ("Rendez-vous mi-avril 2025.", "2025-04-11", "2025-04-20"),
        ("Il y a deux semaines, tout allait bien.", "2025-02-24", "2025-03-02"),
    ],
)
def test_expressions_become_intervals(text: str, first: str | None, last: str | None) -> None:
    (found,) = dates(text)
    assert (found.starts_on and found.starts_on.isoformat(), found.last_on and found.last_on.isoformat()) == (
        first,
        last,
    )
    assert found.is_resolved


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("Le maire a démissionné lundi.", "2025-03-10"),
        ("Le conseil se réunira lundi.", "2025-03-17"),
        ("Le conseil va voter vendredi.", "2025-03-14"),
        ("Elle a parlé vendredi à la radio.", "2025-03-07"),
        ("Mercredi, le tribunal a tranché.", "2025-03-12"),
        ("La grève est prévue jeudi.", "2025-03-13"),
        ("Le ministre a dit mardi que la loi sera votée vendredi.", "2025-03-14"),
        ("Il avait plu le 20 novembre.", "2024-11-20"),
        ("Le défilé aura lieu le 20 novembre.", "2025-11-20"),
    ],
)
def test_the_verb_decides_between_past_and_future(text: str, timex: str) -> None:
    assert timex in timexes(text)


def test_a_weekday_without_evidence_agrees_with_the_rest_of_the_text() -> None:
    text = "Les élus voteront vendredi.\nLa séance de vendredi a été annoncée hier."
    assert timexes(text) == ["2025-03-14", "2025-03-14", "2025-03-11"]


def test_relative_dates_count_from_the_day_the_text_names() -> None:
    text = "Le 3 janvier 2020, le barrage rompt. La veille, il pleuvait. Deux ans plus tard, on le rebâtit."
    found = dates(text)
    assert [each.timex for each in found] == ["2020-01-03", "2020-01-02", "2022"]
    assert [each.anchor for each in found] == [None, "article", "article"]
    assert found[1].anchor_on == date(2020, 1, 3)


def test_without_publication_day_relative_dates_stay_unresolved() -> None:
    text = "Le maire a parlé mardi, puis hier, le 17 février, la semaine dernière, et en mars 2024."
    found = dates(text, None)
    assert [each.timex for each in found] == ["XXXX-WXX-2", "XXXX-XX-XX", "XXXX-02-17", "XXXX-WXX", "2024-03"]
    assert [each.is_resolved for each in found] == [False, False, False, False, True]
    assert all(each.anchor is None and each.anchor_on is None for each in found)


def test_clock_time_of_a_day_keeps_the_zone_of_publication() -> None:
    (found,) = dates("Le train partira jeudi à 7 h 45.", datetime(2025, 3, 12, 8, tzinfo=UTC))
    assert found.starts_at == datetime(2025, 3, 13, 7, 45, tzinfo=UTC)
    assert (found.timex, found.granularity) == ("2025-03-13T07:45", "minute")


@pytest.mark.parametrize(
    "text",
    [
        "Le marché se tient tous les mardis.",
        "Il a travaillé pendant trois semaines.",
        "Elle habite rue du 11 novembre.",
        "Au moins sept personnes sont parties.",
        "Il a payé 1 950 euros et planté 2024 arbres.",
        "Le record tombe en 1:11.93.",
        "Le club égalise (2-2, 85e).",
        "Le film dure plus de 2h30.",
        "Le vol dure 3 heures.",
    ],
)
def test_text_that_only_looks_like_a_date_gives_none(text: str) -> None:
    assert timexes(text) == []


def test_a_day_that_does_not_exist_is_not_a_date() -> None:
    assert all(each.starts_on != date(2025, 3, 2) for each in dates("Le 30 février 2025 n'existe pas."))


def test_the_full_stop_of_a_sentence_is_not_part_of_a_date() -> None:
    found = dates("Elle part le 4 décembre. Elle est partie le 4 déc. 2024, puis le 4 déc. et non en mars.")
    assert [each.surface for each in found] == ["4 décembre", "4 déc. 2024", "4 déc.", "mars"]


def test_surface_is_the_text_at_its_positions() -> None:
    text = "« Hier\u00a0», dit-il, «\u00a0le 3\u202fmai 2024\u00a0» ; L’an dernier aussi."
    for found in dates(text):
        assert found.surface == text[found.start_char : found.end_char]
    assert timexes(text) == ["2025-03-11", "2024-05-03", "2024"]


def test_hyphens_spaces_and_accents_may_vary() -> None:
    assert timexes("Il a plu ce week\u2011end.") == timexes("Il a plu ce week-end.") == ["2025-W10-WE"]
    assert timexes("LE 3 FEVRIER 2025") == timexes("le 3\u202ffévrier\u00a02025") == ["2025-02-03"]


def test_english_dates_of_embedded_posts_are_read() -> None:
    assert timexes("Someone (@someone) August 17, 2025") == ["2025-08-17"]
    assert timexes("You may march 3 miles.") == []


@pytest.mark.parametrize("piece", ["le 3 mars 2024 et mardi à 14 h, ", "le maire viendra le 3 mars et il a ri, "])
def test_time_grows_with_the_length_of_a_sentence_full_of_dates(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        sentences = cut_sentences(text)
        assert len(sentences) == 1
        return measure_seconds(
            lambda: find_figures(text, sentences, dates=find_dates(text, sentences, published_at=WEDNESDAY))
        )

    seconds(10)  # what is built once
    assert seconds(2400) < 9 * seconds(600)  # 4 times as long: 16 times the time where it grows with the square
