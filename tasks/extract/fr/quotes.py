"""Find the quoted words of a French text, and who says them.

A quote stands between « », “ ” or straight marks, may hold other quotes and run over several sentences or
paragraphs. Its speaker is a person or an organisation named beside a verb of saying: before the quote, behind it
or inside it (« …, assure X, … »). Words in marks that nobody says and that make no sentence are no quote.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tasks.extract.folding import lower
from warehouse.rows import Mention, Quote, Sentence

_MARK = re.compile(r"[«»“”„\n]|\"(?!(?<=\d\")\d)")  # 43"18 is a time
_LONGEST = 5000  # characters: a mark that closes later closes something else
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[,;:.!?»«”“\n()]")
_INTRODUCES = re.compile(r":|\bqu(?:e\b|')|\bcomme\b|^\s*[«“\"]\s*$")
_PREPOSITION = re.compile(r"(?:\b(?:à|de|du|des|avec|par|contre|pour|chez|envers|aux?|sur)|\b[dl]')\s*$")
_DETERMINER = re.compile(r"\s*(?:l'|le |la |les |un |une |son |sa |notre )?\s*$")
_AUXILIARY = r"(?:(?:n'|ne |s'|se |m'|me |l'|lui |leur |y |en )*(?:a|ont|avait|avaient|est|sont|était|eut|aurait|auraient)(?:-t-(?:il|elle|on)|-(?:ils?|elles?|on))? )"
_PRONOUN = re.compile(r"-(?:t-)?(?:ils?|elles?|on)\b")
_CLITICS = r"(?:s'|se |l'|lui |leur |me |m')?"
_ADVERBS = r"(?:(?:ainsi|alors|aussi|encore|également|notamment|déjà|ensuite|toutefois|cependant|même|par ailleurs|pour sa part|d'abord) )"


class _Said(NamedTuple):
    """A verb of saying and the person or organisation that is its subject."""

    speaker: str | None
    verb: str | None


_NOBODY = _Said(None, None)


class _Words(NamedTuple):
    verb: re.Pattern[str]
    source: re.Pattern[str]
    voice: re.Pattern[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    finite = {stem + ending for stem in data["er_stems"] for ending in data["endings"]} | set(data["forms"])
    finite -= set(data["not_verbs"])
    participles = {stem + ending for stem in data["er_stems"] for ending in data["participles"]}
    participles |= set(data["other_participles"])
    pronouns = "|".join(data["pronouns"])
    return _Words(
        re.compile(
            rf"(?<![\w'-])(?P<verb>{_AUXILIARY}{_ADVERBS}?(?:{_alternation(participles)})"
            rf"|{_CLITICS}(?:{_alternation(finite)}))(?:-t)?(?P<pronoun>-(?:{pronouns}))?(?![\w-])"
        ),
        re.compile(rf"(?<![\w'-])(?:{_alternation(data['sources'])})(?= |(?<='))"),
        re.compile(_alternation(data["voices"])),
    )


def _alternation(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def find_quotes(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Quote]:
    """The quotes of a French text, in order, positions in code points without the marks.

    `speaker` is the surface of a PER or ORG mention, null when a pronoun or nobody speaks; `verb` as printed.
    """
    lowered = lower(text)
    named = sorted((each for each in mentions if each.label in ("PER", "ORG")), key=lambda each: each.start_char)
    quotes: list[Quote] = []
    spans = list(_spans(text))
    for number, (start, end) in enumerate(spans):
        floor = spans[number - 1][1] + 1 if number else 0
        roof = spans[number + 1][0] - 1 if number + 1 < len(spans) else len(text)
        said = _attribution(text, lowered, (start, end), (floor, roof), sentences, named)
        inner = text[start:end].strip()
        if not _is_said(text, start, inner, said):
            continue
        if said == _NOBODY and quotes and _goes_on(text, quotes[-1], start):
            said = _Said(quotes[-1].speaker, None)
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        quotes.append(Quote(begin, begin + len(inner), inner, said.speaker, said.verb))
    return quotes


# ---- what stands between marks ----


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """`[start, end)` between each outermost pair of marks."""
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, place = match[0], match.start()
        if opened and place - opened[0][1] > _LONGEST:
            opened.clear()
        if mark == "\n":
            if opened and opened[0][0] not in "«“":
                opened.clear()  # straight marks do not run over paragraphs: one was forgotten
        elif mark in "«»" and opened and opened[0][0] == "«" and text[:place].rstrip(" \u00a0").endswith("\n"):
            continue  # a paragraph of a long quote begins with a mark that neither opens nor closes
        elif mark in "«“„" or (mark not in "»”" and all(mark != other for other, _ in opened)):
            opened.append((mark, match.end()))
        elif opened:
            pair = {"»": "«", "”": "“„"}.get(mark, mark)
            while opened and opened[-1][0] not in pair:
                opened.pop()
            if opened:
                _, start = opened.pop()
                if not opened:
                    yield start, place


def _is_said(text: str, start: int, inner: str, said: _Said) -> bool:
    """Whether words in marks are somebody's words, not a title or a word held at arm's length."""
    words = len(_WORD.findall(inner))
    if said.verb is not None:
        return words >= 2
    introduced = text[:start].rstrip(" \u00a0\u202f«“\"'").endswith(":")
    if inner[0].isupper():  # without a final stop, it is the title of something
        return (introduced and words >= 3) or (words >= 3 and inner[-1] in ".!?…") or words >= 8
    return words >= 5 or (introduced and words >= 3)


def _goes_on(text: str, last: Quote, start: int) -> bool:
    """Whether a quote that nobody is named for follows another of the same paragraph, where one person speaks on."""
    between = text[last.end_char : start]
    return last.speaker is not None and "\n" not in between and text[:start].rstrip(' \u00a0\u202f«»“”"')[-1:] in ".!?…"


# ---- who says it ----


def _attribution(
    text: str,
    lowered: str,
    span: tuple[int, int],
    limits: tuple[int, int],
    sentences: Sequence[Sentence],
    named: list[Mention],
) -> _Said:
    start, end = span
    for said in (
        _behind(text, lowered, end, limits[1], named),
        _inside(text, lowered, span, named),
        _before(text, lowered, _sentence_start(text, sentences, start), start, named),
    ):
        if said.verb is not None:
            return said
    return _later(text, lowered, span, limits[1], named)


def _sentence_start(text: str, sentences: Sequence[Sentence], place: int) -> int:
    """Where the sentence that holds the opening mark begins; one that ends in a colon before it belongs to it."""
    start = 0
    for previous, sentence in pairwise([Sentence(0, 0, ""), *sentences]):
        if sentence.start_char >= place:
            break
        start = sentence.start_char
        if not text[start:place].strip(' \u00a0«“"') and previous.surface.endswith(":"):
            start = previous.start_char
    return start


def _behind(text: str, lowered: str, end: int, roof: int, named: list[Mention]) -> _Said:
    """ "« … », a déclaré X" and "« … », selon X": right behind the closing mark."""
    line_end = text.find("\n", end)
    limit = min(roof, line_end if line_end >= 0 else len(text), end + 200)
    lead = re.compile(r"[»”\"]?\s*[,.;]?\s*[-–—]?\s*").match(lowered, end, limit)
    place = lead.end() if lead else end
    source = _words().source.match(lowered, place, limit)
    if source:
        mention = _subject_behind(lowered, source.end(), limit, named)
        if mention:
            return _Said(mention, source[0])
    verb = _words().verb.match(lowered, place, limit)
    if verb:
        speaker = (
            None
            if verb["pronoun"] or _PRONOUN.search(verb["verb"])
            else _subject_behind(lowered, verb.end(), limit, named)
        )
        return _Said(speaker, text[verb.start("verb") : verb.end("verb")])
    # "« … », X le dit": the subject stands before its verb
    return _clause_with_subject(text, lowered, place, limit, named)


def _later(text: str, lowered: str, span: tuple[int, int], roof: int, named: list[Mention]) -> _Said:
    """ "… « forte et belle » pour tous, indique X.": a clause of its own behind the rest of the sentence."""
    place, limit = span[1] + 1, min(roof, span[1] + 200)
    if len(_WORD.findall(text, *span)) < 4:  # a word or two in marks need not be those of who speaks
        return _NOBODY
    stop = re.compile(r"[.!?](?:\s|$)|[«“\"\n]").search(lowered, place, limit)
    for comma in re.compile(r",\s").finditer(lowered, place, stop.start() if stop else limit):
        verb = _words().verb.match(lowered, comma.end(), limit)
        if verb is None:
            continue
        if verb["pronoun"] or _PRONOUN.search(verb["verb"]):
            return _Said(None, text[verb.start("verb") : verb.end("verb")])
        speaker = _subject_behind(lowered, verb.end(), limit, named)
        if speaker:
            return _Said(speaker, text[verb.start("verb") : verb.end("verb")])
    return _NOBODY


def _clause_with_subject(text: str, lowered: str, place: int, limit: int, named: list[Mention]) -> _Said:
    for mention in named:
        if (
            place <= mention.start_char <= place + 20
            and mention.end_char < limit
            and _DETERMINER.fullmatch(lowered, place, mention.start_char)
        ):
            verb = _words().verb.match(lowered, mention.end_char + 1, limit)
            if verb:
                return _Said(mention.surface, text[verb.start("verb") : verb.end("verb")])
    return _NOBODY


def _inside(text: str, lowered: str, span: tuple[int, int], named: list[Mention]) -> _Said:
    """ "« …, assure X, … »": a clause of its own between commas inside the marks."""
    for comma in re.compile(r",\s").finditer(lowered, *span):
        verb = _words().verb.match(lowered, comma.end(), span[1])
        if verb is None or (
            verb.end() < span[1] and lowered[verb.end()] == " " and lowered[verb.end() + 1 : verb.end() + 4] == "que"
        ):
            continue
        printed = text[verb.start("verb") : verb.end("verb")]
        if verb["pronoun"] or _PRONOUN.search(verb["verb"]):
            return _Said(None, printed)
        speaker = _subject_behind(lowered, verb.end(), span[1], named)
        if speaker:
            return _Said(speaker, printed)
    return _NOBODY


def _before(text: str, lowered: str, floor: int, start: int, named: list[Mention]) -> _Said:
    """ "X a déclaré : « …", "selon X, « …": in the sentence before the opening mark."""
    for verb in reversed(list(_words().verb.finditer(lowered, floor, start))):
        between = lowered[verb.end() : start]
        is_title = text[start : start + 2].strip()[:1].isupper() or verb["verb"].endswith("ant")
        if len(_CLAUSE_END.findall(between[:-1])) > 3 or (is_title and not _INTRODUCES.search(between)):
            continue  # "a lancé l'opération « Aurore »" says nothing
        speaker = _subject_before(lowered, floor, verb.start(), named) or _inverted(lowered, verb, start, named)
        return _Said(speaker, text[verb.start("verb") : verb.end("verb")])
    for source in _words().source.finditer(lowered, floor, start):
        opens = not lowered[floor : source.start()].strip() or (
            source[0] != "pour" and lowered[source.start() - 2] == ","
        )
        mention = _subject_behind(lowered, source.end(), start, named) if opens else None
        if mention:
            return _Said(mention, source[0])
    return _NOBODY


def _inverted(lowered: str, verb: re.Match[str], start: int, named: list[Mention]) -> str | None:
    """ "Ainsi parlait X : « …": the subject behind its verb, but not one of what is said ("annonce que X …")."""
    that = re.compile(r"\bqu(?:e\b|')").search(lowered, verb.end(), start)
    return None if verb["pronoun"] else _subject_behind(lowered, verb.end(), that.start() if that else start, named)


def _subject_behind(lowered: str, place: int, limit: int, named: list[Mention]) -> str | None:
    """The person named in the clause behind a verb; else the organisation right behind it, or that a voice speaks for."""
    people = [each for each in named if place <= each.start_char < limit]
    edge = _CLAUSE_END.search(lowered, place, limit)
    clause = edge.start() if edge else limit
    for mention in people:
        if (
            mention.label == "PER"
            and (mention.start_char <= clause or _is_apposition(lowered, place, mention.start_char))
            and not re.search(
                r"(?<!\w)(?:d'|(?:de|du|à|avec|contre|par|chez|devant|auprès de)\s)\s*$",
                lowered[place : mention.start_char],
            )
        ):
            return mention.surface
        if mention.label == "ORG" and mention.start_char <= clause:
            lead = lowered[place : mention.start_char]
            if _DETERMINER.fullmatch(lead) or _words().voice.search(lead):
                return mention.surface
    return None


def _is_apposition(lowered: str, place: int, start: int) -> bool:
    """Whether a name stands behind a role and a comma: "a dit le Premier ministre tchèque, X"."""
    lead = lowered[place:start]
    return bool(re.fullmatch(r"\s*(?:le|la|l'|son|sa|un|une)[^,;:.!?«»]{3,80},\s*", lead))


def _subject_before(lowered: str, floor: int, place: int, named: list[Mention]) -> str | None:
    """The person nearest before a verb who is not behind a preposition; else the organisation that opens the clause."""
    before = [each for each in named if floor <= each.start_char and each.end_char <= place]
    pronoun = re.search(
        r"(?<![\w-])(?:il|elle|ils|elles|on|je|nous)\s+(?:s'|se |l'|lui |y |en |n'|ne )*$", lowered[floor:place]
    )
    if pronoun:
        return None
    for mention in reversed(before):
        lead = lowered[max(floor, mention.start_char - 12) : mention.start_char]
        if mention.label == "PER" and not _PREPOSITION.search(lead):
            return mention.surface
        if (
            mention.label == "ORG"
            and not lead.endswith("(")
            and (
                _words().voice.search(lowered, max(floor, mention.start_char - 40), mention.start_char)
                or not _PREPOSITION.search(re.sub(r"(?:l'|la |le |les )$", "", lead))
            )
        ):
            return mention.surface
    return None
