-- name: undated_share
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Most of a source's articles say when they were published.
-- value: share of documents without a publication day, 0 to 1, for each source with ten documents or more
with in_run as (
    select * from documents where run_id = getvariable('run_id')
),

checked as (
    select * from in_run
    union all
    select * from documents where not exists (from in_run)
),

measured as (
    select source_id, avg((published_on is null)::integer) as value,
    from checked
    group by source_id
    having count(*) >= 10
)

select * from measured
