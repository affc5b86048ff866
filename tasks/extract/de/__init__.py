"""German: the words that tell its sentences from those of other languages."""

from __future__ import annotations

from pathlib import Path

from tasks.extract.language import Language

LANGUAGE = Language(code="de", folder=Path(__file__).parent)
