-- One row per dated statement: a document's publication, or a date it speaks of.
create or replace view v_timeline as
with publications as (
    select
        published_on as on_date,
        published_granularity as granularity,
        doc_id,
        source_id,
        title,
        'published' as what,
        title as sentence,
    from documents
    where published_on is not null
),
statements as (
    select
        dates.starts_on as on_date,
        dates.granularity,
        dates.doc_id,
        documents.source_id,
        documents.title,
        dates.surface as what,
        sentences.surface as sentence,
    from dates
    join documents using (doc_id)
    join sentences using (doc_id, sentence_no)
    where dates.is_resolved and dates.starts_on is not null
),
timeline as (
    select * from publications
    union all by name
    select * from statements
)
select * from timeline order by on_date, doc_id;

comment on view v_timeline is 'Every dated statement in order: publications, and the dates documents speak of with their sentence.';
