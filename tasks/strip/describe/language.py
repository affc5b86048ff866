"""The language of an article, from its words (py3langid, Barbaresi 2022, after Lui and Baldwin 2012)."""

from __future__ import annotations

from functools import cache
from typing import Any

from tasks.strip.describe.lexicon import lexicon

READ = ((500, 0.98), (1_000, 0.0))  # characters, and the probability that is enough; more are read only below it


@cache
def _identifier() -> Any:
    import numpy as np
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(lexicon()["languages"]["detected"])
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc)  # read row by row: a third of the time
    return identifier


def detect_language(text: str) -> tuple[str, float] | None:
    """ISO 639-1 code and probability (0 to 1); None for a text without letters. The model is loaded on first use."""
    if not any(character.isalpha() for character in text):
        return None
    for count, least in READ:
        code, probability = _identifier().classify(text[:count])
        if probability >= least:
            break
    return str(code), float(probability)
