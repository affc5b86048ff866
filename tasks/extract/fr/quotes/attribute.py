"""The attribution of a quote: the subject of a verb of speech after, inside or before it, or the name after "selon"."""

from __future__ import annotations

from tasks.extract.fr.quotes.after import after, inside, later, signature
from tasks.extract.fr.quotes.attribution import Attribution, Span
from tasks.extract.fr.quotes.before import before, colon, sentence_start
from tasks.extract.fr.quotes.passage import Passage

_REACH_BEFORE = 600  # characters before a quote in which its verb stands


def attribute(passage: Passage, span: Span, limits: Span) -> Attribution:
    """The attribution of the quote `span`; `limits` are where the quotes before and after it end and begin."""
    start, end = span
    floor = max(sentence_start(passage, start), limits[0], start - _REACH_BEFORE)
    best = Attribution()
    for said in (
        after(passage, floor, span, limits[1]),
        inside(passage, span)._replace(is_direct=True),
        before(passage, floor, span),
        later(passage, floor, span, limits[1]),
        colon(passage, floor, start),
        signature(passage, end, limits[1]),
    ):
        if said.phrase is not None or (said.follows and not best):
            return said
        best = best or said
    return best
