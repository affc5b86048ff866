"""Names by which a site speaks of itself: "Abonnez-vous à Nord Matin", "La rédaction de Nord Matin", its printed address.

One such phrase may speak of a partner; two of them, or one beside another sign, name the publisher.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from tasks.strip.describe.claims import Claim, source_claim
from tasks.strip.describe.layout import PROSE_WORDS, FilledLine, Layout
from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.line_contents import self_words
from tasks.strip.describe.outlet_names import DOMAIN, MOST_WORDS, has_press_word, is_person_name, name_ends_at, name_key
from tasks.strip.describe.person_names import agencies_in, byline_words
from tasks.strip.describe.sources import Sources, registered_domain
from tasks.strip.describe.title_candidates import is_byline
from tasks.text.phrases import alternation
from tasks.text.words import split_folded_words, split_words

SEARCHED = 300  # characters of a line
TOP = 3  # lines of a page at which a site names itself
LEAST_LETTERS = 3  # of a name, and of the label of an address
UNSURE = ("self", "self_unsure", "copyright_unsure")  # methods that alone do not name the publisher
OFTEN = 2  # prints of an address that show it to be the site's
NAME = (
    r"(?P<name>(?:(?:[Ll]es?|[Ll]a|[Tt]he|[Dd](?:er|ie|as)|[Ii]l|[Ee]l)\s|[Ll]')?"
    r"[A-ZÀ-Ý0-9][\w+]*(?:[.'\-‐‑][\w+]+)*"
    r"(?:\s(?:(?:de|du|des|d'|la|le|les|l'|en|et|&|der|die|das|und|of|the|and|del|della|di)\s?){0,2}"
    r"[A-ZÀ-Ý0-9][\w+]*(?:[.'\-‐‑][\w+]+)*){0,5})"
)
ADDRESS = re.compile(
    r"(?<![\w.@/-])(?P<mark>[\w.+-]+@|(?:https?://)?www\.)?(?P<host>(?:[\w-]+\.)+[A-Za-z]{2,9})(?![\w@-])"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name after a phrase in which a site names itself, and one that opens a line before such a phrase."""
    before, after = (alternation(lexicon()["publishers"][name]) for name in ("self_before", "self_after"))
    return (
        re.compile(rf"(?<![\w'])(?P<phrase>(?i:{before}))(?:\s?:)?(?:\s+|(?<=')){NAME}"),
        re.compile(rf"{NAME}(?:,|\s:)?\s+(?P<phrase>(?i:{after}))(?!\w)"),
    )


def self_claims(layout: Layout, sources: Sources) -> Iterator[Claim]:
    """One claim for each phrase and name outside the article's paragraphs; the same phrase again says nothing new."""
    met = set[tuple[str, str]]()
    for line, key in zip(layout.lines, layout.keys, strict=True):
        if not line.may_name_site or (line.row.is_kept and line.count_words >= PROSE_WORDS):
            continue
        for phrase, name, start in _names_in(line, key.split(), sources):
            known = sources.by_name(name)
            if not known and not _may_be_publisher(name):
                continue
            mark = (phrase, known.source_id if known else name_key(name))
            if mark not in met and (known or not _is_credited(name, layout)):
                met.add(mark)
                method = "self_unsure" if not known and _is_unsure(phrase, name) else "self"
                yield source_claim(known.name if known else name, method, line, start, start + len(name))


def _names_in(line: FilledLine, words: Sequence[str], sources: Sources) -> Iterator[tuple[str, str, int]]:
    """The names in the phrases of one line: the phrase, the name, where it begins."""
    is_before, is_after = (not self_words(table).isdisjoint(words) for table in ("self_before", "self_after"))
    text = line.text[:SEARCHED].replace("’", "'")
    found = [*_patterns()[0].finditer(text)] if is_before else []
    if is_after and (match := _patterns()[1].match(text)):
        found.append(match)
    for match in found:
        start = match.start("name")
        end = sources.end_of_name(text, start)
        if end is None or not name_ends_at(text, end):
            end = start + len(match["name"].rstrip(".-"))
        if match.start("phrase") > end or name_ends_at(text, end):
            yield match["phrase"].lower(), line.text[start:end], start


def _may_be_publisher(name: str) -> bool:
    """Whether a name that is not listed may be a publisher's: none of a person, an agency, a network or a section."""
    words = split_folded_words(name)
    is_long_enough = len(words) <= MOST_WORDS and len(name_key(name)) >= LEAST_LETTERS
    if not is_long_enough or name_key(name).isdigit() or is_person_name(name) or agencies_in(name):
        return False
    if not frozenset(lexicon()["publishers"]["networks"]).isdisjoint(words) or words[0] in _verbs():
        return False
    return not byline_words("not_names").issuperset(split_words(name))


def _is_unsure(phrase: str, name: str) -> bool:
    """Whether a page may say so of a person or a topic: "À propos de Chas Novin", "Suivez Lyon"."""
    return phrase in lexicon()["publishers"]["self_weak"] and not _is_of_press(name)


def _is_of_press(name: str) -> bool:
    """Whether a name is one of papers alone: neither "Le Mans", a town, nor "ChatGPT", a program."""
    return has_press_word(name) or DOMAIN.fullmatch(name) is not None


def _is_credited(name: str, layout: Layout) -> bool:
    """Whether a byline has the name: it is then that of an author."""
    return any(name in line.text and is_byline(line.text) for line in layout.lines)


@cache
def _verbs() -> frozenset[str]:
    """Words that open an invitation and no name: "Follow" in "Follow Nord Matin on Facebook"."""
    phrases = [*lexicon()["titles"]["openers"], *lexicon()["publishers"]["before_names"]]
    return frozenset(words[0] for phrase in phrases if (words := split_folded_words(phrase)))


Address = tuple[FilledLine, str, int, int]  # its line, the registered domain, where it stands


def supporting_claims(
    layout: Layout, sources: Sources, claims: Sequence[Claim], addresses: Sequence[Address]
) -> Iterator[Claim]:
    """What else on the page speaks for the names that `claims` give, on lines other than theirs: its addresses, a line of its own."""
    names = {name_key(one.value): one.value for one in claims}
    unsure = {
        name_key(one.value): one.value for one in claims if one.method in UNSURE and not sources.by_name(one.value)
    }
    taken = {(one.value, one.line.row.line_no) for one in claims if one.line}
    met = set[tuple[str, str]]()
    for one in (*_address_claims(addresses, sources, names), *_lone_claims(layout, unsure)):
        if one.line and (one.value, one.line.row.line_no) not in taken and (one.value, one.method) not in met:
            met.add((one.value, one.method))
            yield one


def _address_claims(addresses: Sequence[Address], sources: Sources, names: Mapping[str, str]) -> Iterator[Claim]:
    """Printed addresses of the site: a listed one, or one spelled like a name that the page gives (`names`, by key)."""
    for line, domain, start, end in addresses:
        known = sources.by_domain(domain)
        name = known.name if known else names.get(name_key(domain.partition(".")[0]), names.get(name_key(domain)))
        if name:
            yield source_claim(name, "address", line, start, end)


def _lone_claims(layout: Layout, names: Mapping[str, str]) -> Iterator[Claim]:
    """Names of `names` (by key) that are a line of their own: at the top of the page, or of the form of a paper's.

    A topic, such as a town, is one too.
    """
    for i, line in enumerate(layout.lines if names else ()):
        name = names.get(name_key(layout.keys[i])) if line.count_words <= MOST_WORDS else None
        if name and (i < TOP or _is_of_press(name)) and not line.row.is_kept:
            yield source_claim(name, "lone", line, 0, len(line.text))


def find_addresses(layout: Layout) -> Iterator[Address]:
    """The registered domain of each line outside the paragraphs that prints just one: several are a list of other sites."""
    for line in layout.lines:
        if "." not in line.text or line.row.kind in ("embed", "comment"):
            continue
        if line.row.is_kept and line.count_words >= PROSE_WORDS:
            continue
        found = [
            (domain, match.start("host"), match.end())
            for match in ADDRESS.finditer(line.text[:SEARCHED])
            if (domain := registered_domain(match["host"].lower().removeprefix("www.")))
        ]
        if len({domain for domain, _, _ in found}) == 1:
            domain, start, end = found[0]
            yield line, domain, start, end


def namesakes(addresses: Sequence[Address], sources: Sources) -> dict[str, str]:
    """The addresses of sites that have the name of a listed publisher and are another: its id → the address.

    "La Presse" on a page that prints "www.lapresse.tn" several times is not the one of lapresse.ca.
    """
    counts = Counter(domain for _, domain, _, _ in addresses)
    found = dict[str, str]()
    for domain, count in counts.items():
        known = sources.by_label(name_key(domain.partition(".")[0]))
        if (
            count >= OFTEN
            and known
            and known.domain
            and known.domain not in counts
            and sources.by_domain(domain) is None
        ):
            found[known.source_id] = domain
    return found


def with_own_names(
    claims: Sequence[Claim], addresses: Mapping[str, str], sources: Sources, declared: Sequence[Claim]
) -> list[Claim]:
    """The claims, those for a listed publisher with an address in `addresses` for the site that has its name.

    The site is called by the longer name that its markup declares ("La Presse de Tunisie"), or else by its address.
    """
    longer = [one.value for one in declared if not sources.by_name(one.value)]
    names = dict[str, str]()
    for source_id, address in addresses.items():
        label = name_key(address.partition(".")[0])
        names[source_id] = next((name for name in longer if name_key(name).startswith(label)), address)
    return [
        replace(one, value=names[known.source_id])
        if (known := sources.by_name(one.value)) and known.source_id in names
        else one
        for one in claims
    ]
