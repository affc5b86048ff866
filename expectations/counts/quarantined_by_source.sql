-- name: quarantined_by_source
-- form: measure
-- severity: warning
-- scope: run
-- sentence: No source loses many of its documents to the checks.
-- value: share of the source's documents the run quarantined, 0 to 1, for each source with ten documents or more
with records as (
    select source_id, true as is_quarantined,
    from rejections
    where run_id = getvariable('run_id') and outcome = 'quarantined'
    union all
    select source_id, false,
    from documents
    where run_id = getvariable('run_id')
),

measured as (
    select source_id, avg(is_quarantined::integer) as value,
    from records
    group by source_id
    having count(*) >= getvariable('least_documents')
)

select * from measured
