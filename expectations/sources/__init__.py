"""The suite `sources`: does every document say who published it, and is enough known of who that is?"""

from __future__ import annotations

from collections.abc import Sequence

from expectations.batches import Batch, BoundsByCheck, build_suite, expect
from expectations.checks import Check


def expect_sources(checks: Sequence[Check], bounds: BoundsByCheck) -> list[Batch]:
    """The batches of the suite, `checks` being those it has in SQL."""
    from great_expectations import expectations as gx
    from great_expectations.expectations.row_conditions import Column

    documents = [
        expect(
            gx.ExpectColumnValuesToNotBeNull,
            "source_given",
            severity="critical",
            scope="run",
            sentence="No document leaves its source empty: a page that names none says unknown.",
            column="source_id",
        ),
    ]
    sources = [
        expect(
            gx.ExpectColumnValuesToBeUnique,
            "domain_once",
            severity="warning",
            scope="run",
            sentence="No two sources share an internet domain.",
            column="domain",
        ),
        *(
            expect(
                gx.ExpectColumnValuesToNotBeNull,
                f"{column}_given",
                severity="info",
                scope="run",
                sentence=f"Every source has its {column} in sources.csv.",
                column=column,
                # The row for pages that name no source has nothing to say.
                row_condition=Column("source_id") != "unknown",
            )
            for column in ("country", "language")
        ),
    ]
    return build_suite("sources", {"documents": documents, "sources": sources}, checks, bounds)
