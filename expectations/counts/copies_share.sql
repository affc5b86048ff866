-- name: copies_share
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Most articles of a source are its own, not near copies of others.
-- value: share of documents with a near copy in the warehouse, 0 to 1, for each source with ten documents or more
with copied as (
    select story_id
    from documents
    group by story_id
    having count(*) > 1
),

measured as (
    select checked_documents.source_id, avg((copied.story_id is not null)::integer) as value,
    from checked_documents
    join documents using (doc_id)
    left join copied on copied.story_id = documents.story_id
    group by checked_documents.source_id
    having count(*) >= getvariable('least_documents')
)

select * from measured
