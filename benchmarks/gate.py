"""The cost of the gate at a given number of documents: `python -m benchmarks.gate [--documents 100000] [--fresh 1000]`.

Seconds and peak memory of screening a run and of the whole audit. The frozen sample warehouse is multiplied to so many
documents, the last of them those of a run; entities are shared as in news, a few by thousands of documents, most by a
handful, and days lie within a year. Each step runs in a process of its own. Seconds depend on the machine; exit status 1
when a step needs more memory than its ceiling in gate_limits.toml.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.limits import read_limits

ROOT = Path(__file__).parents[1]
RUN_ID = "20990101T000000-gate"
# The columns of a copied row that change, besides doc_id. Mention 1 of every document names one of a few shared entities.
_CHANGES: dict[str, dict[str, str]] = {
    "documents": {
        "uri": "copies.n || '/' || uri",
        "url": "url || '?' || copies.n",
        "story_id": "md5(doc_id || copies.n)",
        "published_on": "published_on + (copies.n % 365)::integer",
        "published_at": "published_at + to_days((copies.n % 365)::integer)",
        "updated_at": "null",
        "run_id": f"case when copies.is_fresh then '{RUN_ID}' else run_id end",
    },
    "evidence": {
        "value": "case when field = 'published' then "
        "(try_cast(left(value, 10) as date) + (copies.n % 365)::integer)::text else value end"
    },
    "mentions": {"entity_id": "case when mention_no = 1 then entity_id else entity_id || '-' || copies.n % 1500 end"},
    # one figure in twenty counts what many articles count: people, euros
    "figures": {
        "value": "value + copies.n % 7",
        "low": "null",
        "high": "null",
        "subject_entity_id": "null",
        "counted": "case when (copies.n + figure_no) % 20 = 0 then counted else counted || copies.n % 300 end",
        "unit": "case when (copies.n + figure_no) % 20 = 0 then unit else unit || copies.n % 300 end",
        "kind": "case when kind = 'money' and (copies.n + figure_no) % 20 <> 0 then 'percent' else kind end",
    },
    "quotes": {"speaker_entity_id": "null"},
    "roles": {"entity_id": "null", "organisation_entity_id": "null"},
    "lines": {},
    "sentences": {},
    "dates": {},
    "bands": {"band": "hash(band, copies.n)"},
}


def multiply(target: Path, count_documents: int, count_fresh: int) -> None:
    """Write a warehouse of about so many documents, `count_fresh` of them of the run `RUN_ID`."""
    from warehouse.store import SCHEMA_VERSION, attach, connect, create_tables

    base = target.with_name("base.duckdb")
    base.write_bytes(gzip.decompress((ROOT / "tests" / "schemas" / f"{SCHEMA_VERSION}.gz").read_bytes()))
    with connect(target) as connection:
        create_tables(connection)
        attach(connection, base, "base")
        [(count_base,)] = connection.execute("select count(*) from base.documents").fetchall()
        connection.execute(
            "create temp table copies as select range as n, range < $fresh as is_fresh from range($copies::integer)",
            {"copies": count_documents // count_base, "fresh": count_fresh // count_base},
        )
        for table, changes in _CHANGES.items():
            changed = {"doc_id": "md5(doc_id || copies.n)", **changes}
            replaced = ", ".join(f"{value} as {name}" for name, value in changed.items())
            connection.execute(
                f"insert into {table} by name select origin.* replace ({replaced}) "
                f"from base.{table} as origin semi join base.documents using (doc_id), copies"
            )
        connection.execute(
            """
            insert into entities
            select entity_id, any_value(surface), any_value(label), [], count(*), count(distinct doc_id)
            from mentions where entity_id is not null and not is_demonym group by entity_id;
            insert into entity_names select entity_id, name, count_mentions from entities;
            insert into sources by name select * from base.sources;
            insert into checks by name select * from base.checks;
            insert into runs by name
            select first.* replace (counts.run_id as run_id, counted as count_published, counted as count_read,
                0 as count_unchanged, 0 as count_duplicates, 0 as count_rejected, '2098-12-31'::timestamptz as started_at)
            from (select run_id, count(*) as counted from documents group by run_id) as counts, (from base.runs limit 1) as first;
            """
        )
    base.unlink()


def screen(warehouse: Path) -> str:
    """Screen the run's documents; this changes the warehouse."""
    from expectations.checks import document_checks
    from tasks.runtime.candidate import attach_scratch
    from tasks.screen import screen_documents
    from warehouse.store import connect

    with connect(warehouse) as connection:
        attach_scratch(connection)
        connection.execute("create table scratch.earlier_attempts as select * from rejections")
        found = screen_documents(
            connection, document_checks(), run_id=RUN_ID, recipe="bench", screened_at=datetime.now(UTC)
        )
    return f"{sum(found.values())} quarantined"


def audit(warehouse: Path) -> str:
    """Run every suite."""
    from expectations.validate import validate
    from tasks.extract import ruled_languages

    results = validate(warehouse, run_id=RUN_ID, checked_at=datetime.now(UTC), ruled_languages=ruled_languages())
    failing = sorted({result.check_name for result in results if not result.success})
    return f"{len(results)} results, failing: {', '.join(failing) or 'none'}"


def _measure(step: str, warehouse: Path, sender: multiprocessing.connection.Connection) -> None:
    if step == "audit":
        import expectations.engine  # noqa: F401 (importing it is not part of the cost of an audit)
    started = time.perf_counter()
    outcome = {"screen": screen, "audit": audit}[step](warehouse)
    sender.send((time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, outcome))


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--fresh", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="keep the warehouse there and use it again")
    given = parser.parse_args()
    ceilings = read_limits("gate")
    is_over = False
    with tempfile.TemporaryDirectory() as name:
        warehouse = (given.folder or Path(name)) / f"gate-{given.documents}-{given.fresh}.duckdb"
        if not warehouse.exists():
            multiply(warehouse, given.documents, given.fresh)
        print(f"{given.documents:,} documents, {given.fresh:,} of them new, {warehouse.stat().st_size / 1e6:,.0f} MB")
        for step in ("audit", "screen"):
            receiver, sender = multiprocessing.Pipe(duplex=False)
            process = multiprocessing.get_context("spawn").Process(target=_measure, args=(step, warehouse, sender))
            process.start()
            sender.close()
            seconds, megabytes, outcome = receiver.recv()
            process.join()
            is_over |= megabytes > ceilings[step]
            print(f"{step:8}{seconds:8.1f} s {megabytes:8,.0f} MB of {ceilings[step]:,}   {outcome}")
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
