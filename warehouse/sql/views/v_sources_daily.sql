-- One row per source and day of publication. Reads documents and lines.
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

comment on view v_sources_daily is 'What each source published on each day, with the share of lines that was removed.';
comment on column v_sources_daily.source_id is 'The publisher; sources.source_id.';
comment on column v_sources_daily.published_on is 'Day of publication; null for documents without one.';
comment on column v_sources_daily.count_documents is 'Documents published.';
comment on column v_sources_daily.count_stories is 'Distinct stories among them.';
comment on column v_sources_daily.count_words is 'Words in their texts.';
comment on column v_sources_daily.share_removed is 'Share of their lines that was removed, blank lines left out: the mean over the documents.';
