-- name: source_known
-- severity: critical
-- scope: run
-- sentence: The source of every published document is in the table sources, or unknown where the page names none.
-- id: doc_id
with faults as (
    select doc_id, format('source "{}" is not in sources', source_id) as detail,
    from documents
    anti join sources using (source_id)
    where source_id <> 'unknown'
)

select * from faults
