-- One row per publication of a document and per date a document refers to. Reads documents, dates and sentences.
create or replace view v_timeline as
with publications as (
    select
        published_on as on_date,
        published_granularity as granularity,
        doc_id,
        story_id,
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
        documents.story_id,
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

comment on view v_timeline is 'Publications, and the dates that documents refer to with their sentences, in order of time.';
comment on column v_timeline.on_date is 'Day of publication, or first day of the interval.';
comment on column v_timeline.granularity is 'How precise the date is: documents.published_granularity or dates.granularity.';
comment on column v_timeline.doc_id is 'The document; documents.doc_id.';
comment on column v_timeline.story_id is 'The story of the document, by which copies are counted once; documents.story_id.';
comment on column v_timeline.source_id is 'The publisher; sources.source_id.';
comment on column v_timeline.title is 'Headline of the document.';
comment on column v_timeline.what is 'published, or the temporal expression as printed.';
comment on column v_timeline.sentence is 'The sentence with the expression; the title for a publication.';
