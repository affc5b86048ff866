"""Publishers known beforehand: the rows of `sources.csv`, found by domain or by name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import urlsplit

from tasks.strip.describe.words import key_of
from warehouse.companions import SEEDS

SEED = SEEDS / "sources.csv"
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "gouv", "ac", "edu", "asso", "or", "ne", "go"})


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher. `time_zone` is an IANA name; `aliases` are other spellings of `name`."""

    source_id: str
    name: str
    domain: str
    country: str = ""
    language: str = ""
    time_zone: str = ""
    aliases: tuple[str, ...] = ()


class Sources:
    """The known publishers. Names match by their words, capitals as written ("Le Monde" is not "le monde")."""

    def __init__(self, rows: Iterable[Source]) -> None:
        self.rows = tuple(rows)
        self._by_domain = {row.domain.lower(): row for row in self.rows if row.domain}
        self._by_key = {key_of(name): row for row in reversed(self.rows) for name in (row.name, *row.aliases) if name}

    @classmethod
    def read(cls, path: Path) -> Sources:
        """The publishers of a `sources.csv`; aliases are separated by `;`. A missing file is a list of none."""
        if not path.exists():
            return cls(())
        with path.open(encoding="utf-8-sig", newline="") as file:
            return cls(
                Source(
                    row["source_id"],
                    row["name"],
                    row["domain"],
                    row.get("country") or "",
                    row.get("language") or "",
                    row.get("time_zone") or "",
                    tuple(alias.strip() for alias in (row.get("aliases") or "").split(";") if alias.strip()),
                )
                for row in csv.DictReader(file)
            )

    def by_domain(self, host: str) -> Source | None:
        """The publisher of a host by its longest known suffix: `fr.euronews.com`, else `euronews.com`."""
        labels = host.lower().rstrip(".").split(".")
        return next((found for i in range(len(labels)) if (found := self._by_domain.get(".".join(labels[i:])))), None)

    def by_name(self, text: str) -> Source | None:
        """The publisher whose name or alias is the whole of `text`, whatever its capitals and punctuation."""
        return self.by_key(key_of(text))

    def by_key(self, key: str) -> Source | None:
        """The publisher whose name or alias has these words (`words.key_of`)."""
        return self._by_key.get(key)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Any name, its first letter apart so that lines are scanned for that alone."""
        names = sorted({name for row in self.rows for name in (row.name, *row.aliases) if name}, key=len, reverse=True)
        rests: dict[str, list[str]] = {}
        for name in names:
            rests.setdefault(re.escape(name[0]), []).append(re.escape(name[1:]))
        starts = "|".join(rf"{first}(?<![\w@].)(?:{'|'.join(found)})" for first, found in rests.items())
        return re.compile(rf"(?:{starts or '(?!)'})(?![\w@])")

    def named_in(self, text: str) -> list[tuple[Source, int, int]]:
        """Every known name in a text, as written, with its place."""
        return [
            (source, match.start(), match.end())
            for match in self._pattern.finditer(text)
            if (source := self.by_name(match.group()))
        ]


@cache
def seed_sources() -> Sources:
    """The publishers this project ships."""
    return Sources.read(SEED)


def host_of(url: str | None) -> str:
    """The host of an address, lower case and without `www.`; empty when it has none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def registered_domain(host: str) -> str | None:
    """The part of a host that is registered: `bbc.co.uk`, `lemonde.fr`; null for a number or a single label."""
    labels = host.lower().strip(".").split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return None
    is_second_level = len(labels) > 2 and labels[-2] in SECOND_LEVEL and len(labels[-1]) == 2
    return ".".join(labels[-3:] if is_second_level else labels[-2:])
