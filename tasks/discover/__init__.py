"""discover: list and hash the inputs, leave out those met before under the same recipe, cut the others into shards."""

from tasks.discover.inputs import (
    COMPRESSIONS,
    Discovery,
    discover_inputs,
    find_paths,
    hash_input,
    is_readable_type,
    list_inputs,
)
from tasks.discover.plan import ShardPlan, drop_known, known_inputs, plan_shards

__all__ = [
    "COMPRESSIONS", "Discovery", "ShardPlan", "discover_inputs", "drop_known", "find_paths", "hash_input",
    "is_readable_type", "known_inputs", "list_inputs", "plan_shards",
]  # fmt: skip
