"""What a worker process that extracts has loaded before its first text."""

from __future__ import annotations

from warehouse.deferred import defer_imports
from warehouse.settings import Settings

# A fact of every kind, so that every matcher is built.
_SAMPLE = "Jeanne Morel, maire de Port-Aubry, a promis lundi 3 mars 2025 « une aide de 2,4 millions d'euros »."


def load_extract(settings: Settings) -> None:
    """Load what extract loads lazily, by using it: the model that finds names and the matchers of every kind of fact.

    Raises `UsageError` when the model is not installed.
    """
    import_libraries()
    from tasks.extract import read_facts
    from tasks.text.bands import sign

    sign(_SAMPLE)
    read_facts([_SAMPLE], model=settings.model, ner=settings.ner)


def import_libraries() -> None:
    """Import the large libraries of extract without those of their parts that revue does not use: a quarter of the time of loading."""
    with defer_imports("scipy.integrate:quad", "spacy.cli.info:info"):
        import datasketch  # noqa: F401
        import spacy  # noqa: F401
