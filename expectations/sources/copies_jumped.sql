-- name: copies_jumped
-- form: measure
-- severity: warning
-- scope: run
-- sentence: A source's share of near copies stays what it was: a jump means that it reprints more, or that page boilerplate makes its texts alike.
-- value: share of near copies less the source's usual share, -1 to 1, for each source with enough earlier runs
-- The share is that of the check copies_share.
with measured as (
    select
        source_id,
        now.value - usual.middle as value,
        format('{}: near copies {:.0f} % → {:.0f} %', source_id, 100 * usual.middle, 100 * now.value) as detail,
    from measure_counts_copies_share as now
    inner join usual using (source_id)
    where usual.check_name = 'copies_share'
        and usual.count_runs >= getvariable('history_least_runs')
        and usual.count_documents >= getvariable('history_documents')
)

select * from measured
