-- name: accounting
-- severity: critical
-- scope: run
-- sentence: Every record a run read is published, unchanged, a duplicate, rejected or quarantined: nothing disappears.
-- id: run_id
with outcomes as (
    select
        run_id,
        count_read,
        count_published + count_unchanged + count_duplicates + count_rejected + count_quarantined as count_accounted,
        least(count_read, count_published, count_unchanged, count_duplicates, count_rejected, count_quarantined) as smallest,
    from runs
),

faults as (
    select
        run_id,
        format('records read {}, accounted for {}, smallest count {}', count_read, count_accounted, smallest) as detail,
    from outcomes
    where count_read <> count_accounted or smallest < 0
)

select * from faults
