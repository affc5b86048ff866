-- name: share_removed
-- form: measure
-- severity: warning
-- scope: run
-- sentence: What is removed from a source's pages as menus, banners and teasers is a believable part of them.
-- value: share of characters removed, 0 to 1, for each source with ten documents or more
with pages as (
    select
        doc_id,
        sum(length(line)) filter (kind in ('chrome', 'teaser', 'comment')) as count_removed,
        sum(length(line)) filter (kind <> 'blank') as count_characters,
    from lines
    semi join checked_documents using (doc_id)
    group by doc_id
),

measured as (
    select
        source_id,
        coalesce(sum(count_removed), 0) / sum(count_characters) as value,
    from checked_documents
    inner join pages using (doc_id)
    group by source_id
    having count(*) >= getvariable('least_documents') and sum(count_characters) > 0
)

select * from measured
