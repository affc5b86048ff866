"""The groups of annotated pages that are scored apart: French ones, of news sites (`mainstream`) and of others (`odd`), and `other` languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tools.train.development_data import Page, language_group

GROUPS = ("fr", "mainstream", "odd", "other")
_ODD_DOMAINS = frozenset(tomllib.loads(Path(__file__).with_name("odd_domains.toml").read_text(encoding="utf-8")))


def groups_of(page: Page) -> tuple[str, ...]:
    """Return the groups of `GROUPS` that a page is in."""
    if language_group(page) != "fr":
        return ("other",)
    return "fr", "odd" if page["domain"] in _ODD_DOMAINS else "mainstream"
