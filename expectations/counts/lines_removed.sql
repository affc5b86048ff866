-- name: lines_removed
-- form: measure
-- severity: warning
-- scope: run
-- sentence: About as many of a source's lines are removed as menus, banners and teasers as usual.
-- value: share of lines removed, blank ones aside, 0 to 1, for each source with ten documents or more
-- bounds: usual
with pages as (
    select
        doc_id,
        count(*) filter (kind in ('chrome', 'teaser', 'comment')) as count_removed,
        count(*) filter (kind <> 'blank') as count_lines,
    from lines
    semi join checked_documents using (doc_id)
    group by doc_id
),

measured as (
    select source_id, sum(count_removed) / sum(count_lines) as value,
    from checked_documents
    inner join pages using (doc_id)
    group by source_id
    having count(*) >= getvariable('least_documents') and sum(count_lines) > 0
)

select * from measured
