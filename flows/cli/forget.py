"""`revue forget`: a document, taken out for good."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from flows.cli.options import Debug, Json, Quiet, Warehouse, current_warehouse, find_settings, read_user
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.suggestions import name_warehouse

if TYPE_CHECKING:
    from flows.forget import Forgotten


def forget(
    doc: str,
    *,
    because: Annotated[str, Parameter(help="Why; recorded with your name.")] = "",
    warehouse: Warehouse = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Take a document and its older versions out for good: text, facts, names, and what reports and run folders hold of it.

    DOC is a doc_id, the beginning of one, a uri or a file name, also of a rejected document. Later runs pass over its record.

    Example: `revue forget 003_article.txt --because "retracted by the publisher"`
    """
    if not because.strip():
        raise UsageError('Forgetting a document needs its reason. Add --because "…".')
    from flows.cli.terminal.tables import write_data
    from flows.forget import find_forgotten
    from flows.forget import forget as forget_document
    from flows.runtime.places import require_writable_warehouse
    from flows.runtime.server import Server

    companions = Companions(find_settings(warehouse=warehouse).path)
    require_writable_warehouse(companions)
    found = find_forgotten(companions, doc)
    with Server(os.environ) as server:
        forget_document(companions, found, server, because=because.strip(), by=read_user())
    if as_json:
        write_data(json.dumps(asdict(found), ensure_ascii=False) + "\n")
    elif not quiet:
        _print_forgotten(found)
    return 0


def _print_forgotten(found: Forgotten) -> None:
    from flows.cli.terminal.escapes import escape_controls
    from warehouse.wording import count_noun

    older = found.older_versions
    versions = f", with {count_noun(len(older), 'older version')}" if older else ""
    again = " It had been forgotten before." if found.is_repeated else ""
    print(f"Forgotten: {escape_controls(found.uri)} ({found.doc_id}){versions}.{again}")
    if found.near_copies:
        listed = ", ".join(doc_id[:8] for doc_id in found.near_copies)
        command = name_warehouse(f'`revue forget {found.near_copies[0][:8]} --because "…"`', current_warehouse.get())
        print(f"Near copies of it are still published: {listed}. To take one out too, run {command}.")
