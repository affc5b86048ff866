"""The rule that marks demonyms, and finds those the recogniser missed."""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.extract.fr.names.countries import is_demonym
from tasks.extract.mentions import Document, add_where_free, found
from warehouse.facts import Mention

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def mark_demonyms(mentions: list[Mention], document: Document) -> list[Mention]:
    """`Ukrainiens` names a people, not a place: MISC, marked; so it is where the recogniser missed it.

    This does not hold where a person of the document has that name (`Thierry Breton`).
    """
    persons = {word for m in mentions if m.label == "PER" and " " in m.surface for word in m.surface.split()}
    marked = [
        replace(m, label="MISC", is_demonym=True) if is_demonym(m.surface) and m.surface not in persons else m
        for m in mentions
    ]
    missed = (
        found(word.start(), word.end(), "MISC", "demonym", document, is_demonym=True)
        for word in _WORD.finditer(document.text)
        if word[0][0].isupper() and is_demonym(word[0]) and word[0] not in persons
    )
    return add_where_free(marked, missed)
