-- Of several texts of one url, the latest is the document: by time of update or publication, then by length, then by id,
-- so that the order of reading has no influence. Reads `documents`. Makes `scratch.superseded_documents`,
-- the earlier texts (current_id is the latest one), and adds them to `duplicates`.

create or replace table scratch.superseded_documents as
with addressed as (
    select
        doc_id, uri, record_no, source_id, url, run_id,
        first_value(doc_id) over latest as current_id,
    from documents
    where url is not null
    window latest as (
        partition by url
        order by
            coalesce(updated_at, published_at, published_on::timestamptz) desc nulls last,
            count_words desc,
            doc_id
        rows between unbounded preceding and unbounded following
    )
),
superseded as (
    select * from addressed where doc_id <> current_id
)
select * from superseded;

insert or replace into duplicates by name
select
    superseded.doc_id,
    superseded.uri as record_uri,
    superseded.record_no,
    superseded.source_id,
    'version' as kind,
    current_id as duplicate_of,
    likeness(word_pairs(old.text), word_pairs(new.text)) as similarity,
    superseded.url,
    superseded.run_id,
from scratch.superseded_documents as superseded
inner join documents as old on old.doc_id = superseded.doc_id
inner join documents as new on new.doc_id = superseded.current_id;

-- earlier versions, and records with the same bytes, refer to the text that is current now; near copies are found again
update duplicates set duplicate_of = superseded.current_id
from scratch.superseded_documents as superseded
where duplicates.duplicate_of = superseded.doc_id and duplicates.doc_id <> superseded.current_id and duplicates.kind <> 'near';
