"""The words that name a speaker: a name, or a noun phrase with or without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.verbs import is_verb
from tasks.extract.fr.roles import genders_of_offices
from tasks.extract.fr.roles.grammar import country_of_adjective, grammar
from tasks.text.folding import fold_text
from warehouse.facts import Mention

_TOKEN = re.compile(r"[^\s,;:.!?…«»“”\"()\[\]–—]+")
_ELIDED_VERB = re.compile(r"(?:j|l|m|n|s|t|y)'(?:a|ai|aurait|avait|avaient|en|est|était|ont|y)")
_ACRONYM = re.compile(r"\([^\W_]{2,10}\) ?")
_LONGEST = 14  # words of a noun phrase
_APPOSED = re.compile(r" ?[,(–—] ?")
_ADJECTIVES = frozenset(map(fold_text, words.DATA["adjectives"]))
_TIMES = frozenset(map(fold_text, words.DATA["times"]))
_PEOPLE = {fold_text(noun): gender for noun, gender in words.genders(words.DATA["words_for_people"]).items()}
_UNNAMED = {fold_text(noun): gender for noun, gender in words.genders(words.DATA["unnamed"]).items()}
_ENDINGS = tuple(map(fold_text, words.DATA["endings_for_people"]))
_ADJECTIVE_ENDINGS = (*grammar().endings, *map(fold_text, words.DATA["more_adjective_endings"]))
_JOINTS = frozenset(map(fold_text, words.DATA["joints"]))
GROUPS = frozenset(map(fold_text, words.DATA["groups"]))

Kind = Literal["name", "office", "group", "pronoun"]


class Phrase(NamedTuple):
    """The words for a speaker. `mention` is the name in them; `head` the noun, folded; `gender` "m", "f" or "" if unknown.

    `stop` is where the phrase ends with everything that belongs to it, such as a name after a comma.
    """

    kind: Kind
    start: int
    end: int
    stop: int
    mention: Mention | None = None
    head: str = ""
    gender: str = ""
    is_plural: bool = False
    is_definite: bool = True


def phrase_at(passage: Passage, place: int, limit: int) -> Phrase | None:
    """The name or noun phrase that begins at a place."""
    lowered = passage.lowered
    title = words.TITLE.match(lowered, place, limit)
    mention = passage.at.get(place) or (passage.at.get(title.end()) if title else None)
    if mention is not None and mention.end_char <= limit:
        kind: Kind = "name" if mention.label == "PER" else "group"
        other = passage.at.get(mention.end_char + len(" et ")) if kind == "name" else None
        if other and other.label == "PER" and lowered.startswith(" et ", mention.end_char) and other.end_char <= limit:
            return Phrase("group", place, other.end_char, other.end_char, is_plural=True)
        return Phrase(kind, mention.start_char, mention.end_char, mention.end_char, mention)
    determiner = words.DETERMINER.match(lowered, place, limit)
    return _noun_phrase(passage, determiner, limit) if determiner else None


def phrase_after_de(passage: Passage, place: int, limit: int) -> Phrase | None:
    """The noun phrase of "du maire", "des habitants", without the contracted article."""
    determiner = words.CONTRACTED.match(passage.lowered, place, limit)
    phrase = _noun_phrase(passage, determiner, limit) if determiner else None
    return phrase._replace(start=determiner.end()) if phrase and determiner else None


def _noun_phrase(passage: Passage, determiner: re.Match[str], limit: int) -> Phrase | None:
    """The noun phrase that begins with a determiner."""
    lowered, place, after = passage.lowered, determiner.start(), determiner.end()
    mention = passage.at.get(after)
    number = words.DETERMINERS.get(determiner[0].rstrip(), "definite")
    gender = "f" if words.FEMININE_DETERMINER.match(lowered, place) else "" if lowered[after - 1] == "'" else "m"
    if determiner[0].strip() in ("notre", "leur"):
        gender = ""
    if mention is not None and mention.end_char <= limit and mention.label != "MISC":
        kind: Kind = "name" if mention.label == "PER" else "group"
        end = mention.end_char
        stop = end if kind == "name" else max(end, noun_phrase_end(passage, after, limit))
        name = _name_of(passage, after, stop, limit) if determiner[0].startswith("cel") else None
        if name is not None:
            return Phrase("name", name.start_char, name.end_char, name.end_char, name, "", gender)
        return Phrase(
            kind, mention.start_char, end, stop, mention, "", "" if kind == "name" else gender, number == "plural"
        )
    end = noun_phrase_end(passage, after, limit)
    head = _head(lowered, after, end)
    if not head or head in _TIMES or head.isdigit():
        return None
    name = _name_of(passage, after, end, limit)
    if name is not None and number != "plural":
        return Phrase("name", name.start_char, name.end_char, name.end_char, name, head, gender)
    if name is not None:
        return None  # "les députés X et Y"
    stop, end = end, trimmed_end(passage, after, end)
    gender = gender or genders_of_offices().get(head, "") or _PEOPLE.get(head, "") or _UNNAMED.get(head, "")
    is_person = head in genders_of_offices() or head in _PEOPLE or head.endswith(_ENDINGS)
    is_office = number == "definite" and is_person
    return Phrase(
        "office" if is_office and head not in GROUPS else "group",
        place, end, stop, None, head, gender, number == "plural", number == "definite",
    )  # fmt: skip


def can_speak(phrase: Phrase) -> bool:
    """Whether the noun of a phrase is a person, a group or an institution, or it is a name."""
    if phrase.kind != "group" or phrase.mention is not None or not phrase.head:
        return True
    head = phrase.head
    singular = head.removesuffix("s").removesuffix("x")
    return singular.endswith(_ENDINGS) or any(
        noun in known for noun in (head, singular) for known in (GROUPS, _UNNAMED, _PEOPLE, genders_of_offices())
    )


def noun_phrase_end(passage: Passage, start: int, limit: int) -> int:
    """Where a noun phrase ends: at a mark, or at a word that begins another phrase."""
    lowered, end, place = passage.lowered, start, start
    for _ in range(_LONGEST):
        while place < limit and lowered[place] == " ":
            place += 1
        acronym = _ACRONYM.match(lowered, place, limit)
        if acronym and place > start:
            place = acronym.end()
            continue
        mention = passage.at.get(place)
        if mention is not None and mention.end_char <= limit and place > start:
            end = place = mention.end_char
            continue
        joint = words.PHRASE_JOINT.match(lowered, place, limit)
        token = joint or _TOKEN.match(lowered, place, limit)
        if token is None:
            break
        if joint is None:
            first, elided, rest = token[0].partition("'")
            if _ELIDED_VERB.fullmatch(token[0]):
                break
            is_joined = first == "et" and lowered.startswith(("de ", "du ", "des ", "d'"), token.end() + 1)
            if not is_joined and (first in words.PHRASE_STOPS or (f"{first}'" in words.PHRASE_STOPS and elided)):
                break
            if elided and place + len(first) + 1 in passage.at and rest:
                end = place = passage.at[place + len(first) + 1].end_char
                continue
        end = place = token.end()
        if place < limit and lowered[place] not in " ":
            break
    return min(end, limit)


def trimmed_end(passage: Passage, start: int, end: int) -> int:
    """Where a noun phrase ends when a plain word after its nouns and adjectives is taken for a verb ("son mari hoche")."""
    is_free = True  # a noun is expected: at the beginning, and after "de"
    for token in _TOKEN.finditer(passage.text, start, end):
        word = fold_text(token[0])
        inner = word.rpartition("'")[2]
        if passage.named_between(token.start(), token.end()) or token[0][0].isupper():
            is_free = False
        elif inner in _ADJECTIVES or word in _JOINTS or word.isdigit():
            is_free = is_free or inner not in _ADJECTIVES
        elif is_free or "'" in word:
            is_free = False
        elif is_verb(token[0]) or not (inner.endswith(_ADJECTIVE_ENDINGS) or inner in country_of_adjective()):
            return start + len(passage.text[start : token.start()].rstrip())
    return end


def _head(lowered: str, start: int, end: int) -> str:
    """The noun of a phrase, folded: its first word that is not an adjective."""
    for token in _TOKEN.finditer(lowered, start, end):
        word = fold_text(token[0]).removeprefix("ex-")
        if word not in _ADJECTIVES:
            return word.rpartition("'")[2]
    return fold_text(lowered[start:end]).split(" ")[0]


def _name_of(passage: Passage, start: int, end: int, limit: int) -> Mention | None:
    """The person whom a noun phrase names: at its end ("le ministre X"), or after a comma ("une voisine, X,")."""
    inside = next(people_without_preposition(passage, start + 1, max(end, start + 1), start), None)
    if inside is not None:
        return inside
    stop = end
    for token in words.CLAUSE_END.finditer(passage.lowered, end, min(limit, end + 60)):
        if passage.is_in_name(token.start()):
            continue
        stop = token.start()
        break
    lead = _APPOSED.match(passage.lowered, stop, limit)
    if lead is None or words.THAT.search(passage.lowered, end, stop):
        return None
    mention = _apposed_name(passage, lead.end(), limit)
    if mention is None or mention.end_char > limit:
        return None
    return mention if words.AFTER_NAME.match(passage.lowered, mention.end_char) else None


def _apposed_name(passage: Passage, start: int, limit: int) -> Mention | None:
    """The person named after a comma, with a title or a few words before the name ("le père X", "l'Allemande X")."""
    title = words.TITLE.match(passage.lowered, start, limit)
    mention = passage.at.get(start) or (passage.at.get(title.end()) if title else None)
    if mention is not None:
        return mention if mention.label == "PER" else None
    if not words.DETERMINER.match(passage.lowered, start, limit):
        return None
    mention = next(people_without_preposition(passage, start, min(limit, start + 60)), None)
    between = passage.lowered[start : mention.start_char] if mention else ""
    return mention if mention and not words.CLAUSE_END.search(between) and len(between.split()) <= 3 else None


def without_title(lead: str) -> str:
    """Words before a name, without the title at their end."""
    titles = list(words.TITLE.finditer(lead))
    return lead[: titles[-1].start()] if titles and titles[-1].end() == len(lead) else lead


def people_without_preposition(passage: Passage, start: int, end: int, floor: int | None = None) -> Iterator[Mention]:
    """The people named in a stretch of text, but those after a preposition; `floor` is where the words before begin."""
    floor = start if floor is None else floor
    for mention in passage.people_between(start, end):
        before = without_title(passage.lowered[max(floor, mention.start_char - 26) : mention.start_char])
        if not words.PREPOSITION.search(before) and not words.OF_SOMEBODY.search(before):
            yield mention
