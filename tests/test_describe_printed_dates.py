"""Dates as pages print them: every format, its time and zone, and text that only looks like a date."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest

from tasks.strip.describe.printed_dates import read_dates, read_zone
from tasks.text.phrases import alternation


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("Publié le 12/06/2025", date(2025, 6, 12), None),
        ("Publié le12/06/2025à 10h05", date(2025, 6, 12), time(10, 5)),
        ("14 août 2025 01:47", date(2025, 8, 14), time(1, 47)),
        ("04.09.2025 07:13", date(2025, 9, 4), time(7, 13)),
        ("Le 2 novembre 2023 à 16h17", date(2023, 11, 2), time(16, 17)),
        ("jeudi 1er mars 2018", date(2018, 3, 1), None),
        ("1 fevrier 2018 à 8 h", date(2018, 2, 1), time(8)),
        ("MARDI 3 DÉCEMBRE 2019", date(2019, 12, 3), None),
        ("date 2025-09-02 Le Courrier", date(2025, 9, 2), None),
        ("2025-08-14T10:00:00+02:00", date(2025, 8, 14), time(10)),
        ("Publié le 01/06/18 à 23h03", date(2018, 6, 1), time(23, 3)),
        ("May 4th, 2018 at 3:10 p.m.", date(2018, 5, 4), time(15, 10)),
        ("Published: 15:56 BST, 27 April 2024", date(2024, 4, 27), time(15, 56)),
        ("UPDATED 16:47 EST / DECEMBER 19 2025", date(2025, 12, 19), time(16, 47)),
        ("03.05.2024, 16:24 Uhr", date(2024, 5, 3), time(16, 24)),
        ("28. Juni 2025 - 16.03 Uhr", date(2025, 6, 28), time(16, 3)),
        ("22. Dezember 201922. Dezember 2019", date(2019, 12, 22), None),
        ("12 . 10 . 2019", date(2019, 10, 12), None),
        ("Publié le 12 mars 2093", date(2093, 3, 12), None),
        ("12 mars 2125", date(2125, 3, 12), None),
        ("12/03/2125 à 10h", date(2125, 3, 12), time(10)),
        ("5\\. Januar 2026 18:58 Uhr", date(2026, 1, 5), time(18, 58)),  # as Markdown escapes it
    ],
)
def test_a_printed_date_is_read(line: str, day: date, clock: time | None) -> None:
    printed = read_dates(line)[0]
    assert (printed.day, printed.clock) == (day, clock)


@pytest.mark.parametrize(
    "line",
    [
        "31.02.2024",
        "12/03/93",
        "12 mars 2999",
        "Tél. 01.02.03.04.05",
        "version 12.4.2",
        "En 2024, 12 hectares",
        "le 12 juin",
        "de 1914 à 1918",
        "ref. 120620259",
        "ref. 12/06/20251234",
        "5/5",
    ],
)
def test_text_that_looks_like_a_date_is_not_read(line: str) -> None:
    assert read_dates(line) == []


@pytest.mark.parametrize(
    "line",
    ["Anne Perrin 26/01/201727/01/2017 8 min", "26.01.2017 27.01.2017", "26-01-201727-01-2017"],
)
def test_two_dates_in_figures_are_read_without_a_time_between_them(line: str) -> None:
    days = [(printed.day, printed.clock) for printed in read_dates(line)]
    assert days == [(date(2017, 1, 26), None), (date(2017, 1, 27), None)]


def test_two_dates_of_a_line_are_read_in_order() -> None:
    printed = read_dates("Publié le 3 mai 2024 à 18h00, mis à jour le 4 mai 2024 à 09h30")
    assert [(one.day.day, one.clock) for one in printed] == [(3, time(18)), (4, time(9, 30))]


def test_the_day_comes_first_unless_the_country_or_the_numbers_say_otherwise() -> None:
    assert read_dates("05/06/2024")[0].day == date(2024, 6, 5)
    assert read_dates("05/06/2024", month_first=True)[0].day == date(2024, 5, 6)
    assert read_dates("05/26/2024")[0].day == date(2024, 5, 26)
    assert read_dates("26/05/2024", month_first=True)[0].day == date(2024, 5, 26)
    assert read_dates("05.06.2024", month_first=True)[0].day == date(2024, 6, 5)  # dots are European


def test_a_date_whose_day_and_month_could_be_swapped_is_ambiguous() -> None:
    assert read_dates("05/06/2024")[0].is_ambiguous
    assert not read_dates("25/06/2024")[0].is_ambiguous
    assert not read_dates("5 juin 2024")[0].is_ambiguous


def test_a_month_has_the_granularity_month() -> None:
    assert read_dates("Mars 2025")[0].granularity == "month"
    assert read_dates("3 mars 2025")[0].granularity == "day"


def test_reading_minutes_are_not_a_time() -> None:
    assert read_dates("8 février 2020 5 min de lecture")[0].clock is None
    assert read_dates("Feb 8, 2020 5 min read")[0].clock is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Z", 0),
        ("UTC", 0),
        ("+02:00", 2),
        ("-0330", -3.5),
        ("UTC+1", 1),
        ("GMT -5", -5),
        ("CEST", 2),
        ("MEZ", 1),
        ("EDT", -4),
    ],
)
def test_a_zone_has_its_offset_from_utc(text: str, hours: float) -> None:
    zone = read_zone(text)
    assert zone is not None
    assert zone.utcoffset(None) == timedelta(hours=hours)


def test_an_unknown_zone_is_none() -> None:
    assert read_zone("IST") is None  # India, Israel and Ireland all use it
    assert read_zone("+25:00") is None


def test_a_zone_after_a_time_is_read() -> None:
    (printed,) = read_dates("Publié le 06/01/2026 - 14:16 UTC+1")
    assert printed.zone is not None and printed.zone.utcoffset(None) == timedelta(hours=1)


def test_of_several_words_that_fit_the_longest_is_found() -> None:
    pattern = re.compile(rf"(?:{alternation(['mis à jour', 'mis à jour le', 'mar', 'mars', 'akt.', '(c)'])})")
    found = [match.group() for match in pattern.finditer("mis  à jour le 3 mars, mar. akt. aktu (c) mis à")]
    assert found == ["mis  à jour le", "mars", "mar", "akt.", "(c)"]


def test_what_begins_a_further_date_is_no_time() -> None:
    first, *_ = read_dates("11 .12 .19  07 .12 .19 ")
    assert (first.day, first.clock) == (date(2019, 12, 11), None)
    assert read_dates("11.12.19 07.12 Uhr")[0].clock == time(7, 12)
