"""Why a run ends without publishing: every record was rejected, or a critical check failed that nobody accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime

from expectations.acceptance import Acceptances, check_rows, list_blocking
from expectations.results import CheckResult
from tasks.report.artifacts import write_refusal
from tasks.report.summary import summarise
from tasks.report.wording import describe_failure
from tasks.runtime.history import read_audits, read_rejections, record_history, write_run
from tasks.runtime.run_folder import RunFolder
from warehouse.companions import Companions
from warehouse.errors import GateRefused, RevueError
from warehouse.rows import Run
from warehouse.store import connect
from warehouse.suggestions import name_warehouse


def refuse_all_rejected(run: Run, folder: RunFolder) -> None:
    """Raise `RevueError`, with the run recorded as failed, when every record it read was rejected."""
    if run.count_read and run.count_rejected == run.count_read:
        _end(
            run,
            folder,
            [],
            RevueError(
                f"Every record was rejected ({run.count_rejected}), so nothing was published. See why with `revue rejected`."
            ),
        )


def refuse_failing(
    run: Run,
    folder: RunFolder,
    companions: Companions,
    results: Sequence[CheckResult],
    acceptances: Acceptances,
) -> None:
    """Raise `GateRefused`, with the run recorded as refused, when a critical check failed that is not accepted."""
    failing = list_blocking(results, acceptances)
    if not failing:
        return
    names = tuple(dict.fromkeys(result.check_name for result in failing))
    sentence = (
        f"Nothing was published: {', '.join(names)} failed. {describe_failure(asdict(failing[0]))} "
        f"Open {companions.docs / 'index.html'}, correct the input, the check or its bound, and run again; or accept the failure: "
        f'`revue publish {run.run_id} {" ".join(f"--accept {name}" for name in names)} --because "…"`.'
    )
    refusal = GateRefused(name_warehouse(sentence, companions.path), checks=names, run_id=run.run_id)
    _end(run, folder, results, refusal)


def _end(run: Run, folder: RunFolder, results: Sequence[CheckResult], error: RevueError) -> None:
    """Record the run in its folder, write its artifacts, and raise the error."""
    state = "refused" if isinstance(error, GateRefused) else "failed"
    ended = replace(run, state=state, finished_at=datetime.now(UTC))
    with connect(folder.candidate) as connection:
        write_run(connection, ended)
        rejections = read_rejections(connection, run.run_id)
        earlier = read_audits(connection, run.run_id)
    checks = check_rows(results, Acceptances())
    record_history(folder, ended, checks=[*earlier, *checks], rejections=rejections)
    write_refusal(replace(summarise(folder.candidate, ended), checks=checks), str(error))
    raise error
