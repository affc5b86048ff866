-- name: source_has_evidence
-- severity: warning
-- scope: document
-- sentence: The source of every document is supported by a chosen piece of evidence: a name on the page, its address or its metadata.
-- id: doc_id
with chosen as (
    select doc_id from evidence where field = 'source' and is_chosen
),

faults as (
    select doc_id, format('source "{}" without evidence', source_id) as detail,
    from documents
    anti join chosen using (doc_id)
    where source_id <> 'unknown'
)

select * from faults
