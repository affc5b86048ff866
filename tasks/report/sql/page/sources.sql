-- One row per source with documents; reads documents, sources and v_sources_daily.
with published as (
    select source_id, list(doc_id order by doc_id) as doc_ids, min(published_on) as first, max(published_on) as last
    from documents
    group by source_id
),
measured as (
    select source_id, sum(count_words)::integer as words, avg(share_removed) as share_removed
    from v_sources_daily
    group by source_id
)
select source_id, sources.name, is_listed, doc_ids, words, share_removed, first, last
from published
join sources using (source_id)
left join measured using (source_id)
order by len(doc_ids) desc, sources.name, source_id;
