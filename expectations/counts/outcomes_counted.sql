-- name: outcomes_counted
-- severity: warning
-- scope: run
-- sentence: The records this run turned away stand in rejections, as many as it counted.
-- id: run_id
-- A warning: two inputs with the same uri leave one row of rejections for two records counted.
with turned_away as (
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
            coalesce(turned_away.count_rejected, 0),
            coalesce(turned_away.count_quarantined, 0)
        ) as detail,
    from runs
    left join turned_away on turned_away.run_id = runs.run_id
    where runs.run_id = getvariable('run_id')
        and (
            runs.count_rejected <> coalesce(turned_away.count_rejected, 0)
            or runs.count_quarantined <> coalesce(turned_away.count_quarantined, 0)
        )
)

select * from faults
