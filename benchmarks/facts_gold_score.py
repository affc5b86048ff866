"""Scores of the rules, and of other libraries, on the project's own gold of figures and dates."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from benchmarks.facts_gold import Document, Kind, Row
from tasks.extract.fr.dates import find_dates
from tasks.extract.fr.figures import find_figures
from tasks.extract.sentences import cut_sentences

Found = dict[str, Any]  # start_char, end_char and the fields that were read

FIGURE_FIELDS = ("value", "low", "high", "unit", "kind", "currency", "qualifier", "counted")
DATE_FIELDS = ("starts_on", "last_on", "granularity", "is_resolved", "timex")
# Clock times and parts of a day that stand alone are not annotated: found ones are neither right nor wrong.
_NOT_ANNOTATED = ("minute", "part_of_day")


@dataclass
class Tally:
    """Counts of what was annotated (`valued`: with a value), found and right.

    `fields` counts for each field, of what was found, how often it was asked for and how often it was right.
    """

    wanted: int = 0
    given: int = 0
    hit: int = 0
    exact: int = 0
    valued: int = 0
    fields: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Per cent of what was found that is annotated."""
        return 100 * self.hit / max(1, self.given)

    @property
    def recall(self) -> float:
        """Per cent of what is annotated that was found."""
        return 100 * self.hit / max(1, self.wanted)

    def right(self, name: str) -> float:
        """Return the per cent right of what was found and asked for."""
        return 100 * self.fields[name]["right"] / max(1, self.fields[name]["asked"])

    def right_of_all(self, name: str) -> float:
        """Return the per cent right of all that is annotated with a value; what was not found is wrong."""
        return 100 * self.fields[name]["right"] / max(1, self.valued)


# ---- finders ----


def our_dates(document: Document) -> list[Found]:
    """Return the dates that revue finds."""
    found = find_dates(document.text, cut_sentences(document.text), published_at=document.published)
    fields = ("start_char", "end_char", "starts_on", "last_on", "granularity", "is_resolved", "timex")
    return [{name: getattr(each, name) for name in fields} for each in found]


def our_figures(document: Document) -> list[Found]:
    """Return the figures that revue finds."""
    sentences = cut_sentences(document.text)
    dates = find_dates(document.text, sentences, published_at=document.published)
    found = find_figures(document.text, sentences, dates=dates)
    return [{name: getattr(each, name) for name in ("start_char", "end_char", *FIGURE_FIELDS)} for each in found]


def dateparser_dates(document: Document) -> list[Found]:
    """Return the dates of the baseline: dateparser.search, given the language and the day of publication."""
    from dateparser.search import search_dates

    moment = document.published or datetime(2020, 1, 1)
    base = datetime(moment.year, moment.month, moment.day)
    found: list[Found] = []
    place = 0
    for surface, when in search_dates(document.text, languages=["fr"], settings={"RELATIVE_BASE": base}) or []:
        start = document.text.find(surface, place)
        if start >= 0:
            place = start + len(surface)
            found.append({"start_char": start, "end_char": place, "on": when.date()})
    return found


def text2num_figures(document: Document) -> list[Found]:
    """Return the figures of the baseline: text2num writes number words as digits; every number is then a figure."""
    from text_to_num import alpha2digit

    number = re.compile(r"\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
    found: list[Found] = []
    for sentence in cut_sentences(document.text):
        for word in re.finditer(r"[^\W_]+(?:-[^\W_]+)*", sentence.surface):
            digits = alpha2digit(word[0], "fr")
            if not word[0][0].isdigit() and digits.isdigit():
                start = sentence.start_char + word.start()
                found.append({"start_char": start, "end_char": start + len(word[0]), "value": float(digits)})
        for match in number.finditer(sentence.surface):
            written = re.sub(r"\s", "", match[0]).replace(",", ".")
            start = sentence.start_char + match.start()
            found.append({"start_char": start, "end_char": sentence.start_char + match.end(), "value": float(written)})
    return sorted(found, key=lambda each: each["start_char"])


# ---- scores ----


def score(documents: Sequence[Document], kind: Kind, find: Callable[[Document], list[Found]]) -> Tally:
    """Score spans by overlap, one found for one annotated, and the fields of what was found."""
    tally = Tally()
    for document in documents:
        _score_one(tally, document, document.rows[kind], find(document))
    return tally


def _score_one(tally: Tally, document: Document, rows: list[Row], found: list[Found]) -> None:
    required = [row for row in rows if row["is_optional"] == "0"]
    pairs = list(match(required, found))
    used = {id(each) for _, each in pairs if each is not None}
    tally.wanted += len(required)
    tally.valued += sum(row.get("is_resolved", "1") == "1" for row in required)
    for row, each in pairs:
        start, end = int(row["start"]), int(row["end"])
        around = " ".join(document.text[max(0, start - 40) : end + 30].split())
        if each is None:
            tally.misses.append(f"{document.name} MISSED {document.text[start:end]!r} in {around!r}")
            continue
        tally.hit += 1
        tally.given += 1
        tally.exact += (each["start_char"], each["end_char"]) == (start, end)
        wrong = []
        for name, is_right in compare(document, row, each):
            counts = tally.fields[name]
            counts["asked"] += 1
            counts["right"] += is_right
            wrong += [] if is_right else [f"{name} {row.get(name)!r} not {each.get(name)!r}"]
        if wrong:
            tally.misses.append(f"{document.name} WRONG {document.text[start:end]!r} in {around!r}: {', '.join(wrong)}")
    for each in found:
        if id(each) not in used and not _is_ignored(rows, each):
            tally.given += 1
            start, end = each["start_char"], each["end_char"]
            around = " ".join(document.text[max(0, start - 40) : end + 30].split())
            tally.misses.append(f"{document.name} EXTRA {document.text[start:end]!r} in {around!r}")


def match(rows: Iterable[Row], found: Sequence[Found]) -> Iterator[tuple[Row, Found | None]]:
    """Yield each annotated span with the found one that overlaps it most and was not matched before; None without one."""
    taken: set[int] = set()
    for row in rows:
        best = max(
            (each for each in found if id(each) not in taken and _overlap(row, each) > 0),
            key=lambda each: _overlap(row, each),
            default=None,
        )
        if best is not None:
            taken.add(id(best))
        yield row, best


def _overlap(row: Row, each: Found) -> int:
    return min(int(row["end"]), int(each["end_char"])) - max(int(row["start"]), int(each["start_char"]))


def _is_ignored(rows: list[Row], each: Found) -> bool:
    """Return whether an unmatched find is not an error: it is optional, or of a kind that is not annotated."""
    met = [row for row in rows if _overlap(row, each) > 0]
    if met:
        return any(row["is_optional"] == "1" for row in met)
    return each.get("granularity") in _NOT_ANNOTATED


def compare(document: Document, row: Row, each: Found) -> Iterator[tuple[str, bool]]:
    """Yield each field that was asked for, and whether it is right."""
    if "on" in each:  # a baseline that gives one day: right when it lies in the annotated interval
        if row["is_resolved"] == "1":
            first, last = row["starts_on"] or "0000", row["last_on"] or "9999"
            yield "days", first <= each["on"].isoformat() <= last
        return
    if "is_resolved" in row:
        yield from _compare_date(row, each)
        return
    for name in ("value", "low", "high"):
        if name in each:
            yield name, _same_number(row[name], each[name])
    for name in ("unit", "kind", "currency", "qualifier"):
        if name in each:
            yield name, row[name] == (each[name] or "")
    if row["kind"] == "count" and "counted" in each:
        noun = document.text[int(row["counted_start"]) : int(row["counted_end"])] if row["counted_start"] else ""
        yield "counted", noun == (each["counted"] or "")


def _compare_date(row: Row, each: Found) -> Iterator[tuple[str, bool]]:
    if row["is_resolved"] == "1":
        first, last = (each[name].isoformat() if each[name] else "" for name in ("starts_on", "last_on"))
        yield "days", (first, last) == (row["starts_on"], row["last_on"])
        yield "starts_on", first == row["starts_on"]
        yield "last_on", last == row["last_on"]
    if row["is_resolved"]:
        yield "is_resolved", each["is_resolved"] == (row["is_resolved"] == "1")
    for name in ("granularity", "timex"):
        if row[name]:
            yield name, each[name] == row[name]


def _same_number(gold: str, given: float | None) -> bool:
    if not gold or given is None:
        return not gold and given is None
    return abs(float(gold) - given) <= 1e-6 * max(1.0, abs(float(gold)))


def score_subjects(documents: Iterable[Document]) -> Tally:
    """Score the subjects of the figures of the sample pages, with names read by the model."""
    from tasks.extract import read_facts

    pages = [document for document in documents if document.is_sample]
    facts = read_facts([page.text for page in pages], published_at=[page.published for page in pages])
    tally = Tally()
    for page, read in zip(pages, facts, strict=True):
        found = [{name: getattr(each, name) for name in ("start_char", "end_char", "subject")} for each in read.figures]
        for row, each in match(page.rows["figures"], found):
            wanted, given = row["subject"], (each or {}).get("subject") or ""
            is_right = bool(wanted and given) and (wanted in given or given in wanted)
            tally.wanted += bool(wanted)
            tally.given += bool(given)
            tally.hit += is_right
            if (wanted or given) and not is_right:
                tally.misses.append(
                    f"{page.name} SUBJECT of {row['surface']!r}: {wanted or None!r} not {given or None!r}"
                )
    return tally
