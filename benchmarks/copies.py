"""How well near copies are found: `python -m benchmarks.facts copies`; their cost: `python -m benchmarks.copies`.

Quality: sample pages and development articles are changed as papers change a text they reprint (`EDITS`), with words of other
articles; each changed text should be one story with its original (recall), and no two other texts one story (precision). Pairs
of articles that are copies without our doing are listed in `gold/copies.csv`; other stories of two texts count as errors.
Cost: seconds to compare 100 new documents with 10,000 and with 100,000 old ones, of generated words; the exit status is 1 when
ten times as many old documents take longer than the ceiling in copies_limits.toml allows.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import json
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

import numpy

from benchmarks.facts_gold import GOLD, half_of
from benchmarks.limits import read_limits
from tasks.load import delete_documents
from tasks.resolve import resolve_stories
from tasks.runtime.candidate import attach_scratch
from tasks.text.bands import band_rows
from tools.train.development_data import FACTS, PAGES
from warehouse.store import connect, create_tables, insert_rows, run_sql

if TYPE_CHECKING:
    import duckdb

Edit = Callable[[str, random.Random, Sequence[str]], str]
_LEAST_WORDS = 60


def replace_words(share: float) -> Edit:
    """The edit that puts other words in the place of a share of the words."""

    def edit(text: str, chance: random.Random, words: Sequence[str]) -> str:
        parts = re.split(r"(\s+)", text)
        places = [place for place in range(0, len(parts), 2) if parts[place]]
        for place in chance.sample(places, round(len(places) * share)):
            parts[place] = chance.choice(words)
        return "".join(parts)

    return edit


def cut_end(text: str, chance: random.Random, words: Sequence[str]) -> str:
    """The text without its last fifth."""
    kept = text.split(" ")
    return " ".join(kept[: round(len(kept) * 0.8)])


def cut_start(text: str, chance: random.Random, words: Sequence[str]) -> str:
    """The text without its first fifth."""
    kept = text.split(" ")
    return " ".join(kept[round(len(kept) * 0.2) :])


def add_lede(text: str, chance: random.Random, words: Sequence[str]) -> str:
    """The text with a fifth as many words before it."""
    return " ".join(chance.choices(words, k=len(text.split()) // 5)) + ".\n\n" + text


def own_lede_and_cut(text: str, chance: random.Random, words: Sequence[str]) -> str:
    """The text with other words before it and without its end."""
    return add_lede(cut_end(text, chance, words), chance, words)


def reorder(text: str, chance: random.Random, words: Sequence[str]) -> str:
    """The text with its paragraphs, or the sentences of a single one, in another order."""
    parts = [part for part in text.split("\n") if part.strip()]
    parts = parts if len(parts) > 2 else re.split(r"(?<=[.!?]) ", text)
    return "\n".join(chance.sample(parts, len(parts)))


EDITS: dict[str, Edit] = {
    "end_cut": cut_end,
    "start_cut": cut_start,
    "lede_added": add_lede,
    "own_lede_and_cut": own_lede_and_cut,
    "reordered": reorder,
    "one_word_in_ten": replace_words(0.1),
    "one_word_in_five": replace_words(0.2),
}


class Copies(NamedTuple):
    """What was found: changed texts in one story with their original, of all by edit; pairs in one story, right and wrong."""

    found: dict[str, tuple[int, int]]
    right: int
    wrong: list[tuple[str, str]]


def read_texts(half: int | None) -> dict[str, str]:
    """Return the development articles of a half by name, those of 60 words or more."""
    rows: dict[str, str] = {}
    for name, file, key in (
        ("pages", PAGES / "gold.jsonl", "gold_text"),
        ("winer", FACTS / "ner" / "winer_fr.jsonl", "text"),
    ):
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            row = json.loads(line)
            rows[f"{name}:{row['id']}"] = row[key] or ""
    return {
        name: text for name, text in rows.items() if len(text.split()) >= _LEAST_WORDS and half in (None, half_of(name))
    }


def open_empty() -> duckdb.DuckDBPyConnection:
    """Return a warehouse in memory, with its scratch database."""
    connection = connect()
    create_tables(connection)
    attach_scratch(connection)
    run_sql(connection, "tasks.resolve", "shingles")
    return connection


def add_documents(connection: duckdb.DuckDBPyConnection, texts: Mapping[str, str], run_id: str) -> None:
    """Add documents of these texts, by name, with their bands."""
    import pyarrow

    table = pyarrow.table({"doc_id": list(texts), "text": list(texts.values())})
    connection.register("incoming_texts", table)
    connection.execute(
        "insert into documents by name select md5(doc_id) as doc_id, doc_id as uri, text, 1 as record_no, 'unknown' as source_id, "
        "[] as authors, 'none' as published_granularity, 'none' as published_method, 0 as published_confidence, 'fr' as language, "
        "'utf-8' as encoding, 0 as count_words, 0 as count_lines_removed, false as is_truncated, md5(doc_id) as story_id, "
        "'' as recipe_strip, '' as recipe_extract, ? as run_id from incoming_texts",
        [run_id],
    )
    connection.unregister("incoming_texts")
    insert_rows(
        connection,
        "bands",
        [row for name, text in texts.items() for row in band_rows(hashlib.md5(name.encode()).hexdigest(), text)],
    )


def find_copies(texts: Mapping[str, str], known: Set[frozenset[str]]) -> Copies:
    """Change every text in every way, and find the stories of the changed texts among the others.

    Pairs of `known` are copies of each other before any change.
    """
    words = [word for text in texts.values() for word in text.split()]
    found: dict[str, tuple[int, int]] = {}
    pairs: set[frozenset[str]] = set()
    right = 0
    with open_empty() as connection:
        add_documents(connection, texts, "texts")
        resolve_stories(connection, "texts")
        for number, (kind, edit) in enumerate(EDITS.items()):
            chance = random.Random(number)
            changed = {f"{kind} {name}": edit(text, chance, words) for name, text in texts.items()}
            add_documents(connection, changed, kind)
            resolve_stories(connection, kind)
            story_of = dict(connection.execute("select uri, story_id from documents").fetchall())
            hits = sum(story_of[f"{kind} {name}"] == story_of[name] for name in texts)
            found[kind] = hits, len(texts)
            right += hits
            stories: dict[str, set[str]] = {}
            for uri, story_id in story_of.items():
                stories.setdefault(story_id, set()).add(uri.removeprefix(f"{kind} "))
            pairs |= {frozenset(pair) for names in stories.values() for pair in itertools.combinations(names, 2)}
            connection.execute(
                "create or replace table scratch.changed as select doc_id from documents where run_id = ?", [kind]
            )
            delete_documents(connection, "changed")
            resolve_stories(connection, kind)
    wrong = sorted((min(pair), max(pair)) for pair in pairs - known)
    return Copies(found, right + len(pairs & known), wrong)


def measure_copies(half: int | None, misses: dict[str, list[str]]) -> dict[str, float]:
    """Measure precision, and recall by edit, in per cent; prints them."""
    texts = read_texts(half)
    if not texts:
        return {}
    with (GOLD / "copies.csv").open(encoding="utf-8", newline="") as rows:
        known = {frozenset((row["document"], row["other"])) for row in csv.DictReader(rows)}
    copies = find_copies(texts, known)
    measured = {f"copies_recall_{kind}": 100 * hits / count for kind, (hits, count) in copies.found.items()}
    measured["copies_precision"] = 100 * copies.right / (copies.right + len(copies.wrong))
    for name, value in measured.items():
        print(f"{name:36} {value:5.1f}")
    misses["copies"] = [" is no copy of ".join(pair) for pair in copies.wrong]
    return measured


def generate_texts(count: int, seed: int, count_words: int = 150) -> dict[str, str]:
    """Return texts of generated words by name; two share one pair of words in a thousand on average, as news articles do."""
    numbers = numpy.random.default_rng(seed)
    weights = 1 / (numpy.arange(20_000) + 3)
    ranks = numbers.choice(20_000, size=(count, count_words), p=weights / weights.sum())
    return {f"{seed}-{no}": " ".join(f"mot{rank:05}" for rank in row) for no, row in enumerate(ranks)}


def measure_cost(count_old: int, count_new: int) -> float:
    """Return the seconds to sign new documents and compare them with old ones; one new document in ten copies an old one."""
    with open_empty() as connection:
        old = generate_texts(count_old, seed=1)
        add_documents(connection, old, "old")
        new = generate_texts(count_new, seed=2)
        copied = dict(zip(list(new)[::10], old.values(), strict=False))
        started = time.perf_counter()
        add_documents(connection, new | copied, "new")
        resolve_stories(connection, "new")
        seconds = time.perf_counter() - started
        [(count_copies,)] = connection.execute("select count(*) from duplicates where kind = 'near'").fetchall()
    print(f"{count_new} new documents and {count_old:7} old ones: {seconds:.2f} s, {count_copies} copies found")
    return seconds


def main() -> int:
    """Measure the cost, print it, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--new", type=int, default=100)
    parser.add_argument(
        "--old", type=int, default=10_000, help="the smaller number of old documents; the larger is ten times as many"
    )
    options = parser.parse_args()
    measure_cost(options.old // 10, options.new)  # what the first call imports and builds does not count
    seconds = [measure_cost(count, options.new) for count in (options.old, 10 * options.old)]
    ratio, ceiling = seconds[1] / seconds[0], read_limits("copies")["tenfold_seconds_ratio"]
    print(f"ten times as many old documents take {ratio:.2f} times as long; the ceiling is {ceiling}")
    return int(ratio > ceiling)


if __name__ == "__main__":
    raise SystemExit(main())
