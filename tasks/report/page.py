"""The report page: one self-contained HTML file, readable offline, made from the published warehouse alone.

The reading views of the documents are in the page itself while they are small; else each is a file of its own in the
folder beside the page. Every value is escaped: it comes from pages and cannot be trusted. Scripts are allowed by their
hashes, so none that a value might bring in can run.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from tasks.report.charts import CHARTS, read_library
from tasks.report.reading import Reading, read_readings
from tasks.report.reading_files import READING_NAME, remove_readings, write_readings
from tasks.report.sections import MOST, Fetch, fetch_section, read_sections
from tasks.report.sparkline import draw_sparkline
from tasks.report.wording import describe_failure
from warehouse.browse.limits import MOST_ROWS, limit_time
from warehouse.facts import FACT_KINDS
from warehouse.store import fetch_rows, open_warehouse, revue_version, run_sql
from warehouse.wording import count_noun

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent
# Raw text, in characters, up to which the reading views are in the page: about ten times as much as HTML.
MOST_EMBEDDED = 150_000
_DAYS_AROUND = 366


def write_page(
    warehouse: Path,
    target: Path,
    run_id: str | None = None,
    *,
    most_embedded: int = MOST_EMBEDDED,
    seconds: float | None = None,
) -> None:
    """Write the page for the warehouse as it is now, with the checks of a run (default: the last).

    Reading views of more than `most_embedded` characters go to the folder beside it, `NAME.report` for `NAME.report.html`.
    With `seconds` raises `UsageError` when that takes longer, or when more than `MOST_ROWS` rows of one kind would be read.
    """
    folder = target.with_name(f"{target.name.removesuffix('.html').removesuffix('.report')}.report")
    with open_warehouse(warehouse) as connection, limit_time(connection, seconds=seconds) as deadline:

        def fetch(query: str, values: Mapping[str, Any] | None) -> list[dict[str, Any]]:
            deadline.check()
            return fetch_rows(connection, query, values, most=None if seconds is None else MOST_ROWS)

        run_sql(connection, "warehouse", "sql/macros/describe_question")
        if run_id is None:
            run_id = fetch_section(fetch, "last_checked")[0]["run_id"]
        # a doc_id names a file: one that is no hash would lead out of the folder
        documents = [row for row in fetch_section(fetch, "documents") if READING_NAME.fullmatch(row["doc_id"])]
        is_apart = sum(document["count_chars"] or 0 for document in documents) > most_embedded
        environment = make_environment()
        links = Links(documents, folder.name if is_apart else None)
        environment.globals |= {"place": links.place, "numbers": links.numbers, "by_source": links.by_source}
        content = render_page(fetch, environment, documents, links, warehouse.name, run_id)
        if is_apart:
            _write_readings(fetch, environment, documents, target, folder)
        remove_readings(folder, {document["doc_id"] for document in documents} if is_apart else set())
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.write_text(content, encoding="utf-8")
    os.replace(unfinished, target)


class Links:
    """The addresses of documents and of places in them, and the number that stands for a document in the page."""

    def __init__(self, documents: Sequence[Mapping[str, Any]], folder: str | None) -> None:
        """`folder` holds the reading views as files; None when they are in the page."""
        self.folder = folder
        self._numbers = {document["doc_id"]: number for number, document in enumerate(documents)}
        self._sources = {document["doc_id"]: document["source"] for document in documents}

    def place(self, doc_id: str, anchor: str = "") -> str:
        """The address of a fact, or without `anchor` of the document; `#documents` for one that is not published."""
        if doc_id not in self._numbers:
            return "#documents"
        if self.folder is None:
            return f"#d{self._numbers[doc_id]}" + (f".{anchor}" if anchor else "")
        return f"{quote(self.folder)}/{doc_id}.html" + (f"#{anchor}" if anchor else "")

    def by_source(self, places: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
        """The places of published documents with the name of their source, the source with most first."""
        groups: dict[str, list[Mapping[str, Any]]] = {}
        for place in places:
            if place["doc_id"] in self._sources:
                groups.setdefault(self._sources[place["doc_id"]], []).append(place)
        return sorted(groups.items(), key=lambda group: -len(group[1]))

    def numbers(self, doc_ids: Iterable[str]) -> str:
        """The numbers of documents, as the filters read them."""
        return " ".join(str(self._numbers[doc_id]) for doc_id in doc_ids if doc_id in self._numbers)


def make_environment() -> Environment:
    """The template environment, with escaping on."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, loader=FileSystemLoader(_FOLDER, encoding="utf-8")
    )
    environment.filters |= {
        "shown": _show,
        "drawn": draw_sparkline,
        "number": _show_number,
        "failure": describe_failure,
        "counted": count_noun,
    }
    environment.tests["day"] = lambda value: isinstance(value, date)
    environment.globals |= {"version": revue_version(), "style": Markup(_read("page.css")), "kinds": FACT_KINDS}
    return environment


def render_page(
    fetch: Fetch,
    environment: Environment,
    documents: Sequence[Mapping[str, Any]],
    links: Links,
    name: str,
    run_id: str,
) -> str:
    """The page as HTML."""
    scripts = [read_library(), _read("reading.js"), _read("page.js")]
    counts = {row["kind"]: row["count_facts"] for row in fetch_section(fetch, "fact_counts")}
    facts = {kind.table: counts.get(kind.name, 0) for kind in FACT_KINDS}
    sections = read_sections(fetch, run_id)
    readings: Iterable[Reading] = ()
    if links.folder is None:
        readings = read_readings(fetch, [document["doc_id"] for document in documents])
    data = _page_data(documents, sections, links)
    return environment.get_template("page.html.jinja").render(
        name=name,
        run_id=run_id,
        policy=_policy(scripts),
        scripts=[Markup(script) for script in scripts],
        data=Markup(embed_json(data)),
        suggested=list(data["names"]),
        totals=fetch_section(fetch, "totals")[0],
        facts=facts,
        documents=documents[: MOST["documents"]],
        all_documents={document["doc_id"]: document for document in documents},
        readings=readings,
        **sections,
    )


def embed_json(value: Any) -> str:
    """The value as JSON for a script element: no `<`, so nothing in it ends the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).replace("<", "\\u003c")


def _page_data(documents: Sequence[Mapping[str, Any]], sections: Mapping[str, Any], links: Links) -> dict[str, Any]:
    """What the filters and charts read: documents by number, the days they speak about, the names they mention and their authors."""
    published = [document["published"] for document in documents if document["published"]]
    first, last = (min(published), max(published)) if published else (date.min, date.max)
    near = [
        [str(row["day"]), links.numbers([row["doc_id"]])]
        for row in sections["all_days"]
        if published and (first - row["day"]).days <= _DAYS_AROUND and (row["day"] - last).days <= _DAYS_AROUND
    ]
    return {
        "documents": [[document["source"], str(document["published"] or "")] for document in documents],
        "days": near,
        "names": {name: links.numbers(doc_ids) for name, doc_ids in _list_names(documents, sections["names"]).items()},
        "charts": json.loads(CHARTS.read_text(encoding="utf-8")),
    }


def _list_names(
    documents: Sequence[Mapping[str, Any]], named: Sequence[Mapping[str, Any]]
) -> dict[str, dict[str, None]]:
    """The ids of the documents that mention each name, or that an author of this name signed, in the order of the names."""
    names: dict[str, dict[str, None]] = {}
    for row in named:
        names.setdefault(row["name"], {}).update(dict.fromkeys(row["doc_ids"]))
    for document in documents:
        for author in document["authors"] or ():
            names.setdefault(author, {})[document["doc_id"]] = None
    return dict(sorted(names.items()))


def _write_readings(
    fetch: Fetch, environment: Environment, documents: Sequence[Mapping[str, Any]], target: Path, folder: Path
) -> None:
    """Write the reading views as files of their own."""
    template = environment.get_template("reading_page.html.jinja")
    script = _read("reading.js")
    report = f"../{quote(target.name)}"
    by_id = {document["doc_id"]: document for document in documents}

    def render(reading: Reading) -> str:
        document = by_id[reading.doc_id]
        return template.render(
            reading=reading, document=document, report=report, policy=_policy([script]), script=Markup(script)
        )

    sources = [_read(name) for name in ("reading_page.html.jinja", "reading.html.jinja", "reading.js", "page.css")]
    made_by = sha256("\0".join((revue_version(), report, *sources)).encode()).hexdigest()
    write_readings(fetch, documents, folder, render, made_by=made_by)


def _policy(scripts: Sequence[str]) -> str:
    """The content security policy that lets these scripts run and no other, and loads nothing."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _show_number(value: str) -> str:
    """A value of a disagreement: a large number with thousands separators; years, days and names as they are."""
    return f"{int(value):,}" if value.isdecimal() and len(value) > 4 else value


def _show(value: Any) -> str:
    """A value formatted for reading: empty for null, with thousands separators, at most three decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
