"""`revue explain`: one document, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.cli.options import Debug, Json, Seconds, Warehouse, find_settings
from warehouse.companions import Companions

if TYPE_CHECKING:
    from warehouse.browse.explain import Explanation


def explain(
    doc: str, *, seconds: Seconds = 60.0, warehouse: Warehouse = None, as_json: Json = False, debug: Debug = False
) -> int:
    """Show one document line by line: what was kept or removed and why, its description and its facts.

    DOC is a doc_id, the beginning of one, a uri or a file name, also of a rejected document or input.

    Example: `revue explain 01_crue-ardive-premier-bilan.txt`
    """
    from flows.cli.terminal.explanation import print_explanation

    print_explanation(_find(Companions(find_settings(warehouse=warehouse).path), doc, seconds), as_json=as_json)
    return 0


def _find(companions: Companions, doc: str, seconds: float) -> Explanation:
    """What the published warehouse knows of a document, else why a run that did not publish rejected it."""
    from tasks.runtime.history import open_rejections
    from warehouse.browse.explain import UnknownDocumentError, explain_document, explain_rejection

    if companions.published():
        try:
            return explain_document(companions.path, doc, seconds=seconds)
        except UnknownDocumentError:
            pass
    with open_rejections(companions.path, companions.runs, seconds=seconds) as connection:
        return explain_rejection(connection, doc)
