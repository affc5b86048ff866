-- name: documents_have_lines
-- severity: critical
-- scope: document
-- sentence: Every published document has the lines of its page as it was read, kept and removed ones.
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
