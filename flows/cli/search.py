"""`revue search`: documents by their words."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from flows.cli.options import Debug, Json, Quiet, Warehouse, find_settings
from warehouse.errors import UsageError


def search(
    *words: str,
    limit: Annotated[int, Parameter(help="Most documents shown.")] = 10,
    warehouse: Warehouse = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Find documents by words of their title or text, inflected or not, and show the sentence that fits best.

    The first search after a publication indexes the warehouse.

    Example: `revue search "digue de la Roselière"`
    """
    from flows.cli.terminal.answer import IndexProgress, print_answer
    from warehouse.browse.search import search as search_warehouse

    if limit < 1:
        raise UsageError("--limit is the number of documents shown. Give 1 or more.")
    path = find_settings(warehouse=warehouse).path
    with IndexProgress(quiet=quiet or as_json) as progress:
        answer = search_warehouse(path, " ".join(words), limit=limit, progress=progress.show)
    print_answer(answer, as_json=as_json)
    return 0
