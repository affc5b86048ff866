-- name: quarantined_share
-- form: measure
-- severity: critical
-- scope: run
-- sentence: The checks quarantine at most a tenth of a run's documents; more means that the run itself is at fault.
-- value: share of the run's documents quarantined, 0 to 1, from five quarantined documents on
-- A share of fewer than five documents means nothing, so it is not measured.
with measured as (
    select
        '' as source_id,
        count_quarantined / (count_published + count_quarantined) as value,
    from runs
    where run_id = getvariable('run_id')
        and count_quarantined >= 5
)

select * from measured
