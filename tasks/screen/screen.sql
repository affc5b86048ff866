-- The documents in `failing` (doc_id, check_name, sentence) and the copies of them, as records turned away.
create or replace temp table turned_away as
with failing_documents as (
    select
        documents.uri, documents.record_no, documents.doc_id, documents.source_id,
        'screen' as stage, failing.check_name as reason, failing.sentence as detail,
    from failing
    join documents using (doc_id)
),
copies as (
    select
        duplicates.record_uri as uri, duplicates.record_no, duplicates.doc_id, duplicates.source_id,
        'screen' as stage, failing.check_name as reason, failing.sentence as detail,
    from failing
    join duplicates on duplicates.duplicate_of = failing.doc_id and duplicates.kind = 'exact'
)
select *, 'quarantined' as outcome from failing_documents
union all by name
select *, 'quarantined' as outcome from copies;

delete from duplicates
where kind = 'exact' and duplicate_of in (select doc_id from failing);

create or replace temp table retired as
select uri, record_no from turned_away;
