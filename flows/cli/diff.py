"""`revue diff`: what changed between two texts."""

from __future__ import annotations

from flows.cli.options import Debug, Json, Seconds, Warehouse, find_settings


def diff(
    doc: str,
    other: str | None = None,
    *,
    seconds: Seconds = 60.0,
    warehouse: Warehouse = None,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Show what changed between a document and its older texts and near copies, or another document.

    DOC and OTHER are a doc_id, the beginning of one, a uri or a file name.

    Example: `revue diff 04_usine-hydrogene-reprise-filexpress.txt`
    """
    from flows.cli.terminal.difference import print_differences
    from warehouse.browse.diff import compare_document

    differences = compare_document(find_settings(warehouse=warehouse).path, doc, other, seconds=seconds)
    print_differences(differences, as_json=as_json)
    return 0
