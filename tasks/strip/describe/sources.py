"""Publishers: those of a `sources.csv`, found by domain or by name, and new ones as rows of the table `sources`."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tasks.strip.describe.outlet_names import DOMAIN, is_part_of_longer_name, name_key
from tasks.text.addresses import host_of
from tasks.text.remembered import remember_short
from tasks.text.words import word_key
from warehouse.companions import SEEDS

SEED = SEEDS / "sources.csv"
UNKNOWN = "unknown"
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
        self.named_in = remember_short(self._named_in)
        self._by_key = {word_key(name): row for row in reversed(self.rows) for name in (row.name, *row.aliases) if name}

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
        """The publisher whose name or alias is the whole of `text`, regardless of case and punctuation."""
        return self.by_key(word_key(text))

    def by_key(self, key: str) -> Source | None:
        """The publisher whose name or alias has these words (`word_key`)."""
        return self._by_key.get(key)

    def by_label(self, label: str) -> Source | None:
        """The publisher with a name of these letters: the one of "lapresse" is "La Presse"."""
        return self._by_label.get(label)

    @cached_property
    def _by_label(self) -> dict[str, Source]:
        return {name_key(name): row for row in reversed(self.rows) for name in (row.name, *row.aliases) if name}

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(name.replace("’", "'") for row in self.rows for name in (row.name, *row.aliases))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Any name, its first letter apart so that lines are scanned for that alone."""
        names = sorted({name for row in self.rows for name in (row.name, *row.aliases) if name}, key=len, reverse=True)
        rests: dict[str, list[str]] = {}
        for name in names:
            rests.setdefault(re.escape(name[0]), []).append(re.escape(name[1:]))
        starts = "|".join(rf"{first}(?<![\w@].)(?:{'|'.join(found)})" for first, found in rests.items())
        return re.compile(rf"(?:{starts or '(?!)'})(?![\w@])")

    def end_of_name(self, text: str, start: int) -> int | None:
        """Where the longest known name that begins at a place of a text ends."""
        match = self._pattern.match(text, start)
        return match.end() if match else None

    def _named_in(self, text: str) -> list[tuple[Source, int, int]]:
        """Every known name in a text, as written, with its place; none that is part of a longer name ("Le Soir d'Algérie")."""
        return [
            (source, match.start(), match.end())
            for match in self._pattern.finditer(text)
            if (source := self.by_name(match.group())) and not is_part_of_longer_name(text, match.start(), match.end())
        ]

    def mentioned_in(self, text: str) -> frozenset[str]:
        """The ids of the publishers whose name occurs in a text, also in a longer name."""
        found = (self.by_name(match.group()) for match in self._pattern.finditer(text))
        return frozenset(source.source_id for source in found if source)

    def is_spelled(self, text: str) -> bool:
        """Whether a text has the capitals of a known name and not its words alone: "20 Minutes", not "20 minutes"."""
        plain = text.replace("’", "'")
        return text.isupper() or "." in text or not {plain, plain[:1].upper() + plain[1:]}.isdisjoint(self._spellings)


@cache
def seed_sources() -> Sources:
    """The publishers this project ships."""
    return Sources.read(SEED)


def registered_domain(host: str) -> str | None:
    """The part of a host that is registered: `bbc.co.uk`, `lemonde.fr`; None for a number or a single label."""
    labels = host.lower().strip(".").split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return None
    is_second_level = len(labels) > 2 and labels[-2] in SECOND_LEVEL and len(labels[-1]) == 2
    return ".".join(labels[-3:] if is_second_level else labels[-2:])


def read_source_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of `sources` that a `sources.csv` gives."""
    return [
        _row(source.source_id, source.name, source.domain, is_listed=True)
        | {
            "country": source.country or None,
            "language": source.language or None,
            "time_zone": source.time_zone or None,
        }
        for source in Sources.read(path).rows
    ]


def identify_source(known: Sources, name: str | None, domain: str | None) -> dict[str, Any]:
    """The row of `sources` for a publisher as a page names it: a listed one by domain or name, else a new one.

    A new source is called by its domain, else by its name in letters and digits; a page that names none is `unknown`.
    """
    if name and not domain and DOMAIN.fullmatch(name):
        domain = registered_domain(host_of(f"https://{name}"))  # "Breze.info" signs its articles so
    listed = (known.by_domain(domain) if domain else None) or (known.by_name(name) if name else None)
    if listed:
        return _row(listed.source_id, listed.name, listed.domain, is_listed=True)
    if domain:
        return _row(domain, name or domain, domain, is_listed=False)
    if name and (slug := _slug(name)):
        return _row(slug, name, None, is_listed=False)
    return _row(UNKNOWN, "not named", None, is_listed=False)


def _row(source_id: str, name: str, domain: str | None, *, is_listed: bool) -> dict[str, Any]:
    return {
        "source_id": source_id, "name": name, "domain": domain or None,
        "country": None, "language": None, "time_zone": None, "is_listed": is_listed,
    }  # fmt: skip


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
