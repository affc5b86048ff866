-- name: rejected_share
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Most pages of a source are articles revue can read; where few are, its pages or their reading have changed.
-- value: share of the source's records the run rejected, 0 to 1, for each known source with ten records or more
-- bounds: usual
with records as (
    select source_id, outcome = 'rejected' as is_rejected,
    from rejections
    where run_id = getvariable('run_id') and source_id <> 'unknown'
    union all
    select source_id, false,
    from documents
    where run_id = getvariable('run_id') and source_id <> 'unknown'
),

measured as (
    select source_id, avg(is_rejected::integer) as value,
    from records
    group by source_id
    having count(*) >= getvariable('least_documents')
)

select * from measured
