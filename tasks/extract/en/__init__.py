"""English: the words by which its sentences are recognised."""

from __future__ import annotations

from pathlib import Path

from tasks.extract.language import Language

LANGUAGE = Language(code="en", folder=Path(__file__).parent)
