"""Sets of names that mean one thing; pairs that the user declared different are never joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tasks.resolve.entities.name_keys import Key
from tasks.resolve.union_find import UnionFind


class NameSets(UnionFind[Key]):
    """Sets of names under the constraint that the pairs `apart` never come into one set.

    They do not come into one set through a third name either: that join is refused.
    """

    def __init__(self, apart: Iterable[tuple[Key, Key]] = ()) -> None:
        super().__init__()
        self._apart: dict[Key, set[Key]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        # of each set only the names that have a constraint: the user writes few
        self._constrained: dict[Key, set[Key]] = {key: {key} for key in self._apart}

    def join(self, one: Key, other: Key) -> bool:
        """Make one set of two; false when a constraint forbids it."""
        one, other = sorted((self.find(one), self.find(other)))
        if one == other:
            return True
        if self._are_apart(one, other):
            return False
        self._merge(one, other)
        if constrained := self._constrained.pop(other, None):
            self._constrained.setdefault(one, set()).update(constrained)
        return True

    def attach(self, key: Key, to: Key) -> bool:
        """Let a name mean a set in some documents only; false when a constraint forbids it."""
        target = self.find(to)
        if key not in self._apart:
            return True
        constrained = self._constrained.setdefault(target, set())
        if constrained & self._apart[key]:
            return False
        constrained.add(key)
        return True

    def _are_apart(self, one: Key, other: Key) -> bool:
        others = self._constrained.get(other, set())
        return any(self._apart[key] & others for key in self._constrained.get(one, ()))
