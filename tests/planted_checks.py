"""Every check in SQL, run as a plain query on the planted warehouse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import duckdb
from planted import RULED_LANGUAGES

from expectations.batches import measure_table
from expectations.bounds import NO_FAILING_ROW, THRESHOLDS, read_bounds
from expectations.checks import SUITES, Check, suite_checks
from expectations.measures import list_measured, measure
from expectations.prepared import list_prepared_tables, prepare_checks
from warehouse.store import read_sql

CHECKS = [check for suite in SUITES for check in suite_checks(suite)]


def find_check(name: str) -> Check:
    """The check of a name."""
    [check] = [check for check in CHECKS if check.name == name]
    return check


def failing_checks(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check] = CHECKS) -> set[str]:
    """The names of the checks in SQL that fail, each run as a query."""
    bounds = read_bounds(THRESHOLDS)
    [(run_id,)] = connection.execute("select getvariable('run_id')").fetchall()
    prepare_checks(connection, run_id, bounds, RULED_LANGUAGES)
    failing = set()
    for check in checks:
        allowed = bounds.get((check.suite, check.name), NO_FAILING_ROW)
        if check.form == "measure":
            measure(connection, check, allowed)
            failed = any(not one.is_within for one in list_measured(connection, check))
        else:
            rows = connection.execute(check.sql).fetchall()
            assert all(row[0] is not None and row[1] is not None for row in rows), (
                f"{check.name} names no row or no detail"
            )
            failed = not allowed.admit(len(rows))
        if failed:
            failing.add(check.name)
    return failing


def failing_after(connection: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> set[str]:
    """The names of the checks that fail once the statements have changed the clean warehouse.

    A check that reads none of the tables changed gives what it gave on the clean warehouse, where every check passed.
    """
    changed = set()
    for statement in statements:
        connection.execute(statement)
        changed.add(re.match(r"(?:update|insert into|delete from) (\w+)", statement)[1])
    queries = dict(connection.execute("select view_name, sql from duckdb_views() where not internal").fetchall())
    queries |= {name: read_sql("expectations.prepared", name) for name in list_prepared_tables()}
    queries |= {measure_table(check): check.sql for check in CHECKS if check.form == "measure"}
    return failing_checks(connection, [check for check in CHECKS if changed & list_words(check, queries)])


def list_words(check: Check, queries: Mapping[str, str]) -> set[str]:
    """The words of a check's query and of the queries of the tables and views it names, among them every table it reads."""
    words: set[str] = set()
    pending = [check.sql, *(["from usual"] if check.is_usual else [])]
    while pending:
        new = set(re.findall(r"\w+", re.sub(r"--.*", "", pending.pop()))) - words
        words |= new
        pending += [queries[word] for word in new & queries.keys()]
    return words
