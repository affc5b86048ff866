"""Names that mean one thing, kept together, and names the user called different, kept apart whatever else joins them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tasks.resolve.entities.name_keys import Key


class NameSets:
    """Sets of names that grow by joining two (union-find). `apart` are pairs that may never come into one set, not even
    through a third name: the join that would do it is refused."""

    def __init__(self, apart: Iterable[tuple[Key, Key]] = ()) -> None:
        self._parents: dict[Key, Key] = {}
        self._apart: dict[Key, set[Key]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        # of each set only the names that are to be kept apart from some other: the user writes few
        self._watched: dict[Key, set[Key]] = {key: {key} for key in self._apart}

    def find(self, key: Key) -> Key:
        """The set a name is in, by one of its names."""
        root = key
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while (parent := self._parents.get(key, key)) != root:
            self._parents[key] = root
            key = parent
        return root

    def join(self, one: Key, other: Key) -> bool:
        """Make one set of two; false when the user forbids it."""
        one, other = sorted((self.find(one), self.find(other)))
        if one == other:
            return True
        if self._are_apart(one, other):
            return False
        self._parents[other] = one
        if watched := self._watched.pop(other, None):
            self._watched.setdefault(one, set()).update(watched)
        return True

    def attach(self, key: Key, to: Key) -> bool:
        """Let a name mean a set in some documents only; false when the user forbids it."""
        target = self.find(to)
        if key not in self._apart:
            return True
        watched = self._watched.setdefault(target, set())
        if watched & self._apart[key]:
            return False
        watched.add(key)
        return True

    def _are_apart(self, one: Key, other: Key) -> bool:
        others = self._watched.get(other, set())
        return any(self._apart[key] & others for key in self._watched.get(one, ()))
