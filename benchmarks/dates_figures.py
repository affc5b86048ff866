"""How well dates and figures are found and valued, against the pinned floors beside this file.

    python benchmarks/dates_figures.py [--data FOLDER] [--half 0|1] [--dateparser] [--misses KIND]

The data stay outside the project: `../shared/bench/facts` beside the checkout unless `--data` says otherwise; without
them nothing is measured and the exit status is 0. Exit status 1: a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import tomllib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tasks.facts.dates import find_dates
from tasks.facts.figures import find_figures
from tasks.facts.sentences import cut_sentences
from warehouse.rows import DateMention

DATA = Path(__file__).parents[1].parent / "shared" / "bench" / "facts"
DAY_TYPES = frozenset({"date", "month", "year", "week", "daterange", "interval"})


@dataclass
class Score:
    """What one set of expressions says: spans found, spans that should not be there, values right."""

    expected: int = 0
    found: int = 0
    extra: int = 0
    valued: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return 100 * self.found / max(1, self.found + self.extra)

    @property
    def recall(self) -> float:
        return 100 * self.found / max(1, self.expected)

    @property
    def value(self) -> float:
        return 100 * self.right / max(1, self.valued)


Predicted = tuple[int, int, set[str]]  # start, end, and every way to write the value


def read_rows(path: Path, half: int | None) -> Iterator[dict[str, Any]]:
    """The rows of a set; `half` keeps one half of it, chosen by the id."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if half is None or zlib.crc32(row["id"].encode()) % 2 == half:
            yield row


def written(mention: DateMention) -> set[str]:
    """The value of a mention in each notation the sets use: ISO, ISO interval with either end, inclusive or not."""
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
    published = datetime.fromisoformat(reference) if reference else None
    found = find_dates(text, cut_sentences(text), published_at=published)
    return [(each.start_char, each.end_char, written(each)) for each in found]


def dateparser_dates(text: str, reference: str | None) -> list[Predicted]:
    """The baseline: dateparser.search, told that the text is French and when it was written."""
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
    """Equal, or finer than a plain gold value."""
    shortened = [gold.replace(" ", "T").replace("T00:00:00", "").removesuffix(":00") for gold in golds]
    return any(
        value == gold or ("/" not in gold + value and len(gold) in (4, 7, 10) and value.startswith(gold))
        for value in values
        for gold in shortened
    )


def score_dates(
    rows: Iterator[dict[str, Any]],
    find: Callable[[str, str | None], list[Predicted]],
    types: frozenset[str] | None = None,
) -> Score:
    """Detection by overlap, one to one, and the share of valued expressions whose value is right."""
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


def score_numbers(rows: Iterator[dict[str, Any]]) -> Score:
    """Values of numbers; only those kinds that are figures: no bare rank, no power."""
    score = Score()
    for row in rows:
        text = row["text"]
        sentences = cut_sentences(text)
        figures = find_figures(text, sentences, dates=find_dates(text, sentences, published_at=None))
        for gold in row["expected"]:
            if not isinstance(gold["value"], (int, float)):
                continue
            score.expected += 1
            score.valued += 1
            hits = [each for each in figures if min(each.end_char, gold["end"]) > max(each.start_char, gold["start"])]
            score.found += bool(hits)
            right = any(abs(each.value - gold["value"]) <= 1e-6 * max(1, abs(gold["value"])) for each in hits)
            score.right += right
            if not right:
                score.misses.append(
                    f"{gold['type']} {gold['surface']!r} {gold['value']} in {text!r} got {[(e.surface, e.value) for e in hits]}"
                )
    return score


def speed(folder: Path) -> float:
    """Milliseconds for dates and figures of 1,000 words of news, sentences cut before."""
    texts = [row["text"] for row in read_rows(folder / "dates" / "winer_fr_dates.jsonl", None)][:200]
    cut = [(text, cut_sentences(text)) for text in texts]
    find_figures(*cut[0], dates=find_dates(*cut[0], published_at=date(2020, 1, 1)))
    started = time.process_time()
    for text, sentences in cut:
        find_figures(text, sentences, dates=find_dates(text, sentences, published_at=date(2020, 1, 1)))
    return (time.process_time() - started) * 1e6 / sum(len(text.split()) for text in texts)


def measure(folder: Path, half: int | None, find: Callable[[str, str | None], list[Predicted]]) -> dict[str, Score]:
    """The scores of the date sets."""
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--dateparser", action="store_true")
    parser.add_argument("--misses", default="")
    arguments = parser.parse_args()
    if not arguments.data.exists():
        print(f"no development data in {arguments.data}: nothing measured")
        return 0
    scores = measure(arguments.data, arguments.half, our_dates)
    for name in ("recognizers_fr", "duckling_fr"):
        scores[f"numbers_{name}"] = score_numbers(
            read_rows(arguments.data / "numbers" / f"{name}.jsonl", arguments.half)
        )
    for name, score in scores.items():
        print(
            f"{name:24} found {score.precision:5.1f} / {score.recall:5.1f}  value {score.value:5.1f}  ({score.right}/{score.valued})"
        )
    if arguments.dateparser:
        for name, score in measure(arguments.data, arguments.half, dateparser_dates).items():
            print(f"dateparser {name:13} found {score.precision:5.1f} / {score.recall:5.1f}  value {score.value:5.1f}")
    if arguments.misses:
        print(*scores[arguments.misses].misses, sep="\n")
    numbers = [scores["numbers_recognizers_fr"], scores["numbers_duckling_fr"]]
    measured = {
        "winer_value": scores["winer"].value,
        "tools_value": scores["tools"].value,
        "fenec_precision": scores["fenec"].precision,
        "fenec_recall": scores["fenec"].recall,
        "numbers_value": 100 * sum(each.right for each in numbers) / max(1, sum(each.valued for each in numbers)),
    }
    ms = speed(arguments.data)
    print(f"dates and figures: {ms:.2f} ms per 1,000 words")
    floors = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    failed = [f"{name} {value:.1f} < {floors[name]}" for name, value in measured.items() if value < floors[name]]
    failed += (
        [f"{ms:.1f} ms per 1,000 words > {floors['ms_per_1000_words']}"] if ms > floors["ms_per_1000_words"] else []
    )
    print(*failed, sep="\n")
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main())
