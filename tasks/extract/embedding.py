"""The embedding of words, computed once for each word form instead of once for each word of a text.

The first layer of a recogniser turns a token into numbers that depend on its form and its norm alone; the layers after it
read the neighbours. Most words of a text occurred before, and their numbers are looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc
    from thinc.api import Model

MOST_FORMS = 50_000  # 96 numbers each: 20 MB
_Form = tuple[int, int]  # the hashes of the form and the norm of a token


def remember_embeddings(nlp: Pipeline) -> None:
    """Let the recogniser of a pipeline look up the embedding of words that it has met.

    For a recogniser with a `MultiHashEmbed` layer of its own, over features of the word form, that is trained no further.
    """
    recogniser: Any = nlp.get_pipe("ner")
    embed_and_encode = recogniser.model.get_ref("tok2vec").layers[0]
    embed_and_encode.layers[0] = remember(embed_and_encode.layers[0])


def remember(embed: Model[Any, Any]) -> Model[Any, Any]:
    """A layer with the output of `embed`, which it calls for word forms that it has not met."""
    from thinc.api import Model

    rows: dict[_Form, int] = {}
    width = embed.get_dim("nO")
    table = embed.ops.alloc2f(0, width)

    def forward(_: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Any]:
        nonlocal table
        if is_train:
            raise ValueError("This recogniser cannot be trained. Load it with `load_model(fresh=True)`.")
        forms = [_forms(doc) for doc in docs]
        if len(rows) > MOST_FORMS:
            rows.clear()
        new = list(dict.fromkeys(form for some in forms for form in some if form not in rows))
        if new:
            needed = len(rows) + len(new)
            if needed > len(table):
                larger = embed.ops.alloc2f(2 * needed, width)
                larger[: len(rows)] = table[: len(rows)]
                table = larger
            [table[len(rows) : needed]] = embed.predict([_doc_of(new, docs[0])])
            rows.update(zip(new, range(len(rows), needed), strict=True))
        return [table[[rows[form] for form in some]] for some in forms], None

    return Model("remembered_embedding", forward, dims={"nO": width}, ops=embed.ops)


def _forms(doc: Doc) -> list[_Form]:
    return list(map(tuple, doc.to_array(["ORTH", "NORM"]).tolist()))


def _doc_of(forms: Sequence[_Form], example: Doc) -> Doc:
    """A document of these forms, with the vocabulary of another."""
    import numpy
    from spacy.tokens import Doc

    words = [example.vocab.strings[orth] for orth, _ in forms]
    norms: Any = numpy.array([[norm] for _, norm in forms], dtype="uint64")
    return Doc(example.vocab, words).from_array(["NORM"], norms)
