-- name: documents_published
-- form: measure
-- severity: warning
-- scope: run
-- sentence: The run publishes about as many documents of a source as usual.
-- value: documents of the source published by the run
-- bounds: usual
with measured as (
    select source_id, count(*) as value,
    from documents
    where run_id = getvariable('run_id') and source_id <> 'unknown'
    group by source_id
)

select * from measured
