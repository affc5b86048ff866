"""`revue explain`: one document, line by line."""

from __future__ import annotations

from flows.cli.options import Debug, Json, Warehouse, find_settings


def explain(doc: str, *, warehouse: Warehouse = None, as_json: Json = False, debug: Debug = False) -> int:
    """Show one document line by line: what was kept or removed and why, its description and its facts.

    DOC is a doc_id, the beginning of one, a uri or a file name, also of a rejected document.

    Example: `revue explain 003_article.txt`
    """
    from flows.cli.terminal.explanation import print_explanation
    from warehouse.browse.explain import explain_document

    print_explanation(explain_document(find_settings(warehouse=warehouse).path, doc), as_json=as_json)
    return 0
