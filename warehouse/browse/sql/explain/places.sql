-- One row per record of a document: published, rejected, or a duplicate. Reads documents, rejections and duplicates.
with places as (
    select doc_id, uri, record_no, 'documents' as place, 'published by run ' || run_id as outcome, 1 as rank from documents
    union all by name
    select
        doc_id, uri, record_no, 'rejections' as place,
        outcome || ' by ' || stage || ': ' || reason || '. ' || detail as outcome,
        2 as rank,
    from rejections
    where doc_id <> ''
    union all by name
    select
        doc_id, record_uri as uri, record_no, 'duplicates' as place,
        case kind when 'version' then 'an older text of ' else 'the same bytes as ' end || duplicate_of as outcome,
        3 as rank,
    from duplicates
    where kind <> 'near'
)
select * from places order by rank, uri, record_no;
