"""Claims made of one declared value: a text, the names of authors, a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from tasks.strip.describe.claims import Claim, claim
from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.person_names import list_separator, read_names, starter_pattern
from tasks.strip.describe.printed_dates import PrintedDate, read_dates
from tasks.text.clean_view import replace_surrogates
from tasks.text.words import word_key
from warehouse.rows import EvidenceField

LONGEST_NAME = 6  # words; a declared author with more is a line around a name
ROLE_AFTER = re.compile(r"(?:(?<!\s)\s+)?(?:/|\s[-–—]\s).*$")


def declared_texts(field: EvidenceField, value: object, method: str) -> Iterator[Claim]:
    """The claim of a declared text, its white space collapsed; none for an empty or overlong one, or an address as a name."""
    text = " ".join(replace_surrogates(unescape(value)).split()) if isinstance(value, str) else ""
    if 1 < len(text) <= 400 and not (field in ("author", "source") and text.startswith(("http", "www.", "@"))):
        yield claim(field, text, method)


def declared_authors(value: str, method: str) -> Iterator[Claim]:
    """The names of a declared author, without "By" before and the role after them."""
    text = (
        starter_pattern().sub("", " ".join(unescape(value).split()), count=1)
        if starter_pattern().match(value)
        else value
    )
    read = read_names(text) if len(text.split()) > LONGEST_NAME or "(" in text else None
    for name in read.names if read else list_separator().split(text):
        if word_key(name) not in lexicon()["bylines"]["nobody"]:
            yield from declared_texts("author", ROLE_AFTER.sub("", name), method)


def declared_dates(field: EvidenceField, value: object, method: str) -> Iterator[Claim]:
    """The claim of a declared date; none for text that is not a date, and for a month alone."""
    printed = read_dates(str(value)[:80]) if isinstance(value, str) else []
    if printed and printed[0].granularity != "month":
        yield dated_claim(claim(field, printed[0].day.isoformat(), method), printed[0])


def dated_claim(one: Claim, printed: PrintedDate) -> Claim:
    """The claim with its date; a time of midnight means that the system knows the day alone."""
    if printed.clock and not (printed.clock.hour or printed.clock.minute or printed.clock.second):
        printed = PrintedDate(printed.start, printed.end, printed.day, "day")
    value = (
        f"{printed.day.isoformat()}T{printed.clock.isoformat('minutes')}" if printed.clock else printed.day.isoformat()
    )
    return Claim(one.field, value, one.method, one.confidence, one.line, one.start, one.end, printed)
