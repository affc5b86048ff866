"""Every regular expression that revue compiles, collected while it is compiled: imports, cached builders, a run over pages.

Run as a program of its own, before anything of revue is imported: `python tests/collected_patterns.py` writes the patterns
as JSON. A pattern that is written in a call (`re.sub(r"\\d+", …)`) is read from the source, so that no page need reach it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGES = ("flows", "tasks", "expectations", "warehouse")
_CALLS = ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")

# For builders that depend on the page: a quoted group, a publisher named in an address, metadata that are not JSON.
TEXT = """La digue de Port-Aubry

Publié le 14 mars 2025 par Claire Lestrade

Le « collectif des riverains de la digue » a présenté son projet. Selon la maire, Jeanne Morel, il coûtera 2,4 millions d'euros.

Le collectif des riverains de la digue a reçu 1 200 signatures le 3 mai 2025, d'après la mairie de Port-Aubry.

© 2025 Aubryenne. Retrouvez-nous sur aubryenne.fr.
"""
MARKUP = """<html><head><script type="application/ld+json">{"headline": "La digue", "datePublished": "2025-03-14",</script></head>
<body><article><h1>La digue</h1><p>Jeanne Morel a présenté le calendrier des travaux de la digue.</p></article></body></html>"""


@dataclass
class Collected:
    """A pattern, the places in the source that compile it, and the methods called on it."""

    pattern: str
    flags: int
    is_bytes: bool
    places: set[tuple[str, int]] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)

    def compile(self) -> re.Pattern[Any]:
        if self.is_bytes:
            return re.compile(self.pattern.encode("latin-1"), self.flags)
        return re.compile(self.pattern, self.flags & ~re.UNICODE)

    def __str__(self) -> str:
        return f"{', '.join(f'{module}:{line}' for module, line in sorted(self.places))}: {self.pattern[:200]}"


class _Watched:
    """A compiled pattern that notes which of its methods are used."""

    def __init__(self, pattern: re.Pattern[Any], noted: Collected) -> None:
        self._pattern = pattern
        self._noted = noted

    def __getattr__(self, name: str) -> Any:
        if name in _CALLS:
            self._noted.methods.add(name)
        return getattr(self._pattern, name)


class Collection:
    """The patterns met since `watch`, each once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, bool], Collected] = {}

    def watch(self) -> None:
        """Note what the packages of revue ask of `re` from now on."""
        for name in _CALLS:
            setattr(re, name, self._watched(name, getattr(re, name)))

    def patterns(self) -> list[Collected]:
        return [self._found[key] for key in sorted(self._found)]

    def _watched(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        compile_pattern = re.compile

        def call(pattern: Any, *arguments: Any, **options: Any) -> Any:
            caller = sys._getframe(1)
            module = caller.f_globals.get("__name__", "")
            if module.partition(".")[0] not in PACKAGES or isinstance(pattern, _Watched):
                return function(getattr(pattern, "_pattern", pattern), *arguments, **options)
            flags = options.get("flags", arguments[0] if name == "compile" and arguments else 0)
            compiled = compile_pattern(pattern, flags)
            noted = self._note(compiled, module, caller.f_lineno)
            if name == "compile":
                return _Watched(compiled, noted)
            noted.methods.add(name)
            return function(pattern, *arguments, **options)

        return call

    def _note(self, compiled: re.Pattern[Any], module: str, line: int) -> Collected:
        is_bytes = isinstance(compiled.pattern, bytes)
        text = compiled.pattern.decode("latin-1") if is_bytes else compiled.pattern
        noted = self._found.setdefault((text, compiled.flags, is_bytes), Collected(text, compiled.flags, is_bytes))
        noted.places.add((module, line))
        return noted

    def read_sources(self) -> list[str]:
        """Add the literal patterns of calls in the source; returns the calls that were neither literal nor reached."""
        reached = {place for one in self._found.values() for place in one.places}
        missed = []
        for module, path in modules():
            for call in _pattern_calls(path):
                if any((module, line) in reached for line in range(call.lineno, (call.end_lineno or 0) + 1)):
                    continue
                if call.func.attr != "compile" and isinstance(call.args[0], ast.Constant):
                    pattern = re.compile(call.args[0].value)
                    self._note(pattern, module, call.lineno).methods.add(call.func.attr)
                else:
                    missed.append(f"{module}:{call.lineno}")
        return missed


def modules() -> Iterator[tuple[str, Path]]:
    """The modules of revue by name, with their files."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path


def _pattern_calls(path: Path) -> Iterator[Any]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS
            and isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        ):  # fmt: skip
            yield node


def run_everything() -> None:
    """Import every module, call every cached function without arguments, and read, strip and extract pages."""
    names = [name for name, _ in modules() if name.rpartition(".")[2] != "__main__"]
    for name in names:
        importlib.import_module(name)
    for name in names:
        for value in list(vars(sys.modules[name]).values()):
            if hasattr(value, "cache_info") and value.__module__ == name and not inspect.signature(value).parameters:
                value()
    from tasks.extract import extract, load
    from tasks.read import read_input
    from tasks.strip import strip
    from warehouse.rows import Input, Record

    languages = load()
    records = [Record("", "", 1, "text", TEXT), Record("", "", 1, "html", MARKUP)]
    for path in sorted((ROOT / "seeds" / "articles").iterdir()):
        found = read_input(Input(str(path), path.name), record_bytes=1_000_000)
        records += [one for one in found if isinstance(one, Record)]
    pages = [page for page in map(strip, records) if page.text]
    days = [page.published_at or page.published_on for page in pages]
    extract(languages, [page.text for page in pages], days, [page.language for page in pages])


def main() -> None:
    warnings.simplefilter("ignore")
    sys.path[:0] = [str(ROOT)]
    collection = Collection()
    collection.watch()
    run_everything()
    missed = collection.read_sources()
    patterns = [
        asdict(one) | {"places": sorted(one.places), "methods": sorted(one.methods)} for one in collection.patterns()
    ]
    json.dump({"patterns": patterns, "missed": missed}, sys.stdout)


if __name__ == "__main__":
    main()
