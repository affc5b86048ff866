"""The command line. It parses, starts what takes long side by side, and says in sentences what happened.

Heavy imports stand inside the commands: `revue --help` must not wait for Prefect.
"""

from __future__ import annotations

import getpass
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, CycloptsError, Group, Parameter

from warehouse.companions import Companions
from warehouse.errors import RevueError, UsageError
from warehouse.settings import Settings, read_settings
from warehouse.store import revue_version

app = App(
    name="revue",
    help='Turn piles of scraped news into facts an analyst can trust.\n\nExample: `revue run articles/` and then `revue query "select title from documents"`.',
    version=revue_version,
    help_format="markdown",
    result_action="return_value",
)
_COMMON = Group("Common options", sort_key=9)
Warehouse = Annotated[str | None, Parameter(help="The DuckDB file (default: revue.duckdb).", group=_COMMON)]
Quiet = Annotated[bool, Parameter(help="Print nothing but errors.", negative="", group=_COMMON)]
Json = Annotated[bool, Parameter(name="--json", help="Print the outcome as JSON.", negative="", group=_COMMON)]
Model = Annotated[str | None, Parameter(help="The spaCy pipeline that finds names.", group=_COMMON)]
Ner = Annotated[Literal["revue", "model"] | None, Parameter(help="Whose weights find names.", group=_COMMON)]
NumberOfWorkers = Annotated[int | None, Parameter(name="--workers", help="Worker processes.", group=_COMMON)]
Reason = Annotated[str | None, Parameter(help="Only records turned away for this reason.")]
Stage = Annotated[str | None, Parameter(help="Only those turned away at this stage: read, strip, extract or screen.")]
Source = Annotated[str | None, Parameter(help="Only those of this source; unknown for those of none.")]
Debug = Annotated[bool, Parameter(help="Show tracebacks.", negative="", group=_COMMON)]


@app.command
def run(
    *inputs: Annotated[str, Parameter(allow_leading_hyphen=True)],
    warehouse: Warehouse = None,
    model: Model = None,
    ner: Ner = None,
    workers: NumberOfWorkers = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Read, strip, extract, check and publish INPUTS: files, folders, globs, or - for standard input.

    Example: `revue run articles/ pages.warc.gz`
    """
    from flows.runtime.run_flow import run_ingest

    if not inputs:
        raise UsageError("Nothing to read was given. Name files or folders: `revue run articles/`.")
    settings = _settings(warehouse=warehouse, model=model, ner=ner, workers=workers)
    return run_ingest(list(inputs), settings, quiet=quiet, as_json=as_json, environment=os.environ)


@app.command
def check(*, warehouse: Warehouse = None, quiet: Quiet = False, as_json: Json = False, debug: Debug = False) -> int:
    """Run the expectations on what is published; changes nothing, exits 1 when a critical one fails.

    Example: `revue check --warehouse revue.duckdb`
    """
    from flows.check import check_published
    from flows.cli.terminal import print_checks

    results = check_published(_settings(warehouse=warehouse).path)
    print_checks(results, quiet=quiet, as_json=as_json)
    return int(any(not result.success and result.severity == "critical" for result in results))


@app.command
def query(
    sql: str,
    *,
    csv: Annotated[bool, Parameter(help="Print CSV.", negative="")] = False,
    warehouse: Warehouse = None,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Run SQL on the published warehouse, read-only, without access to files or network.

    Example: `revue query "select name, count_documents from entities order by 2 desc limit 10"`
    """
    from flows.cli.terminal import print_table
    from warehouse.browse.query import run_query

    columns, rows = run_query(_settings(warehouse=warehouse).path, sql)
    print_table(columns, rows, as_csv=csv, as_json=as_json)
    return 0


@app.command
def explain(doc: str, *, warehouse: Warehouse = None, as_json: Json = False, debug: Debug = False) -> int:
    """Show one document line by line: what was kept or removed and why, its description and its facts.

    DOC is a doc_id, the beginning of one, a uri or a file name, also of a rejected document.

    Example: `revue explain 003_article.txt`
    """
    from flows.cli.terminal import print_explanation
    from warehouse.browse.explain import explain_document

    print_explanation(explain_document(_settings(warehouse=warehouse).path, doc), as_json=as_json)
    return 0


@app.command
def rejected(
    *,
    reason: Reason = None,
    stage: Stage = None,
    source: Source = None,
    by: Annotated[Literal["reason", "stage", "source"] | None, Parameter(help="Count them by this.")] = None,
    csv: Annotated[bool, Parameter(help="Print CSV.", negative="")] = False,
    warehouse: Warehouse = None,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """List the records that are not in `documents`, and why.

    Example: `revue rejected --reason too_short` or `revue rejected --by source`
    """
    from flows.cli.terminal import print_rejected, print_table
    from tasks.runtime.history import open_rejections
    from warehouse.browse.rejected import list_rejected

    companions = Companions(_settings(warehouse=warehouse).path)
    with open_rejections(companions.path, companions.runs) as connection:
        columns, rows = list_rejected(connection, reason=reason, stage=stage, source=source, by=by)
    if not rows and not csv and not as_json:
        print("Nothing is rejected.")
    elif by is None and not csv and not as_json:
        print_rejected(columns, rows)
    else:
        print_table(columns, rows, as_csv=csv, as_json=as_json)
    return 0


@app.command
def retry(
    *documents: str,
    reason: Reason = None,
    stage: Stage = None,
    source: Source = None,
    dry_run: Annotated[bool, Parameter(help="Only say what would be tried.", negative="")] = False,
    warehouse: Warehouse = None,
    model: Model = None,
    ner: Ner = None,
    workers: NumberOfWorkers = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Try records that were turned away again: their inputs are read once more, under today's rules and checks.

    DOCUMENTS are doc_ids, beginnings of them, uris or file names; without any, all that --reason, --stage and --source leave.

    Example: `revue retry --reason too_slow --dry-run`
    """
    from flows.cli.terminal import print_table
    from flows.runtime.run_flow import run_retry
    from tasks.discover.replay import describe_plan, plan_retry

    settings = _settings(warehouse=warehouse, model=model, ner=ner, workers=workers)
    replay = plan_retry(Companions(settings.path), documents, reason=reason, stage=stage, source=source)
    if not replay.rows and not as_json:
        print("Nothing is rejected.")
        return 0
    if dry_run or not replay.rows:
        columns = ["uri", "record_no", "doc_id", "outcome", "reason", "attempts", "is_there"]
        print_table(columns, [[row[column] for column in columns] for row in replay.rows], as_json=as_json)
        if not as_json:
            print(describe_plan(replay))
        return 0
    return run_retry(replay, settings, quiet=quiet, as_json=as_json, environment=os.environ)


@app.command
def publish(
    run: str,
    *,
    accept: Annotated[
        list[str] | None, Parameter(help="A failing check to answer for; may be given several times.", negative="")
    ] = None,
    because: Annotated[str, Parameter(help="Why its failure is acceptable; recorded with your name.")] = "",
    warehouse: Warehouse = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Audit a refused or interrupted run again and publish it. RUN is its id or the beginning of it.

    Example: `revue publish 20260412T0815 --accept quarantined_share --because "a test feed, agreed with the desk"`
    """
    from flows.runtime.run_flow import run_publish

    if accept and not because.strip():
        raise UsageError('An acceptance needs its reason. Add --because "…".')
    if because and not accept:
        raise UsageError("--because says why a failing check is accepted. Add --accept CHECK.")
    return run_publish(
        run, _settings(warehouse=warehouse), accept=accept or [], because=because.strip(), by=_user(),
        quiet=quiet, as_json=as_json, environment=os.environ,
    )  # fmt: skip


@app.command
def settings(*, warehouse: Warehouse = None, as_json: Json = False) -> int:
    """Show every setting, its value and where it came from.

    Example: `revue settings`
    """
    from flows.cli.terminal import print_table

    _, listed = read_settings(Path("revue.toml"), os.environ, {"warehouse": warehouse})
    rows = [(one.name, one.value, one.origin, one.description) for one in listed]
    print_table(["setting", "value", "from", "what it is"], rows, as_json=as_json)
    return 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        status: Any = app(arguments, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        status = _complain(f"{error} See `revue --help`.", 2)
    except RevueError as error:
        status = _complain(str(error), error.exit_code, error if "--debug" in arguments else None)
    except KeyboardInterrupt:
        status = _complain("Interrupted; nothing was published. Run the same command again; it continues.", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `revue query … | head`: nothing left to say
        status = 0
    except Exception as error:
        hint = "Run again with --debug to see where."
        status = _complain(
            f"Something unforeseen happened: {type(error).__name__}: {error}. {hint}",
            3,
            error if "--debug" in arguments else None,
        )
    sys.stdout.flush()
    sys.stderr.flush()
    sys.exit(status if isinstance(status, int) else 0)


def _settings(**options: Any) -> Settings:
    return read_settings(Path("revue.toml"), os.environ, options)[0]


def _user() -> str:
    """Who is at the keyboard, as the system knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without an entry for its user
        return f"user {os.getuid()}"


def _complain(message: str, status: int, error: BaseException | None = None) -> int:
    if error is not None:
        traceback.print_exception(error, file=sys.stderr)
    print(f"revue: {' '.join(message.split())}", file=sys.stderr)
    return status


if __name__ == "__main__":
    main()
