"""Whether a consent dialogue changes what is made of a page: `python -m benchmarks.consent [--every N]`.

An invented dialogue of `consent_dialogues.toml` in the page's language (in English where there is none) is put into the
dump of each annotated article at five places, and below the menu of the page without its article (a wall). Printed are,
by style and place, the share of pages rejected (of walls: as a wall), of dialogues of which words are kept, and the mean
share of the words kept without the dialogue that are kept with it. Exit status 1 when a share is beyond its limit in consent_limits.toml.
Needs the development pages (`../shared/bench/strip`).
"""

from __future__ import annotations

import argparse
import random
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.limits import read_limits
from tasks.page.lines import cut_lines
from tasks.strip import strip_text
from tools.train.development_data import PAGES, Page, covers_body, read_dump, read_pages
from tools.train.shingles import tokens
from tools.train.strip_examples import label_blocks, read_blocks

DIALOGUES_FILE = Path(__file__).with_name("consent_dialogues.toml")
STYLES = ("inner", "lite", "bs4")
PLACES = ("first", "above", "within", "below", "last")
LEAST_KEPT = 0.2  # share of a dialogue's words from which it counts as kept


def read_dialogues() -> dict[str, dict[str, str]]:
    """Return the text of each dialogue by language and name."""
    tables = tomllib.loads(DIALOGUES_FILE.read_text(encoding="utf-8"))
    return {language: {name: text.strip() for name, text in table.items()} for language, table in tables.items()}


def put(raw: str, page: Page, dialogue: str) -> Iterator[tuple[str, str]]:
    """Yield each place and the page's text with the dialogue there; last `wall`: what is above the article, and the dialogue."""
    spans, blocks = cut_lines(raw), read_blocks(raw)
    wanted, _ = label_blocks(blocks, page["gold_text"], page.get("gold_optional") or [])
    body = [number for number, want in enumerate(wanted) if want == 1]
    if len(body) < 2:
        return
    first, middle = (spans[blocks[body[at]].indices[0]][0] for at in (0, len(body) // 2))
    after = spans[blocks[body[-1]].indices[-1]][1]
    for place, at in zip(PLACES, (0, first, middle, after, len(raw)), strict=True):
        yield place, f"{raw[:at].rstrip()}\n\n{dialogue}\n\n{raw[at:]}"
    menu = [line for line in raw[:first].splitlines() if len(line.split()) < 6]
    yield "wall", "\n".join([*menu, "", dialogue, ""])


class Outcome(NamedTuple):
    """What a dialogue changed on one page: `rejected` and `dialogue` (kept) are 0 or 1, `text` is the share of words kept."""

    style: str
    place: str
    rejected: float
    dialogue: float
    text: float


def measure(every: int) -> list[Outcome]:
    """Return the outcomes of every N-th page, in every style, with a dialogue at every place."""
    dialogues, outcomes = read_dialogues(), []
    for page in read_pages()[::every]:
        for style in STYLES:
            raw = read_dump(page, style)
            if raw is None or not page.get("body_ok") or not page.get("gold_text") or not covers_body(page, style):
                continue
            plain = strip_text(raw)
            if plain.reason is not None:
                continue
            table = dialogues.get(page["lang"], dialogues["en"])
            dialogue = table[random.Random(page["id"] + style).choice(sorted(table))]
            kept = set(tokens(plain.text))
            own = set(tokens(dialogue)) - kept
            for place, text in put(raw, page, dialogue):
                stripped = strip_text(text)
                again = set(tokens(stripped.text)) if stripped.reason is None else set()
                is_rejected = stripped.reason == "consent_wall" if place == "wall" else stripped.reason is not None
                has_dialogue = len(own & again) > LEAST_KEPT * len(own)
                outcomes.append(
                    Outcome(
                        style, place, float(is_rejected), float(has_dialogue), len(kept & again) / max(1, len(kept))
                    )
                )
    return outcomes


def mean(outcomes: Sequence[Outcome], name: str) -> float:
    """Return the mean of one figure."""
    return float(sum(getattr(outcome, name) for outcome in outcomes) / max(1, len(outcomes)))


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take every N-th page")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was measured.")
        return 0
    outcomes, missed = measure(arguments.every), []
    for style in STYLES:
        for place in (*PLACES, "wall"):
            chosen = [outcome for outcome in outcomes if (outcome.style, outcome.place) == (style, place)]
            figures = (f"{name} {mean(chosen, name):.3f}" for name in ("rejected", "dialogue", "text"))
            print(f"{style:8}{place:8}{len(chosen):5}", *figures)
    for kind, limits in read_limits("consent").items():
        chosen = [outcome for outcome in outcomes if (outcome.place == "wall") == (kind == "wall")]
        for name, limit in limits.items():
            figure, is_floor = mean(chosen, name), name == "text" or kind == "wall"
            print(f"{kind} {name}: {figure:.3f}, limit {limit}")
            if figure < limit if is_floor else figure > limit:
                missed.append(f"{kind} {name}: {figure:.3f} is beyond {limit}")
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
