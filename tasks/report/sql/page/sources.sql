-- One row per source with documents; reads v_sources_daily and sources.
select
    sources.name as source, sources.is_listed as listed, sum(count_documents)::integer as documents, sum(count_words)::integer as words,
    avg(share_removed) as "share removed", min(published_on) as first, max(published_on) as last,
from v_sources_daily
join sources using (source_id)
group by all
order by documents desc, source;
