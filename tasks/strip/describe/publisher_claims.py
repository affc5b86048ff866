"""Claims on the publisher of a page: its address, its copyright line, the name after its title, known names in its menus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import islice

from tasks.strip.describe.claims import Claim, source_claim
from tasks.strip.describe.layout import PROSE_WORDS, FilledLine, Layout
from tasks.strip.describe.lexicon import TITLE_SEPARATORS, lexicon
from tasks.strip.describe.outlet_names import (
    is_company,
    is_person_name,
    is_press_name,
    name_key,
    without_legal_form,
)
from tasks.strip.describe.person_names import agencies_in
from tasks.strip.describe.self_references import (
    find_addresses,
    namesakes,
    self_claims,
    supporting_claims,
    with_own_names,
)
from tasks.strip.describe.sources import Sources
from tasks.strip.describe.title_candidates import is_byline, is_picture_opening
from tasks.text.phrases import alternation
from tasks.text.remembered import LONGEST
from tasks.text.words import word_key

HEADER, HEADER_WORDS = 3, 8  # lines at the top of a page where a site names itself; words on such a line
LONGEST_MENTION = (
    12  # words of a line in which a listed name may be the site's own: a longer one speaks of other papers
)
MOST_CLAIMS = 40  # claims: more do not change the choice
NOTICES = frozenset(("cookie_banner", "legal"))  # lines in which a publisher speaks of itself
LONGEST_NAME = 6  # words in the name of a publisher that is not listed
WORD = re.compile(r"\S+")
YEARS = r"(?:(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d)?)?)"


def publisher_claims(
    layout: Layout, sources: Sources, title: str | None, declared: Sequence[Claim] = ()
) -> list[Claim]:
    """Every name of a publisher on the page's lines; `declared` are those its markup gives."""
    claims = [
        *islice(_copyright_claims(layout, sources), MOST_CLAIMS),
        *_suffix_claims(layout, sources, title),
        *islice(self_claims(layout, sources), MOST_CLAIMS),
    ]
    taken = {(one.line.row.line_no, one.start) for one in claims if one.line}
    claims += islice(_known_claims(layout, sources, title, taken), max(0, MOST_CLAIMS - len(claims)))
    addresses = list(find_addresses(layout))
    claims += supporting_claims(layout, sources, claims, addresses)
    return with_own_names(claims, namesakes(addresses, sources), sources, declared)


def _known_claims(layout: Layout, sources: Sources, title: str | None, taken: Set[tuple[int, int]]) -> Iterator[Claim]:
    """Listed names on the lines that are not paragraphs of the article, each place that no other claim has `taken`.

    One the title speaks of ("Grève à Radio France") is no publisher, and neither is one that a long line mentions.
    """
    subjects = sources.mentioned_in(title or "")
    for i, line in enumerate(layout.lines):
        if line.row.is_kept and line.count_words >= PROSE_WORDS:
            continue  # a paper the article quotes is not its publisher
        is_in_body = layout.body_start < i < layout.body_end - 1
        named = sources.by_key(layout.keys[i]) if line.count_words <= LONGEST_NAME else None
        if named and sources.is_spelled(line.text) and named.source_id not in subjects:
            if not is_in_body:
                yield source_claim(named.name, "header_known" if i < HEADER else "line_known", line, 0, len(line.text))
            continue
        for source, start, end in sources.named_in(line.text[:300]):
            if source.source_id in subjects or (line.row.line_no, start) in taken:
                continue
            method = _method(i, line, start, end)
            if method == "line_known" and (is_in_body or line.count_words > LONGEST_MENTION):
                continue
            if not (i < layout.body_end and _is_quoted(line, start)):
                yield source_claim(source.name, method, line, start, end)


def _method(i: int, line: FilledLine, start: int, end: int) -> str:
    """How sure a listed name in a line is, by the kind of the line."""
    if i < HEADER and line.count_words <= HEADER_WORDS and (start == 0 or end == len(line.text)):
        return "header_known"
    if is_byline(line.text):
        return "byline_known"
    return "notice_known" if start == 0 and line.row.reason in NOTICES else "line_known"


def _is_quoted(line: FilledLine, start: int) -> bool:
    return start > 0 and line.text[start - 1] in '«“"(/@'


@cache
def _copyright_pattern() -> re.Pattern[str]:
    marks = alternation(lexicon()["copyright"]["marks"])
    name = r"(?P<name>[^\W\d_][^|•·;:,©\n]{1,60}?)"
    end = rf"(?=\s*(?:\.(?!\w)|[,|•·;:©–]|\s-\s|{YEARS}|{alternation(lexicon()['copyright']['tails'])}|$))"
    return re.compile(
        rf"(?:{marks})\s*+(?:(?:{marks})\s*+)?(?:by\s+|[-–:]\s++|{YEARS}\s*+(?:by\s+|[-–|,:]\s*+)?)?{name}{end}",
        re.IGNORECASE,
    )


def _copyright_claims(layout: Layout, sources: Sources) -> Iterator[Claim]:
    for i, line in enumerate(layout.lines):
        if not line.has_copyright_mark:
            continue
        low = line.text.lower()
        is_legal = re.search(YEARS, line.text) is not None or any(
            tail in low for tail in lexicon()["copyright"]["tails"]
        )
        if not is_legal and i < layout.body_end:
            continue  # "© Jean Dupont" above or inside the body is a picture's
        for match in _copyright_pattern().finditer(line.text[:400]):
            if match.start() and is_picture_opening(line.text):
                break  # "Photo © Nord Matin"
            printed = match["name"].strip(" -–.")
            name = without_legal_form(printed)
            known = sources.by_name(name)
            if known or _may_be_publisher(name):
                method = (
                    "copyright_known" if known else "copyright" if _is_publisher(name, layout) else "copyright_unsure"
                )
                start = match.start("name") + match["name"].index(printed)
                words = list(WORD.finditer(printed))[: len(name.split())]
                yield source_claim(known.name if known else name, method, line, start, start + words[-1].end())


def _is_publisher(name: str, layout: Layout) -> bool:
    """Whether a name that is not listed is that of the site: it has the form of a paper's, or the page repeats it.

    The person or the agency that made a picture is not, and neither is the company that owns the paper.
    """
    if not _may_be_publisher(name):
        return False
    return is_press_name(name) or (not is_company(name) and not is_person_name(name) and _is_repeated(name, layout))


def _may_be_publisher(name: str) -> bool:
    """Whether a name has the form of one, and is neither an agency's nor part of a legal phrase."""
    if not name[:1].isupper() or not 0 < len(name.split()) <= LONGEST_NAME or "/" in name or agencies_in(name):
        return False
    return _legal_phrase_pattern().search(name) is None and name[-1] not in "?!…"


def _is_repeated(name: str, layout: Layout) -> bool:
    """Whether a name is a line of its own, or the domain of an address that the page prints."""
    compact = name_key(name)
    domain = f"{compact}."
    return any(
        name_key(key[:LONGEST]) == compact
        or (domain in line.text.lower() and _domain_pattern(compact).search(line.text))
        for key, line in zip(layout.keys, layout.lines, strict=True)
    )


def _domain_pattern(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(label)}\.[a-z]{{2,9}}(?!\w)", re.IGNORECASE)


@cache
def _legal_phrase_pattern() -> re.Pattern[str]:
    phrases = [*lexicon()["copyright"]["tails"], *lexicon()["copyright"]["marks"]]
    return re.compile(alternation(phrases), re.IGNORECASE)


def _suffix_claims(layout: Layout, sources: Sources, title: str | None) -> Iterator[Claim]:
    """The name of the site after the title, as the first lines of a dump print it: "Titre - Le Courrier"."""
    for line in layout.lines[:3]:
        for separator in TITLE_SEPARATORS:
            head, found, name = line.text.rpartition(separator)
            if not found or len(name.split()) > LONGEST_NAME:
                continue
            known = sources.by_name(name)
            if known or (_is_title(layout, line, head, title) and _is_publisher(name, layout)):
                method = "title_suffix_known" if known else "title_suffix"
                start = len(line.text) - len(name)
                yield source_claim(known.name if known else name, method, line, start, len(line.text))
                break


def _is_title(layout: Layout, line: FilledLine, head: str, title: str | None) -> bool:
    """Whether a line's head is the title; not where the whole line is repeated: its last part then belongs to the title."""
    if title is None or len(head) <= 10 or layout.count_by_key[word_key(line.text)] > 1:
        return False
    one, other = word_key(head), word_key(title)
    return one.startswith(other) or other.startswith(one)


def without_site(title: str, sources: Sources, names: frozenset[str] = frozenset()) -> str:
    """A title without the name of its site after a separator: a listed name, or one of `names` (keys) that the page gives."""
    for _ in range(2):
        for separator in TITLE_SEPARATORS:
            head, found, tail = title.rpartition(separator)
            if (
                found
                and len(head) >= 8
                and (
                    word_key(tail) in names
                    or word_key(tail).replace(" ", "") in names
                    or sources.by_name(tail)
                    or sources.by_domain(tail.strip().lower())
                )
            ):
                title = head.rstrip()
                break
    return title
