"""Whether "Pour X, …" tells what X thinks, or whom something is for or happens to; the signs are in `opinions.toml`."""

from __future__ import annotations

import re
from pathlib import Path

from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.phrases import Phrase, can_speak
from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml

_DATA: dict[str, list[str]] = read_toml(Path(__file__).with_name("opinions.toml"))
_JUDGEMENT = re.compile(rf"(?<![\w'-])(?:il |ne |n')?(?:{'|'.join(_DATA['judgements'])})")
_AFFECTED = re.compile(
    rf"(?:(?:ce|cette|cet|la|le|les|l'|sa|son|ses|une?) ?)?(?:\w+ )?(?:{alternation(_DATA['affected'])})s?(?![\w-])"
)
_OF_X = re.compile(r"(?:c'|cela|ça|ce|elles?|ils?|on|sa|son|ses|tout|rien)(?![\w-])|(?<=')")
_FORECAST = re.compile(  # a definite subject and its future or conditional, which is no passive ("seront fermées")
    r"(?:ce|ces|cet|cette|la|le|les|l') ?(?:(?!a |ont |qui |dont |où )[\w'-]+ ){1,7}?(?!sierra|terra)"
    r"(?:\w*(?:[eiuvdr]r|[uv]oi)|au|fe|i)(?:a|ont|ait|aient)(?![\w'-])(?! [\w-]+ée?s?(?![\w-]))"
)
_STATEMENT = re.compile(
    r"(?<![\w'-])(?:constitue|date|est|était|étaient|relève|remonte|représente|sont|suffit|tient)(?:nt)?(?![\w'-])"
)


def is_opinion(passage: Passage, phrase: Phrase, start: int, end: int, *, has_office: bool) -> bool:
    """Whether the clause from `start` to `end` after "Pour X, " shows what the person, office or people X think.

    `has_office` says that the text gives X an office or a trade, so that X states what is ("Pour X, historien, …").
    """
    lowered = passage.lowered
    is_person = phrase.kind in ("name", "office", "pronoun")
    if not is_person and (phrase.mention or not phrase.is_plural or not can_speak(phrase)):
        return False
    if _AFFECTED.match(lowered, start, end):
        return False
    if _JUDGEMENT.search(lowered, start, end):
        return True
    if not is_person or _OF_X.match(lowered, start, end):
        return False
    if _FORECAST.match(lowered, start, end):
        return True
    return has_office and _STATEMENT.search(lowered, start, end) is not None
