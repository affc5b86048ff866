"""How well the names of a corpus are merged into entities: `python -m benchmarks.entities [--pairs]`.

Pairwise precision, recall and F1, in per cent, on the sample pages. `seeds/entities_gold.csv` has one row for each name
of each page, annotated by hand with the thing it means; two rows are a pair when they mean the same thing.
`gold names`: resolve alone, given exactly those names and labels. `found names`: given the names that strip and extract
find in the pages; a gold name that was not found is in no pair. `same spelling`, the baseline: one entity for each label
and folded name. `--pairs` prints the pairs that are wrong. Exit status 1 when a figure is below its floor in
entities_limits.toml.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: two threads are slower than one here

from benchmarks.limits import read_limits
from tasks.resolve.entities import Name, resolve_names
from tasks.text.folding import fold_name

SEEDS = Path(__file__).parents[1] / "seeds"
Place = tuple[str, str]  # document, folded name


def read_gold() -> list[dict[str, str]]:
    """Return the rows of `seeds/entities_gold.csv`: document, surface, label, entity."""
    with (SEEDS / "entities_gold.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_texts() -> Iterator[tuple[str, str]]:
    """Yield name and article text of each sample page; the name is `file:n` for the n-th record of a file."""
    from tasks.strip import strip_html, strip_text

    for path in sorted((SEEDS / "articles").iterdir()):
        if path.suffix == ".html":
            yield path.name, strip_html(path.read_text(encoding="utf-8")).text
        elif path.suffix == ".txt" and b"\0" not in path.read_bytes():
            yield path.name, strip_text(path.read_text(encoding="utf-8")).text
        elif path.suffix == ".jsonl":
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                try:
                    record = json.loads(line)
                except json.JSONDecodeError:
                    continue
                html = record.get("html")
                text = record.get("text", "")
                page = strip_html(html).text if html else text if record.get("is_clean") else strip_text(text).text
                yield f"{path.name}:{number}", page


def find_names() -> list[Name]:
    """Return the distinct names that strip and extract find in the sample pages."""
    from tasks.extract import read_facts

    documents, texts = zip(*read_texts(), strict=True)
    counts = Counter(
        (document, mention.label, mention.surface, mention.is_demonym)
        for document, facts in zip(documents, read_facts(list(texts)), strict=True)
        for mention in facts.mentions
    )
    return [Name(*name[:3], count, name[3]) for name, count in counts.items()]


def entities_of(names: list[Name]) -> dict[Place, Hashable]:
    """Return the entity of each name of each document."""
    return {
        (one.doc_id, fold_name(one.surface)): one.entity_id
        for one in resolve_names(names)
        if one.entity_id is not None and not one.is_demonym
    }


def score(gold: Mapping[Place, Hashable], found: Mapping[Place, Hashable]) -> dict[str, float]:
    """Return pairwise precision, recall and F1, and the share of gold names found, in per cent.

    Names that are not in the gold are in no pair.
    """
    right = _count_pairs((gold[place], found[place]) for place in gold if place in found)
    given = _count_pairs(found[place] for place in gold if place in found)
    wanted = _count_pairs(gold.values())
    precision, recall = right / given if given else 0.0, right / wanted
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    share = sum(place in found for place in gold) / len(gold)
    return {"precision": 100 * precision, "recall": 100 * recall, "f1": 100 * f1, "found": 100 * share}


def _count_pairs(things: Iterable[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(things).values())


def wrong_pairs(gold: Mapping[Place, Hashable], found: Mapping[Place, Hashable]) -> Iterator[str]:
    """Yield the distinct pairs of names, without their documents, that were wrongly joined or wrongly kept apart."""
    counts: dict[str, int] = defaultdict(int)
    for one, other in itertools.combinations(sorted(set(gold) & set(found)), 2):
        if (gold[one] == gold[other]) != (found[one] == found[other]):
            counts[f"{'apart' if gold[one] == gold[other] else 'joined'}: {one[1]} | {other[1]}"] += 1
    yield from (f"{count:5d} {pair}" for pair, count in sorted(counts.items(), key=lambda item: -item[1]))


def main(arguments_given: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", action="store_true", help="print the pairs that are wrong")
    arguments = parser.parse_args(arguments_given)

    rows = read_gold()
    gold = {(row["document"], fold_name(row["surface"])): row["entity"] for row in rows}
    ways: dict[str, Mapping[Place, Hashable]] = {
        "gold names": entities_of([Name(row["document"], row["label"], row["surface"], 1) for row in rows]),
        "found names": entities_of(find_names()),
        "same spelling": {
            (row["document"], fold_name(row["surface"])): (row["label"], fold_name(row["surface"])) for row in rows
        },
    }
    floors = read_limits("entities")
    missed = []
    print(f"{len(gold)} names of {len({place[0] for place in gold})} pages, {len(set(gold.values()))} things")
    print(f"{'':14} {'precision':>9} {'recall':>7} {'F1':>6} {'names found':>12}")
    for way, found in ways.items():
        scores = score(gold, found)
        print(
            f"{way:14} {scores['precision']:9.1f} {scores['recall']:7.1f} {scores['f1']:6.1f} {scores['found']:12.1f}"
        )
        missed += [
            f"{way}: {measure} {scores[measure]:.1f} is below its floor of {floor}"
            for measure, floor in floors.get(way, {}).items()
            if scores[measure] < floor
        ]
        if arguments.pairs:
            print("\n".join(wrong_pairs(gold, found)))
    print("\n".join(missed) or "All floors hold.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
