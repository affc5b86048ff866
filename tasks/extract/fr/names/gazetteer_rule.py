"""The rule that applies the gazetteer: labels known names, and finds those the recogniser missed."""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.extract.mentions import Document, GazetteerMatch, Longer, found, put_over, reshape
from warehouse.facts import Mention


def apply_gazetteer(mentions: list[Mention], document: Document) -> list[Mention]:
    """Known names get their label.

    Those that apply always are also found where the recogniser found no name or a shorter
    one, and inside what it labelled neither person, place nor organisation."""
    kept, better = [], []
    for mention in mentions:
        exact = document.known.get((mention.start_char, mention.end_char))
        inside = _inside(mention, document) if mention.label in ("MISC", "LOC") and not mention.is_demonym else []
        if exact:
            kept.append(replace(mention, label=exact.label))
        elif inside and mention.label == "LOC" and (place := _place_after(mention, inside[0], document)):
            kept += [found(inside[0].start, inside[0].end, "ORG", "known", document), place]
        elif inside and inside[-1].end == mention.end_char and _is_description(mention, inside[-1], document):
            better += inside
        else:
            kept.append(mention)
    longer = Longer(kept)
    certain = [k for k in document.known.values() if k.applies == "always" and not longer.holds(k.start, k.end)]
    return put_over(kept, [found(k.start, k.end, k.label, "known", document) for k in (*certain, *better)])


def _inside(mention: Mention, document: Document) -> list[GazetteerMatch]:
    return [k for k in document.known.values() if mention.start_char <= k.start and k.end <= mention.end_char]


def _place_after(mention: Mention, first: GazetteerMatch, document: Document) -> Mention | None:
    """The place in `Renault de Flins`: a known organisation and the place of its site."""
    if first.label != "ORG" or first.start != mention.start_char:
        return None
    link = _AT_PLACE.match(document.text, first.end, mention.end_char)
    return reshape(mention, link.end(), mention.end_char, document) if link else None


_AT_PLACE = re.compile(r" (?:de |d'|à )(?=[A-ZÀ-Ý])")


def _is_description(mention: Mention, last: GazetteerMatch, document: Document) -> bool:
    """`attentat de Nice`, `siège de l'ONU`: a common noun and a name, not a name of its own."""
    if mention.label == "LOC":
        return last.label == "ORG" and last.applies == "always"
    return mention.surface[0].islower() or (mention.start_char in document.starts and " " in mention.surface)
