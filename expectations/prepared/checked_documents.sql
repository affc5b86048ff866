-- Reads documents; makes one row per document that is measured: those the run being checked published, or all of them when
-- it published none.
with in_run as (
    select * from documents where run_id = getvariable('run_id')
),

chosen as (
    select * from in_run
    union all
    select * from documents where not exists (from in_run)
),

checked_documents as (
    select doc_id, source_id, language, published_on, count_words from chosen
)

select * from checked_documents
