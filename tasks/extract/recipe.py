"""The recipe of extract: what decides which facts are found in a text."""

from __future__ import annotations

import tasks.extract
from tasks.extract.model import ner_version
from tasks.runtime.recipe import name_recipe
from warehouse.settings import Settings


def extract_recipe(settings: Settings) -> str:
    """The version of extract, its data files, and the recognisers of names.

    Raises `UsageError` when a spaCy pipeline of the settings is not installed.
    """
    recognisers = [ner_version(model, settings.ner) for model in settings.models]
    return name_recipe("extract", str(tasks.extract.VERSION), ("tasks.extract",), recognisers)
