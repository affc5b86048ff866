-- name: outcomes_counted
-- severity: warning
-- scope: run
-- sentence: The table rejections holds as many rejected and quarantined records of this run as the run counted.
-- id: run_id
-- A warning: two inputs with the same uri leave one row of rejections for two records counted.
with recorded as (
    select
        run_id,
        count(*) filter (outcome = 'rejected') as count_rejected,
        count(*) filter (outcome = 'quarantined') as count_quarantined,
    from rejections
    group by run_id
),

faults as (
    select
        runs.run_id,
        format(
            '{} rejected and {} quarantined, {} and {} in rejections',
            runs.count_rejected,
            runs.count_quarantined,
            coalesce(recorded.count_rejected, 0),
            coalesce(recorded.count_quarantined, 0)
        ) as detail,
    from runs
    left join recorded on recorded.run_id = runs.run_id
    where runs.run_id = getvariable('run_id')
        and (
            runs.count_rejected <> coalesce(recorded.count_rejected, 0)
            or runs.count_quarantined <> coalesce(recorded.count_quarantined, 0)
        )
)

select * from faults
