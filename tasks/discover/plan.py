"""The shard plan: inputs met before under the same recipe are left out, the rest is cut into shards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from warehouse.rows import Input
from warehouse.store import connect


def known_inputs(base: Path | None, recipes: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """The inputs met before under this recipe: (uri, content hash) to the number of records met in them."""
    if base is None:
        return {}
    recipe = f"{recipes['recipe_strip']}/{recipes['recipe_extract']}"
    with connect(base, read_only=True) as connection:
        rows = connection.execute(
            "select input_uri, content_hash, count_records from inputs where recipe = ?", [recipe]
        ).fetchall()
    return {(uri, content_hash): count for uri, content_hash, count in rows}


def drop_known(inputs: Iterable[Input], known: Mapping[tuple[str, str], int]) -> tuple[list[Input], int]:
    """Leave out inputs met before: `known` maps (uri, content hash) to the number of records met in it.

    Returns the inputs still to be read and the number of records in those left out.
    """
    fresh: list[Input] = []
    count_unchanged = 0
    for item in inputs:
        count = known.get((item.uri, item.content_hash))
        if count is None:
            fresh.append(item)
        else:
            count_unchanged += count
    return fresh, count_unchanged


def plan_shards(inputs: Sequence[Input], *, shard_bytes: int) -> list[list[Input]]:
    """Group inputs, in order, into shards of about `shard_bytes`; a larger input is a shard of its own."""
    shards: list[list[Input]] = []
    size = 0
    for item in inputs:
        if not shards or size + item.count_bytes > shard_bytes:
            shards.append([])
            size = 0
        shards[-1].append(item)
        size += item.count_bytes
    return shards
