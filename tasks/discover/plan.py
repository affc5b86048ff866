"""The shard plan: inputs met before under the same recipe are left out, the others are cut into shards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.runtime.recipe import Recipe
from warehouse.rows import Input
from warehouse.store import connect


@dataclass(frozen=True, slots=True)
class ShardPlan:
    """The inputs to be read, cut into shards, and the number of records in the inputs left out because they are known.

    `shard_bytes` is the size of a shard.
    """

    shards: tuple[tuple[Input, ...], ...]
    count_unchanged: int
    shard_bytes: int

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The inputs to be read, in order."""
        return tuple(item for shard in self.shards for item in shard)


def known_inputs(base: Path | None, recipe: Recipe) -> dict[tuple[str, str], int]:
    """The inputs met before under this recipe: (uri, content hash) to the number of records met in them."""
    if base is None:
        return {}
    with connect(base, read_only=True) as connection:
        rows = connection.execute(
            "select input_uri, content_hash, count_records from inputs where recipe = ?", [recipe.name]
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
