-- One row per document that repeats a document or that it repeats, the versions first. Reads duplicates and documents.
with partners as (
    select duplicate_of as doc_id, kind, similarity, false as is_older from duplicates
    where doc_id = $doc_id and kind <> 'exact'
    union all by name
    select doc_id, kind, similarity, kind = 'version' as is_older from duplicates
    where duplicate_of = $doc_id and kind <> 'exact'
),
described as (
    select distinct partners.doc_id, partners.kind, partners.similarity, partners.is_older,
    from partners
)
select * from described order by kind desc, similarity desc, doc_id;
