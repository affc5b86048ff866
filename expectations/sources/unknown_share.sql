-- name: unknown_share
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Few documents come from pages that do not name their source.
-- value: share of documents without a source, 0 to 1, from ten documents on
with in_run as (
    select * from documents where run_id = getvariable('run_id')
),

checked as (
    select * from in_run
    union all
    select * from documents where not exists (from in_run)
),

measured as (
    select 'unknown' as source_id, avg((source_id = 'unknown')::integer) as value,
    from checked
    having count(*) >= 10
)

select * from measured
