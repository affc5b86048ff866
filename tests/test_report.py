"""The report: the page shows the totals and how quality changed over the runs, and is safe whatever the pages contain."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version

import pytest
from planted import SOURCES, add_history, build_warehouse, name_document
from small_warehouse import write_warehouse

from tasks.report.attention import list_attention
from tasks.report.charts import read_library
from tasks.report.page import embed_json, write_page
from tasks.report.reading import Span, cut_lines
from tasks.report.sparkline import draw_sparkline
from warehouse.facts import FACT_KINDS
from warehouse.store import SCHEMA_VERSION, connect, create_tables, fetch_rows, insert_rows, read_sql, run_sql


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a warehouse with twenty runs, the last of which removed hardly anything of one source's pages."""
    folder = tmp_path_factory.mktemp("page")
    path = add_history(build_warehouse(folder / "revue.duckdb"))
    with connect(path) as connection:
        connection.execute(
            "insert into checks by name select checks.* replace ('' as source_id, 'text_present' as check_name, run_id = max_id as success, "
            "case when run_id = max_id then 7 else 0 end as value) from checks, (select max(run_id) as max_id from checks) "
            f"where check_name = 'median_words' and source_id = '{SOURCES[0]}'"
        )
        connection.execute(
            "update checks set value = 0.03, success = false where check_name = 'lines_removed' and "
            f"source_id = '{SOURCES[1]}' and run_id = (select max(run_id) from checks)"
        )
        connection.execute(f"update sources set name = '<b>$mont</b>' where source_id = '{SOURCES[1]}'")
        [(run_id,)] = connection.execute("select max(run_id) from checks").fetchall()
    write_page(path, folder / "report.html", run_id)
    return (folder / "report.html").read_text(encoding="utf-8")


def section_of(page: str, name: str) -> str:
    found = re.search(rf'<(section|details) id="{name}">.*?</\1>', page, re.DOTALL)
    assert found
    return found[0]


def test_trends_show_the_values_of_a_check_over_the_runs(page):
    trends = section_of(page, "trends")
    [row] = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*text_present.*?</tr>", trends, re.DOTALL)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    assert cells[:8] == ["text_present", "warning", "yes", "7", "0", "0", "7", "20"]
    assert "<polyline" in cells[8] and "→ 0 → 7</title>" in cells[8]


def test_totals_count_the_facts_of_every_kind(page):
    totals = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page))
    facts = {"mentions": "108", "dates": "36", "figures": "36", "quotes": "36", "roles": "36"}
    assert {kind.table: totals[kind.table] for kind in FACT_KINDS} == facts
    assert "36 articles of 3 sources" in page


def test_drift_shows_the_source_that_failed_first(page):
    rows = re.findall(r"<tr.*?</tr>", section_of(page, "drift"), re.DOTALL)
    assert 'class="failed"' in rows[1] and "lines_removed" in rows[1] and "&lt;b&gt;$mont" in rows[1]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", rows[1], re.DOTALL)
    assert cells[3] == "0.03" and float(cells[6]) < -90 and cells[7] == "20"
    assert len(rows) > len(SOURCES) and all("<svg" in row for row in rows[1:])


def test_a_failing_check_is_said_first_and_those_that_passed_are_folded_away(page):
    attention = section_of(page, "attention")
    assert SOURCES[1] in attention and "measured 0.03" in attention
    assert page.index('id="attention"') < page.index('id="timeline"') < page.index('id="documents"')
    assert "text_present" not in attention
    assert '<details id="passed"><summary>' in page


def test_a_check_that_fails_for_many_sources_is_one_line():
    one = {"check_name": "undated_share", "severity": "warning", "low": None, "high": 0.3, "count_unexpected": 0}
    one |= {"sentence": "Most articles have a day.", "accepted_by": None, "failing_ids": ["a"]}
    checks = [one | {"source_id": f"s{number}", "value": number / 10} for number in range(4, 10)]
    other = one | {"check_name": "words_plausible", "source_id": "", "value": 2.0, "high": 0.0, "count_unexpected": 2}
    other |= {"sentence": f"Every length is plausible. Failing: 2, such as {'0a' * 16}.", "failing_ids": ["b", "c"]}
    rows = list_attention([*checks, other])
    assert [row["sentence"] for row in rows] == [
        "6 sources: Most articles have a day. Measured s4 0.4, s5 0.5, s6 0.6, s7 0.7 and 2 more; passes up to 0.3.",
        "Every length is plausible. Failing: 2.",
    ]
    assert [row["failing_ids"] for row in rows] == [["a"], ["b", "c"]]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("count_deployed: sapeurs-pompier", "number deployed (sapeurs-pompier)"),
        ("count_cut_off: foyer", "number cut off (foyer)"),
        ("count_dead", "number of dead"),
        ("count_things: pont", "number (pont)"),
        ("amount_damage: EUR", "damage in EUR"),
        ("amount_aid", "amount of aid"),
        ("first_met", "date first met"),
        ("office", "holder of the office"),
    ],
)
def test_questions_are_described_in_words(question, words):
    with connect() as connection:
        run_sql(connection, "warehouse", "sql/macros/describe_question")
        assert connection.execute("select describe_question(?)", [question]).fetchall() == [(words,)]


def test_what_is_worse_comes_first(page):
    badges = re.findall(r'<li><span class="badge (\w+)', section_of(page, "attention"))
    assert badges == sorted(badges, key=["critical", "warning", "info", "passed"].index)
    assert badges[0] == "warning" and len(set(badges)) > 1


def test_the_funnel_counts_the_records_of_the_run(page):
    funnel = section_of(page, "funnel")
    counted = dict(re.findall(r'<span class="label">(?:<a [^>]*>)?([^<]*).*?<b>([^<]*)</b>', funnel))
    assert counted["records read"] == counted["published"] != "0"
    assert int(counted["lines of all articles"]) > int(counted["kept as text"]) > 0


@pytest.fixture(scope="module")
def page_of_one(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a warehouse with one of everything: an article without title, cut off; a check; a run that met records before."""
    path = tmp_path_factory.mktemp("one") / "revue.duckdb"
    write_warehouse(path, [{"text": "Bonjour.", "title": None, "is_truncated": True}])
    now = datetime(2025, 4, 1, 8, tzinfo=UTC)
    run = {
        "run_id": "20250402T080000-bbbb", "started_at": now, "finished_at": now, "state": "unchanged", "inputs": ["in"], "count_read": 2,
        "count_published": 0, "count_unchanged": 2, "count_duplicates": 0, "count_rejected": 0, "count_quarantined": 0,
    }  # fmt: skip
    rejection = {
        "uri": "2.txt", "record_no": 1, "doc_id": "", "outcome": "rejected", "stage": "read", "reason": "empty", "detail": "Empty.",
        "attempts": 1, "recipe": "1", "run_id": "20250401T080000-aaaa", "first_rejected_at": now, "rejected_at": now,
    }  # fmt: skip
    check = {
        "run_id": run["run_id"], "suite": "counts", "check_name": "text_present", "source_id": "", "severity": "critical", "scope": "document",
        "success": True, "value": 0.0, "count_unexpected": 0, "failing_ids": [], "sentence": "Every text is present.", "checked_at": now,
    }  # fmt: skip
    with connect(path) as connection:
        for table, row in (("runs", run), ("rejections", rejection), ("checks", check)):
            insert_rows(connection, table, [row])
        connection.execute(f"insert into meta select {SCHEMA_VERSION}, '0', now() where not exists (from meta)")
    write_page(path, path.with_name("report.html"))
    return path.with_name("report.html").read_text(encoding="utf-8")


def test_one_of_everything_is_singular(page_of_one):
    text = re.sub(r"\s+", " ", re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", page_of_one, flags=re.DOTALL))
    for sentence in (
        "1 article of 1 source, published 2025-03-01. As of run",
        "1 article cut off by its publisher:",
        "1 article without a title:",
        "1 check passed, none failed.",
        "The last run ",
        " 1 word ",
    ):
        assert sentence in text
    assert re.findall(r"\b1 (?:[a-z]+ )?(?:articles|sources|checks|runs|records|words|stories)\b", text) == []


def test_the_funnel_says_that_records_met_before_keep_their_outcome(page_of_one):
    funnel = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", section_of(page_of_one, "funnel")))
    assert "met before, unchanged 2 A record met before keeps its outcome of then" in funnel
    assert "of all earlier runs, 1 record is not published." in " ".join(funnel.split())


def test_only_the_scripts_of_the_page_run_and_nothing_is_loaded(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy and policy[1].startswith("default-src &#39;none&#39;; script-src ")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in scripts]
    assert re.findall(r"sha256-([\w+/=]+)", policy[1]) == hashes and len(hashes) == 3
    without_scripts = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert "<b>$mont" not in page
    assert re.findall(r'(?:src|href)="(?!#)', without_scripts) == []


def test_json_in_the_page_cannot_end_its_script_element():
    value = {"</script><!--": ["<b>", "é"]}
    embedded = embed_json(value)
    assert "<" not in embedded and json.loads(embedded) == value


def cut(text: str, *spans: tuple[str, int, int]) -> list[tuple[str, list[str], list[str]]]:
    rows, at = [], 0
    for line in text.splitlines(keepends=True):
        rows.append(
            {
                "raw_start": at,
                "raw_end": at + len(line),
                "line": line,
                "kind": "body",
                "is_kept": True,
                "reason": "prose",
                "score": 1.0,
            }
        )
        at += len(line)
    lines = cut_lines(rows, [Span(anchor, anchor.split("-")[0], start, end) for anchor, start, end in spans])
    return [
        (segment.text, [fact.anchor for fact in segment.facts], list(segment.starting))
        for line in lines
        for segment in line.segments
    ]


def test_nested_and_overlapping_facts_cut_a_line_at_each_of_their_ends():
    found = cut("abcdefgh", ("quote-1", 1, 7), ("mention-1", 2, 4), ("role-1", 3, 8))
    assert found == [
        ("a", [], []),
        ("b", ["quote-1"], ["quote-1"]),
        ("c", ["quote-1", "mention-1"], ["mention-1"]),
        ("d", ["quote-1", "mention-1", "role-1"], ["role-1"]),
        ("efg", ["quote-1", "role-1"], []),
        ("h", ["role-1"], []),
    ]


def test_a_fact_over_several_lines_marks_each_and_starts_once():
    found = cut("ab\ncd\nef\n", ("quote-1", 1, 7), ("sentence-1", 0, 9))
    assert [text for text, _, _ in found] == ["a", "b\n", "cd\n", "e", "f\n"]
    assert [facts for _, facts, _ in found] == [[], ["quote-1"], ["quote-1"], ["quote-1"], []]
    assert [starting for _, _, starting in found] == [["sentence-1"], ["quote-1"], [], [], []]


def test_the_same_passage_may_hold_two_facts_and_the_text_stays_whole():
    found = cut("x « y » z\n", ("quote-1", 2, 7), ("figure-1", 2, 7), ("date-1", 8, 9))
    assert "".join(text for text, _, _ in found) == "x « y » z\n"
    assert found[1] == ("« y »", ["quote-1", "figure-1"], ["quote-1", "figure-1"])


def test_a_reading_view_shows_the_raw_page_with_what_was_removed(page):
    [number] = re.findall(
        r'<article class="reading" id="d(\d+)"(?:(?!</article>).)*' + f"{SOURCES[1]}/03.txt", page, re.DOTALL
    )[:1] or [None]
    view = re.search(rf'<article class="reading" id="d{number}".*?</article>', page, re.DOTALL)
    assert view
    raw = re.sub(r"<[^>]*>", "", view[0][view[0].index('<div class="raw">') : view[0].index("<aside")])
    assert "Accueil | Régions | Abonnez-vous\n" in raw and "Les plus lus de la semaine\n" in raw
    assert re.search(r'<span class="line cut" title="removed: [^"]*">[^<]*Accueil', view[0])
    assert f'href="#d{number}.quote-1"' in view[0] and f'id="d{number}.quote-1"' in view[0]


def test_reading_views_of_a_large_warehouse_are_files_beside_the_page(tmp_path):
    path = build_warehouse(tmp_path / "revue.duckdb", documents_per_source=2)
    target, folder = tmp_path / "a page.html", tmp_path / "a page.report"
    folder.mkdir()
    (folder / f"{'0' * 32}.html").write_text("of a document that is gone")
    (folder / "notes.html").write_text("of the user")
    write_page(path, target, most_embedded=0)
    ids = {name_document(source, number) for source in range(3) for number in range(2)}
    assert {file.stem for file in folder.glob("*.html")} == ids | {"notes"}
    one = (folder / f"{min(ids)}.html").read_text(encoding="utf-8")
    assert 'id="quote-1"' in one and 'href="../a%20page.html"' in one
    assert f'href="a%20page.report/{min(ids)}.html"' in target.read_text(encoding="utf-8")
    write_page(path, target)
    assert [file.name for file in folder.iterdir()] == ["notes.html"]
    assert '<article class="reading"' in target.read_text(encoding="utf-8")


def test_a_reading_view_is_written_again_when_what_it_shows_has_changed(tmp_path):
    path = build_warehouse(tmp_path / "revue.duckdb", documents_per_source=2)
    folder = tmp_path / "revue.report"

    def list_written() -> set[str]:
        """Mark every view, write the page, and return the documents whose view is without the mark."""
        for file in folder.glob("*.html"):
            file.write_text("as it was")
        write_page(path, tmp_path / "revue.report.html", most_embedded=0)
        return {file.stem for file in folder.glob("*.html") if file.read_text(encoding="utf-8") != "as it was"}

    ids = list_written()
    first, second, third = sorted(ids)[:3]
    assert len(ids) == 6 and list_written() == set()
    with connect(path) as connection:
        connection.execute("update documents set title = 'Un autre titre' where doc_id = ?", [first])
        connection.execute("update lines set reason = 'another' where doc_id = ? and line_no = 1", [second])
        connection.execute("insert into entities select 'PER-new', 'Odile K.', 'PER', [], 1, 1")
        connection.execute("update mentions set entity_id = 'PER-new' where label = 'PER' and doc_id = ?", [third])
    assert list_written() == {first, second, third}
    with connect(path) as connection:
        connection.execute("update entities set name = 'Odile Kervadec-Morin' where entity_id = 'PER-new'")
    assert list_written() == {third}
    (folder / f"{first}.html").unlink()
    assert list_written() == {first}
    (folder / "fingerprints.json").write_text("[")
    assert list_written() == ids


@pytest.mark.slow
def test_the_page_of_a_thousand_documents_stays_under_three_megabytes(tmp_path):
    path = build_warehouse(tmp_path / "revue.duckdb", documents_per_source=334)
    with connect(path) as connection:
        # as many names as news has: each mention of a person another one
        connection.execute("update mentions set entity_id = 'PER-' || doc_id where label = 'PER'")
        connection.execute(
            "insert into entities select distinct entity_id, 'Odile Kervadec ' || left(doc_id, 6), 'PER', [], 1, 1 from mentions "
            "where label = 'PER'"
        )
    write_page(path, tmp_path / "revue.report.html")
    assert (tmp_path / "revue.report.html").stat().st_size < 3_000_000
    assert len(list((tmp_path / "revue.report").glob("*.html"))) == 1002


def test_the_library_is_kept_by_version_and_bundled_again_where_no_cache_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read_library.__wrapped__()
    [script] = (tmp_path / "revue").iterdir()
    assert script.name == f"vega-{version('vl-convert-python')}.js"
    script.write_text("// kept", encoding="utf-8")
    assert read_library.__wrapped__() == "// kept"
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert "vegaEmbed" in read_library.__wrapped__()


def test_a_sparkline_stays_within_its_frame():
    assert draw_sparkline([]) == ""
    for values in ([3.0], [1, 1, 1], [0.1, 5, -2, 4]):
        drawn = draw_sparkline(values)
        [line] = re.findall(r'points="([^"]*)"', drawn)
        points = [tuple(map(float, point.split(","))) for point in line.split()]
        assert len(points) == len(values)
        assert all(0 <= x <= 120 and 0 <= y <= 24 for x, y in points)
        assert [x for x, _ in points] == sorted(x for x, _ in points)
    rising = [
        y for _, y in (tuple(map(float, p.split(","))) for p in re.findall(r"[\d.]+,[\d.]+", draw_sparkline([1, 2])))
    ]
    assert rising[0] > rising[1]


@pytest.mark.parametrize("name", ["sql/summary/checks", "sql/page/checks"])
def test_a_run_audited_twice_shows_each_check_once_with_its_last_result(name: str) -> None:
    with connect() as connection:
        create_tables(connection)
        for hour, success in ((9, False), (10, True)):
            connection.execute(
                "insert into checks (run_id, suite, check_name, source_id, severity, scope, success, count_unexpected, failing_ids, "
                "sentence, checked_at) values ('one', 'users', 'mine', '', 'critical', 'run', ?, 0, [], 'It holds.', ?)",
                [success, datetime(2026, 1, 1, hour, tzinfo=UTC)],
            )
        [row] = fetch_rows(connection, read_sql("tasks.report", name), {"run_id": "one"})
    assert row["success"]
