"""Gather the pages of the documentation in one folder, in their places, for the site generator: `python -m tools.docs.site`.

`make site` then builds the site from them with MkDocs (`mkdocs.yml`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "build" / "site-pages"


def list_pages() -> Iterator[Path]:
    """The Markdown pages for readers, relative to the top of the repository."""
    for pattern in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md", "seeds/README.md"):
        yield from (path.relative_to(ROOT) for path in sorted(ROOT.glob(pattern)))


def list_linked_files() -> Iterator[Path]:
    """Files of `docs/` that are no pages: scripts and notebooks that pages link to."""
    yield from (path.relative_to(ROOT) for path in sorted(ROOT.glob("docs/examples/*")) if path.is_file())


def gather(target: Path = TARGET) -> None:
    """Copy the pages and what they link to into an empty folder."""
    shutil.rmtree(target, ignore_errors=True)
    for path in [*list_pages(), *list_linked_files()]:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, target / path)


if __name__ == "__main__":
    gather()
