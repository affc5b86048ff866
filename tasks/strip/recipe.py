"""The recipe of strip: what decides which lines of a page are kept and how the page is described."""

from __future__ import annotations

from pathlib import Path

import tasks.read
import tasks.strip
import tasks.strip.describe
from tasks.runtime.recipe import hash_file, name_recipe
from warehouse.settings import Settings


def strip_recipe(settings: Settings, sources: Path) -> str:
    """Versions of read, strip and describe, their data files, the settings that matter and the user's `sources.csv`."""
    version = f"{tasks.read.VERSION}.{tasks.strip.VERSION}.{tasks.strip.describe.VERSION}"
    packages = ("tasks.page", "tasks.strip", "tasks.read")
    return name_recipe("strip", version, packages, [str(settings.source_min_documents), hash_file(sources)])
