"""Public sets of temporal expressions and numbers, and how well they are found and valued.

Dates: `winer` (absolute dates in Wikinews, values by rule from the article's day), `tools` (the verified test cases of
Duckling and Recognizers-Text that name days, weeks, months or years), `fenec` (time expressions in prose, spans only).
Numbers: the test cases of the same two tools. The data are not part of the project.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tasks.extract.fr.dates import find_dates
from tasks.extract.fr.figures import find_figures
from tasks.extract.sentences import cut_sentences
from warehouse.rows import DateMention

DAY_TYPES = frozenset({"date", "month", "year", "week", "daterange", "interval"})


@dataclass
class Score:
    """Counts of one set: spans expected, found and extra; expected spans that have a value, and values that are right."""

    expected: int = 0
    found: int = 0
    extra: int = 0
    valued: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Per cent of the spans found that were expected."""
        return 100 * self.found / max(1, self.found + self.extra)

    @property
    def recall(self) -> float:
        """Per cent of the expected spans that were found."""
        return 100 * self.found / max(1, self.expected)

    @property
    def value(self) -> float:
        """Per cent of the expected values that are right."""
        return 100 * self.right / max(1, self.valued)


Predicted = tuple[int, int, set[str]]  # start, end, and every way to write the value
DateFinder = Callable[[str, str | None], list[Predicted]]


def read_rows(path: Path, half: int | None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a set; `half` keeps one half of it, chosen by the id."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if half is None or zlib.crc32(row["id"].encode()) % 2 == half:
            yield row


def notations(mention: DateMention) -> set[str]:
    """Return the value of a date in each notation of the sets: ISO, ISO interval with inclusive or exclusive end."""
    values = {mention.timex.removesuffix("/..").removeprefix("../")}
    values.add(mention.timex.removesuffix("TNI").removesuffix("TMO").removesuffix("TEV").removesuffix("TAF"))
    first, last = mention.starts_on, mention.last_on
    if re.fullmatch(r"\.\./\d{4}-W\d\d", mention.timex) and last:
        first = last - timedelta(days=6)  # "until next week": the sets mark the week alone
    if mention.starts_at:
        values.add(mention.starts_at.strftime("%Y-%m-%dT%H:%M"))
        return values
    if first and last:
        values |= {f"{first}/{last}", f"{first}/{last + timedelta(days=1)}"}
        if mention.granularity == "year":
            values.add(f"{first:%Y-%m}/{last + timedelta(days=1):%Y-%m}")
        if mention.granularity == "week":
            values.add(first.isoformat())
        starts = mention.timex.split("/")
        if len(starts) == 2 and all(len(part) in (4, 7, 10) for part in starts):
            values.add("/".join((part + "-01-01")[:10] if len(part) == 4 else (part + "-01")[:10] for part in starts))
            values |= set(starts)  # sets that mark the two ends apart
    elif first:
        values.add(f"{first}/..")
    elif last:
        values |= {f"../{last}", f"../{last + timedelta(days=1)}"}
    return values


def our_dates(text: str, reference: str | None) -> list[Predicted]:
    """Return the dates that revue finds."""
    published = datetime.fromisoformat(reference) if reference else None
    found = find_dates(text, cut_sentences(text), published_at=published)
    return [(each.start_char, each.end_char, notations(each)) for each in found]


def dateparser_dates(text: str, reference: str | None) -> list[Predicted]:
    """Return the dates of the baseline: dateparser.search, given the language and the day of writing."""
    from dateparser.search import search_dates

    base = datetime.fromisoformat(reference) if reference else datetime(2020, 1, 1)
    settings = {"RELATIVE_BASE": base.replace(tzinfo=None)}
    predicted, place = [], 0
    for surface, moment in search_dates(text, languages=["fr"], settings=settings) or []:
        start = text.find(surface, place)
        if start >= 0:
            place = start + len(surface)
            predicted.append((start, place, {f"{moment:%Y-%m-%d}", f"{moment:%Y-%m-%dT%H:%M}"}))
    return predicted


def is_right(values: set[str], golds: list[str]) -> bool:
    """Return whether a value equals a gold value, or is finer than a plain one."""
    shortened = [gold.replace(" ", "T").replace("T00:00:00", "").removesuffix(":00") for gold in golds]
    return any(
        value == gold or ("/" not in gold + value and len(gold) in (4, 7, 10) and value.startswith(gold))
        for value in values
        for gold in shortened
    )


def score_dates(
    rows: Iterator[dict[str, Any]],
    find: DateFinder,
    types: frozenset[str] | None = None,
) -> Score:
    """Score detection by overlap, one to one, and the values of the expressions that have one."""
    score = Score()
    for row in rows:
        golds = [
            each
            for each in row["expected"]
            if types is None or (each["type"] in types and ":" not in str(each["value"]))
        ]
        others = [gold for gold in row["expected"] if gold not in golds]
        if types is not None and not golds:
            continue
        predicted = find(row["text"], row["reference_date"])
        used: set[int] = set()
        for gold in golds:
            start, end = (gold["start"], gold["end"]) if gold.get("start") is not None else (0, len(row["text"]))
            hits = [n for n, (a, b, _) in enumerate(predicted) if min(b, end) > max(a, start)]
            values = gold.get("values") or ([gold["value"]] if gold.get("value") else [])
            score.expected += 1
            score.found += bool(hits)
            used |= set(hits)
            if values:
                score.valued += 1
                right = any(is_right(predicted[n][2], values) for n in hits)
                score.right += right
                if not right:
                    got = (
                        [(row["text"][a:b], sorted(v)) for a, b, v in predicted]
                        if len(row["text"]) < 200
                        else [(row["text"][a:b], sorted(v)) for n, (a, b, v) in enumerate(predicted) if n in hits]
                    )
                    around = row["text"][max(0, start - 40) : end + 30].replace("\n", "/")
                    score.misses.append(
                        f"VALUE {row['reference_date']} {around!r} {gold['surface']!r} {values} got {got}"
                    )
            elif not hits:
                score.misses.append(f"SPAN {gold['surface']!r} in {row['text'][max(0, start - 40) : end + 30]!r}")
        for n, (a, b, _) in enumerate(predicted):
            if n not in used and not any(
                min(b, other["end"]) > max(a, other["start"]) for other in others if other.get("start") is not None
            ):
                score.extra += 1
                score.misses.append(f"EXTRA {row['text'][a:b]!r} in {row['text'][max(0, a - 40) : b + 30]!r}")
    return score


NumberFinder = Callable[[str], list[tuple[int, int, float]]]


def our_numbers(text: str) -> list[tuple[int, int, float]]:
    """Return start, end and value of the figures that revue finds."""
    sentences = cut_sentences(text)
    figures = find_figures(text, sentences, dates=find_dates(text, sentences, published_at=None))
    return [(each.start_char, each.end_char, each.value) for each in figures]


def text2num_numbers(text: str) -> list[tuple[int, int, float]]:
    """Return the number of the baseline: text2num writes number words as digits; the first number is the value."""
    from text_to_num import alpha2digit

    match = re.search(r"-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|-?\d+(?:,\d+)?", alpha2digit(text, "fr"))
    return [(0, len(text), float(re.sub(r"\s", "", match[0]).replace(",", ".")))] if match else []


def score_numbers(rows: Iterable[dict[str, Any]], find: NumberFinder) -> Score:
    """Score the values of numbers; only of kinds that are figures: no bare rank, no power."""
    score = Score()
    for row in rows:
        text = row["text"]
        found = find(text)
        for gold in row["expected"]:
            if not isinstance(gold["value"], (int, float)):
                continue
            score.expected += 1
            score.valued += 1
            # without a place in the set, the whole text counts
            start, end = (gold["start"], gold["end"]) if gold["start"] is not None else (0, len(text))
            hits = [(a, b, value) for a, b, value in found if min(b, end) > max(a, start)]
            score.found += bool(hits)
            right = any(abs(value - gold["value"]) <= 1e-6 * max(1, abs(gold["value"])) for _, _, value in hits)
            score.right += right
            if not right:
                got = [(text[a:b], value) for a, b, value in hits]
                score.misses.append(f"{gold['type']} {gold['surface']!r} {gold['value']} in {text!r} got {got}")
    return score


def measure_dates(folder: Path, half: int | None, find: DateFinder) -> dict[str, Score]:
    """Score the sets of dates."""
    dates = folder / "dates"
    verified = (
        row
        for name in ("duckling_fr", "recognizers_fr")
        for row in read_rows(dates / f"{name}.jsonl", half)
        if row.get("tier", "verified") == "verified"
    )
    return {
        "winer": score_dates(read_rows(dates / "winer_fr_dates.jsonl", half), find),
        "tools": score_dates(verified, find, DAY_TYPES),
        "fenec": score_dates(read_rows(dates / "fenec_time_spans.jsonl", half), find),
    }


def measure_numbers(folder: Path, half: int | None, find: NumberFinder) -> dict[str, Score]:
    """Score the sets of numbers."""
    return {
        f"numbers_{name}": score_numbers(read_rows(folder / "numbers" / f"{name}.jsonl", half), find)
        for name in ("recognizers_fr", "duckling_fr")
    }
