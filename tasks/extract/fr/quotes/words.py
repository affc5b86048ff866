"""The words of `words.toml` as regular expressions over lower-case text with its accents, built once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml

DATA: dict[str, list[str]] = read_toml(Path(__file__).with_suffix(".toml"))


def leading(words: Iterable[str]) -> str:
    """One of the words with the space after it; an elided one ("s'") has none."""
    return alternation(word if word.endswith("'") else f"{word} " for word in words)


def genders(nouns: Iterable[str]) -> dict[str, str]:
    """Each noun of a list "masculine/feminine" with its gender, "" for a noun that has both."""
    found: dict[str, str] = {}
    for noun in nouns:
        masculine, slash, feminine = noun.partition("/")
        found[masculine] = "m" if slash else ""
        if slash:
            found[feminine] = "f"
    return found


WORD = re.compile(r"[^\W\d_]+")
COMMA = re.compile(r",\s")
CLAUSE_END = re.compile(r"[,;:.!?»«”“\n()]")
SENTENCE_END = re.compile(r"[.!?](?:\s|$)|[«“\"\n]")
AFTER_MARK = re.compile(r"[»”\"]?\s*[,.;]?\s*[-–—]?\s*")
THAT = re.compile(r"\bqu(?:e\b|')")
INTRODUCES = re.compile(r":|\bqu(?:e\b|')|\bcomme\b|^\s*[«“\"]\s*$")

CLITICS = rf"(?:{leading(DATA['clitics'])}){{0,6}}"  # no verb has more; a bound keeps the search linear
_PRONOUN = alternation(DATA["pronouns"])
AUXILIARY_BEFORE = re.compile(
    rf"(?<![\w-]){CLITICS}(?:{alternation(DATA['auxiliaries'])})(?:-t)?(?P<pronoun>-(?:{_PRONOUN}))? "
    rf"(?:pas |(?:{leading(DATA['adverbs'])}){{1,2}})?$"
)
CLITICS_BEFORE = re.compile(rf"(?<![\w'-]){CLITICS}$")
NOUN_BEFORE = re.compile(r"(?<![\w'-])(?:la|une?|cette|cet|ce|sa|son|ses|de|des|du|au|aux|aucune|toute|sans) $")
PRONOUN_AFTER = re.compile(rf"(?:-t)?-({_PRONOUN})(?![\w'-])")

SOURCE = re.compile(
    rf"(?<![\w'-])(?:{alternation(DATA['sources'])}"
    rf"|même (?:{alternation(DATA['echoes'])}) (?:{alternation(DATA['leads_to_echoes'])}))(?= |(?<='))"
)
SOURCE_WITH_DU = re.compile(rf"(?<![\w'-])(?:{alternation(DATA['sources_with_du'])}) (?=des |du )")
CONTRACTED = re.compile(r"(?:du|des) ")
SOURCE_PRONOUN = re.compile(rf"(?<![\w'-])(?:{alternation(DATA['sources_with_pronoun'])})(?![\w'-])")
SKIPPED = re.compile(rf",? ?(?:{alternation(DATA['skipped'])})(?![\w'-]),? ?")
AUDIENCE = re.compile(rf",? ?(?:{leading(DATA['audience_prepositions'])}|d')")
PREPOSITION = re.compile(rf"(?<![\w-])(?:{alternation(DATA['prepositions'])})\s*$")
OF_SOMEBODY = re.compile(  # "par la voix de sa fille X"
    rf"(?<![\w-])(?:{alternation(DATA['prepositions'])}) (?:sa|son|ses|leur|leurs) \w+ $"
)
LAST_ARTICLE = re.compile(r"(?:l'|la |le |les )$")
SUBJECT_PRONOUN = re.compile(
    rf"(?<![\w'-])(?P<pronoun>ils?|elles?|on|je|j'|nous|celui-ci|celle-ci|ceux-ci|celles-ci|ce dernier|cette dernière)"
    rf"(?: |(?<='))(?:aussi |non plus |même )?{CLITICS}$"
)
RELATIVE = re.compile(rf"(?<![\w'-])qui {CLITICS}$")
IMPERSONAL = re.compile(rf"il (?:{alternation(DATA['impersonal'])})(?![\w'-])")

DETERMINERS: dict[str, str] = {word: kind for kind in ("definite", "indefinite", "plural") for word in DATA[kind]}
DETERMINER = re.compile(rf"(?<![\w'-])(?:{leading(DETERMINERS)})")
FEMININE_DETERMINER = re.compile(r"(?:la|une|cette|sa|celle|l'une|une autre|la même|aucune|toutes)\b")
TITLE = re.compile(rf"(?<![\w'-])(?:{alternation(DATA['titles'])}) ")
PHRASE_STOPS = frozenset(DATA["phrase_stops"])
PHRASE_JOINT = re.compile(rf"(?:{alternation(DATA['phrase_joints'])})(?![\w'-])")

_CUE_END = r"\s*+(?:,\s*+)?(?:[«“\"„‘]\s*+)?$"
NAMED = re.compile(rf"(?<![\w-])(?:{alternation(DATA['naming'])})e?s?(?: par [^,.;:«»]{{2,40}})?{_CUE_END}")
TITLE_CUE = re.compile(rf"(?<![\w-])(?:{alternation(DATA['title_cues'])})s?(?: de| d'| des| du)?{_CUE_END}")
WORD_CUE = re.compile(rf"(?<![\w-])(?:{alternation(DATA['word_cues'])})(?: de| d'| des| du)?{_CUE_END}")
SO_CALLED = re.compile(  # "dite « des petits pas »", "ce qu'on appelle le « bon plan »", "le fameux « monde d'après »"
    rf"(?:(?<!vous )(?<!vous le )(?<!\w-)(?<![\w'-])(?:dite|dits|dites)"
    rf"|(?<![\w-])qu(?:e |')[^,.;:«»]{{1,40}} (?:appell|nomm|surnomm|baptis)e(?:nt)?(?: l[ea]s? | l'| une? | des )?"
    rf"|(?<![\w-])(?:fameu(?:x|ses?)|prétendue?s?|soi-disant|pseudo|supposée?s?)){_CUE_END}"
)
SO_CALLED_OF = re.compile(
    rf"(?<![\w'-])(?:au|ce|du|le|un) [\w-]+ dit{_CUE_END}"
)  # before "des …", "du …": no verb of speech
SO_CALLED_AFTER = re.compile(
    r"[^»\n]{0,2}»,? (?:ainsi|comme) (?:on|ils?|elles?|tout le monde) (?:l[ea]s? |l')?(?:appell|nomm|surnomm)e"
)
OPENED_BY_DETERMINER = re.compile(  # "Ces « nouveaux pauvres » …": the subject of the sentence
    r"(?:^|[.!?…:»]\s+|\n[^\S\n]*)(?:ces?|cette|cet|des?|les?|la|l'|une?|aux?|dans (?:l[ea]s?|ces?|cette)|pour (?:l[ea]s?|ces?|cette)) ?\s*«\s*$"
)
ABOUT = re.compile(
    r"(?<![\w'-])(?:parl|reparl)(?:e|ent|ait|aient|er|ant|é) (?:de|d'une?|du|des|de la|de l'|d')\s*«\s*$"
)
CHARGE = re.compile(
    rf"(?<![\w'-])(?:(?:{alternation(DATA['charges'])})|(?:{alternation(DATA['trials'])})[^.;:«»]{{0,60}} pour){_CUE_END}"
)

_DAY = alternation(DATA["days"])
TIME = re.compile(
    rf",? ?(?:le \d{{1,2}}(?:er)? [a-zéû]{{3,9}}(?: \d{{4}})?|(?:(?:ce|cet|cette|le|la) )?(?:{_DAY})"
    rf"(?: (?:{_DAY}|dernier|\d{{1,2}}(?:er)? \w+(?: \d{{4}})?))*)(?![\w'-]),? ?"
)
AFTER_NAME = re.compile(rf" ?(?:[,.;:!?)»«”\"\n–—]|$|(?:qui|dans|lors|sur|à|au|en|et|pour|ce|{_DAY})(?![\w'-]))")
CLAUSE_START = re.compile(rf"[,;:(–—»”\"]\s*|(?<![\w'-])(?:{alternation(DATA['conjunctions'])}) |qu'")
OPENER = re.compile(rf"[\s–—•*-]*(?:(?:{alternation(DATA['openers'])}),? )?")
# One word before a comma describes the subject after it: "Battue, X admet".
ADVERBIAL = re.compile(
    rf"(?:[^\W\d_]+ée?s?|{alternation(DATA['adverbial_openers'])}|les? \d+|[^\W\d_]{{4,}}(?=, ))(?![\w-])"
)
CLEFT = re.compile(r"(?<![\w'-])c'est ce qu(?:e |')")
DEFINITE_END = re.compile(r"(?<![\w'-])(?:le |la |les |l'|du |au |aux )\s*+(?:[«“\"„‘]\s*)?$")
ARGUMENT_END = re.compile(r"(?<![\w'-])(?:le |la |les |l'|du |au |aux |des |de |d'|un |une |en )\s*+(?:[«“\"„‘]\s*)?$")
OF = re.compile(r" (?:d'une? |d'|de |des )\s*[«“\"„‘]?\s*")
# "Indique-t-on à la mairie": the words that lead to those for whom "on" stands.
WHERE = re.compile(rf" (?P<lead>(?:{alternation(DATA['leads_to_on'])}) ?)")
FIRST_PERSON = re.compile(r"(?<![\w'-])(?:[jm]'|(?:je|moi|me|mon|ma|mes|nous|notre|nos|on)(?![\w-]))")
