-- name: removed_jumped
-- form: measure
-- severity: warning
-- scope: run
-- sentence: The share of a source's lines that is removed stays what it was: a jump means a new page layout, or rules that fail on it.
-- value: share of lines removed less the source's usual share, -1 to 1, for each source with enough earlier runs
-- The share is that of the check lines_removed.
with measured as (
    select
        source_id,
        now.value - usual.middle as value,
        format('{}: removed lines {:.0f} % → {:.0f} %', source_id, 100 * usual.middle, 100 * now.value) as detail,
    from measure_counts_lines_removed as now
    inner join usual using (source_id)
    where usual.check_name = 'lines_removed'
        and usual.count_runs >= getvariable('history_least_runs')
        and usual.count_documents >= getvariable('history_documents')
)

select * from measured
