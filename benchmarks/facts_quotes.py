"""Scores of quotes, their speakers and roles on the project's own gold (`gold/README.md`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from benchmarks.facts_gold import Row, blank, half_of, parse_ranges, read_csv, read_verified
from tasks.extract import read_facts
from tasks.text.folding import fold_name
from warehouse.facts import Facts, Quote, Role

SPEECH = ("name", "surname", "pronoun", "office", "group", "continued", "unknown")  # kinds of speaker
NOT_SPEECH = ("scare", "title", "mention")
_NOT_NAMES = frozenset(
    ["a", "au", "aux", "ce", "cet", "cette", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sa", "son", "un", "une"]
)  # fmt: skip


class Document(NamedTuple):
    """One annotated text with its quotes and roles; `half` 0 is for tuning, 1 is held out."""

    name: str
    text: str
    half: int
    quotes: list[Row]
    roles: list[Row]


class Score(NamedTuple):
    """Counts by kind, and one line for each error."""

    counts: Counter[str]
    misses: list[str]

    def share(self, part: str, whole: str) -> float:
        """Per cent of one count in another."""
        return 100 * self.counts[part] / max(1, self.counts[whole])

    def f1(self) -> float:
        """The harmonic mean of precision and recall of what was found."""
        return 200 * self.counts["found"] / max(1, self.counts["given"] + self.counts["wanted"])


def read_documents(half: int | None = None) -> list[Document]:
    """Return the annotated documents of one half or both that are present. Raises like `facts_gold.read_documents`."""
    quotes, roles = read_csv("quotes"), read_csv("roles")
    return [
        Document(
            name,
            blank(raw, parse_ranges(entry["ranges"])),
            half_of(name),
            [row for row in quotes if row["document"] == name],
            [row for row in roles if row["document"] == name],
        )
        for entry in read_csv("quote_documents")
        if half in (None, half_of(name := entry["document"])) and (raw := read_verified(entry)) is not None
    ]


def read_all(documents: Iterable[Document]) -> list[Facts]:
    """Return the facts of the documents, with names read by the model."""
    return read_facts([document.text for document in documents])


def names_agree(given: str, wanted: Sequence[str]) -> bool:
    """Return whether a speaker is one of the annotated ones: all words of the shorter name are in the longer one."""
    words = _words(given)
    return any(words <= other or other <= words for other in map(_words, wanted) if words and other)


def _words(name: str) -> set[str]:
    plain = "".join(letter if letter.isalnum() else " " for letter in fold_name(name))
    return set(plain.split()) - _NOT_NAMES


def _pieces(text: str, spans: str) -> list[str]:
    return [text[start:end] for start, end in parse_ranges(spans)]


def _overlap(row: Row, start: int, end: int) -> int:
    return min(int(row["end"]), end) - max(int(row["start"]), start)


def score_quotes(documents: Sequence[Document], facts: Sequence[Facts]) -> Score:
    """Score the quotes in marks: found by overlap, and the speakers of all annotated ones by kind of speaker."""
    score = Score(Counter(), [])
    for document, read in zip(documents, facts, strict=True):
        _score_document(score, document, [quote for quote in read.quotes if not quote.is_reported])
    return score


def _score_document(score: Score, document: Document, found: list[Quote]) -> None:
    counts, used = score.counts, set[int]()
    for row in document.quotes:
        best = max(
            (each for each in found if id(each) not in used and _overlap(row, each.start_char, each.end_char) > 0),
            key=lambda each: _overlap(row, each.start_char, each.end_char),
            default=None,
        )
        if best is not None:
            used.add(id(best))
        if row["kind"] in SPEECH:
            _score_speech(score, document, row, best)
        elif row["kind"] in NOT_SPEECH:
            counts[row["kind"]] += 1
            counts["not_speech"] += 1
            if best is not None:
                counts["taken"] += 1
                counts[f"taken_{row['kind']}"] += 1
                counts["given"] += 1
                score.misses.append(_line(document, row, f"TAKEN as speech of {best.speaker!r}"))
    for each in found:
        if id(each) not in used and not any(
            _overlap(row, each.start_char, each.end_char) > 0 for row in document.quotes
        ):
            counts["given"] += 1
            score.misses.append(f"{document.name} EXTRA {each.surface[:60]!r} of {each.speaker!r}")


def _score_speech(score: Score, document: Document, row: Row, found: Quote | None) -> None:
    counts, kind = score.counts, row["kind"]
    counts["wanted"] += 1
    counts[kind] += 1
    if found is None:
        score.misses.append(_line(document, row, "MISSED"))
        return
    counts["found"] += 1
    counts["given"] += 1
    wanted = _pieces(document.text, row["speaker"])
    if found.speaker and not names_agree(found.speaker, wanted):
        counts["wrong"] += 1
        counts[f"wrong_{kind}"] += 1
        score.misses.append(_line(document, row, f"WRONG {found.speaker!r} ({found.speaker_method}), wanted {wanted}"))
    elif found.speaker or row["is_null_right"] == "1":
        counts["right"] += 1
        counts[f"right_{kind}"] += 1
    else:
        score.misses.append(_line(document, row, f"NOBODY, wanted {wanted}"))


def _line(document: Document, row: Row, what: str) -> str:
    start, end = int(row["start"]), int(row["end"])
    around = " ".join(
        f"{document.text[max(0, start - 90) : start]}[[{document.text[start:end][:50]}..]]{document.text[end : end + 90]}".split()
    )
    return f"{document.name} {row['kind']} {what}: {around}"


def score_roles(documents: Sequence[Document], facts: Sequence[Facts]) -> Score:
    """Score roles: name and role agree; then the organisation, and whether the role is a former one."""
    score = Score(Counter(), [])
    for document, read in zip(documents, facts, strict=True):
        found = list(read.roles)
        _score_wanted_roles(score, document, found)
        for role in found:
            score.counts["given"] += 1
            score.misses.append(
                f"{document.name} EXTRA {role.name} | {role.role} | {role.organisation}: {role.surface}"
            )
    return score


def _score_wanted_roles(score: Score, document: Document, found: list[Role]) -> None:
    """Score the annotated roles of a document, and take the found ones that are not extra off the list."""
    counts, text = score.counts, document.text
    for row in document.roles:
        name, role = (text[int(row[f"{what}_start"]) : int(row[f"{what}_end"])] for what in ("name", "role"))
        agreeing = [
            each
            for each in found
            if names_agree(each.name, [name]) and fold_name(role).split()[0] in fold_name(each.role).split()
        ]
        for each in agreeing:
            found.remove(each)  # a role that is stated twice counts once
        if row["distance"] == "optional":
            continue
        counts["wanted"] += 1
        counts[row["distance"]] += 1
        if not agreeing:
            score.misses.append(f"{document.name} MISSED {name} | {role} ({row['distance']})")
            continue
        counts["found"] += 1
        counts[f"found_{row['distance']}"] += 1
        counts["given"] += 1
        counts["former"] += row["is_former"] == "1"
        counts["found_former"] += row["is_former"] == "1" and any(each.is_former for each in agreeing)
        if row["organisation"]:
            wanted = _pieces(text, row["organisation"])
            is_right = any(each.organisation and names_agree(each.organisation, wanted) for each in agreeing)
            counts["organisation"] += 1
            counts["found_organisation"] += is_right
            if not is_right:
                got = [each.organisation for each in agreeing]
                score.misses.append(f"{document.name} ORGANISATION of {name} | {role}: {got}, wanted {wanted}")


Scorer = Callable[[Sequence[Document], Sequence[Facts]], Score]
