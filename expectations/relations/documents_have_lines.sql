-- name: documents_have_lines
-- severity: critical
-- scope: document
-- sentence: Every published document can be shown line by line as it was read, with what was kept and what was not.
-- id: doc_id
with kept as (
    select distinct doc_id from lines where is_kept
),

faults as (
    select doc_id, uri as detail,
    from documents
    anti join kept using (doc_id)
)

select * from faults
