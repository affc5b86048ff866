"""Whether the words around a date look ahead or back: what tells the coming Friday from the last one.

The verb nearest before the date in its clause decides, then the nearest after it, then the rest of the sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from warehouse.rows import Sentence

_CLAUSE_EDGE = re.compile(r"[;:()«»“”]|, | (?:que|qu'|qui|dont|où|mais|alors que|et que) ")
_ALONE = re.compile(r"[\s.,:!•*–-]*(?:(?:(?:après|avant|dès|pour|depuis) )?(?:le|la|du|en|au|à|dès|l')[\s.,:!•*–-]*)?")
_AHEAD = re.compile(
    r"""\b(?:
        \w{2,}(?:era|eras|erai|erez|erons|eront|ira|irai|iras|iront|irons|irez|dra|drai|dront|dras|drez|drons
            |vra|vront|vrai|vrez|tra|trai|tront|trez|trons|ura|urai|uront|fera|feront|sera|seront|verra|verront|pourra|pourront)
        |fera|sera|seront|ira|iront|aura|auront
        |(?:va|vont|vais|allons|allez)\ (?:\w+\ )?(?:se\ |s'|y\ |en\ |être\ )?\w+(?:er|ir|re)\b
        |(?:doit|doivent|devrait|devraient|pourrait|pourraient|compte|comptent|espère|envisage|prévoit|prévoient|entend)\b
        |(?:prévu|attendu|programmé|fixé|reporté|annoncé|convoqué|planifié)e?s?\ (?:pour|à|ce|au|du|le|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)
        |prévue?s?|à\ venir|prochaine?s?\b|d'ici|avant(?=\ la|\ le|\ les|\ l'|\ de)
        |will|shall
    )\b""",
    re.VERBOSE,
)
_NOT_VERBS = frozenset(
    [
        "opéra",
        "caméra",
        "gouvernera",
        "extra",
        "ultra",
        "sierra",
        "intra",
        "contra",
        "mantra",
        "tiara",
        "terra",
        "infra",
        "et",
        "cetera",
        "choléra",
        "hydra",
    ]
)
_BEHIND = re.compile(
    r"""\b(?:
        (?:a|ont|ai|as|avons|avez|avait|avaient|est|sont|était|étaient|suis|eut|fut|furent)\s(?:\w+\s|n'|pas\s|s'){0,2}?
            (?:\w+(?:é|ée|és|ées|i|is|it|ie|u|us|ue|ues|ert|erte)|fait|mort|mis|pris|dit|été|né|née)
        |\w{3,}(?:aient|ait)(?<!rait)(?<!raient)
        |\w{3,}(?:èrent|irent|urent)
        |fut|furent|eut|eurent|vint|prit|mit|fit|dit
        |was|were|had
    )\b""",
    re.VERBOSE,
)
_NOT_PAST = frozenset(
    ["fait", "lait", "souhait", "parfait", "trait", "portrait", "extrait", "retrait", "bienfait", "attrait", "forfait"]
)


def direction_at(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, bool]:
    """1 when the words around `text[start:end]` look ahead, -1 when they look back, 0 when they do not say;
    and whether it is a verb of the same clause that says so."""
    words = text[sentence.start_char : sentence.end_char].lower().replace("\u2019", "'").replace("\u00a0", " ")
    place, after = start - sentence.start_char, end - sentence.start_char
    if _ALONE.fullmatch(words[:place] + words[after:]):
        return 1, False  # a line that is nothing but a day heads an agenda, a programme, a forecast
    clues = _clues(words)
    if not clues:
        return 0, False
    edges = [match.start() for match in _CLAUSE_EDGE.finditer(words)]
    left = max((edge for edge in edges if edge < place), default=-1)
    right = min((edge for edge in edges if edge >= after), default=len(words))
    before = [sign for where, sign in clues if left <= where < place]
    behind = [sign for where, sign in clues if after <= where < right]
    if before:
        return before[-1], True
    if behind:
        return behind[0], True
    nearest = min(clues, key=lambda clue: abs(clue[0] - place) + (0 if clue[0] < place else 20))
    return nearest[1], False


@lru_cache(maxsize=8)  # the dates of one sentence ask one after the other
def _clues(words: str) -> list[tuple[int, int]]:
    ahead = [(match.start(), 1) for match in _AHEAD.finditer(words) if match[0] not in _NOT_VERBS]
    behind = [(match.start(), -1) for match in _BEHIND.finditer(words) if match[0] not in _NOT_PAST]
    return sorted(ahead + behind)
