"""Why plain-text pages are lost: `python -m benchmarks.strip_lost [--cache FOLDER] [--assignments N] [--language LANG]`.

A page is lost when precision or recall of `benchmarks.strip` is below 0.8. For each lost page this prints what was kept and which
stage is at fault, the first one after which no later stage could have saved the page:

- `blocks`: the blocks that hold the article, all of them and no others, are a lost page as well;
- `set_aside`: more than a fifth of the article is in blocks set aside as consent dialogue or cross-reference;
- `candidates`: every window of the two kept sets is lost;
- `no_choice`: a window is right, but the page counts as one run, so that the line model decides alone;
- `score`: a window is right, and another one has a greater score.

The models are cross-validated by publisher as in `benchmarks.strip`, and stored with `--cache`. It measures no limit: exit status 0.
Needs the development pages (`../shared/bench/strip`).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.page_groups import groups_of
from benchmarks.strip import LOST_BELOW, Models, Sample, Scores, fit_assignments, read_samples, score, strip_text
from tasks.strip.article_span import find_candidates
from tasks.strip.blocks import Block
from tasks.strip.classify import find_certain, find_set_aside
from tasks.strip.feature_table import read_table
from tasks.strip.select_blocks import Search, has_choice
from tasks.strip.sequence_model import Model, load_model
from tools.train.development_data import PAGES
from tools.train.strip import ASSIGNMENTS
from tools.train.strip_examples import Example, annotate

STAGES = ("blocks", "set_aside", "candidates", "no_choice", "score")
MOST_SET_ASIDE = 0.2  # of the article's words
TRIED = 5  # windows with the most right words, whose text is scored


class Lost(NamedTuple):
    """A lost page: its scores, the stage at fault, and the scores of the best window (of the right blocks when there is none)."""

    sample: Sample
    scores: Scores
    stage: str
    best: Scores

    @property
    def error(self) -> str:
        """What is wrong with the kept text: `too_much`, `too_little`, or `another` text."""
        precision, recall, _ = self.scores
        return "too_much" if recall >= LOST_BELOW else "too_little" if precision >= LOST_BELOW else "another"


def is_lost(scores: Scores) -> bool:
    """Return whether precision or recall is too low."""
    return min(scores[:2]) < LOST_BELOW


def find_lost(sample: Sample, models: Models) -> Lost | None:
    """Return why a page is lost; None when it is not."""
    scores = score(sample.page, strip_text(sample.content, models))
    if not is_lost(scores):
        return None
    example = annotate(sample.page, sample.content)
    best = _score_blocks(sample, example.blocks, example.wanted == 1)
    if is_lost(best):
        return Lost(sample, scores, "blocks", best)
    set_aside = find_set_aside([block.text for block in example.blocks])
    article = example.words * (example.wanted == 1)
    if article[list(set_aside)].sum() > MOST_SET_ASIDE * article.sum():
        return Lost(sample, scores, "set_aside", best)
    is_left = np.array([number not in set_aside for number in range(len(example.blocks))])
    best, is_choice = _best_window(sample, example, is_left, models.lines)
    return Lost(sample, scores, "candidates" if is_lost(best) else "score" if is_choice else "no_choice", best)


def _best_window(sample: Sample, example: Example, is_left: np.ndarray, model: Model | None) -> tuple[Scores, bool]:
    """Return the scores of the best window of the blocks left, and whether a run asks which window is the article."""
    blocks = [block for block, left in zip(example.blocks, is_left, strict=True) if left]
    wanted, words = example.wanted[is_left], example.words[is_left]
    texts = [block.text for block in blocks]
    features, bags = read_table(texts)
    search = Search(blocks, features, find_certain(texts, features), (model or load_model()).score_steps(features))
    first = search.keep_most_likely()
    is_choice = not search.is_live and has_choice(features, first[1])
    kept_sets = (first, search.keep_favoured())
    windows = [np.array(first[1])]
    if (candidates := find_candidates(features, bags, kept_sets)) is not None:
        for number, start, end in zip(candidates.sets, candidates.starts, candidates.ends, strict=True):
            place = np.arange(len(blocks))
            windows.append(np.array(kept_sets[number][1]) & (place >= start) & (place < end))
    right = [words[window & (wanted == 1)].sum() for window in windows]
    wrong = [words[window & (wanted == 0)].sum() for window in windows]
    gold = words[wanted == 1].sum()
    order = np.argsort([-2 * good / max(good + bad + gold, 1) for good, bad in zip(right, wrong, strict=True)])
    return max((_score_blocks(sample, blocks, windows[n]) for n in order[:TRIED]), key=lambda one: one[2]), is_choice


def _score_blocks(sample: Sample, blocks: Sequence[Block], is_kept: np.ndarray) -> Scores:
    return score(sample.page, "\n".join(block.text for block, keep in zip(blocks, is_kept, strict=True) if keep))


def read_lost(samples: Sequence[Sample], assignments: Sequence[Callable[[str], Models]]) -> Iterator[Lost]:
    """Yield the lost pages under every assignment."""
    for find in assignments:
        for sample in samples:
            if (lost := find_lost(sample, find(sample.page["domain"]))) is not None:
                yield lost


def report(samples: Sequence[Sample], found: Sequence[Lost], count_assignments: int) -> None:
    """Print each lost page, and by group the share of pages lost by each stage and each error."""
    by_page: dict[str, list[Lost]] = defaultdict(list)
    for lost in found:
        by_page[lost.sample.page["id"]].append(lost)
    for name, losses in sorted(by_page.items(), key=lambda item: -len(item[1])):
        causes = Counter(f"{lost.sample.style} {lost.stage} {lost.error}" for lost in losses)
        precision, recall, _ = np.mean([lost.scores for lost in losses], axis=0)
        best = np.mean([lost.best for lost in losses], axis=0)[2]
        what = ", ".join(f"{cause} {count}" for cause, count in sorted(causes.items()))
        print(f"{groups_of(losses[0].sample.page)[-1]:11}{name}  {precision:.2f}/{recall:.2f} best {best:.2f}  {what}")
    print(f"\n{'group':12}{'pages':>6}{'lost':>7}" + "".join(f"{name:>12}" for name in (*STAGES, *_ERRORS)))
    for group in sorted({group for sample in samples for group in groups_of(sample.page)}):
        pages = sum(group in groups_of(sample.page) for sample in samples)
        own = [lost for lost in found if group in groups_of(lost.sample.page)]
        counts = Counter(lost.stage for lost in own) + Counter(lost.error for lost in own)
        shares = "".join(f"{counts[name] / pages / count_assignments:12.3f}" for name in (*STAGES, *_ERRORS))
        print(f"{group:12}{pages:6}{len(own) / pages / count_assignments:7.3f}{shares}")


_ERRORS = ("too_much", "too_little", "another")


def main() -> int:
    """Search the causes and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="folder for the models of the folds")
    parser.add_argument("--assignments", type=int, default=ASSIGNMENTS, help="of publishers to folds")
    parser.add_argument("--language", help="pages of this language alone, such as fr")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was measured.")
        return 0
    if arguments.cache:
        arguments.cache.mkdir(parents=True, exist_ok=True)
    samples = [
        sample
        for sample in read_samples()
        if sample.style != "html" and arguments.language in (None, sample.page["lang"])
    ]
    assignments = fit_assignments(arguments.cache, arguments.assignments)
    report(samples, list(read_lost(samples, assignments)), len(assignments))
    return 0


if __name__ == "__main__":
    sys.exit(main())
