-- name: source_known
-- severity: critical
-- scope: run
-- sentence: Every published document says which source it comes from, or that the page names none.
-- id: doc_id
with faults as (
    select doc_id, format('source "{}" is not in sources', source_id) as detail,
    from documents
    anti join sources using (source_id)
    where source_id <> 'unknown'
)

select * from faults
