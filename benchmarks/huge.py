"""Pages of extreme size: `python -m benchmarks.huge`.

One line of 10 MB, 200,000 lines, 50,000 nested elements: each is stripped and described in a process of its own, whose
processor seconds, peak memory (the whole process) and outcome are printed. Exit status 1 when a page takes more than its
ceilings in huge_limits.toml.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.limits import read_limits

ROOT = Path(__file__).parents[1]
PAGES = ("one line of 10 MB", "200,000 lines", "50,000 nested elements")
SENTENCE = (
    "La préfecture a annoncé mardi la fermeture de trois ponts, après la crue qui a touché 31 communes de l'estuaire. "
)


def make_page(name: str) -> tuple[str, str]:
    """Return a page and its kind, `text` or `html`."""
    if name == PAGES[0]:
        return SENTENCE * (10_000_000 // len(SENTENCE)), "text"
    if name == PAGES[1]:
        return "\n".join(f"{SENTENCE}{n}" if n % 3 else "Partager cet article" for n in range(200_000)), "text"
    return "<html><body>" + "<div>" * 50_000 + SENTENCE + "</div>" * 50_000, "html"


def strip_one(name: str) -> None:
    """Strip one page and print its cost and outcome as JSON."""
    import resource
    import time

    from tasks.strip import strip_html, strip_text

    content, kind = make_page(name)
    started = time.process_time()
    page = (strip_text if kind == "text" else strip_html)(content)
    seconds = time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes, but bytes on macOS
    outcome = page.reason or f"{len(page.text):,} characters kept"
    print(
        json.dumps(
            {"seconds": seconds, "megabytes": megabytes / (1024 if sys.platform == "darwin" else 1), "outcome": outcome}
        )
    )


def main() -> int:
    """Measure, print, and return the exit status."""
    limits, is_over = read_limits("huge"), False
    for name in PAGES:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.huge", name], check=True, capture_output=True, text=True, cwd=ROOT
        )
        took = json.loads(done.stdout)
        over = any(took[measure] > limits[measure] for measure in ("seconds", "megabytes"))
        is_over |= over
        print(
            f"{name:26} {took['seconds']:6.1f} s {took['megabytes']:7.0f} MB  {took['outcome']}{'  OVER' if over else ''}"
        )
    return int(is_over)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        strip_one(sys.argv[1])
    else:
        sys.exit(main())
