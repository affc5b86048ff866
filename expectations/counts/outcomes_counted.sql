-- name: outcomes_counted
-- severity: warning
-- scope: run
-- sentence: The table rejections holds as many rejected and quarantined records of this run as the run counted.
-- id: run_id
-- A warning: two inputs with the same uri leave one row of rejections for two records counted. A record that was forgotten
-- after the run had finished is in the table no more.
with recorded as (
    select
        run_id,
        count(*) filter (outcome = 'rejected') as count_rejected,
        count(*) filter (outcome = 'quarantined') as count_quarantined,
    from rejections
    group by run_id
),

departed as (
    select count(*) as count_departed,
    from forgotten
    inner join runs on runs.run_id = getvariable('run_id')
    where forgotten.forgotten_at > runs.finished_at
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
    cross join departed
    where runs.run_id = getvariable('run_id')
        and (
            runs.count_rejected <> coalesce(recorded.count_rejected, 0)
            or runs.count_quarantined <> coalesce(recorded.count_quarantined, 0)
        )
        and not (
            runs.count_rejected >= coalesce(recorded.count_rejected, 0)
            and runs.count_quarantined >= coalesce(recorded.count_quarantined, 0)
            and runs.count_rejected + runs.count_quarantined
            <= coalesce(recorded.count_rejected, 0) + coalesce(recorded.count_quarantined, 0) + count_departed
        )
)

select * from faults
