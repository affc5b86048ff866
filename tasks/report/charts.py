"""The charts of the report page: the script of the charting library, from the installed package, and the charts' specifications."""

from __future__ import annotations

import functools
import os
from importlib.metadata import version
from pathlib import Path

CHARTS = Path(__file__).parent / "charts.json"


@functools.cache
def read_library() -> str:
    """The script with Vega, Vega-Lite and Vega-Embed, as vl-convert bundles it; it defines `vegaEmbed`.

    Bundling takes seconds, so the script is kept in the user's cache folder, by the version of the package.
    """
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "revue"
    kept = folder / f"vega-{version('vl-convert-python')}.js"
    try:
        return kept.read_text(encoding="utf-8")
    except OSError:
        pass
    import vl_convert

    script = str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"{kept.name}.{os.getpid()}"
        unfinished.write_text(script, encoding="utf-8")
        os.replace(unfinished, kept)
    except OSError:
        pass  # a home that cannot be written: bundled again each time
    return script
