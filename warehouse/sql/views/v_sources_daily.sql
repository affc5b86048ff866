-- One row per source and day of publication.
create or replace view v_sources_daily as
with weighed as (
    select
        documents.source_id,
        documents.published_on,
        documents.story_id,
        documents.count_words,
        documents.count_lines_removed / nullif(kept.count_lines + documents.count_lines_removed, 0) as share_removed,
    from documents
    left join (select doc_id, count(*) as count_lines from lines where is_kept group by all) as kept using (doc_id)
),
daily as (
    select
        source_id,
        published_on,
        count(*)::integer as count_documents,
        count(distinct story_id)::integer as count_stories,
        sum(count_words)::integer as count_words,
        avg(share_removed) as share_removed,
    from weighed
    group by all
)
select * from daily order by source_id, published_on;

comment on view v_sources_daily is 'What each source published on each day, and the share of its lines that was removed.';
