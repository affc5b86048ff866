"""Whom or what a figure is about: the name that is the subject of its clause.

There is no parser, so only unambiguous subjects are read. The name opens the clause of the figure ("En 2024, le
groupe X emploie 640 personnes"), the figure stands in its relative clause ("X, qui exploite 96 hectares") or directly
after it ("X (42 000 habitants)"); or a pronoun or "l'entreprise" opens the clause and the sentence before names
exactly one organisation. A name that only reports a figure ("X annonce", "selon X") is not its subject.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.fr.figures import subject_words as words
from tasks.extract.mentions import number_mentions
from tasks.text.folding import lower_text
from warehouse.facts import Figure, Mention, Sentence

_SUBJECTS = frozenset({"PER", "LOC", "ORG"})
_FARTHEST = 400  # characters from the beginning of the sentence: farther on, the subject of the clause is uncertain


def with_subjects(
    text: str, sentences: Sequence[Sentence], figures: Sequence[Figure], mentions: Sequence[Mention]
) -> list[Figure]:
    """The figures, each with the mention it is about: its surface as `subject`, and its number; null when that is not certain."""
    if not figures:
        return []
    lowered = lower_text(text)
    names = sorted(
        (each for each in mentions if each.label in _SUBJECTS and not each.is_demonym), key=lambda each: each.start_char
    )
    starts = [sentence.start_char for sentence in sentences]
    numbers = number_mentions(mentions)
    completed = []
    for figure in figures:
        number = bisect_right(starts, figure.start_char) - 1
        is_near = number >= 0 and figure.start_char - starts[number] <= _FARTHEST
        about = _subject(lowered, sentences, number, figure, names) if is_near else None
        if about:
            figure = replace(figure, subject=about.surface, subject_mention_no=numbers[about])
        completed.append(figure)
    return completed


def _subject(
    lowered: str, sentences: Sequence[Sentence], number: int, figure: Figure, names: Sequence[Mention]
) -> Mention | None:
    sentence = sentences[number]
    before = [each for each in names if sentence.start_char <= each.start_char and each.end_char <= figure.start_char]
    apposed = _apposed(lowered, figure, before)
    if apposed or words.UNNAMED.search(lowered, sentence.start_char, figure.start_char):
        return apposed
    start = _clause_start(lowered, sentence.start_char, figure.start_char, before)
    inside = [each for each in before if each.start_char >= start]
    relative = words.RELATIVE.match(lowered, start)
    if relative:
        owner = [each for each in before if _owns(lowered, each, start)]
        is_plain = "," not in lowered[relative.end() : figure.start_char] and not inside
        return owner[-1] if owner and is_plain and _acts(lowered, relative.end(), figure.start_char) else None
    opening = _opening(lowered, start, figure.start_char, inside)
    return opening or _antecedent(lowered, sentences, number, start, figure, names)


def _owns(lowered: str, name: Mention, start: int) -> bool:
    """Whether the relative clause that starts there is that of a name: one alone, not in a place."""
    lead = lowered[max(0, name.start_char - 12) : name.start_char]
    return (
        not lowered[name.end_char : start].strip(" ,")
        and not words.PREPOSITION.search(lead)
        and not lead.endswith((" et ", " ou ", " et la ", " et le ", " et l'"))
    )


def _clause_start(lowered: str, floor: int, end: int, before: Sequence[Mention]) -> int:
    """Where the clause of a figure begins: after the last word or mark that opens one, names left out."""
    start = floor
    for pattern in (words.CLAUSE_OPENER, words.RELATIVE):
        for match in pattern.finditer(lowered, floor, end):
            if not any(each.start_char <= match.start() < each.end_char for each in before):
                start = max(start, match.start() if pattern is words.RELATIVE else match.end())
    while start < end and lowered[start] in " ,":
        start += 1
    return start


def _opening(lowered: str, start: int, end: int, inside: Sequence[Mention]) -> Mention | None:
    """The name that opens a clause and acts in it, if no other name could be meant."""
    for position, name in enumerate(inside):
        lead = lowered[start : name.start_char]
        if not words.NAMED_BY.fullmatch(lead):
            if words.PREPOSITION.search(lead):
                continue
            if not words.LEAD.fullmatch(lead):
                return None
        others = inside[position + 1 :]
        if any(not words.PREPOSITION.search(lowered[name.end_char : each.start_char]) for each in others):
            return None
        return name if _acts(lowered, _verb_start(lowered, name.end_char, end, "," in lead), end) else None
    return None


def _verb_start(lowered: str, place: int, end: int, has_lead: bool) -> int:
    """Where the verb after a subject stands: after its apposition."""
    apposition = words.APPOSITION.match(lowered, place, end)
    if apposition:
        return apposition.end()
    return place + 2 if has_lead and lowered[place : place + 2] == ", " else place


def _acts(lowered: str, place: int, end: int) -> bool:
    """Whether a verb follows that reports nothing, and no other subject stands before the figure."""
    verb = words.VERB.match(lowered, place, end)
    if verb is None or verb["verb"] in words.NOT_VERBS:
        return False
    between = lowered[place:end]
    return not words.REPORTS.search(between) and not words.NEW_SUBJECT.search(between)


def _apposed(lowered: str, figure: Figure, before: Sequence[Mention]) -> Mention | None:
    """ "Jeanne Dubois, 54 ans,", "Ville (3 000 habitants)", "Ville, port de 3 000 habitants": the name a size or age is put to."""
    name = before[-1] if before else None
    is_age = figure.unit in words.AGE_UNITS and name is not None and name.label == "PER"
    if name is None or not (is_age or (figure.counted or "").lower() in words.SIZE_NOUNS):
        return None
    between = lowered[name.end_char : figure.start_char]
    if words.BRACKET.fullmatch(between) or (not is_age and words.SIZED.fullmatch(between)):
        return name
    is_closed = words.CLOSED.match(lowered[figure.end_char : figure.end_char + 2])
    return name if is_closed and words.AGED.fullmatch(between) else None


def _antecedent(
    lowered: str, sentences: Sequence[Sentence], number: int, start: int, figure: Figure, names: Sequence[Mention]
) -> Mention | None:
    """The one organisation of the sentence before, when a pronoun or "l'entreprise" opens the sentence of the figure."""
    match = words.STANDS_FOR.match(lowered, start, figure.start_char)
    if match is None or number == 0 or start != sentences[number].start_char:
        return None
    previous = sentences[number - 1]
    if "\n" in lowered[previous.end_char : start]:
        return None
    named = [each for each in names if previous.start_char <= each.start_char < previous.end_char]
    organisations = {each.surface for each in named if each.label == "ORG"}
    if len(organisations) != 1 or (match["pronoun"] and any(each.label == "PER" for each in named)):
        return None
    place = match.end() - (1 if match["pronoun"] else 0)
    acts = _acts(lowered, _verb_start(lowered, place, figure.start_char, True), figure.start_char)
    return next(each for each in named if each.label == "ORG") if acts else None
