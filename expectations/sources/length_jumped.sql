-- name: length_jumped
-- form: measure
-- severity: warning
-- scope: run
-- sentence: A source's articles stay as long as they were: a jump means that texts are cut, or that the rest of the page is kept.
-- value: median words of a document over the source's usual median, for each source with enough earlier runs
-- The median is that of the check median_words.
with measured as (
    select
        source_id,
        now.value / usual.middle as value,
        format('{}: median words {:.0f} → {:.0f}', source_id, usual.middle, now.value) as detail,
    from measure_counts_median_words as now
    inner join usual using (source_id)
    where usual.check_name = 'median_words'
        and usual.middle > 0
        and usual.count_runs >= getvariable('history_least_runs')
        and usual.count_documents >= getvariable('history_documents')
)

select * from measured
