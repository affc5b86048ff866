"""The report: the page shows the totals and how quality changed over the runs, and is safe whatever the pages contain."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from planted import SOURCES, add_history, build_warehouse

from tasks.report.page import write_page
from tasks.report.sparkline import draw_sparkline
from warehouse.facts import FACT_KINDS
from warehouse.store import SCHEMA_VERSION, connect, create_tables, fetch_rows, read_sql


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
        connection.execute(f"insert into meta select {SCHEMA_VERSION}, '0', now() where not exists (from meta)")
    write_page(path, folder / "report.html")
    return (folder / "report.html").read_text(encoding="utf-8")


def section(page: str, name: str) -> str:
    found = re.search(rf'<section id="{name}">.*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def test_trends_show_the_values_of_a_check_over_the_runs(page):
    trends = section(page, "trends")
    [row] = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*text_present.*?</tr>", trends, re.DOTALL)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    assert cells[:8] == ["text_present", "warning", "yes", "7", "0", "0", "7", "20"]
    assert "<polyline" in cells[8] and "→ 0 → 7</title>" in cells[8]


def test_totals_count_the_facts_of_every_kind(page):
    totals = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page))
    assert totals["documents"] == "36"
    facts = {"mentions": "108", "dates": "36", "figures": "36", "quotes": "36", "roles": "36"}
    assert {kind.table: totals[kind.table] for kind in FACT_KINDS} == facts


def test_drift_shows_the_source_that_failed_first(page):
    rows = re.findall(r"<tr.*?</tr>", section(page, "drift"), re.DOTALL)
    assert 'class="failed"' in rows[1] and "lines_removed" in rows[1] and "&lt;b&gt;$mont" in rows[1]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", rows[1], re.DOTALL)
    assert cells[3] == "0.03" and float(cells[6]) < -90 and cells[7] == "20"
    assert len(rows) > len(SOURCES) and all("<svg" in row for row in rows[1:])


def test_the_page_has_no_script_and_no_external_link(page):
    assert "default-src 'none'" in page
    assert "<script" not in page and "<b>$mont" not in page
    assert re.findall(r"(?:src|href)=\"(?!#)", page) == []


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
