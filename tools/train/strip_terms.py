"""The columns of the sequence model of stripping: which features are cut into which bins, alone and in pairs.

`tools/train/strip.py` learns a weight for each bin of each column.
"""

from __future__ import annotations

from tasks.strip.feature_table import feature_names
from tasks.strip.sequence_model import Term

_WORDS = (1, 2, 3, 4, 6, 9, 13, 19, 30, 50, 90)
_SHARES = (0.01, 0.1, 0.25, 0.45, 0.7)
_FUNCTION_SHARES = (0.01, 0.12, 0.2, 0.28, 0.36, 0.44, 0.52)
_KINDS = tuple(number + 0.5 for number in range(12))
_MASSES = (1, 15, 40, 80, 160, 320)
_DISTANCES = (0.5, 1.5, 2.5, 4.5, 8.5, 16.5, 40.5, 98.5)
_EDGE = (-20, -6, -3, -2, -1, 10.5, 11.5, 15.5, 16.5, 17.5, 19.5, 20.5, 21.5, 22.5, 23.5, 51.5, 52.5, 53.5, 56.5, 66.5)
EDGES: dict[str, tuple[float, ...]] = {
    "words": _WORDS, "function_share": _FUNCTION_SHARES, "end": _KINDS, "start": _KINDS[:5],
    "capital_share": (0.05, 0.12, 0.2, 0.35, 0.6, 0.9), "digit_share": (0.01, 0.08, 0.2, 0.5), "sentences": (0.5, 1.5, 3.5, 6.5),
    "comma_share": (0.001, 0.04, 0.08, 0.15), "separators": (0.5, 1.5, 3.5), "address": (0.5,), "moment": (0.5,),
    "word_length": (3.5, 4.2, 4.8, 5.5, 6.5, 8), "markup": (0.5, 1.5), "second_person_share": (0.001, 0.03, 0.07, 0.13), "first_person_share": (0.001, 0.04, 0.1), "exclaimed": (0.5, 1.5),
    "quoted": (0.5,), "elided": (0.5,), "chrome_share": _SHARES, "distinct_share": (0.6, 0.75, 0.9, 0.99),
    "repeats": (1.5, 2.5), "is_repeat": (0.5,), "like_before": (0.5, 1.5, 2.5), "prose": (1, 15, 30, 60, 100),
    "prose_before_3": _MASSES, "prose_after_3": _MASSES, "prose_before_8": _MASSES, "prose_after_8": _MASSES,
    "prose_share_before": (0.001, 0.03, 0.1, 0.25, 0.5, 0.7, 0.85, 0.95), "prose_share_after": (0.001, 0.03, 0.1, 0.25, 0.5, 0.7, 0.85, 0.95),
    "chrome_run_before": (0.5, 1.5, 2.5, 3.5, 5.5, 9.5, 20.5), "chrome_run_after": (0.5, 1.5, 2.5, 3.5, 5.5, 9.5, 20.5),
    "segment": (0.5, 1.5), "segment_edge": _EDGE, "segment_overlap": (-0.5, 0.01, 0.1, 0.2, 0.3, 0.45, 0.6),
    "certain": (0.5,), "run_words": (1, 30, 80, 150, 300, 600), "run_headline": (0.01, 0.2, 0.35, 0.5, 0.7), "run_share": (0.01, 0.15, 0.3, 0.5, 0.8, 0.99),
    "run_lead": (0.2, 0.4, 0.6, 0.8, 0.99), "after_cut": _DISTANCES,
    "position": (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9), "count_prose": (1.5, 3.5, 6.5, 10.5, 20.5, 40.5),
    "mean_words_before": (2, 4, 7, 12, 20, 30), "mean_words_after": (2, 4, 7, 12, 20, 30),
    "moments_before": (0.5, 1.5, 2.5, 3.5), "moments_after": (0.5, 1.5, 2.5, 3.5), "repeats_near": (1.5, 2.5, 4.5, 9.5),
    "chrome_before": (0.1, 0.6, 1.2, 2.5), "chrome_after": (0.1, 0.6, 1.2, 2.5), "open_run": (0.5, 1.5, 2.5, 3.5, 5.5, 9.5),
    **{name: _DISTANCES for name in ("after_comment", "after_related", "after_offer", "after_share", "after_byline")},
}  # fmt: skip
NEIGHBOURS = {
    "words": (-2, -1, 1, 2), "function_share": (-1, 1), "end": (-1, 1), "start": (1,), "chrome_share": (-2, -1, 1, 2), "moment": (-2, -1, 1, 2),
    "capital_share": (-1, 1), "prose": (-2, -1, 1, 2), "certain": (-2, -1, 1, 2), "run_share": (1,), "sentences": (-1, 1), "second_person_share": (-1, 1), "first_person_share": (-1, 1), "markup": (-1, 1), "like_before": (1, 2), "elided": (-1, 1), "segment_overlap": (-1, 1),
}  # fmt: skip
_COARSE_WORDS = (3, 9, 19, 50)
PAIRS: tuple[tuple[Term, ...], ...] = (
    (Term("words", 0, _WORDS), Term("function_share", 0, (0.12, 0.28, 0.44))),
    (Term("words", 0, _COARSE_WORDS), Term("end", 0, _KINDS)),
    (Term("words", 0, _COARSE_WORDS), Term("chrome_share", 0, _SHARES)),
    (Term("words", 0, _COARSE_WORDS), Term("segment", 0, (0.5, 1.5))),
    (Term("words", 0, _COARSE_WORDS), Term("words", 1, _COARSE_WORDS)),
    (Term("words", 0, _COARSE_WORDS), Term("words", -1, _COARSE_WORDS)),
    (Term("prose", 0, (1, 30, 60)), Term("after_comment", 0, _DISTANCES)),
    (Term("prose", 0, (1, 30, 60)), Term("after_related", 0, _DISTANCES)),
    (Term("prose", 0, (1, 30, 60)), Term("after_offer", 0, _DISTANCES)),
    (Term("prose", 0, (1, 30, 60)), Term("after_byline", 0, _DISTANCES)),
    (Term("first_person_share", 0, (0.001, 0.04, 0.1)), Term("after_comment", 0, (2.5, 40.5, 98.5))),
    (Term("prose", 0, (1, 30, 60)), Term("segment_overlap", 0, (-0.5, 0.1, 0.25, 0.45))),
    (Term("prose", 0, (1, 30, 60)), Term("prose_share_after", 0, (0.001, 0.1, 0.3, 0.6))),
    (Term("prose", 0, (1, 30, 60)), Term("second_person_share", 0, (0.001, 0.05, 0.1))),
    (Term("chrome_run_before", 0, (0.5, 2.5, 5.5, 12.5)), Term("prose_after_3", 0, (1, 40, 120))),
    (Term("chrome_run_before", 0, (0.5, 2.5, 5.5, 12.5)), Term("prose", 0, (1, 30, 60))),
    (Term("segment", 0, (0.5, 1.5)), Term("chrome_share", 0, _SHARES)),
    (Term("run_headline", 0, (0.01, 0.2, 0.35, 0.5)), Term("run_share", 0, (0.01, 0.3, 0.6, 0.99))),
    (Term("run_share", 0, (0.01, 0.3, 0.6, 0.99)), Term("segment", 0, (0.5, 1.5))),
    (Term("prose", 0, (1, 30, 60)), Term("moments_before", 0, (0.5, 1.5, 2.5, 3.5))),
    (Term("prose", 0, (1, 30, 60)), Term("moments_after", 0, (0.5, 1.5, 2.5, 3.5))),
    (Term("prose", 0, (1, 30, 60)), Term("repeats_near", 0, (1.5, 2.5, 4.5, 9.5))),
    (Term("prose", 0, (1, 30, 60)), Term("chrome_after", 0, (0.1, 0.6, 1.2, 2.5))),
    (Term("markup", 0, (0.5, 1.5)), Term("open_run", 0, (0.5, 1.5, 2.5, 3.5, 5.5, 9.5))),
    (Term("segment", 0, (0.5, 1.5)), Term("open_run", 0, (0.5, 1.5, 2.5, 3.5, 5.5, 9.5))),
    (Term("run_words", 0, (1, 60, 150, 300)), Term("words", 0, _COARSE_WORDS)),
    (Term("run_lead", 0, (0.3, 0.6, 0.99)), Term("run_share", 0, (0.01, 0.3, 0.6, 0.99))),
    (Term("prose", 0, (1, 30, 60)), Term("repeats", 0, (1.5, 2.5))),
    (Term("prose", 0, (1, 30, 60)), Term("after_cut", 0, _DISTANCES)),
)


def model_terms() -> list[tuple[Term, ...]]:
    """Every column of the model, without weights."""
    columns: list[tuple[Term, ...]] = []
    for name in feature_names():
        edges = EDGES.get(name, _SHARES)
        is_lexical = name.startswith("lexicon:")
        columns += [(Term(name, at, edges),) for at in (0, *NEIGHBOURS.get(name, (-1, 1) if is_lexical else ()))]
        if is_lexical:
            columns.append((Term(name, 0, (0.01, 0.25, 0.6)), Term("words", 0, _COARSE_WORDS)))
    return [*columns, *PAIRS]
