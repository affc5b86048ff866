"""The words that name a speaker: a name, a noun phrase with or without a name, a pronoun; before or after a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.verbs import Verb
from tasks.extract.fr.roles import genders_of_offices
from tasks.text.folding import fold_text
from warehouse.facts import Mention

_TOKEN = re.compile(r"[^\s,;:.!?…«»“”\"()\[\]–—]+")
_ACRONYM = re.compile(r"\([^\W_]{2,10}\) ?")
_LONGEST = 14  # words of a noun phrase
_ADJECTIVES = frozenset(
    "actuel actuelle ancien ancienne autre ex futur future grand grande jeune meme nouveau nouvel nouvelle petit petite"
    " principal principale propre tres vieil vieux vieille celebre dernier derniere premier premiere".split()
)
_TIMES = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche matin soir matinee soiree journee apres-midi semaine mois annee"
    " jour nuit lendemain veille weekend week-end debut fin janvier fevrier mars avril mai juin juillet aout septembre"
    " octobre novembre decembre fait cas sujet propos".split()
)
_TIME = re.compile(
    r",? ?(?:le \d{1,2}(?:er)? [a-zéû]{3,9}(?: \d{4})?(?![\w'-]),? ?|(?:(?:ce|cet|cette|le|la) )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|soir|après-midi|semaine)"
    r"(?: (?:matin|soir|après-midi|dernier|\d{1,2}(?:er)? \w+(?: \d{4})?))*(?![\w'-]),? ?)"
)
_SPACES = re.compile(r"[ ,]*")
_APPOSED = re.compile(r" ?[,(–—] ?")
_AFTER_NAME = re.compile(
    r" ?(?:[,.;:!?)»«”\"\n–—]|$|qui |dans |lors |sur |à |au |en |et |pour |mardi|lundi|jeudi|vendredi|mercredi|samedi|dimanche|ce )"
)
_CLAUSE_STARTS = re.compile(r"[,;:(–—»”\"]\s*|(?<![\w'-])(?:et|mais|que|car|or|alors que|tandis que) |qu'")
_CLOSED = re.compile(r"(?:[,(–—].*[,)–—]| \([^)]*\))?\s*", re.DOTALL)
_OPENERS = re.compile(r"[\s–—•*-]*(?:(?:et|mais|or|car|ainsi|puis|alors|enfin|cependant|pourtant|toutefois),? )?")
_ADVERBIAL = re.compile(
    r"(?:à|au|aux|après|concernant|avant|avec|chez|dans|de|d'|depuis|devant|durant|dès|en|entre|face|grâce|hier|interrogé|interrogée|"
    r"invité|invitée|jeudi|lors|lundi|malgré|mardi|mercredi|par|pendant|pour|quant|quelques|samedi|sans|si|sous|sur|"
    r"vendredi|dimanche|vers|aujourd'hui|demain|contacté|contactée|joint|jointe|lorsque|lorsqu'|quand|parmi|selon|ce|cette|"
    r"le \d|les \d|la veille|le lendemain|visiblement|finalement|actuellement)(?![\w-])"
)

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
        return Phrase(kind, mention.start_char, mention.end_char, mention.end_char, mention)
    determiner = words.DETERMINER.match(lowered, place, limit)
    if determiner is None:
        return None
    after = determiner.end()
    mention = passage.at.get(after)
    number = words.DETERMINERS[determiner[0].rstrip()]
    gender = "f" if words.FEMININE_DETERMINER.match(lowered, place) else "" if lowered[after - 1] == "'" else "m"
    if determiner[0].strip() in ("notre", "leur"):
        gender = ""
    if mention is not None and mention.end_char <= limit and mention.label != "MISC":
        kind = "name" if mention.label == "PER" else "group"
        end = mention.end_char
        stop = end if kind == "name" else max(end, _noun_phrase_end(passage, after, limit))
        name = _name_of(passage, after, stop, limit) if determiner[0].startswith("cel") else None
        if name is not None:
            return Phrase("name", name.start_char, name.end_char, name.end_char, name, "", gender)
        return Phrase(
            kind, mention.start_char, end, stop, mention, "", "" if kind == "name" else gender, number == "plural"
        )
    end = _noun_phrase_end(passage, after, limit)
    head = _head(lowered, after, end)
    if not head or head in _TIMES or head.isdigit():
        return None
    name = _name_of(passage, after, end, limit)
    if name is not None and number != "plural":
        return Phrase("name", name.start_char, name.end_char, name.end_char, name, head, gender)
    if name is not None:
        return None  # "les députés X et Y"
    gender = gender or genders_of_offices().get(head, "") or _PEOPLE.get(head, "") or _UNNAMED.get(head, "")
    is_person = head in genders_of_offices() or head in _PEOPLE or head.endswith(_ENDINGS)
    is_office = number == "definite" and is_person
    return Phrase(
        "office" if is_office and head not in GROUPS else "group",
        place, end, end, None, head, gender, number == "plural", number == "definite",
    )  # fmt: skip


_PEOPLE = {fold_text(noun): gender for noun, gender in words.genders(words.DATA["words_for_people"]).items()}
_UNNAMED = {fold_text(noun): gender for noun, gender in words.genders(words.DATA["unnamed"]).items()}
_ENDINGS = tuple(map(fold_text, words.DATA["endings_for_people"]))
GROUPS = frozenset(map(fold_text, words.DATA["groups"]))


def can_speak(phrase: Phrase) -> bool:
    """Whether the noun of a phrase is a person, a group or an institution, or it is a name."""
    if phrase.kind != "group" or phrase.mention is not None:
        return True
    head = phrase.head
    singular = head.removesuffix("s").removesuffix("x")
    return singular.endswith(_ENDINGS) or any(
        noun in known for noun in (head, singular) for known in (GROUPS, _UNNAMED, _PEOPLE, genders_of_offices())
    )


def _noun_phrase_end(passage: Passage, start: int, limit: int) -> int:
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
            is_joined = first == "et" and lowered.startswith(("de ", "du ", "des ", "d'"), token.end() + 1)
            if not is_joined and (first in words.PHRASE_STOPS or f"{first}'" in words.PHRASE_STOPS and elided):
                break
            if elided and place + len(first) + 1 in passage.at and rest:
                end = place = passage.at[place + len(first) + 1].end_char
                continue
        end = place = token.end()
        if place < limit and lowered[place] not in " ":
            break
    return min(end, limit)


def _head(lowered: str, start: int, end: int) -> str:
    """The noun of a phrase, folded: its first word that is not an adjective."""
    for token in _TOKEN.finditer(lowered, start, end):
        word = fold_text(token[0]).removeprefix("ex-")
        if word not in _ADJECTIVES:
            return word.rpartition("'")[2]
    return fold_text(lowered[start:end]).split(" ")[0]


def _name_of(passage: Passage, start: int, end: int, limit: int) -> Mention | None:
    """The person whom a noun phrase names: at its end ("le ministre X"), or after a comma ("une voisine, X,")."""
    for mention in people_without_preposition(passage, start + 1, max(end, start + 1), start):
        return mention
    stop = end
    for token in words.CLAUSE_END.finditer(passage.lowered, end, min(limit, end + 60)):
        if passage.is_in_name(token.start()):
            continue
        stop = token.start()
        break
    lead = _APPOSED.match(passage.lowered, stop, limit)
    if lead is None or words.THAT.search(passage.lowered, end, stop):
        return None
    title = words.TITLE.match(passage.lowered, lead.end(), limit)
    mention_ = passage.at.get(lead.end()) or (passage.at.get(title.end()) if title else None)
    if mention_ is None or mention_.label != "PER" or mention_.end_char > limit:
        return None
    return mention_ if _AFTER_NAME.match(passage.lowered, mention_.end_char) else None


def _without_title(lead: str) -> str:
    titles = list(words.TITLE.finditer(lead))
    return lead[: titles[-1].start()] if titles and titles[-1].end() == len(lead) else lead


# ---- after a verb ----


def subject_after(passage: Passage, place: int, limit: int) -> Phrase | None:
    """The subject that follows its verb, also after the time, the audience or an adverb ("a dit mardi à l'AFP X")."""
    lowered = passage.lowered
    place = _SPACES.match(lowered, place, limit).end()  # type: ignore[union-attr]
    for _ in range(4):
        phrase = phrase_at(passage, place, limit)
        if phrase is not None:
            return phrase
        skipped = words.SKIPPED.match(lowered, place, limit) or _TIME.match(lowered, place, limit)
        if skipped is None or skipped.end() == place:
            audience = words.AUDIENCE.match(lowered, place, limit)
            after = _audience_end(passage, audience.end(), limit) if audience else None
            if after is None:
                return None
            place = after
        else:
            place = skipped.end()
        place = _SPACES.match(lowered, place, limit).end()  # type: ignore[union-attr]
    return None


def _audience_end(passage: Passage, place: int, limit: int) -> int | None:
    """Where the person or thing after a preposition ends."""
    mention = passage.at.get(place)
    if mention is not None:
        return mention.end_char
    determiner = words.DETERMINER.match(passage.lowered, place, limit)
    start = determiner.end() if determiner else place
    mention = passage.at.get(start)
    end = mention.end_char if mention is not None else _noun_phrase_end(passage, start, limit)
    return end if end > start else None


# ---- before a verb ----


def subject_before(passage: Passage, floor: int, verb: Verb) -> Phrase | None:
    """The subject that precedes its verb."""
    lowered, target = passage.lowered, verb.start
    pronoun = words.SUBJECT_PRONOUN.search(lowered, max(floor, target - 40), target)
    if pronoun is not None:
        if words.IMPERSONAL.match(lowered, pronoun.start()):
            return None
        return pronoun_phrase(pronoun["pronoun"], pronoun.start("pronoun"))
    relative = words.RELATIVE.search(lowered, max(floor, target - 30), target)
    if relative is not None:
        target = len(lowered[: relative.start()].rstrip(" ,"))
        antecedent = next((each for each in passage.people_between(floor, target) if each.end_char == target), None)
        if antecedent is not None:
            return Phrase("name", antecedent.start_char, target, target, antecedent)
        for determiner in reversed(list(words.DETERMINER.finditer(lowered, max(floor, target - 80), target))):
            phrase = phrase_at(passage, determiner.start(), target)
            if phrase is not None and phrase.stop == target:
                return phrase
    for start in reversed(_clause_starts(lowered, floor, target)):
        phrase = _phrase_before(passage, start, target)
        if phrase is None:
            continue
        before = _name_before(passage, floor, start) if phrase.kind != "name" else None
        return before or phrase
    return None if relative is not None else _only_name(passage, floor, target)


def _clause_starts(lowered: str, floor: int, target: int) -> list[int]:
    return [floor, *(match.end() for match in _CLAUSE_STARTS.finditer(lowered, floor, target) if match.end() < target)]


def _phrase_before(passage: Passage, start: int, target: int) -> Phrase | None:
    """The phrase that begins at a place, when nothing but an adverb or an apposition stands between it and a verb."""
    lowered = passage.lowered
    opener = _OPENERS.match(lowered, start, target)
    start = opener.end() if opener else start
    skipped = words.SKIPPED.match(lowered, start, target) or _TIME.match(lowered, start, target)
    for place in (start, skipped.end()) if skipped else (start,):
        phrase = phrase_at(passage, place, target)
        if phrase is None:
            continue
        gap = lowered[phrase.stop : target]
        if len(gap) < 200 and (_CLOSED.fullmatch(gap) or words.SKIPPED.fullmatch(gap.rstrip()) or _TIME.fullmatch(gap)):
            return phrase
    return None


def _name_before(passage: Passage, floor: int, start: int) -> Phrase | None:
    """The person whose apposition begins at a place: "X, la maire de Y,"."""
    end = len(passage.lowered[:start].rstrip(" ,(–—"))
    if end == start or passage.lowered[end:start].strip() not in (",", "(", "–", "—"):
        return None
    for place in _clause_starts(passage.lowered, floor, end):
        phrase = phrase_at(passage, place, end)
        if phrase is not None and phrase.kind == "name" and phrase.stop == end:
            return phrase
    return None


def _only_name(passage: Passage, floor: int, target: int) -> Phrase | None:
    """The subject at the beginning of the sentence when it is a name and the only person before the verb."""
    opening = opening_phrase(passage, floor, target)
    if opening is None or opening.kind != "name":
        return None
    return None if passage.people_between(opening.stop, target) else opening


def opening_phrase(passage: Passage, floor: int, limit: int) -> Phrase | None:
    """The phrase or pronoun with which a sentence opens, after its adverbials."""
    lowered = passage.lowered
    opener = _OPENERS.match(lowered, floor, limit)
    place = opener.end() if opener else floor
    for _ in range(4):
        pronoun = _OPENING_PRONOUN.match(lowered, place, limit)
        if pronoun:
            if words.IMPERSONAL.match(lowered, place):
                return None
            return pronoun_phrase(pronoun[1], place)
        phrase = phrase_at(passage, place, limit) if not _TIME.match(lowered, place, limit) else None
        if phrase is not None:
            return phrase
        skipped = words.SKIPPED.match(lowered, place, limit)
        if skipped is None or skipped.end() == place:
            comma = lowered.find(", ", place, min(limit, place + 140)) if _ADVERBIAL.match(lowered, place) else -1
            if comma < 0:
                return None
            place = comma + 2
        else:
            place = skipped.end()
    return None


_OPENING_PRONOUN = re.compile(r"(ils?|elles?|celui-ci|celle-ci|ce dernier|cette dernière|lui|eux)(?![\w'-])")
_PLURAL = ("ils", "elles", "eux", "ceux-ci", "celles-ci", "leurs", "les")
_FEMININE = ("elle", "elles", "celle-ci", "celles-ci", "cette dernière")
_EITHER = ("ses", "son", "leurs", "les", "l'")


def pronoun_phrase(pronoun: str, start: int) -> Phrase | None:
    """The phrase of a pronoun; null for one that stands for nobody named."""
    if pronoun in ("on", "je", "j'", "nous", "tu", "vous"):
        return None
    gender = "" if pronoun in _EITHER else "f" if pronoun in _FEMININE else "m"
    end = start + len(pronoun)
    return Phrase("pronoun", start, end, end, None, pronoun, gender, pronoun in _PLURAL)


def people_without_preposition(passage: Passage, start: int, end: int, floor: int | None = None) -> Iterator[Mention]:
    """The people named in a stretch of text, but those after a preposition; `floor` is where the words before begin."""
    floor = start if floor is None else floor
    for mention in passage.people_between(start, end):
        before = _without_title(passage.lowered[max(floor, mention.start_char - 14) : mention.start_char])
        if not words.PREPOSITION.search(before):
            yield mention
