"""How well facts are found and read: `python -m benchmarks.facts names|dates|figures|quotes|roles|copies|disagreements|all`.

names    precision, recall and F1 by label of the plain model, with the rules, with the trained component, and the gain of
         each rule (`names.py`); how names are merged into entities (`entities.py`); the cost of each way to call the model
         (`names_speed.py`). `--cross-validate` also trains and reads winer_fr in folds, which takes an hour
dates    the project's own gold (`gold/`) and public sets, compared with dateparser; milliseconds per 1,000 words
figures  the same compared with text2num; and the subjects of figures, on the sample pages (this reads names with the model)
copies   near copies of changed development articles (`copies.py`)
disagreements  contradictions and updates between pairs of invented articles (`disagreements.py`; this reads names)
quotes   quotes in marks and their speakers on the project's own gold, by kind of speaker (this reads names with the model)
roles    roles and their organisations on the same texts

Options: `--half 0|1`, `--misses SET`, `--no-baselines`, `--data FOLDER`. `found` is precision / recall of spans by
overlap, one found for one annotated; `value` is the share of all annotated spans whose value is right. Half 0 is for tuning,
half 1 is held out. `winer` annotates absolute dates only: other finds are not errors there.
Public sets lie beside the checkout; without them only the gold of the sample pages is measured, without floors.
Exit status 1 when a figure is below its floor in facts_limits.toml.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: two threads are slower than one here

import argparse
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from benchmarks import facts_gold as gold
from benchmarks import facts_gold_score as scores
from benchmarks import facts_public_sets as sets
from benchmarks import facts_quotes
from benchmarks.copies import measure_copies
from benchmarks.disagreements import measure_disagreements
from benchmarks.limits import read_limits
from tasks.extract.fr.dates import find_dates
from tasks.extract.fr.figures import find_figures
from tasks.extract.sentences import cut_sentences
from tools.train.development_data import FACTS

HALVES = {0: "tuning half", 1: "held-out half"}
Measured = dict[str, float]
Misses = dict[str, list[str]]


def show_gold(title: str, tally: scores.Tally, value: str) -> None:
    """Print the scores of one half of the gold; `value` is the field that counts as the value."""
    print(
        f"{title:36} found {tally.precision:5.1f} / {tally.recall:5.1f}  exact {100 * tally.exact / max(1, tally.hit):5.1f}"
        f"  {value} {tally.right_of_all(value):5.1f}  ({tally.wanted} annotated)"
    )


def show_fields(tally: scores.Tally, names: Iterable[str]) -> None:
    """Print the share right of each field."""
    print(" " * 10 + "of what was found: " + "  ".join(f"{name} {tally.right(name):.1f}" for name in names))


def show_set(title: str, score: sets.Score) -> None:
    """Print the scores of a public set."""
    value = f"  value {score.value:5.1f}  ({score.valued})" if score.valued else ""
    print(f"{title:36} found {score.precision:5.1f} / {score.recall:5.1f}{value}")


def measure_gold(kind: gold.Kind, half: int | None, with_baselines: bool, misses: Misses) -> Measured:
    """Measure the project's own gold by half; a measure has the kind and the half in its name."""
    find, baseline, baseline_name, value, names = {
        "dates": (scores.our_dates, scores.dateparser_dates, "dateparser", "days", scores.DATE_FIELDS),
        "figures": (scores.our_figures, scores.text2num_figures, "text2num", "value", scores.FIGURE_FIELDS),
    }[kind]
    measured: Measured = {}
    for one in (0, 1) if half is None else (half,):
        documents = gold.read_documents(one)
        tally = scores.score(documents, kind, find)
        show_gold(f"gold {kind}, {HALVES[one]}", tally, value)
        show_fields(tally, names)
        misses.setdefault("gold", []).extend(tally.misses)
        measured |= {
            f"gold_{kind}_precision_{one}": tally.precision,
            f"gold_{kind}_recall_{one}": tally.recall,
            f"gold_{kind}_value_{one}": tally.right_of_all(value),
        }
        if kind == "dates":
            relative = scores.score(gold.only_relative(documents), kind, find)
            print(f"{'  of them relative':36} recall {relative.recall:5.1f}  days {relative.right_of_all('days'):5.1f}")
            measured[f"gold_relative_value_{one}"] = relative.right_of_all("days")
        if with_baselines:
            show_gold(f"  {baseline_name}", scores.score(documents, kind, baseline), value)
    return measured


def measure_dates(data: Path, half: int | None, with_baselines: bool, misses: Misses) -> Measured:
    """Measure dates on the gold and on the public sets of a folder."""
    measured = measure_gold("dates", half, with_baselines, misses)
    if not data.exists():
        return measured
    ours = sets.measure_dates(data, half, sets.our_dates)
    others = sets.measure_dates(data, half, sets.dateparser_dates) if with_baselines else {}
    for name, each in ours.items():
        show_set(name, each)
        if name in others:
            show_set("  dateparser", others[name])
        misses[name] = each.misses
    return measured | {
        "winer_value": ours["winer"].value,
        "tools_value": ours["tools"].value,
        "fenec_precision": ours["fenec"].precision,
        "fenec_recall": ours["fenec"].recall,
        "ms_per_1000_words": measure_speed(data),
    }


def measure_figures(data: Path, half: int | None, with_baselines: bool, misses: Misses) -> Measured:
    """Measure figures and their subjects on the gold and on the public sets of a folder."""
    measured = measure_gold("figures", half, with_baselines, misses)
    subjects = scores.score_subjects(gold.read_documents(half))
    title = "subjects of figures, sample pages"
    print(f"{title:36} found {subjects.precision:5.1f} / {subjects.recall:5.1f}  ({subjects.wanted} annotated)")
    misses["subjects"] = subjects.misses
    if half is None:
        measured |= {"subject_precision": subjects.precision, "subject_recall": subjects.recall}
    if not data.exists():
        return measured
    ours = sets.measure_numbers(data, half, sets.our_numbers)
    others = sets.measure_numbers(data, half, sets.text2num_numbers) if with_baselines else {}
    for name, each in ours.items():
        show_set(name, each)
        if name in others:
            show_set("  text2num", others[name])
        misses[name] = each.misses
    right, valued = (sum(getattr(each, name) for each in ours.values()) for name in ("right", "valued"))
    return measured | {"numbers_value": 100 * right / max(1, valued)}


def measure_quotes(half: int | None, misses: Misses) -> Measured:
    """Measure quotes and their speakers by half; what was not found has no speaker."""
    measured: Measured = {}
    for one in (0, 1) if half is None else (half,):
        score = _read_and_score(one, facts_quotes.score_quotes)
        if score is None:
            continue
        counts = score.counts
        print(
            f"{f'quotes, {HALVES[one]}':36} found F1 {score.f1():5.1f}  speaker right {score.share('right', 'wanted'):5.1f}"
            f"  wrong {score.share('wrong', 'wanted'):4.1f}  not speech but taken {score.share('taken', 'not_speech'):4.1f}"
            f"  ({counts['wanted']} annotated)"
        )
        kinds = [kind for kind in facts_quotes.SPEECH if counts[kind]]
        print(" " * 10 + "right: " + "  ".join(f"{kind} {counts[f'right_{kind}']} of {counts[kind]}" for kind in kinds))
        misses.setdefault("quotes", []).extend(score.misses)
        measured |= {
            f"quotes_f1_{one}": score.f1(),
            f"speaker_right_{one}": score.share("right", "wanted"),
            f"speaker_not_wrong_{one}": 100 - score.share("wrong", "wanted"),
            f"speaker_pronoun_{one}": score.share("right_pronoun", "pronoun"),
            f"scare_not_taken_{one}": 100 - score.share("taken_scare", "scare"),
        }
    return measured


def measure_roles(half: int | None, misses: Misses) -> Measured:
    """Measure roles by half."""
    measured: Measured = {}
    for one in (0, 1) if half is None else (half,):
        score = _read_and_score(one, facts_quotes.score_roles)
        if score is None:
            continue
        precision, recall = score.share("found", "given"), score.share("found", "wanted")
        print(
            f"{f'roles, {HALVES[one]}':36} found {precision:5.1f} / {recall:5.1f}"
            f"  organisation {score.share('found_organisation', 'organisation'):5.1f}  ({score.counts['wanted']} annotated)"
        )
        misses.setdefault("roles", []).extend(score.misses)
        measured |= {
            f"roles_precision_{one}": precision,
            f"roles_recall_{one}": recall,
            f"roles_organisation_{one}": score.share("found_organisation", "organisation"),
        }
    return measured


def _read_and_score(half: int, score: facts_quotes.Scorer) -> facts_quotes.Score | None:
    documents = facts_quotes.read_documents(half)
    return score(documents, facts_quotes.read_all(documents)) if documents else None


def measure_speed(data: Path) -> float:
    """Return the milliseconds of processor time to find dates and figures in 1,000 words of news, sentences given."""
    texts = [row["text"] for row in sets.read_rows(data / "dates" / "winer_fr_dates.jsonl", None)][:200]
    cut = [(text, cut_sentences(text)) for text in texts]
    find_figures(*cut[0], dates=find_dates(*cut[0], published_at=date(2020, 1, 1)))
    started = time.process_time()
    for text, sentences in cut:
        find_figures(text, sentences, dates=find_dates(text, sentences, published_at=date(2020, 1, 1)))
    milliseconds = (time.process_time() - started) * 1e6 / sum(len(text.split()) for text in texts)
    print(f"dates and figures: {milliseconds:.2f} ms per 1,000 words")
    return milliseconds


def below_floors(measured: Measured) -> list[str]:
    """Return what is on the wrong side of its limit: milliseconds have a ceiling, all else a floor."""
    floors = read_limits("facts")
    return [
        f"{name}: {measured[name]:.1f} is beyond its limit of {floor}"
        for name, floor in floors.items()
        if name in measured and (measured[name] > floor if name.startswith("ms_") else measured[name] < floor)
    ]


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choices = ("names", "dates", "figures", "quotes", "roles", "copies", "disagreements", "all")
    parser.add_argument("what", choices=choices)
    parser.add_argument("--data", type=Path, default=FACTS)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument(
        "--misses", default="", metavar="SET", help="print the errors in a set, such as `gold` or `winer`"
    )
    parser.add_argument("--no-baselines", action="store_true", help="leave dateparser and text2num out: much faster")
    parser.add_argument(
        "--cross-validate", action="store_true", help="names: train in folds, and read the articles left out"
    )
    options = parser.parse_args()
    failed, misses = [], Misses()
    for what, measure in (("dates", measure_dates), ("figures", measure_figures)):
        if options.what in (what, "all"):
            failed += below_floors(measure(options.data, options.half, not options.no_baselines, misses))
    if options.what in ("copies", "all"):
        failed += below_floors(measure_copies(options.half, misses))
    pairs_failed = []
    if options.what in ("disagreements", "all"):
        pairs_failed = below_floors(measure_disagreements(options.half, misses))
    for what, measure_half in (("quotes", measure_quotes), ("roles", measure_roles)):
        if options.what in (what, "all"):
            failed += below_floors(measure_half(options.half, misses))
    if not options.data.exists():
        print(f"The development data are not in {options.data}: only the sample pages were measured, without floors.")
        failed = []
    failed += pairs_failed  # the pairs of articles are the project's own
    print(*misses.get(options.misses, []), *failed, sep="\n")
    status = int(bool(failed))
    if options.what in ("names", "all"):
        from benchmarks import entities, names, names_speed

        status |= names.main(["--leave-one-out", *["--cross-validate"] * options.cross_validate])
        status |= entities.main([])
        status |= names_speed.main()
    return status


if __name__ == "__main__":
    raise SystemExit(main())
