"""The gazetteer: institutions, parties, media, countries and capitals that are found by spaCy's phrase matcher."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from tasks.extract.fr.names.countries import PLAIN_CAPITALS, place_names
from tasks.extract.fr.names.lexicon import read_data
from tasks.extract.mentions import GazetteerMatch

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc, Span


@cache
def make_gazetteer(nlp: Pipeline) -> Callable[[Doc], list[GazetteerMatch]]:
    """The function that finds the known names of one tokenised text, one per pipeline; of overlapping names the longest.

    Call this outside a memory zone: the strings of the names stay in the pipeline's vocabulary.
    """
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    tokenizer: Any = nlp.tokenizer
    matcher = PhraseMatcher(nlp.vocab)
    for (applies, label), names in names_by_kind().items():
        matcher.add(f"{applies}|{label}", list(tokenizer.pipe(sorted(names))))

    def match(doc: Doc) -> list[GazetteerMatch]:
        return [_as_match(span) for span in filter_spans(matcher(doc, as_spans=True))]

    return match


def names_by_kind() -> dict[tuple[str, str], set[str]]:
    """Every name as newspapers write it, by when it applies and its label; no name has two kinds."""
    by_kind = {
        (applies, label): {variant for names in groups.values() for name in names for variant in _variants(name)}
        for applies, by_label in read_data("gazetteer.toml").items()
        for label, groups in by_label.items()
    }
    by_kind["if_recognised", "LOC"] |= place_names().keys()
    return by_kind


def _as_match(span: Span) -> GazetteerMatch:
    applies, label = span.label_.split("|")
    return GazetteerMatch(span.start_char, span.end_char, label, "always" if applies == "always" else "if_recognised")


def _variants(name: str) -> set[str]:
    """The forms in which newspapers write a name.

    As given, every word with a capital, no capital where only the first word has one ("cour pénale internationale"), and
    capitals without accents.
    """
    forms = {
        name,
        name[0].upper() + name[1:],
        re.sub(r"(?<=[ -])[a-zà-ÿ](?=[a-zà-ÿ]{3})", lambda first: first[0].upper(), name),
    }
    if " " in name and name[1:].islower() and not name.startswith(("Le ", "La ", "Les ")):
        forms.add(name.lower())
    return {form.translate(table) for form in forms for table in ({}, PLAIN_CAPITALS)}
