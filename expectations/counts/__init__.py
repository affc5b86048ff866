"""The suite `counts`: is everything there, once, in believable numbers, at the characters it claims?"""

from __future__ import annotations

from collections.abc import Sequence

from expectations.batches import Batch, BoundsByCheck, build_suite, expect
from expectations.checks import Check


def expect_counts(checks: Sequence[Check], bounds: BoundsByCheck) -> list[Batch]:
    """The batches of the suite, `checks` being those it has in SQL."""
    from great_expectations import expectations as gx

    present = bounds["counts", "documents_present"]
    words = bounds["counts", "words_plausible"]
    documents = [
        expect(
            gx.ExpectTableRowCountToBeBetween,
            "documents_present",
            severity="critical",
            scope="run",
            sentence="The collection holds documents.",
            bounds=present,
            min_value=present.low,
            max_value=present.high,
        ),
        expect(
            gx.ExpectColumnValuesToBeBetween,
            "words_plausible",
            severity="warning",
            scope="document",
            sentence=f"Every document has the length of an article, {words.low:,g} to {words.high:,g} words.",
            column="count_words",
            min_value=words.low,
            max_value=words.high,
        ),
    ]
    return build_suite("counts", {"documents": documents}, checks, bounds)
