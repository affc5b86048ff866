-- name: contradicted_share
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Few of a source's documents give a figure that another source contradicts; many mean that figures are misread.
-- value: share of documents with a figure another source contradicts, 0 to 1, for each source with ten documents or more
-- bounds: usual
with contradicted as (
    select distinct unnest([doc_id, other_doc_id]) as doc_id from disagreements
),

measured as (
    select source_id, avg((contradicted.doc_id is not null)::integer) as value,
    from checked_documents
    left join contradicted using (doc_id)
    group by source_id
    having count(*) >= getvariable('least_documents')
)

select * from measured
