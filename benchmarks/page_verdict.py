"""How well pages that are not articles are recognised: `python -m benchmarks.page_verdict [--shipped]`.

The share of pages rejected, by language and kind of page, cross-validated by domain: each page is judged by weights
that have not seen its publisher. Printed is the mean over several assignments of publishers to folds, and its spread
(least and greatest). `--shipped` takes the shipped sequence weights, learned from these very pages: quick, and the
figures are too good. Exit status 1 when a mean is beyond its limit in page_verdict_limits.toml.
Needs the development pages (`../shared/bench/strip`); `tools/train/page_verdict.py` learns the shipped weights.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence

from benchmarks.limits import read_limits
from tools.train.development_data import PAGES
from tools.train.page_kinds import ARTICLES, OTHERS
from tools.train.page_verdict import StrippedCase, learn, strip_cases
from tools.train.strip import fit_folds

ASSIGNMENTS = ("", "second ", "third ")  # of publishers to folds
LANGUAGES = ("fr", "en", "de", "other", "all")

Shares = Mapping[tuple[str, str], tuple[int, int]]  # language and kind → pages rejected, pages


def shares(seen: Sequence[StrippedCase], is_rejected: Sequence[bool]) -> Shares:
    """Return the numbers of rejected and of all pages, by language and kind; `found`: those whose text was found."""
    table = {}
    for language in LANGUAGES:
        for kind in (*ARTICLES, *(f"{kind} found" for kind in ARTICLES), *OTHERS):
            name, _, found = kind.partition(" ")
            chosen = [
                rejected
                for one, rejected in zip(seen, is_rejected, strict=True)
                if one.case.kind == name
                and language in ("all", one.case.language, "" if one.case.language in LANGUAGES else "other")
                and (not found or one.is_found)
            ]
            if chosen:
                table[language, kind] = sum(chosen), len(chosen)
    return table


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipped", action="store_true", help="with the shipped sequence weights")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was measured.")
        return 0
    seen = strip_cases(None if arguments.shipped else fit_folds())
    tables = [shares(seen, learn(seen, assignment)[1]) for assignment in ASSIGNMENTS]
    limits = read_limits("page_verdict")
    missed = []
    print(f"{'language':10}{'kind':20}{'pages':>6}{'rejected':>10}{'least':>8}{'most':>8}{'limit':>8}")
    for (language, kind), (_, count) in tables[0].items():
        found = [table[language, kind][0] / count for table in tables]
        share, limit = sum(found) / len(found), limits.get(language, {}).get(kind)
        print(
            f"{language:10}{kind:20}{count:6}{share:10.3f}{min(found):8.3f}{max(found):8.3f}"
            f"{'' if limit is None else limit:>8}"
        )
        if limit is not None and (share > limit if kind.split()[0] in ARTICLES else share < limit):
            missed.append(f"{language} {kind}: {share:.3f} is beyond {limit}")
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
