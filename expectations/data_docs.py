"""The Data Docs of a run: Great Expectations' own pages, made safe to open and readable offline.

GX writes the rows that failed into its pages unescaped, so markup of a scraped page would run there; and it loads
scripts and styles from five other hosts. Here every value is escaped, nothing is loaded from another host, and a content
security policy forbids scripts; the lists GX builds with scripts are plain links on the index.

Importing this module imports Great Expectations: import it where it is used.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from great_expectations.render.view import DefaultJinjaPageView
from jinja2 import pass_context

from expectations.results import CheckResult
from warehouse.errors import RevueError
from warehouse.wording import count_noun

if TYPE_CHECKING:
    from great_expectations.data_context import EphemeralDataContext

_STYLE = files("expectations").joinpath("data_docs.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_HANDLER = re.compile(r"""\son[a-z]+\s*=\s*(?:"[^"]*"|'[^']*')""", re.IGNORECASE)
_OUTSIDE = re.compile(r"<(?:link|img)\b[^>]*>", re.IGNORECASE)
_OUTSIDE_STYLE = re.compile(r"url\(['\"]?https?:[^)]*\)", re.IGNORECASE)
_SEVERITIES = ("critical", "warning", "info")
_BODY = re.compile(r"<body\b[^>]*>")


@dataclass(frozen=True, slots=True)
class SuiteOutcome:
    """One validated suite of GX with the results of its checks, as the index lists them.

    Its name is that of a suite of checks, or for a measure `SUITE.CHECK`. One that could not be evaluated has no page of
    its results.
    """

    suite: str
    results: tuple[CheckResult, ...]
    is_evaluated: bool = True


class EscapedPageView(DefaultJinjaPageView):
    """GX's page view with every string escaped; GX escapes none in a table."""

    @pass_context
    def render_content_block(
        self, context: Any, content_block: Any, index: Any = None, content_block_id: Any = None,
        render_to_markdown: bool = False,
    ) -> Any:  # fmt: skip
        """Render a block as HTML: strings escaped, alone or in a list; other blocks as GX renders them."""
        if isinstance(content_block, str):
            return escape(content_block)
        if isinstance(content_block, list):
            content_block = [escape(part) if isinstance(part, str) else part for part in content_block]
        return super().render_content_block(context, content_block, index, content_block_id, render_to_markdown)


def write_site(context: EphemeralDataContext, docs: Path, outcomes: Sequence[SuiteOutcome], *, heading: str) -> None:
    """Build the context's Data Docs in `docs`, replacing those of an earlier run there; other files stay."""
    # Built elsewhere and moved: GX reads a `$` in the folder's name as a variable.
    with TemporaryDirectory() as folder:
        built = Path(folder)
        context.add_data_docs_site("site", _site_config(built))
        context.build_data_docs()
        _require_pages(built, outcomes)
        style = _STYLE.read_text(encoding="utf-8")
        for path in built.rglob("*.html"):
            markup = close_page(path.read_text(encoding="utf-8"), style)
            if path == built / "index.html":
                markup = _BODY.sub(lambda body: body[0] + _index(built, outcomes, heading), markup, count=1)
            path.write_text(markup, encoding="utf-8")
        shutil.rmtree(built / "static")  # four megabytes of pictures and fonts that no page uses any more
        for part in ("expectations", "validations"):
            shutil.rmtree(docs / part, ignore_errors=True)
        shutil.copytree(built, docs, dirs_exist_ok=True)


def _require_pages(docs: Path, outcomes: Sequence[SuiteOutcome]) -> None:
    """Raise `RevueError` when a suite has no page of its results: GX leaves out a page that raises, without a word."""
    missing = [outcome.suite for outcome in outcomes if outcome.is_evaluated and not _result_pages(docs, outcome.suite)]
    if missing:
        raise RevueError(
            f"Great Expectations wrote no Data Docs page for {', '.join(missing)}. "
            "Run again with --debug, and report the message with the versions that `pip freeze` lists."
        )


def _result_pages(docs: Path, suite: str) -> list[Path]:
    folder = docs.joinpath("validations", *suite.split("."))
    return sorted(path for path in folder.glob("*/*/*.html") if path.is_file())


def _site_config(folder: Path) -> Any:
    view = {"module_name": __name__, "class_name": EscapedPageView.__name__}
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "site_section_builders": {"expectations": {"view": view}, "validations": {"view": view}, "profiling": "None"},
    }


def close_page(markup: str, style: str) -> str:
    """A page of GX without scripts and without anything loaded from another host; `style` replaces its style sheets."""
    markup = _OUTSIDE_STYLE.sub("none", _OUTSIDE.sub("", _SCRIPT.sub("", markup)))
    markup = _TAG.sub(
        lambda tag: _HANDLER.sub("", tag[0]), markup
    )  # the policy forbids them too, with a message in the console
    head = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<style>{style}</style>\n'
    return markup.replace("</head>", f"{head}</head>", 1)


def _index(docs: Path, outcomes: Sequence[SuiteOutcome], heading: str) -> str:
    """The checks by suite: suites with a failing check first, and in each the failing checks first."""
    groups: dict[str, list[SuiteOutcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.suite.split(".")[0], []).append(outcome)
    results = [result for outcome in outcomes for result in outcome.results]
    sections = sorted(groups.items(), key=lambda group: (-_count_failed(group[1]), group[0]))
    return (
        f'\n<section class="revue-index"><h1>{escape(heading)}</h1>\n<p>{_in_words(results)}</p>\n'
        + "".join(_section(docs, name, group) for name, group in sections)
        + "</section>\n"
    )


def _section(docs: Path, name: str, outcomes: Sequence[SuiteOutcome]) -> str:
    """One suite of the index: each failing result, then each check that passed, once for all sources."""
    failed: list[tuple[int, str]] = []
    passed: dict[str, str] = {}
    for outcome in outcomes:
        for result in outcome.results:
            if not result.success:
                failed.append((_SEVERITIES.index(result.severity), _row(docs, outcome, result)))
        broken = {result.check_name for result in outcome.results if not result.success}
        for result in outcome.results:
            if result.check_name not in broken:
                passed.setdefault(result.check_name, _row(docs, outcome, result))
    rows = [row for _, row in sorted(failed, key=lambda one: one[0])] + [passed[check] for check in sorted(passed)]
    in_words = _in_words([result for outcome in outcomes for result in outcome.results])
    return (
        f"<h2>{escape(name)}</h2>\n<p>{in_words}</p>\n<table>"
        f"<tr><th>Outcome</th><th>Check</th><th>What it says</th><th>Pages</th></tr>\n{''.join(rows)}</table>\n"
    )


def _row(docs: Path, outcome: SuiteOutcome, result: CheckResult) -> str:
    of_check = [one for one in outcome.results if one.check_name == result.check_name]
    if result.success:
        source = f", {len(of_check)} sources" if len(of_check) > 1 else ""
    else:
        source = f", {result.source_id}" if result.source_id else ""
    shown = "passed" if result.success else f"failed ({result.severity})"
    return (
        f'<tr class="{"passed" if result.success else "failed"}"><td>{shown}</td><td>{escape(result.check_name + source)}</td>'
        f"<td>{escape(result.sentence)}</td><td>{_links(docs, outcome.suite)}</td></tr>\n"
    )


def _count_failed(outcomes: Sequence[SuiteOutcome]) -> int:
    return sum(not result.success for outcome in outcomes for result in outcome.results)


def _in_words(results: Sequence[CheckResult]) -> str:
    count_failed = sum(not result.success for result in results)
    return f"{count_noun(len(results), 'result')}, {count_failed or 'none'} failed."


def _links(docs: Path, suite: str) -> str:
    targets = [("results", path.relative_to(docs).as_posix()) for path in _result_pages(docs, suite)]
    targets.append(("expected", "expectations/" + "/".join(suite.split(".")) + ".html"))
    links = [
        f'<a href="{escape(quote(target))}">{escape(text)}</a>' for text, target in targets if (docs / target).is_file()
    ]
    return " · ".join(links) or "not evaluated"
