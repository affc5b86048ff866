-- The older texts of a document (`$doc_id`), whatever their number. Reads duplicates.
with recursive texts as (
    select $doc_id as doc_id
    union
    select duplicates.doc_id
    from duplicates
    join texts on duplicates.duplicate_of = texts.doc_id and duplicates.kind = 'version'
)
select doc_id from texts where doc_id <> $doc_id;
