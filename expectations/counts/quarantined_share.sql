-- name: quarantined_share
-- form: measure
-- severity: critical
-- scope: run
-- sentence: At most a tenth of a run's documents is quarantined by the checks; more means the run itself is at fault.
-- value: share of the run's documents quarantined, 0 to 1, once five are
-- Below five documents a share says nothing, so nothing is measured.
with measured as (
    select
        '' as source_id,
        count_quarantined / (count_published + count_quarantined) as value,
    from runs
    where run_id = getvariable('run_id')
        and count_quarantined >= 5
)

select * from measured
