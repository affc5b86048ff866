-- name: runs_known
-- severity: critical
-- scope: run
-- sentence: Every published document names the run that published it, and that run is recorded.
-- id: doc_id
with faults as (
    select doc_id, format('run {}', run_id) as detail,
    from documents
    anti join runs using (run_id)
)

select * from faults
