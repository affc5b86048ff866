"""Disjoint sets that grow by joining two of them (union-find with path compression, Tarjan 1975)."""

from __future__ import annotations

from typing import Generic, TypeVar

Member = TypeVar("Member", str, tuple[str, str])


class UnionFind(Generic[Member]):
    """Sets of members; a set is identified by its smallest member, so that the order of the joins changes nothing."""

    def __init__(self) -> None:
        self._parents: dict[Member, Member] = {}

    def find(self, member: Member) -> Member:
        """The smallest member of the set that holds `member`; a member that was never joined is its own set."""
        root = member
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while (parent := self._parents.get(member, member)) != root:
            self._parents[member] = root
            member = parent
        return root

    def join(self, one: Member, other: Member) -> bool:
        """Make one set of the sets of two members; returns whether they are in one set afterwards."""
        one, other = sorted((self.find(one), self.find(other)))
        if one != other:
            self._merge(one, other)
        return True

    def _merge(self, root: Member, other: Member) -> None:
        """Put the set of `other` under `root`; both are the smallest members of their sets."""
        self._parents[other] = root
