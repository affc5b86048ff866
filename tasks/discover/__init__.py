"""discover: list and hash the inputs, leave out what was met before under the same recipe, cut the rest into shards."""

from tasks.discover.inputs import (
    COMPRESSIONS,
    Discovery,
    discover_inputs,
    find_paths,
    hash_input,
    is_readable_type,
    list_inputs,
)
from tasks.discover.plan import drop_known, known_inputs, plan_shards

__all__ = [
    "COMPRESSIONS", "Discovery", "discover_inputs", "drop_known", "find_paths", "hash_input", "is_readable_type", "known_inputs",
    "list_inputs", "plan_shards",
]  # fmt: skip
