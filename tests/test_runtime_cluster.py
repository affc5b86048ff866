"""The workers of a run on a Dask cluster: a real scheduler with worker processes, limits as on one machine, nothing lost."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from compared_tables import list_different_tables
from conftest import SEEDS
from pages import BODY, write_page
from test_runtime_guard import end, work

from tasks.runtime.cluster import ClusterWorkers
from warehouse.errors import RevueError, UsageError
from warehouse.settings import Settings

distributed = pytest.importorskip("distributed", reason='no Dask: pip install "revue[dask]"')


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler with two worker processes of one thread."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as made:
        yield made


def test_documents_that_end_a_process_on_a_node_are_named_and_the_node_goes_on(cluster, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings(engine="dask", cluster=cluster.scheduler_address, document_seconds=1.0)
    with ClusterWorkers(settings) as workers:
        assert workers.count == 2
        found = workers.run_guarded(work, Path("journal"), ["a", "endless", "b", "deadly", "c"])
        assert found == ["a", "too_slow", "b", "crashed", "c"]
        assert workers.run(os.getcwd) == str(tmp_path)
        with pytest.raises(ZeroDivisionError):
            workers.run(divmod, 1, 0)
        with pytest.raises(RevueError, match="run the same command again"):
            workers.run_guarded(end, Path("journal"))
        nodes = workers.on_every_node(os.getpid)
        assert len(set(nodes.values())) == 2


def test_a_cluster_that_cannot_be_used_is_said_in_a_sentence(tmp_path, cluster):
    with pytest.raises(UsageError, match="set cluster"):
        ClusterWorkers(Settings(engine="dask"))
    with pytest.raises(UsageError, match="No Dask scheduler answers at nonsense"):
        ClusterWorkers(Settings(engine="dask", cluster="nonsense://here"))


def test_a_node_that_does_not_see_the_folder_or_has_other_rules_is_named(tmp_path, cluster, monkeypatch):
    from flows.runtime.worker_pool import open_workers

    settings = Settings(engine="dask", cluster=cluster.scheduler_address)
    with open_workers(settings, tmp_path, [str(SEEDS)]) as workers:
        assert workers.count == 2
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(ClusterWorkers, "on_every_node", lambda self, function, paths: {"tcp://other": paths})
        with pytest.raises(UsageError, match=r"tcp://other does not see .*folders that all workers share"):
            open_workers(settings, tmp_path, [])
    monkeypatch.setattr("tasks.extract.VERSION", -1)
    with pytest.raises(UsageError, match="2 Dask workers have another version"):
        open_workers(settings, tmp_path, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_run_on_a_cluster_makes_the_same_tables_also_when_a_node_is_killed(cluster, ingest, tmp_path, rows):
    places = ("Vireuil", "Montreval", "Saint-Orens", "Brécourt", "Lanvallon", "Courtebois", "Pelleterie", "Marsac")
    for number, place in enumerate(places * 3):
        body = tuple(f"{number} {text.replace('Port-Aubry', place)}" for text in BODY)
        write_page(tmp_path / "in" / f"{number:02}.txt", f"La digue de {place}, {number}", body)
    options = {"shard_bytes": 2_000}
    here, there = tmp_path / "here" / "revue.duckdb", tmp_path / "there" / "revue.duckdb"
    ingest([tmp_path / "in", SEEDS], here, **options)

    killed: list[int] = []

    def kill_one() -> None:
        while not list(there.parent.glob("revue.duckdb.runs/*/extract/*")):
            time.sleep(0.01)
        killed.append(next(iter(cluster.workers.values())).pid)
        os.kill(killed[0], signal.SIGKILL)

    thread = threading.Thread(target=kill_one, daemon=True)
    thread.start()
    run = ingest([tmp_path / "in", SEEDS], there, engine="dask", cluster=cluster.scheduler_address, **options)
    assert killed and not Path(f"/proc/{killed[0]}").exists()
    assert run.count_read == run.count_published + run.count_duplicates + run.count_rejected == 24 + 24
    documents = list_different_tables(here, there, "* exclude (run_id)", ("documents", "duplicates", "rejections"))
    tables = (
        "lines",
        "evidence",
        "sentences",
        "mentions",
        "entities",
        "entity_names",
        "dates",
        "figures",
        "quotes",
        "roles",
    )
    differing = documents | list_different_tables(here, there, "*", tables)
    assert differing <= {"rejections"}
    assert not list_different_tables(here, there, "uri, record_no, doc_id, reason, detail", ("rejections",))
