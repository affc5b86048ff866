"""Find the quoted words of a French text, and who says them.

A quote stands between « », “ ” or straight marks, may hold other quotes and run over several sentences or
paragraphs. Its speaker is a person or an organisation named beside a verb of saying: before the quote, behind it
or inside it (« …, assure X, … »). Words in marks that nobody says and that make no sentence are no quote.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tasks.facts.spelling import fold
from warehouse.rows import Mention, Quote, Sentence

_MARK = re.compile(r"[«»“”„\"\n]|(?<!\d)''(?!')")
_LONGEST = 5000  # characters: a mark that closes later closes something else
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[,;:.!?»«”“\n()]")
_PREPOSITION = re.compile(r"(?:\b(?:a|de|du|des|avec|par|contre|pour|chez|envers|aux?|sur)|\b[dl]')\s*$")
_DETERMINER = re.compile(r"\s*(?:l'|le |la |les |un |une |son |sa |notre )?\s*$")
_AUXILIARY = r"(?:(?:n'|ne |s'|se |m'|me |l'|lui |leur |y |en )*(?:a|ont|avait|avaient|est|sont|etait|eut|aurait|auraient)(?:-t-(?:il|elle|on)|-(?:ils|elles))? )"
_ADVERBS = r"(?:(?:ainsi|alors|aussi|encore|egalement|notamment|deja|ensuite|toutefois|cependant|meme|par ailleurs|pour sa part|d'abord) )"


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
    forms = {fold(stem + ending) for stem in data["er_stems"] for ending in data["endings"]} | set(map(fold, data["forms"]))
    verbs = "|".join(sorted(forms, key=len, reverse=True))
    pronouns = "|".join(data["pronouns"])
    return _Words(
        re.compile(
            rf"(?<![\w'-])(?P<verb>{_AUXILIARY}?{_ADVERBS}?(?:s'|se |l'|lui |leur )?(?:{verbs}))(?:-t)?(?P<pronoun>-(?:{pronouns}))?(?![\w-])"
        ),
        re.compile("(?<![\\w'-])(?:" + "|".join(map(fold, data["sources"])) + ")(?= |(?<='))"),
        re.compile("(?:" + "|".join(map(fold, data["voices"])) + ")"),
    )


def find_quotes(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Quote]:
    """The quotes of a French text, in order, positions in code points without the marks.

    `speaker` is the surface of a PER or ORG mention, null when a pronoun or nobody speaks; `verb` as printed.
    """
    folded = fold(text)
    named = sorted((each for each in mentions if each.label in ("PER", "ORG")), key=lambda each: each.start_char)
    quotes: list[Quote] = []
    spans = list(_spans(text))
    for number, (start, end) in enumerate(spans):
        floor = spans[number - 1][1] + 1 if number else 0
        roof = spans[number + 1][0] - 1 if number + 1 < len(spans) else len(text)
        said = _attribution(text, folded, (start, end), (floor, roof), sentences, named)
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
    return words >= 6 or (introduced and words >= 3) or (words >= 3 and inner[-1] in ".!?…" and inner[0].isupper())


def _goes_on(text: str, last: Quote, start: int) -> bool:
    """Whether a quote that nobody is named for follows another of the same paragraph, where one person speaks on."""
    between = text[last.end_char : start]
    return last.speaker is not None and "\n" not in between and text[:start].rstrip(" \u00a0\u202f«»“”\"")[-1:] in ".!?…"


# ---- who says it ----


def _attribution(
    text: str, folded: str, span: tuple[int, int], limits: tuple[int, int], sentences: Sequence[Sentence], named: list[Mention]
) -> _Said:
    start, end = span
    for said in (
        _behind(text, folded, end, limits[1], named),
        _inside(text, folded, span, named),
        _before(text, folded, _sentence_start(text, sentences, start), start, named),
    ):
        if said.verb is not None:
            return said
    return _NOBODY


def _sentence_start(text: str, sentences: Sequence[Sentence], place: int) -> int:
    """Where the sentence that holds the opening mark begins; one that ends in a colon before it belongs to it."""
    start = 0
    for previous, sentence in pairwise([Sentence(0, 0, ""), *sentences]):
        if sentence.start_char >= place:
            break
        start = sentence.start_char
        if not text[start:place].strip(" \u00a0«“\"") and previous.surface.endswith(":"):
            start = previous.start_char
    return start


def _behind(text: str, folded: str, end: int, roof: int, named: list[Mention]) -> _Said:
    """ "« … », a déclaré X" and "« … », selon X": right behind the closing mark."""
    line_end = text.find("\n", end)
    limit = min(roof, line_end if line_end >= 0 else len(text), end + 200)
    lead = re.compile(r"[»”\"]?\s*[,.;]?\s*[-–—]?\s*").match(folded, end, limit)
    place = lead.end() if lead else end
    source = _words().source.match(folded, place, limit)
    if source:
        mention = _subject_behind(folded, source.end(), limit, named)
        return _Said(mention, source[0]) if mention else _NOBODY
    verb = _words().verb.match(folded, place, limit)
    if verb:
        speaker = None if verb["pronoun"] or "-t-" in verb["verb"] else _subject_behind(folded, verb.end(), limit, named)
        return _Said(speaker, text[verb.start("verb") : verb.end("verb")])
    # "« … », X le dit": the subject stands before its verb
    return _clause_with_subject(text, folded, place, limit, named)


def _clause_with_subject(text: str, folded: str, place: int, limit: int, named: list[Mention]) -> _Said:
    for mention in named:
        if place <= mention.start_char <= place + 20 and mention.end_char < limit and _DETERMINER.fullmatch(folded, place, mention.start_char):
            verb = _words().verb.match(folded, mention.end_char + 1, limit)
            if verb:
                return _Said(mention.surface, text[verb.start("verb") : verb.end("verb")])
    return _NOBODY


def _inside(text: str, folded: str, span: tuple[int, int], named: list[Mention]) -> _Said:
    """ "« …, assure X, … »": a clause of its own between commas inside the marks."""
    for comma in re.compile(r",\s").finditer(folded, *span):
        verb = _words().verb.match(folded, comma.end(), span[1])
        if verb is None or (verb.end() < span[1] and folded[verb.end()] == " " and folded[verb.end() + 1 : verb.end() + 4] == "que"):
            continue
        printed = text[verb.start("verb") : verb.end("verb")]
        if verb["pronoun"] or "-t-" in verb["verb"]:
            return _Said(None, printed)
        speaker = _subject_behind(folded, verb.end(), span[1], named)
        if speaker:
            return _Said(speaker, printed)
    return _NOBODY


def _before(text: str, folded: str, floor: int, start: int, named: list[Mention]) -> _Said:
    """ "X a déclaré : « …", "selon X, « …": in the sentence before the opening mark."""
    verbs = list(_words().verb.finditer(folded, floor, start))
    for verb in reversed(verbs):
        if len(_CLAUSE_END.findall(folded, verb.end(), max(verb.end(), start - 1))) > 3:
            continue
        speaker = _subject_before(folded, floor, verb.start(), named) or _inverted(folded, verb, start, named)
        return _Said(speaker, text[verb.start("verb") : verb.end("verb")])
    for source in _words().source.finditer(folded, floor, start):
        mention = _subject_behind(folded, source.end(), start, named)
        if mention:
            return _Said(mention, source[0])
    return _NOBODY


def _inverted(folded: str, verb: re.Match[str], start: int, named: list[Mention]) -> str | None:
    return None if verb["pronoun"] else _subject_behind(folded, verb.end(), start, named)


def _subject_behind(folded: str, place: int, limit: int, named: list[Mention]) -> str | None:
    """The person named in the clause behind a verb; else the organisation right behind it, or that a voice speaks for."""
    people = [each for each in named if place <= each.start_char < limit]
    edge = _CLAUSE_END.search(folded, place, limit)
    clause = edge.start() if edge else limit
    for mention in people:
        if mention.label == "PER" and (
            mention.start_char <= clause or _is_apposition(folded, place, mention.start_char)
        ) and not re.search(r"(?<!\w)(?:a|avec|contre|par|chez|devant|aupres de)\s*$", folded[place : mention.start_char]):
            return mention.surface
        if mention.label == "ORG" and mention.start_char <= clause:
            lead = folded[place : mention.start_char]
            if _DETERMINER.fullmatch(lead) or _words().voice.search(lead):
                return mention.surface
    return None


def _is_apposition(folded: str, place: int, start: int) -> bool:
    """Whether a name stands behind a role and a comma: "a dit le Premier ministre tchèque, X"."""
    lead = folded[place:start]
    return bool(re.fullmatch(r"\s*(?:le|la|l'|son|sa|un|une)[^,;:.!?«»]{3,80},\s*", lead))


def _subject_before(folded: str, floor: int, place: int, named: list[Mention]) -> str | None:
    """The person nearest before a verb who is not behind a preposition; else the organisation that opens the clause."""
    before = [each for each in named if floor <= each.start_char and each.end_char <= place]
    pronoun = re.search(r"(?<![\w-])(?:il|elle|ils|elles|on|je|nous)\s+(?:s'|se |l'|lui |y |en |n'|ne )*$", folded[floor:place])
    if pronoun:
        return None
    for mention in reversed(before):
        lead = folded[max(floor, mention.start_char - 12) : mention.start_char]
        if mention.label == "PER" and not _PREPOSITION.search(lead):
            return mention.surface
        if mention.label == "ORG" and (_words().voice.search(folded, max(floor, mention.start_char - 40), mention.start_char) or not _PREPOSITION.search(re.sub(r"(?:l'|la |le |les )$", "", lead))):
            return mention.surface
    return None
