"""How much damage to a page's text costs: `python -m benchmarks.damaged [--pages N] [--only DAMAGE]`.

Dumps of development pages are damaged as scrapers damage them, and read and stripped like any input. For each damage:
the mean F of the text and the share of right titles, without and with the damage, and their ratio. The shipped weights
are used: the ratio is what counts. Exit status 1 when a ratio is below its limit in damaged_limits.toml. Needs the
development pages (`../shared/bench/strip`).
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Callable
from html.entities import codepoint2name
from itertools import count
from typing import NamedTuple

from benchmarks.limits import read_limits
from benchmarks.strip import score
from tasks.read.records import read_page
from tasks.strip import strip
from tasks.text.clean_view import clean_view
from tools.train import development_data as data
from tools.train.description_scores import is_same_title
from tools.train.development_data import PAGES, Page
from warehouse.rows import Record

STYLE = "inner"
WIDTH = 72


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _wrap(text: str, gap: str) -> str:
    wrapped = (textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in _lines(text))
    return gap.join("\n".join(lines) for lines in wrapped) + "\n"


def _hyphenate(text: str) -> str:
    return re.sub(r"([^\W\d_]{4})(?=[^\W\d_]{3})", "\\1\u00ad", text)


def _add_zero_width(text: str) -> str:
    number = count()
    return re.sub(r"\b(?=\w)", lambda _: "" if next(number) % 5 else "\u200b", text)


def _add_no_break_spaces(text: str) -> str:
    number = count()
    return re.sub(r" ", lambda _: "\u00a0" if next(number) % 3 == 0 else " ", text)


def _misread(text: str) -> str:
    """UTF-8 read as windows-1252; bytes it leaves open become control characters, as in browsers."""
    open_bytes = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return "".join(chr(b) if b in open_bytes else bytes([b]).decode("cp1252") for b in text.encode())


def _escape(text: str) -> str:
    escaped = text.replace("&", "&amp;")
    return "".join(
        letter if letter.isascii() else f"&{name};" if (name := codepoint2name.get(ord(letter))) else f"&#{ord(letter)};"
        for letter in escaped
    )  # fmt: skip


def _add_nul(text: str) -> str:
    middle = len(text) // 2
    return f"{text[:middle]}\0{text[middle:]}\0"


def _as_markdown(text: str) -> str:
    """Short lines as links, the longest word of every third long line as a link, a picture before every tenth."""
    lines = []
    for number, line in enumerate(_lines(text)):
        words = line.split()
        if len(words) < 5 and not line.endswith((".", "!", "?")):
            lines.append(f"- [{line}](https://paper.example/{number})")
            continue
        if number % 10 == 0:
            lines.append(f"![Picture {number}](https://paper.example/{number}.jpg)")
        if number % 3 == 0 and len(words) > 12:
            word = max(words, key=len)
            line = line.replace(word, f"[{word}](https://paper.example/topic/{number})", 1)
        lines.append(line)
    return "\n\n".join(lines) + "\n"


DAMAGES: dict[str, Callable[[str], str]] = {
    "one_line": lambda text: " ".join(_lines(text)),
    "wrapped": lambda text: _wrap(text, "\n\n"),
    "wrapped_dense": lambda text: _wrap(text, "\n"),
    "markdown": _as_markdown,
    "soft_hyphens": _hyphenate,
    "zero_width": _add_zero_width,
    "no_break_spaces": _add_no_break_spaces,
    "mojibake": _misread,
    "entities": _escape,
    "entities_twice": lambda text: _escape(text).replace("&", "&amp;"),
    "nul": _add_nul,
}


class Outcome(NamedTuple):
    """The F of a text, and whether the title is right; None where the page has no annotated title."""

    f: float
    is_title_right: bool | None


def read_sample(most: int) -> list[tuple[Page, str]]:
    """Return pages with an annotated body, all French ones first, and their dumps."""
    pages = [page for page in data.read_pages() if page.get("body_ok") and page.get("gold_text")]
    pages.sort(key=lambda page: page["lang"] != "fr")
    found = ((page, data.read_dump(page, STYLE)) for page in pages if data.covers_body(page, STYLE))
    return [(page, dump) for page, dump in found if dump is not None][:most]


def read_and_strip(page: Page, content: str) -> Outcome:
    """Read and strip the text of a page; a rejected record keeps nothing."""
    record = read_page(content.encode(), "page.txt", is_markup=False)
    if not isinstance(record, Record):
        return Outcome(0.0, False)
    stripped = strip(record)
    text = clean_view(stripped.text).text
    title = is_same_title(page["gold_title"], stripped.description.title or "") if page["gold_title"] else None
    return Outcome(score(page, text)[2], title)


def summarise(outcomes: list[Outcome]) -> tuple[float, float]:
    """Return the mean F and the share of right titles."""
    titles = [outcome.is_title_right for outcome in outcomes if outcome.is_title_right is not None]
    return sum(outcome.f for outcome in outcomes) / len(outcomes), sum(titles) / max(1, len(titles))


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=120, help="number of pages, French ones first")
    parser.add_argument("--only", action="append", choices=DAMAGES, help="measure this damage alone")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was measured.")
        return 0
    sample = read_sample(arguments.pages)
    f, titles = summarise([read_and_strip(page, dump) for page, dump in sample])
    limits = read_limits("damaged")
    missed = []
    print(f"{len(sample)} pages\n{'damage':18}{'F':>8}{'ratio':>8}{'limit':>8}{'titles':>8}{'ratio':>8}{'limit':>8}")
    print(f"{'none':18}{f:8.3f}{1:8.3f}{'':8}{titles:8.3f}{1:8.3f}")
    for name in arguments.only or DAMAGES:
        damaged_f, damaged_titles = summarise([read_and_strip(page, DAMAGES[name](dump)) for page, dump in sample])
        ratios = {"text": damaged_f / f, "title": damaged_titles / titles}
        floor = limits.get(name, {"text": 0.0, "title": 0.0})
        print(
            f"{name:18}{damaged_f:8.3f}{ratios['text']:8.3f}{floor['text']:8.3f}"
            f"{damaged_titles:8.3f}{ratios['title']:8.3f}{floor['title']:8.3f}",
            flush=True,
        )
        missed += [
            f"{name} {kind}: {ratios[kind]:.3f} is below {floor[kind]}" for kind in ratios if ratios[kind] < floor[kind]
        ]
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
