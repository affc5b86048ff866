"""The suite `relations`: does every row that points to another find it, and do aggregates add up?"""

from __future__ import annotations

from collections.abc import Sequence

from expectations.batches import Batch, BoundsByCheck, build_suite, expect
from expectations.checks import Check


def expect_relations(checks: Sequence[Check], bounds: BoundsByCheck) -> list[Batch]:
    """The batches of the suite, `checks` being those it has in SQL."""
    from great_expectations import expectations as gx
    from great_expectations.expectations.row_conditions import Column

    documents = [
        expect(
            gx.ExpectColumnValuesToBeUnique,
            "document_once",
            severity="critical",
            scope="run",
            sentence="No document is published twice.",
            column="doc_id",
        ),
        expect(
            gx.ExpectCompoundColumnsToBeUnique,
            "record_once",
            severity="info",
            scope="run",
            sentence="Each place in a file gives one document, unless the file has changed since.",
            column_list=["uri", "record_no"],
            # Standard input is every time another file of the same name.
            row_condition=Column("uri") != "-",
        ),
    ]
    return build_suite("relations", {"documents": documents}, checks, bounds)
