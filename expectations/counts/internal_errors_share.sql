-- name: internal_errors_share
-- form: measure
-- severity: critical
-- scope: run
-- sentence: An unforeseen error rejects one odd document; errors over more than one in a hundred are a fault of revue, or of this set-up.
-- value: share of the run's documents rejected as `internal_error`, 0 to 1, from three such documents on
with measured as (
    select
        '' as source_id,
        count_failed / (count_published + count_quarantined + count_failed) as value,
    from runs
    cross join (
        select count(*) as count_failed
        from rejections
        where run_id = getvariable('run_id') and reason = 'internal_error'
    )
    where run_id = getvariable('run_id')
        and count_failed >= 3
)

select * from measured
