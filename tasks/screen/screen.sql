-- Reads the documents that fail a check (`scratch.failing_documents`: doc_id, check_name, sentence), `documents` and
-- `duplicates`. Makes `scratch.rejected_records`, these documents and their exact copies as quarantined records, and
-- `scratch.reread_places`, their places. Removes the copies from `duplicates`.

create or replace table scratch.rejected_records as
with failing_documents as (
    select
        documents.uri,
        documents.record_no,
        documents.doc_id,
        documents.source_id,
        failing.check_name as reason,
        failing.sentence as detail,
    from scratch.failing_documents as failing
    join documents using (doc_id)
),
copies as (
    select
        duplicates.record_uri as uri,
        duplicates.record_no,
        duplicates.doc_id,
        duplicates.source_id,
        failing.check_name as reason,
        failing.sentence as detail,
    from scratch.failing_documents as failing
    join duplicates on duplicates.duplicate_of = failing.doc_id and duplicates.kind = 'exact'
),
rejected as (
    select * from failing_documents
    union all by name
    select * from copies
)
select *, 'screen' as stage, 'quarantined' as outcome from rejected;

create or replace table scratch.reread_places as
select uri, record_no from scratch.rejected_records;

delete from duplicates
where kind = 'exact' and duplicate_of in (select doc_id from scratch.failing_documents);
