-- Reads `record_status` and the published documents. Makes `scratch.recalled`: one row per document of the run that an
-- earlier run stripped under the same recipe; only its facts are found again.
create or replace table scratch.recalled as
with stripped as (
    select
        documents.doc_id,
        documents.uri,
        documents.record_no,
        documents.run_id,
        documents.recipe_strip,
        length(documents.text) as count_characters,
        false as is_stripped_again,
    from published.documents
    semi join record_status
        on record_status.doc_id = documents.doc_id and record_status.status = 'stripped'
)
select * from stripped;
