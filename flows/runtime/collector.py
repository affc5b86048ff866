"""How often the garbage collector of a process runs that imports much and ends soon."""

from __future__ import annotations

import gc

# The default of 700 traverses what was imported again and again: a tenth of the processor time of a run over few pages.
_ALLOCATIONS = 50_000
_YOUNGER = 20  # collections of a generation before one of the next


def collect_rarely() -> None:
    """Let the collector run after 50,000 allocations instead of 700; what is not in a cycle is freed at once, as ever."""
    gc.set_threshold(_ALLOCATIONS, _YOUNGER, _YOUNGER)
