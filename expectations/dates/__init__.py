"""The suite `dates`: is every date possible, as precise as it says, and where it comes from known?"""

from __future__ import annotations

from collections.abc import Sequence

from expectations.batches import Batch, BoundsByCheck, build_suite, expect
from expectations.checks import Check


def expect_dates(checks: Sequence[Check], bounds: BoundsByCheck) -> list[Batch]:
    """The batches of the suite, `checks` being those it has in SQL."""
    from great_expectations import expectations as gx

    documents = [
        expect(
            gx.ExpectColumnPairValuesAToBeGreaterThanB,
            "updated_after_published",
            severity="warning",
            scope="document",
            sentence="No document was updated before it was published.",
            column_A="updated_at",
            column_B="published_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
        ),
        expect(
            gx.ExpectColumnValuesToBeInSet,
            "method_known",
            severity="critical",
            scope="run",
            sentence="Every document says how its publication day was found, in one of the known words.",
            column="published_method",
            value_set=["record", "metadata", "dateline", "url", "inferred", "none"],
        ),
        expect(
            gx.ExpectColumnValuesToNotBeNull,
            "method_known",
            severity="critical",
            scope="run",
            sentence="Every document says how its publication day was found, in one of the known words.",
            column="published_method",
        ),
    ]
    return build_suite("dates", {"documents": documents}, checks, bounds)
