"""Whether a consent dialogue changes what is made of a page: `python -m benchmarks.consent [--every N]`.

An invented dialogue of `consent_dialogues.toml` in the page's language (in English where there is none) is put into the
dump of each annotated article at five places, and below the menu of the page without its article (a wall). Printed are,
by style and place, the share of articles rejected, of dialogues of which words are kept, and the mean of the words kept
without the dialogue that are kept with it. Exit status 1 when a share is beyond its limit in consent_limits.toml.
Needs the development pages (`../shared/bench/strip`).
"""

from __future__ import annotations

import argparse
import random
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

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


def measure(every: int) -> dict[str, dict[str, tuple[int, float]]]:
    """Return the number of pages and the shares, by place with style."""
    dialogues, sums = read_dialogues(), dict[str, list[tuple[float, float, float]]]()
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
            kept, said = set(tokens(plain.text)), set(tokens(dialogue))
            for place, text in put(raw, page, dialogue):
                stripped = strip_text(text)
                again = set(tokens(stripped.text))
                own = said - kept
                row = (
                    float(stripped.reason is not None if place != "wall" else stripped.reason == "consent_wall"),
                    float(stripped.reason is None and len(own & again) > LEAST_KEPT * len(own)),
                    len(kept & again) / max(1, len(kept)),
                )
                sums.setdefault(f"{style} {place}", []).append(row)
                if sys.flags.dev_mode and (row[0] != (place == "wall") or row[1] or (row[2] < 0.9 and place != "wall")):
                    print(
                        page["id"], page["lang"], style, place, stripped.reason, row[1], round(row[2], 2), dialogue[:40]
                    )
    return {
        name: {
            measure: (len(rows), sum(row[number] for row in rows) / len(rows))
            for number, measure in enumerate(("rejected", "dialogue", "text"))
        }
        for name, rows in sums.items()
    }


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take every N-th page")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was measured.")
        return 0
    for name, figures in measure(arguments.every).items():
        print(f"{name:16}", *(f"{measure} {count:4} {share:.3f}" for measure, (count, share) in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
